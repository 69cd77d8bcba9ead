"""Shades behind parts of a text, each with a line of its own kind along the foot for who sees no colour.

They are painted before the text (`about_to_paint`), so that the letters stand on them with the contrast that
the shade leaves: shades are mixtures of the page with a colour, weak enough for 4.5:1, 7:1 in high contrast
(WCAG 2.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextBlock, QTextLine

from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.ghost import MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.theme import Colours

USUAL, HIGH = 4.5, 7.0  # contrasts of the text on a shade
_WIDTH, _HEIGHT = 12, 4  # of a piece of line, in its units

# Lines from (x, y) to (x, y) and their thickness, in units of a piece that is repeated along the text.
Pattern = tuple[tuple[float, float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour behind the text, and the line at its foot; a pattern of no line draws none."""

    back: QColor
    line: QColor
    pattern: Pattern = ()


def shade(colours: Colours, hue: str, share: float, pattern: Pattern = ()) -> Shade:
    """Return a shade of `hue`, of which up to `share` (0…1) is mixed into the page."""
    page, text = QColor(colours.page), QColor(colours.text)
    high = colours.focus != "1px"
    steps = (mixture(page, QColor(hue), share * step / 20) for step in range(20, -1, -1))
    back = next((each for each in steps if contrast(text, each) >= (HIGH if high else USUAL)), page)
    stronger = (mixture(QColor(hue), text, step / 20) for step in range(21))
    least = USUAL if high else MINIMUM_CONTRAST
    line = next((each for each in stronger if contrast(each, page) >= least), text)
    return Shade(back, line, pattern)


def draw(painter: QPainter, rectangle: QRectF, look: Shade) -> None:
    """Fill `rectangle`, and draw the line along its foot."""
    painter.fillRect(rectangle, look.back)
    if not look.pattern:
        return
    unit = max(1.0, rectangle.height() / 24)
    tile = _tile(look.pattern, look.line.rgba(), unit, painter.device().devicePixelRatioF())
    size = tile.deviceIndependentSize()
    foot = QRectF(rectangle.left(), rectangle.bottom() - size.height(), rectangle.width(), size.height())
    painter.drawTiledPixmap(foot, tile, QPointF(rectangle.left() % size.width(), 0))


@lru_cache(maxsize=64)
def _tile(pattern: Pattern, colour: int, unit: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(math.ceil(_WIDTH * unit * ratio), math.ceil(_HEIGHT * unit * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixmap.deviceIndependentSize().width() / _WIDTH, unit)
    for x, y, to_x, to_y, thickness in pattern:
        pen = QPen(QColor.fromRgba(colour), thickness)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
    painter.end()
    return pixmap


def in_sight(editor: Editor) -> Iterator[tuple[QTextBlock, QPointF]]:
    """Yield the paragraphs in sight, each with its corner in the viewport."""
    block = editor.firstVisibleBlock()
    box = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
    while block.isValid() and box.top() < editor.viewport().height():
        box.setHeight(editor.blockBoundingRect(block).height())
        yield block, box.topLeft()
        box.moveTop(box.bottom())
        block = block.next()


def lines(block: QTextBlock, corner: QPointF, spans: Sequence[tuple[int, int]]) -> list[list[QRectF]]:
    """Return where parts of a paragraph (UTF-16) stand, a rectangle a line, without a suggestion in them."""
    return [_lines(block, corner, start, end) for start, end in spans]


def _lines(block: QTextBlock, corner: QPointF, start: int, end: int) -> list[QRectF]:
    layout = block.layout()
    if (shown := utf16_length(layout.preeditAreaText())) and start < end:
        at = layout.preeditAreaPosition()
        start, end = start + shown * (start >= at), end + shown * (end > at)
    if not layout.lineCount():
        return []
    found = []
    first, last = layout.lineForTextPosition(start), layout.lineForTextPosition(max(start, end - 1))
    if not first.isValid() or not last.isValid():
        return []
    for number in range(first.lineNumber(), last.lineNumber() + 1):
        line = layout.lineAt(number)
        ends = line.textStart() + line.textLength()
        left, right = sorted((_x(line, max(start, line.textStart())), _x(line, min(end, ends))))
        found.append(QRectF(left, line.y(), right - left, line.height()).translated(corner))
    return found


def _x(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
