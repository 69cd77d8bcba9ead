"""The mood of the text: of the paragraph at the caret in the status bar, of all of it in a panel, and why.

The paragraph at the caret is read once typing rests; what is in sight and the rest only while the panel or
the colours are shown. All of it waits for completion and spelling, and an edit gives up what is being asked.
Nothing is shown where the model cannot tell: of a text that is not English, and by a model that the mood was
not fitted to (its own words for it are right in half of three moods; features/sentiment_labels.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gpt_assistant.engine.messages import (
    Cancelled,
    Failed,
    Feel,
    FeelRest,
    Felt,
    Reply,
    Request,
    WeighWords,
    WordsWeighed,
)
from gpt_assistant.settings import Settings
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.idle_asker import MOST_FAILURES, REST_MS, IdleAsker
from gpt_assistant.ui.mood_fitting import MoodFitting
from gpt_assistant.ui.mood_looks import looks
from gpt_assistant.ui.mood_panel import MoodPanel
from gpt_assistant.ui.mood_parts import in_a_word
from gpt_assistant.ui.mood_sheet import MoodSheet, Passage
from gpt_assistant.ui.mood_words import MoodWords
from gpt_assistant.ui.paragraphs import in_sight
from gpt_assistant.ui.prose import in_code, is_prose
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

_PAUSE_MS = 700  # after the last key
_MOVED_MS = 150  # after the caret or the view has moved
_SLICE = 0.004  # seconds


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request under way: about a passage, or else about the words of `sentence`."""

    id: int
    sheet: MoodSheet
    passage: Passage | None
    sentence: str = ""
    rest: bool = False


