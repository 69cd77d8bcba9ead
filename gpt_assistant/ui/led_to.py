"""Shades the earlier words that led to a suggestion, the darker the more of it is theirs.

What speaks for it has a solid line at its foot and a shade, what speaks against it a dotted line alone. The
shades go with Esc, with the first edit, and with anything else that is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QPainter, QTextBlock

from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.paragraphs import in_sight
from gpt_assistant.ui.shading import Pattern, Shade, draw, lines, shade
from gpt_assistant.ui.theme import LIGHT, Colours

FOR: tuple[Pattern, ...] = (
    ((0, 3.5, 12, 3.5, 0.8),),
    ((0, 3.2, 12, 3.2, 1.5),),
    ((0, 2.7, 12, 2.7, 2.4),),
)
AGAINST: Pattern = ((0, 3, 2, 3, 1.4), (4, 3, 6, 3, 1.4), (8, 3, 10, 3, 1.4))
_LEAST = 0.08  # of the heaviest word; what weighs less is left as it is
_STEPS = 12
_SHARE = 0.5  # of the colour in the strongest shade


class Weighed(NamedTuple):
    """A word at `start`…`end` of the document (UTF-16), and its weight as a part of the heaviest, −1…1."""

    start: int
    end: int
    weight: float


class LedTo(QObject):
    """The shades of one editor at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._editor: Editor | None = None
        self.words: list[Weighed] = []

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self._colours = colours
        if self._editor is not None:
            self._editor.viewport().update()

    @property
    def shown(self) -> bool:
        """Return whether anything is shaded."""
        return self._editor is not None

    def show(self, editor: Editor, words: Sequence[tuple[int, int, float]]) -> bool:
        """Shade words of `editor` by their weights; False if none of them weighs anything."""
        self.clear()
        heaviest = max((abs(weight) for _, _, weight in words), default=0.0)
        if heaviest <= 0.0:
            return False
        scaled = [Weighed(start, end, weight / heaviest) for start, end, weight in words]
        self.words = [each for each in scaled if abs(each.weight) >= _LEAST]
        self._editor = editor
        editor.about_to_paint.connect(self._paint)
        editor.edited.connect(self.clear)
        editor.destroyed.connect(self._gone)
        editor.viewport().update()
        return True

    def clear(self) -> None:
        """Take the shades away."""
        editor, self._editor = self._editor, None
        self.words = []
        if editor is not None:
            editor.about_to_paint.disconnect(self._paint)
            editor.edited.disconnect(self.clear)
            editor.destroyed.disconnect(self._gone)
            editor.viewport().update()

    def _gone(self) -> None:
        self._editor, self.words = None, []

    def shaded(self) -> list[tuple[float, QRectF]]:
        """Return the weights in sight and where in the viewport, a rectangle for each line of a word."""
        if self._editor is None:
            return []
        return [each for block, corner in in_sight(self._editor) for each in self._of(block, corner)]

    def _of(self, block: QTextBlock, corner: QPointF) -> list[tuple[float, QRectF]]:
        start, end = block.position(), block.position() + block.length() - 1
        here = [word for word in self.words if word.start < end and word.end > start]
        spans = [(max(word.start, start) - start, min(word.end, end) - start) for word in here]
        found = lines(block, corner, spans)
        return [(word.weight, each) for word, group in zip(here, found, strict=True) for each in group]

    def _paint(self) -> None:
        if self._editor is None:
            return
        painter = QPainter(self._editor.viewport())
        for weight, rectangle in self.shaded():
            draw(painter, rectangle, self._look(weight))
        painter.end()

    def _look(self, weight: float) -> Shade:
        if weight < 0:
            return shade(self._colours, self._colours.warning, 0.0, AGAINST)
        step = round(weight * _STEPS) / _STEPS
        return shade(self._colours, self._colours.accent, _SHARE * step, FOR[min(2, int(3 * weight))])
