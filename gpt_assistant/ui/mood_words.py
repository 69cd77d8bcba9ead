"""Why this mood? Colours each word in sight by how far it pushes the mood of its sentence, and says so.

Nothing is weighed before the writer asks, and then what is in sight, a sentence at a time: one of twenty
words takes the model as long as twenty sentences. What was weighed is kept by the sentence's text, so that
the colours of what was not changed come back at once. Esc, the ✕ of the legend or the action ends it.

A sentence that is rather neutral than not is left out: there is no mood to explain, and the little that its
words do is chance ("The" before "ferry leaves at a quarter past six from pier four": 0.67). In the others
the colours go by the strongest word of the sentence: where several words say the same ("great, absolutely
great, and lovely"), taking one of them out changes little (0.02), and yet they are what makes the mood. Where
no word changes even that much, none is coloured.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QTextBlock
from PySide6.QtWidgets import QBoxLayout, QToolTip

from gpt_assistant.engine.messages import WordsWeighed
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.mood_legend import MoodLegend
from gpt_assistant.ui.mood_looks import MoodLooks, looks, name_of
from gpt_assistant.ui.mood_pushes import Placed, Push, located, of_word, pushes_of
from gpt_assistant.ui.mood_sheet import MoodSheet, SentenceMood
from gpt_assistant.ui.paragraphs import in_sight
from gpt_assistant.ui.shading import Shade, draw, lines
from gpt_assistant.ui.theme import LIGHT
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.mood import Moods
    from gpt_assistant.ui.window import MainWindow

_KEPT = 5_000  # sentences
_PLAIN = 0.5  # a sentence that is neutral with this probability is left out


class MoodWords(QObject):
    """The colours of one window; `on` is whether they are shown."""

    def __init__(self, moods: Moods, window: MainWindow) -> None:
        super().__init__(moods)
        self._moods, self._window = moods, window
        self.on = False
        self.stopped = False  # by the writer: nothing more is weighed
        self._looks = looks(LIGHT)
        self._weighed: OrderedDict[str, tuple[Push, ...]] = OrderedDict()
        self.legend = MoodLegend(self.stop, lambda: self.set_on(False), window)
        centre = window.centralWidget()
        rows = centre.layout() if centre is not None else None
        assert isinstance(rows, QBoxLayout)
        rows.insertWidget(1, self.legend)
        moods.changed.connect(self._tell)
        window.predictability.changed.connect(self._give_way)
        window.current_editor_changed.connect(lambda _editor: self._tell())

    def add(self, editor: Editor) -> None:
        """Colour the words of `editor` while they are to be."""
        editor.about_to_paint.connect(lambda: self._paint(editor))
        editor.helpers.append(lambda event: self._hover(editor, event))
        if self.on:
            editor.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Show the colours, or the text as it is."""
        if on == self.on:
            return
        table = self._window.actions_table
        if on:
            self._window.predictability.set_on(False)  # two kinds of shades at once say nothing
        held = self.legend.isAncestorOf(self._window.focusWidget() or self._window)
        self.on, self.stopped = on, False
        if "why_mood" in table:
            table["why_mood"].setChecked(on)
        self.legend.setVisible(on)
        for editor in self._window.editors():  # no filter of ours slows the keys while it is off
            if on:
                editor.installEventFilter(self)
            else:
                editor.removeEventFilter(self)
        if not on:
            self._moods.drop()
            if held and (front := self._window.current_editor()) is not None:
                front.setFocus()
        self._moods.changed.emit()
        self.update()
        self._moods.look_soon()

    def _give_way(self) -> None:
        if self.on and self._window.predictability.on:
            self.set_on(False)

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        self._looks = made
        self.legend.set_looks(made)
        self.update()

    def forget(self) -> None:
        """Weigh everything again: another model has come."""
        self._weighed.clear()
        self.update()

    def stop(self) -> None:
        """Weigh nothing more; what is coloured stays."""
        self.stopped = True
        self._moods.drop()
        self._tell()

    def update(self) -> None:
        """Paint the text in front again."""
        if (editor := self._window.current_editor()) is not None:
            editor.viewport().update()

    # -- weighing ----------------------------------------------------------------------------------

    def wanted(self, sheet: MoodSheet) -> str:
        """Return the next sentence to be weighed, "" if there is none."""
        if not self.on or self.stopped:
            return ""
        return next((text for text in self._texts(sheet) if text not in self._weighed), "")

    def _texts(self, sheet: MoodSheet) -> list[str]:
        """Return the sentences in sight whose words are coloured."""
        in_view = (placed.sentence for placed in self._in_sight(sheet))
        return [each.text for each in in_view if each.scores.neutral < _PLAIN]

    def put(self, sentence: str, reply: WordsWeighed) -> None:
        """Note what its words do to a sentence."""
        self._weighed[sentence] = pushes_of(sentence, reply)
        while len(self._weighed) > _KEPT:
            self._weighed.popitem(last=False)
        self.update()
        self._tell()

    def _in_sight(self, sheet: MoodSheet) -> Iterator[Placed]:
        """Yield the sentences in sight, where they stand now; those that were changed are left out."""
        document = sheet.editor.document()
        seen: set[int] = set()
        shown = [block.blockNumber() for block, _corner in in_sight(sheet.editor)]
        for number in shown:
            entry = sheet.entry(number)
            first = number - entry.line if entry is not None else number
            if entry is None or first in seen or not entry.found.told:
                continue
            seen.add(first)
            start = document.findBlockByNumber(first).position()
            if entry.fresh:
                yield from self._between(start, entry.found.sentences, document.findBlockByNumber(shown[0]))
            elif entry.line == 0:
                text = document.findBlockByNumber(first).text()
                yield from (Placed(start + at, each) for at, each in located(text, entry.found.sentences))

    def _between(self, start: int, sentences: tuple[SentenceMood, ...], top: QTextBlock) -> Iterator[Placed]:
        """Yield the sentences of a passage that do not end above the view."""
        for each in sentences:
            if start + each.end > top.position():
                yield Placed(start + each.start, each)

    def _tell(self) -> None:
        """Say in the legend how far the weighing is."""
        if not self.on:
            return
        sheet = self._moods.current()
        if sheet is None:
            self.legend.say(tr("There is no prose here to read."))
        elif not self._moods.loaded:
            self.legend.say(tr("Read once the model is loaded."))
        elif not self._moods.fitted:
            self.legend.say(tr("The mood is not fitted to this model: see the panel."))
        else:
            texts = self._texts(sheet)
            done = sum(text in self._weighed for text in texts)
            left = done < len(texts)
            self.legend.say(
                tr("Stopped.") if left and self.stopped else tr("Weighing the words…") if left else "",
                done / len(texts) if left and not self.stopped else None,
            )

    # -- painting and pointing ---------------------------------------------------------------------

    def pushes(self, editor: Editor) -> list[tuple[int, Push, SentenceMood]]:
        """Return the words in sight that were weighed, each with its place in the document, in order."""
        sheet = self._moods.current() if self.on and editor is self._window.current_editor() else None
        found = []
        for placed in self._in_sight(sheet) if sheet is not None else ():
            for push in self._weighed.get(placed.sentence.text, ()):
                found.append((placed.start + push.start, push, placed.sentence))
        return found

    def shaded(self, editor: Editor) -> list[tuple[Shade, QRectF]]:
        """Return the look of each word in sight that pushes, and where: a rectangle for each line."""
        found: list[tuple[Shade, QRectF]] = []
        pushes = [
            (at, push, look) for at, push, _ in self.pushes(editor) if (look := self._looks.of(push.strength))
        ]
        for block, corner in in_sight(editor) if pushes else ():
            found += self._of(block, corner, pushes)
        return found

    def _of(
        self, block: QTextBlock, corner: QPointF, pushes: list[tuple[int, Push, Shade]]
    ) -> list[tuple[Shade, QRectF]]:
        start, end = block.position(), block.position() + block.length() - 1
        here = [(at - start, push, look) for at, push, look in pushes if start <= at < end]
        placed = lines(block, corner, [(at, at + push.end - push.start) for at, push, _ in here])
        return [(look, each) for (_, _, look), group in zip(here, placed, strict=True) for each in group]

    def _paint(self, editor: Editor) -> None:
        if self.on and (shaded := self.shaded(editor)):
            painter = QPainter(editor.viewport())
            for look, rectangle in shaded:
                draw(painter, rectangle, look)
            painter.end()

    def _hover(self, editor: Editor, event: QHelpEvent) -> bool:
        """Say what the word under the mouse does to the mood of its sentence."""
        if not self.on or editor.ghost.covers(QPointF(event.pos())):
            return False
        said = self.said_at(editor, editor.ghost.position_at(QPointF(event.pos())))
        if said:
            QToolTip.showText(event.globalPos(), said, editor.viewport())
        return bool(said)

    def said_at(self, editor: Editor, position: int) -> str:
        """Return what is said of the word at a position of the document."""
        sheet = self._moods.current()
        for placed in self._in_sight(sheet) if sheet is not None else ():
            sentence = placed.sentence
            if placed.start <= position <= placed.start + sentence.end - sentence.start:
                share = round(100 * sentence.scores.of(sentence.label))
                said = tr("Its sentence: {mood}, {p} % sure", mood=name_of(sentence.label), p=share)
                words = self._weighed.get(sentence.text, ())
                at = position - placed.start
                word = next((of_word(push) for push in words if push.start <= at <= push.end), "")
                return f"{word}\n{said}".strip()
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc ends it, after it has hidden a suggestion."""
        kind = event.type()
        keys = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if self.on and kind in keys and isinstance(watched, Editor) and not watched.has_ghost:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape and not event.modifiers():
                if kind == QEvent.Type.ShortcutOverride:
                    event.accept()
                else:
                    self.set_on(False)
                return True
        return super().eventFilter(watched, event)
