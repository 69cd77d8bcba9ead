"""Asks the model thread about spelling, for one window: what is in sight first, then the rest.

One request is under way at a time. What is in sight, nearest the caret first, goes paragraph by paragraph
and looks at every word; it takes the place of what was asked about the rest. The rest of the document
follows while the writer rests, several paragraphs to a request, from what is in sight to the end and then
from the beginning. Far from what is in sight only words that no lexicon knows are looked for, which takes a
tenth of the time; a paragraph that comes into sight later is read whole. Nothing here takes the whole text
of a document, and in one of more than SWEPT characters only what comes into sight is checked.

Own and ignored words are not sent along: what they excuse is left out where issues are shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gpt_assistant.engine.messages import Cancelled, Failed, Issue, Reply, Spell, SpellRest, Spelt
from gpt_assistant.settings import Settings
from gpt_assistant.storage.ignored_words import IgnoredWords
from gpt_assistant.storage.wordfile import own_words
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.idle_asker import MOST_FAILURES, REST_MS, IdleAsker
from gpt_assistant.ui.paragraphs import in_sight
from gpt_assistant.ui.prose import in_code, is_prose
from gpt_assistant.ui.spelling_known import QUICK, THOROUGH, Found, Known
from gpt_assistant.ui.spelling_long import long_paragraph
from gpt_assistant.ui.spelling_marks import Marks
from gpt_assistant.ui.spelling_sheet import LONGEST, Sheet
from gpt_assistant.ui.theme import Colours

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

_PAUSE_MS = 275  # after the last key
_SCROLL_MS = 100
BATCH = 2_000  # characters of the rest in a request
NEAR = 120_000  # UTF-16 units, about 20,000 words: within them the rest is read as what is in sight
_SLICE = 0.004  # seconds
_BETWEEN = "\n\n"
_LEAST_LETTERS = 25  # a shorter paragraph does not tell its language


@dataclass(slots=True)
class _Asked:
    """A request under way; `rest` if it is about what is not in sight."""

    id: int
    sheet: Sheet
    texts: list[str]
    thorough: bool
    rest: bool


class Spelling(IdleAsker[_Asked]):
    """The spelling of the documents of one window. `seeking` says what else is to be checked at once.

    Signals: `changed(sheet)`, its issues or how much of it is checked; `answered`, something was checked.
    """

    changed = Signal(object)
    answered = Signal()

    def __init__(self, window: MainWindow, data: Path) -> None:
        super().__init__(window)
        self._settings: Settings = window.store.current
        self.seeking: Callable[[], list[str]] = list
        self._known = Known()
        self._sheets: dict[Editor, Sheet] = {}
        self._marks: dict[Editor, Marks] = {}
        self._documents: dict[Editor, Document] = {}
        self.words = own_words()
        self._ignored = IgnoredWords(data / "ignored_words.json")
        self._colours: Colours | None = None
        window.editor_added.connect(self._add)
        window.editor_removed.connect(self._remove)
        window.current_editor_changed.connect(lambda _editor: self._came_to_front())

    # -- the model ---------------------------------------------------------------------------------

    def set_loaded(self, loaded: bool) -> None:
        """Note that a model is there, or gone. With a new one everything is checked again."""
        self._asked, self._failures = None, 0
        if loaded:
            self._known.clear()
            for sheet in self._sheets.values():
                sheet.forget()
            self._soon.start(0)
        self.loaded = loaded
        self._tell()

    def _tell(self) -> None:
        for sheet in self._sheets.values():
            self.changed.emit(sheet)

    @property
    def on(self) -> bool:
        """Return whether spelling is checked."""
        return self._settings.spelling

    @property
    def can_ask(self) -> bool:
        """Return whether there is somebody to ask, and something to be asked."""
        return self.on and self.loaded and self._submit is not None and self._failures < MOST_FAILURES

    @property
    def idle(self) -> bool:
        """Return whether nothing is being asked, or about to be."""
        return self._asked is None and not self._soon.isActive() and not self._rest.isActive()

    def ask(self, text: str, thorough: bool, language: str = "") -> int:
        """Ask about `text` beside all this; return the request's id, 0 if there is nobody to ask."""
        if not self.can_ask or self._submit is None:
            return 0
        identity = self._next_id()
        self._submit(Spell(identity, text, language, self._settings.spelling_variety, thorough=thorough))
        return identity

    def apply_settings(self, settings: Settings) -> None:
        """Check or do not check, and by which kind of English."""
        old, self._settings = self._settings, settings
        if (old.spelling, old.spelling_variety) == (settings.spelling, settings.spelling_variety):
            return
        self.drop()
        self._known.clear()
        for sheet in self._sheets.values():
            if settings.spelling:
                sheet.forget()
            else:
                sheet.clear()
        self._soon.start(0)
        self._tell()

    # -- documents ---------------------------------------------------------------------------------

    def sheet(self, editor: Editor | None) -> Sheet | None:
        """Return what is known of the text in `editor`."""
        return self._sheets.get(editor) if editor is not None else None

    def marks(self, editor: Editor) -> Marks:
        """Return what draws the lines in `editor`."""
        return self._marks[editor]

    def current(self) -> Sheet | None:
        """Return what is known of the text in front, None if it is not checked."""
        sheet = self.sheet(self._window.current_editor())
        return sheet if sheet is not None and self.on and self._is_prose(sheet) else None

    def _is_prose(self, sheet: Sheet) -> bool:
        return is_prose(self._documents[sheet.editor])

    def _add(self, editor: Editor) -> None:
        document = next(each for each in self._window.documents() if each.editor is editor)
        sheet = self._sheets[editor] = Sheet(editor, self._known, lambda block: in_code(document, block))
        self._documents[editor] = document
        marks = self._marks[editor] = Marks(sheet)
        if self._colours is not None:
            marks.set_colours(self._colours.misspelt, self._colours.misused)
        sheet.set_right(self.words.all(), self._ignored.of(str(document.path)))
        sheet.edited.connect(lambda: self._on_edited(sheet))
        sheet.changed.connect(lambda: self.changed.emit(sheet))
        document.changed.connect(lambda: self._named(sheet, document))
        document.loaded.connect(lambda: self._soon.start(0))
        bar = editor.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._scrolled(sheet))
        bar.rangeChanged.connect(lambda _low, _high: self._scrolled(sheet))
        self._soon.start(0)

    def take_up(self) -> None:
        """Read again what the writer lets stand: it was encrypted, and out of reach, at the start."""
        for sheet in self._sheets.values():
            ignored = self._ignored.of(str(self._documents[sheet.editor].path))
            sheet.set_right(self.words.all(), sheet.ignored | ignored)

    def _came_to_front(self) -> None:
        self.words_changed()  # by another window or by hand
        self._soon.start(0)

    def _remove(self, editor: Editor) -> None:
        sheet = self._sheets.pop(editor, None)
        self._marks.pop(editor, None)
        self._documents.pop(editor, None)
        if sheet is not None and self._asked is not None and self._asked.sheet is sheet:
            self.drop()

    def _named(self, sheet: Sheet, document: Document) -> None:
        """A document got a file, or another: what is ignored in it goes along."""
        if sheet.ignored and document.path is not None:
            path = str(document.path)
            if self._ignored.of(path) != sheet.ignored:
                self._ignored.store(path, sheet.ignored)

    def set_colours(self, colours: Colours) -> None:
        """Draw with the colours of a theme."""
        self._colours = colours
        for marks in self._marks.values():
            marks.set_colours(colours.misspelt, colours.misused)

    # -- what the writer lets stand ----------------------------------------------------------------

    def ignore_in_document(self, sheet: Sheet, word: str) -> None:
        """Let `word` (see storage.wordfile.folded) stand everywhere in one document, from now on."""
        sheet.set_right(sheet.own, sheet.ignored | {word})
        document = self._documents[sheet.editor]
        if document.path is not None:
            self._ignored.store(str(document.path), sheet.ignored)

    def heed_in_document(self, sheet: Sheet, word: str) -> None:
        """Take that back."""
        sheet.set_right(sheet.own, sheet.ignored - {word})
        document = self._documents[sheet.editor]
        if document.path is not None:
            self._ignored.store(str(document.path), sheet.ignored)

    def heed_all(self) -> None:
        """Take back all that is ignored in the documents that are open: it was deleted."""
        for sheet in self._sheets.values():
            sheet.set_right(sheet.own, frozenset())

    def add_word(self, word: str) -> None:
        """Take `word` for right in all documents. Raises OSError (one line)."""
        self.words.add(word)
        self.words_changed()

    def remove_word(self, word: str) -> None:
        """Take it for what the lexicons say. Raises OSError (one line)."""
        self.words.remove(word)
        self.words_changed()
        self._known.clear()  # the model's process reads the words too, and may have left it out
        for sheet in self._sheets.values():
            sheet.forget()
        self._soon.start(0)

    def words_changed(self) -> None:
        """Look at the writer's words again."""
        own = self.words.all()
        for sheet in self._sheets.values():
            sheet.set_right(own, sheet.ignored)

    # -- what to check next ------------------------------------------------------------------------

    def _on_edited(self, sheet: Sheet) -> None:
        if sheet.editor is self._window.current_editor():
            self._soon.start(_PAUSE_MS)
            self._rest.start()

    def _scrolled(self, sheet: Sheet) -> None:
        if sheet.editor is self._window.current_editor() and not self._soon.isActive():
            self._soon.start(_SCROLL_MS)

    def go_on(self) -> None:
        """Ask about what is most wanted, unless that is being asked."""
        sheet = self.current()
        if sheet is None or not self.can_ask:
            return
        if texts := self._in_sight(sheet):
            if self._asked is None or self._asked.rest or self._asked.texts[0] not in texts:
                self.drop()
                self._send(sheet, texts[:1], thorough=True, rest=False)
        elif texts := self.seeking():
            if self._asked is None or self._asked.rest:
                self.drop()
                self._send(sheet, texts, thorough=True, rest=False)
        elif self._asked is None and not self._rest.isActive():
            self._check_rest(sheet)

    def _in_sight(self, sheet: Sheet) -> list[str]:
        """Return the texts of paragraphs in sight that are not checked yet, nearest the caret first."""
        caret = sheet.editor.textCursor().blockNumber()
        found: list[tuple[int, str]] = []
        for block, _corner in in_sight(sheet.editor):
            distance = abs(block.blockNumber() - caret)
            if block.length() > LONGEST:
                found += [(distance, text) for text in long_paragraph(sheet, block, self._known)]
            elif text := sheet.resolve(block, THOROUGH):
                found.append((distance, text))
        return [text for _, text in sorted(found, key=lambda each: each[0])]

    def _check_rest(self, sheet: Sheet) -> None:
        """Ask about the next paragraphs that are not in sight; look for them in slices of milliseconds."""
        if not sheet.unchecked:
            return
        seen = sheet.editor.firstVisibleBlock()
        texts, first, more = sheet.unchecked_texts(seen.blockNumber(), BATCH, _SLICE)
        if texts:
            place = sheet.editor.document().findBlockByNumber(first).position()
            self._send(sheet, texts, thorough=abs(place - seen.position()) <= NEAR, rest=True)
        elif more:
            self._soon.start(0)
        else:
            self.changed.emit(sheet)

    def _send(self, sheet: Sheet, texts: list[str], *, thorough: bool, rest: bool) -> None:
        assert self._submit is not None
        identity = self._next_id()
        text = _BETWEEN.join(texts)
        short = sum(map(str.isalpha, text[:200])) < _LEAST_LETTERS
        kind = SpellRest if rest else Spell
        variety = self._settings.spelling_variety
        self._asked = _Asked(identity, sheet, texts, thorough, rest)
        self._submit(kind(identity, text, sheet.language if short else "", variety, thorough=thorough))

    # -- answers -----------------------------------------------------------------------------------

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others, or to dropped ones, are ignored."""
        if (asked := self._answered(reply)) is None:
            return
        if isinstance(reply, Spelt):
            self._failures = 0
            if not asked.rest or sum(map(len, asked.texts)) > _LEAST_LETTERS * 4:
                asked.sheet.language = reply.language or asked.sheet.language
            self._keep(asked, reply.issues)
        elif isinstance(reply, Failed):
            self._failures += 1
            log.warning("spelling not checked: request %d failed", reply.id)
            self._keep(asked, ())  # asked again when it is changed, and not before
        elif isinstance(reply, Cancelled):
            self._soon.start(REST_MS)
            return
        self.answered.emit()
        self.go_on()

    def _keep(self, asked: _Asked, issues: tuple[Issue, ...]) -> None:
        start = 0
        level = THOROUGH if asked.thorough else QUICK
        for text in asked.texts:
            end = start + len(text)
            here = tuple(
                replace(each, start=each.start - start, end=each.end - start)
                for each in issues
                if start <= each.start and each.end <= end
            )
            self._known.put(Found(text, here, level))
            start = end + len(_BETWEEN)