class Moods(IdleAsker[_Asked]):
    """All of it, for one window. `changed`, when something new is known."""

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.fitted = True  # as far as is known
        self.stopped = False  # by the writer: the rest is not read
        self._sheets: dict[Editor, MoodSheet] = {}
        self._in_status = window.store.current.mood
        self._in_panel = window.store.current.mood_panel
        self.fitting = MoodFitting(self)
        self.fitting.done.connect(self._start_again)
        self.words = MoodWords(self, window)
        self.panel = MoodPanel(self, window)
        window.status.mood_clicked.connect(lambda: self._set_panel(not self._in_panel))
        window.editor_added.connect(self._add)
        window.editor_removed.connect(self._remove)
        window.current_editor_changed.connect(lambda _editor: self._come_to_front())

    def connect_model(
        self,
        submit: Callable[[Request], object],
        cancel: Callable[[int], object],
        next_id: Callable[[], int],
    ) -> None:
        """Send requests to `submit` from now on, once a model is `loaded` (see set_loaded)."""
        super().connect_model(submit, cancel, next_id)
        self.fitting.connect_model(submit, cancel, next_id)

    def set_loaded(self, loaded: bool) -> None:
        """Note that a model is there, or gone. With a new one everything is read again."""
        self._asked, self.loaded = None, loaded
        self.fitting.forget()
        if loaded:
            self._start_again()
        self.changed.emit()

    def _start_again(self) -> None:
        self.fitted, self._failures = True, 0
        self.words.forget()
        for sheet in self._sheets.values():
            sheet.forget()
        self._soon.start(0)

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions does, by its name."""
        return {
            "mood": lambda on: self._change(mood=on),
            "mood_panel": self._set_panel,
            "why_mood": self.words.set_on,
        }

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        made = looks(colours)
        self.words.set_looks(made)
        self.panel.set_looks(made)

    def apply_settings(self, settings: Settings) -> None:
        """Show what the settings want shown."""
        if settings.mood_panel and not self._in_panel:
            self.stopped = False
        self._in_status, self._in_panel = settings.mood, settings.mood_panel
        self._failures = 0
        self.panel.follow(settings.mood_panel)
        if not self._wanted:
            self.drop()
        self._soon.start(0)

    def _set_panel(self, shown: bool) -> None:
        self._change(mood_panel=shown)
        if not shown and (editor := self._window.current_editor()) is not None:
            editor.setFocus()

    def _change(self, **values: object) -> None:
        try:
            self._window.store.change(**values)
        except OSError as error:
            self._window.status.show_problem(localised(error))

    def stop_rest(self) -> None:
        """Read no more than what is in sight."""
        self.stopped = True
        if self._asked is not None and self._asked.rest:
            self.drop()
        self.changed.emit()

    @property
    def _wanted(self) -> bool:
        return self._in_status or self._in_panel or self.words.on

    def current(self) -> MoodSheet | None:
        """Return what is known of the document in front, None if nothing is to be."""
        editor = self._window.current_editor()
        document = self._document(editor) if editor is not None and self._wanted else None
        if editor is None or document is None or not is_prose(document):
            return None
        if editor not in self._sheets:
            sheet = self._sheets[editor] = MoodSheet(editor, lambda block: in_code(document, block))
            sheet.edited.connect(self._edited)
            sheet.changed.connect(self._found)
        return self._sheets[editor]

    @property
    def reading(self) -> bool:
        """Return whether the rest of the document is still being read."""
        sheet = self.current()
        wanted = self._in_panel and self.loaded and self.fitted and not self.stopped
        return wanted and sheet is not None and not sheet.too_long and sheet.share < 1.0

    # -- editors -----------------------------------------------------------------------------------

    def _document(self, editor: Editor) -> Document | None:
        return next((each for each in self._window.documents() if each.editor is editor), None)

    def _add(self, editor: Editor) -> None:
        self.words.add(editor)
        editor.cursorPositionChanged.connect(self.look_soon)
        bar = editor.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self.look_soon())
        bar.rangeChanged.connect(lambda _low, _high: self.look_soon())
        if (document := self._document(editor)) is not None:
            document.loaded.connect(self._come_to_front)

    def _remove(self, editor: Editor) -> None:
        sheet = self._sheets.pop(editor, None)
        if self._asked is not None and self._asked.sheet is sheet:
            self.drop()

    def _come_to_front(self) -> None:
        self._soon.start(0)
        self.changed.emit()

    def look_soon(self) -> None:
        """See in a moment what is wanted now: what is in sight or at the caret has changed."""
        if self._wanted and not self._soon.isActive():
            self._soon.start(_MOVED_MS)

    def _edited(self) -> None:
        self.drop()  # while one types, completion does not wait for a pass of ours
        self._soon.start(_PAUSE_MS)
        self._rest.start()

    def _found(self) -> None:
        self.words.update()
        self.changed.emit()

    # -- what to read next -------------------------------------------------------------------------

    def go_on(self) -> None:
        """Show what is known at the caret, and ask about what is most wanted, unless that is being asked."""
        sheet = self.current()
        self._show_status(sheet)
        can = self.loaded and self.fitted and self._failures < MOST_FAILURES
        if sheet is None or not can or self._submit is None or (self._asked and not self._asked.rest):
            return
        if (passage := self._near(sheet)) is not None:
            self._feel(sheet, passage, rest=False)
        elif sentence := self.words.wanted(sheet):
            self._weigh(sheet, sentence)
        elif self._asked is None and self.reading and not self._rest.isActive():
            passage, done = sheet.next_wanted(_SLICE)
            if passage is not None:
                self._feel(sheet, passage, rest=True)
            elif done:
                self.changed.emit()
            else:
                self._soon.start(1)

    def _near(self, sheet: MoodSheet) -> Passage | None:
        """Return the passage at the caret if it must be read, else the first such in sight."""
        if (passage := sheet.wanted(sheet.editor.textCursor().block())) is not None:
            return passage
        if not (self._in_panel or self.words.on):
            return None
        found = (sheet.wanted(block) for block, _corner in in_sight(sheet.editor))
        return next((each for each in found if each is not None), None)

    def _feel(self, sheet: MoodSheet, passage: Passage, *, rest: bool) -> None:
        assert self._submit is not None
        self.drop()
        identity = self._next_id()
        self._asked = _Asked(identity, sheet, passage, rest=rest)
        self._submit((FeelRest if rest else Feel)(identity, passage.text))

    def _weigh(self, sheet: MoodSheet, sentence: str) -> None:
        assert self._submit is not None
        self.drop()
        identity = self._next_id()
        self._asked = _Asked(identity, sheet, None, sentence)
        self._submit(WeighWords(identity, sentence))

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others, or to dropped ones, are ignored."""
        self.fitting.on_reply(reply)
        if (asked := self._answered(reply)) is None:
            return
        if isinstance(reply, Cancelled):
            self._soon.start(REST_MS)
            return
        if isinstance(reply, Felt) and asked.passage is not None:
            self._failures, self.fitted = 0, reply.fitted
            asked.sheet.put(asked.passage, reply)
        elif isinstance(reply, WordsWeighed):
            self._failures = 0
            self.words.put(asked.sentence, reply)
        elif isinstance(reply, Failed):
            self._failures += 1
            log.warning("no mood was read: request %d failed", reply.id)
        self.go_on()

    # -- the status bar ----------------------------------------------------------------------------

    def _show_status(self, sheet: MoodSheet | None) -> None:
        entry = None
        if sheet is not None and self._in_status and self.fitted:
            entry = sheet.entry(sheet.editor.textCursor().blockNumber())
        self._window.status.show_mood(*in_a_word(entry))
