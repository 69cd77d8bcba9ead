"""Shades the text of one editor by who wrote it: painted over what is in sight, nothing kept per paragraph.

Formats would have to be set anew with every change of the Markdown styles and the suggestion. The shades are
painted before the text, so that letters stay on top of them; laid over it by a mode that keeps letters dark
they took twice as long. A view of 50 lines with 200 runs takes 13 ms more to paint on a busy machine, a key,
which paints its own paragraph, 0.3 ms.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QTextBlock, QTextLine

from gpt_assistant.text.origins import Origin, Run
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.origin_looks import Looks
from gpt_assistant.ui.paragraphs import parts_of_lines, x_of
from gpt_assistant.ui.shading import draw

# Letters of scripts that are written from right to left, and the marks that turn the direction.
_TO_THE_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u202b\u202e\u2067]")


class OriginMarks(QObject):
    """The shades of one editor; nothing is painted before `show`."""

    def __init__(self, editor: Editor, looks: Looks) -> None:
        super().__init__(editor)
        self._editor = editor
        self._looks = looks
        self._shown = False
        editor.about_to_paint.connect(self._paint)
        editor.origins.retold.connect(self._changed)  # what an edit changes is painted anyway

    def show(self, shown: bool) -> None:
        """Shade the text, or show it as it is."""
        if shown != self._shown:
            self._shown = shown
            self._editor.viewport().update()

    def set_looks(self, looks: Looks) -> None:
        """Use other colours."""
        self._looks = looks
        self._changed()

    def _changed(self) -> None:
        if self._shown:
            self._editor.viewport().update()

    def shaded(self, within: QRect | None = None) -> list[tuple[Origin, QRectF]]:
        """Return what is in sight and known, and where in the viewport: a rectangle for each line.

        Paragraphs that are not `within` a part of it are left out.
        """
        top, bottom = (within.top(), within.bottom()) if within else (0, self._editor.viewport().height())
        editor, found = self._editor, list[tuple[Origin, QRectF]]()
        block = editor.firstVisibleBlock()
        box = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
        while block.isValid() and box.top() <= bottom:
            box.setHeight(editor.blockBoundingRect(block).height())
            at = 0
            for length, origin in self._runs(block) if box.bottom() >= top else ():
                if origin is not Origin.EARLIER:
                    found += [(origin, each) for each in _lines(block, box.topLeft(), at, at + length)]
                at += length
            box.moveTop(box.bottom())
            block = block.next()
        return found

    def _runs(self, block: QTextBlock) -> list[Run]:
        start, end = block.position(), block.position() + block.length() - 1
        return self._editor.origins.map.slice(start, end) if end <= self._editor.origins.map.length else []

    def _paint(self) -> None:
        if not self._shown or not self._editor.origins.on:
            return
        shaded = self.shaded(self._editor.dirty)
        if not shaded:
            return
        painter = QPainter(self._editor.viewport())
        for origin, rectangle in shaded:
            draw(painter, rectangle, self._looks[origin])
        painter.end()


def _lines(block: QTextBlock, corner: QPointF, start: int, end: int) -> list[QRectF]:
    """Return where a part of a paragraph stands, a rectangle a line, without a suggestion beside it."""
    found, mixed = [], bool(_TO_THE_LEFT.search(block.text()))
    for line, begin, stop in parts_of_lines(block, start, end):
        sides = _pieces(line, begin, stop) if mixed else [(x_of(line, begin), x_of(line, stop))]
        for left, right in sides:
            found.append(QRectF(left, line.y(), right - left, line.height()).translated(corner))
    return found


def _pieces(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return where a part of a line is seen that may change its direction: from left to right, in pieces."""
    found = []
    for run in line.glyphRuns(start, end - start):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        places = [place.x() for place in run.positions()]
        if places:
            ends = (place + each.x() for place, each in zip(places, advances, strict=False))
            found.append((min(places), max(ends)))
    return found
