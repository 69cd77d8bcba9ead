"""How predictable is my text? Shades every word by its rank, and asks the model for it while it has time.

What is in sight is read first, the rest while the writer rests, a few paragraphs to a request; all of it
waits for completion and spelling. Nothing is asked before the view is switched on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip

from gpt_assistant.engine.messages import Cancelled, Failed, Predict, Predicted, PredictRest, Reply
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.idle_asker import MOST_FAILURES, REST_MS, IdleAsker
from gpt_assistant.ui.paragraphs import in_sight
from gpt_assistant.ui.predictability_panel import PredictabilityPanel
from gpt_assistant.ui.predictability_sheet import PredictabilitySheet, SentenceBits, WordRank
from gpt_assistant.ui.prose import in_code
from gpt_assistant.ui.rank_looks import looks, number_of
from gpt_assistant.ui.shading import draw, lines
from gpt_assistant.ui.theme import LIGHT, Colours
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.why_words import bits, chance

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

_PAUSE_MS = 400  # after the last key
_SCROLL_MS = 100
_AT_ONCE, _BATCH = 800, 1600  # characters of what is in sight, and of the rest, in a request
_SLICE = 0.004  # seconds
_SENTENCE_REACH = 8  # paragraphs in which the start of a sentence is looked for


@dataclass(frozen=True, slots=True)
class _Asked:
    id: int
    sheet: PredictabilitySheet
    number: int
    texts: list[str]
    before: str
    rest: bool


class Predictability(IdleAsker[_Asked]):
    """The view of one window. `changed`, when something new is known; `on`, whether it is shown."""

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.on = False
        self.stopped = False  # by the writer: the rest is not read
        self._colours = LIGHT
        self._looks = looks(LIGHT)
        self._sheets: dict[Editor, PredictabilitySheet] = {}
        self.panel = PredictabilityPanel(self, window)
        window.editor_added.connect(self._add)
        window.editor_removed.connect(self._remove)
        window.current_editor_changed.connect(lambda _editor: self._come_to_front())

    def set_loaded(self, loaded: bool) -> None:
        """Note that a model is there, or gone. With a new one everything is read again."""
        self._asked, self._failures, self.loaded = None, 0, loaded
        if loaded:
            for sheet in self._sheets.values():
                sheet.forget()
            self._soon.start(0)
        self.changed.emit()

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions does, by its name."""
        return {"predictability": self.set_on}

    def set_on(self, on: bool) -> None:
        """Show it, or the text as it is."""
        if on == self.on:
            return
        self.on, self.stopped, self._failures = on, False, 0
        table = self._window.actions_table
        if "predictability" in table:
            table["predictability"].setChecked(on)
        if not on:
            self.drop()
        self.panel.follow(on)
        self._come_to_front()

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self._colours, self._looks = colours, looks(colours)
        self.panel.set_looks(self._looks)
        self._update()

    def stop_rest(self) -> None:
        """Read no more than what is in sight."""
        self.stopped = True
        if self._asked is not None and self._asked.rest:
            self.drop()
        self.changed.emit()

    def current(self) -> PredictabilitySheet | None:
        """Return what is known of the document in front, None if nothing is to be."""
        editor = self._window.current_editor()
        if not self.on or editor is None:
            return None
        if editor not in self._sheets:
            document = self._document(editor)
            if document is None or document.loading:
                return None
            sheet = PredictabilitySheet(editor, lambda block: in_code(document, block))
            sheet.edited.connect(self._edited)
            sheet.changed.connect(self._found)
            self._sheets[editor] = sheet
        return self._sheets[editor]

    @property
    def reading(self) -> bool:
        """Return whether the rest of the document is still being read."""
        sheet = self.current()
        return sheet is not None and not self.stopped and not sheet.too_long and sheet.share < 1.0

    # -- editors -----------------------------------------------------------------------------------

    def _document(self, editor: Editor) -> Document | None:
        return next((each for each in self._window.documents() if each.editor is editor), None)

    def _add(self, editor: Editor) -> None:
        editor.about_to_paint.connect(lambda: self._paint(editor))
        editor.helpers.append(lambda event: self._hover(editor, event))
        bar = editor.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._scrolled())
        bar.rangeChanged.connect(lambda _low, _high: self._scrolled())
        if (document := self._document(editor)) is not None:
            document.loaded.connect(self._come_to_front)

    def _remove(self, editor: Editor) -> None:
        sheet = self._sheets.pop(editor, None)
        if self._asked is not None and self._asked.sheet is sheet:
            self.drop()

    def _come_to_front(self) -> None:
        self._update()
        if self.on:
            self._soon.start(0)
        self.changed.emit()

    def _scrolled(self) -> None:
        if self.on and not self._soon.isActive():
            self._soon.start(_SCROLL_MS)

    def _edited(self) -> None:
        self.drop()  # while one types, completion does not wait for a pass of ours
        self._soon.start(_PAUSE_MS)
        self._rest.start()

    def _found(self) -> None:
        self._update()
        self.changed.emit()

    def _update(self) -> None:
        if (editor := self._window.current_editor()) is not None:
            editor.viewport().update()

    # -- what to read next -------------------------------------------------------------------------

    def go_on(self) -> None:
        """Ask about what is most wanted, unless that is being asked."""
        sheet = self.current()
        if sheet is None or not self.loaded or self._submit is None or self._failures >= MOST_FAILURES:
            return
        for block, _corner in in_sight(sheet.editor):
            if texts := sheet.wanted(block, _AT_ONCE):
                if self._asked is None or self._asked.rest:
                    self.drop()
                    self._send(sheet, block.blockNumber(), texts, rest=False)
                return
        if self._asked is None and self.reading and not self._rest.isActive():
            found = sheet.next_wanted(_BATCH, _SLICE)
            if found is None:
                self._soon.start(1)
            elif found[1]:
                self._send(sheet, *found, rest=True)
            else:
                self.changed.emit()

    def _send(self, sheet: PredictabilitySheet, number: int, texts: list[str], *, rest: bool) -> None:
        assert self._submit is not None
        before, identity = sheet.before(number), self._next_id()
        self._asked = _Asked(identity, sheet, number, texts, before, rest)
        self._submit((PredictRest if rest else Predict)(identity, "\n".join(texts), before))

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others, or to dropped ones, are ignored."""
        if (asked := self._answered(reply)) is None:
            return
        if isinstance(reply, Cancelled):
            self._soon.start(REST_MS)
            return
        if isinstance(reply, Predicted):
            self._failures = 0
            asked.sheet.put(asked.number, asked.texts, asked.before, reply)
        elif isinstance(reply, Failed):
            self._failures += 1
            log.warning("not read for its predictability: request %d failed", reply.id)
        self.go_on()

    # -- painting and pointing ---------------------------------------------------------------------

    def shaded(self, editor: Editor) -> list[tuple[int, QRectF]]:
        """Return the number of the look of each word in sight, and where: a rectangle for each line."""
        sheet, found = self._sheets.get(editor), list[tuple[int, QRectF]]()
        if not self.on or sheet is None:
            return found
        for block, corner in in_sight(editor):
            entry = sheet.entry(block.blockNumber())
            words = entry.words if entry is not None else ()
            placed = lines(block, corner, [(word.start, word.end) for word in words])
            for word, rectangles in zip(words, placed, strict=True):
                found += [(number_of(word.rank), each) for each in rectangles]
        return found

    def _paint(self, editor: Editor) -> None:
        shaded = self.shaded(editor)
        if shaded:
            painter = QPainter(editor.viewport())
            for number, rectangle in shaded:
                draw(painter, rectangle, self._looks[number])
            painter.end()

    def _hover(self, editor: Editor, event: QHelpEvent) -> bool:
        """Say the rank of the word under the mouse, and the surprise of its sentence."""
        sheet = self._sheets.get(editor)
        if not self.on or sheet is None or editor.ghost.covers(QPointF(event.pos())):
            return False
        position = editor.ghost.position_at(QPointF(event.pos()))
        said = self.said_at(sheet, position)
        if said:
            QToolTip.showText(event.globalPos(), said, editor.viewport())
        return bool(said)

    def said_at(self, sheet: PredictabilitySheet, position: int) -> str:
        """Return what is said of the word and the sentence at a position of the document."""
        block = sheet.editor.document().findBlock(position)
        entry = sheet.entry(block.blockNumber())
        at = position - block.position()
        parts = []
        word = next((w for w in entry.words if w.start <= at <= w.end), None) if entry else None
        if word is not None and entry is not None:
            parts.append(_of_word(block.text(), word))
        if (sentence := _sentence_at(sheet, block.blockNumber(), position)) is not None:
            each = sentence.bits / max(1, sentence.words)
            parts.append(tr("Its sentence: {bits} a word", bits=bits(each)))
        return "\n".join(parts)


def _of_word(text: str, word: WordRank) -> str:
    said = text.encode("utf-16-le", "surrogatepass")[2 * word.start : 2 * word.end]
    return tr(
        "“{word}”: number {rank:,} of what may stand here, {bits} ({chance})",
        word=said.decode("utf-16-le", "replace"),
        rank=word.rank,
        bits=bits(word.bits),
        chance=chance(word.bits),
    )


def _sentence_at(sheet: PredictabilitySheet, number: int, position: int) -> SentenceBits | None:
    """Return the sentence at a position; it may begin some lines earlier."""
    document = sheet.editor.document()
    for each in range(number, max(-1, number - _SENTENCE_REACH), -1):
        entry = sheet.entry(each)
        start = document.findBlockByNumber(each).position()
        for sentence in entry.sentences if entry is not None else ():
            if start + sentence.start <= position <= start + sentence.end:
                return sentence
    return None
