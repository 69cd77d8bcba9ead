"""Shades behind parts of a text, each with a line of its own kind along the foot for who sees no colour.

They are painted before the text (`about_to_paint`), so that the letters stand on them with the contrast that
the shade leaves: shades are mixtures of the page with a colour, weak enough for 4.5:1, 7:1 in high contrast
(WCAG 2.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextBlock

from gpt_assistant.ui.contrast import MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.paragraphs import parts_of_lines, x_of
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
    # The pieces begin at the view's edge and not at the shade's: lines of neighbours go on without a break.
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


def lines(block: QTextBlock, corner: QPointF, spans: Sequence[tuple[int, int]]) -> list[list[QRectF]]:
    """Return where parts of a paragraph (UTF-16) stand, a rectangle a line, without a suggestion in them."""
    return [_lines(block, corner, start, end) for start, end in spans]


def _lines(block: QTextBlock, corner: QPointF, start: int, end: int) -> list[QRectF]:
    found = []
    for line, begin, stop in parts_of_lines(block, start, end):
        left, right = sorted((x_of(line, begin), x_of(line, stop)))
        found.append(QRectF(left, line.y(), right - left, line.height()).translated(corner))
    return found
