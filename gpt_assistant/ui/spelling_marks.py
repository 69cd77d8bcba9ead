"""The lines under words: a red wave for what is no word, blue dots for a word that is not the one meant.

They are painted over the text, as focus mode's layer is, and not set as formats: those would have to be put
in again after every change of the Markdown styles, the suggestion and the composition, each time with a new
layout of the paragraph. Painting knows none of them, and costs 0.07 ms for each mark in sight.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextBlock

from gpt_assistant.engine.messages import Issue, Mistake
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.paragraphs import parts_of_lines, x_of
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.spelling_sheet import Sheet

_WORD = 60  # UTF-16 units; farther than this, the caret has left the word
_LOOK_MS = 15
_TYPED = ("typing", "ime", "delete")


class Marks(QObject):
    """Draws the lines of one editor. The word being typed gets none before the caret leaves it."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._editor = sheet.editor
        self.misspelt, self.misused = QColor("#c62b2b"), QColor("#1f5fd6")
        self._typed_at = -1
        self._painted: list[tuple[Issue, list[QRectF]]] = []
        self._editor.painted.connect(self._paint)
        self._editor.edited.connect(self._on_edited)
        self._editor.caret_moved.connect(self._on_caret)
        # Many paragraphs may change one after the other: look once whether any is in sight.
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._soon.timeout.connect(self._look)
        sheet.changed.connect(self._on_changed)

    def set_colours(self, misspelt: str, misused: str) -> None:
        """Use these, as #rrggbb."""
        self.misspelt, self.misused = QColor(misspelt), QColor(misused)
        self._editor.viewport().update()

    def marked(self) -> list[tuple[Issue, list[QRectF]]]:
        """Return the issues in sight, and where in the viewport: the lines are at their feet."""
        editor, found = self._editor, []
        block = editor.firstVisibleBlock()
        box = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
        while block.isValid() and box.top() < editor.viewport().height():
            box.setHeight(editor.blockBoundingRect(block).height())
            for issue, start, end in self._lined(block):
                found.append((issue, _rectangles(block, box.topLeft(), start, end)))
            box.moveTop(box.bottom())
            block = block.next()
        return found

    def _lined(self, block: QTextBlock) -> list[tuple[Issue, int, int]]:
        """Return the issues of a paragraph that get a line, with UTF-16 units of the paragraph."""
        entry = self._sheet.entry(block.blockNumber())
        if entry is None or not entry.issues or self._sheet.left_out(block):
            return []
        shown = self._sheet.shown(block.blockNumber())
        wide = utf16_length(entry.text) != len(entry.text)
        caret = self._editor.textCursor().position() - block.position()
        typed = self._typed_at - block.position()
        found = []
        for issue in shown:
            start, end = issue.start, issue.end
            if wide:
                start, end = index_to_utf16(entry.text, start), index_to_utf16(entry.text, end)
            if not (start <= typed <= end and start <= caret <= end):
                found.append((issue, start, end))
        return found

    # -- when --------------------------------------------------------------------------------------

    def _on_edited(self, _position: int, _removed: int, _added: int, cause: str) -> None:
        self._typed_at = self._editor.textCursor().position() if cause in _TYPED else -1

    def _on_caret(self) -> None:
        if self._typed_at < 0:
            return
        low, high = sorted((self._typed_at, self._editor.textCursor().position()))
        between = text_between(self._editor.document(), low, high) if high - low <= _WORD else " "
        if any(not (character.isalnum() or character in "'’") for character in between):
            self._typed_at = -1
            self._editor.viewport().update()

    def _on_changed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        """Paint anew if it is to be seen."""
        if self._editor.isVisible() and self.marked() != self._painted:
            self._editor.viewport().update()

    # -- painting ----------------------------------------------------------------------------------

    def _paint(self) -> None:
        marked = self.marked()
        self._painted = marked
        if not marked:
            return
        painter = QPainter(self._editor.viewport())
        for issue, rectangles in marked:
            for rectangle in rectangles:
                if issue.kind is Mistake.NONWORD:
                    draw_wave(painter, rectangle, self.misspelt)
                else:
                    draw_dots(painter, rectangle, self.misused)
        painter.end()


def draw_wave(painter: QPainter, rectangle: QRectF, colour: QColor) -> None:
    """Draw a wave along the foot of `rectangle`."""
    _draw(painter, rectangle, colour, wave=True)


def draw_dots(painter: QPainter, rectangle: QRectF, colour: QColor) -> None:
    """Draw dots along the foot of `rectangle`."""
    _draw(painter, rectangle, colour, wave=False)


def _draw(painter: QPainter, rectangle: QRectF, colour: QColor, *, wave: bool) -> None:
    unit = _unit(rectangle)
    tile = _tile(colour.rgba(), unit, painter.device().devicePixelRatioF(), wave)
    height = tile.deviceIndependentSize().height()
    painter.drawTiledPixmap(
        QRectF(rectangle.left(), rectangle.bottom() - height, rectangle.width(), height), tile
    )


@lru_cache(maxsize=32)
def _tile(colour: int, unit: float, ratio: float, wave: bool) -> QPixmap:
    """Return what is drawn again and again along a word; painting each wave anew took ten times as long."""
    width, height = 4 * unit, 3.6 * unit
    pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    width = pixmap.deviceIndependentSize().width()
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low = height - 0.9 * unit
    if wave:
        painter.setPen(QPen(QColor.fromRgba(colour), 1.15 * unit))
        corners = ((-width / 2, low - 2 * unit), (0, low), (width / 2, low - 2 * unit), (width, low))
        points = [QPointF(x, y) for x, y in (*corners, (1.5 * width, low - 2 * unit))]
        painter.drawPolyline(points)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromRgba(colour))
        painter.drawEllipse(QPointF(width / 2, low - 0.4 * unit), 1.1 * unit, 1.1 * unit)
    painter.end()
    return pixmap


def _unit(rectangle: QRectF) -> float:
    """Return the thickness of a line for text of this height: 1 at the usual size."""
    return max(1.0, rectangle.height() / 22)


def _rectangles(block: QTextBlock, corner: QPointF, start: int, end: int) -> list[QRectF]:
    """Return where a part of a paragraph stands, a rectangle a line, without a suggestion in it."""
    found = []
    for line, begin, stop in parts_of_lines(block, start, end):
        left, right = sorted((x_of(line, begin), x_of(line, stop)))
        foot = min(line.y() + line.ascent() + max(3.0, 0.75 * line.descent()), line.y() + line.height())
        found.append(QRectF(left, line.y(), right - left, foot - line.y()).translated(corner))
    return found
