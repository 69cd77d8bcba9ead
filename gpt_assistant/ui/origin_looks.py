"""What each origin looks like: a colour, and a line of its own kind, so that colour is never the only sign.

The colours are those of Okabe and Ito ("Color universal design", 2008), which people with any kind of colour
blindness tell apart. The lines are darkened or lightened until they stand out from the page (3:1, in high
contrast 4.5:1; WCAG 2.2). The tint behind the text is weak: letters on it keep a contrast of 7:1. What nobody
knows the origin of is not marked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.ghost import MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.theme import Colours

_CONTRAST = 4.5
_TINT, _WEAK_TINT = 0.22, 0.12
_WIDTH, _HEIGHT = 12, 4  # of a piece of line, in its units

COLOURS = {
    Origin.TYPED: "#0072b2",
    Origin.COMPLETED: "#e69f00",
    Origin.REWRITTEN: "#009e73",
    Origin.CORRECTED: "#f0e442",
    Origin.SUMMARISED: "#d55e00",
    Origin.TRANSLATED: "#cc79a7",
    Origin.DICTATED: "#56b4e9",
    Origin.PASTED: "#808080",
}
# Lines from (x, y) to (x, y) and their thickness, in units of a piece that is repeated along the text.
_Line = tuple[float, float, float, float, float]
PATTERNS: dict[Origin, tuple[_Line, ...]] = {
    Origin.TYPED: ((0, 3.4, 12, 3.4, 0.9),),
    Origin.COMPLETED: ((0, 3, 4, 3, 1.6), (6, 3, 10, 3, 1.6)),
    Origin.REWRITTEN: ((0, 1.5, 12, 1.5, 0.9), (0, 3.4, 12, 3.4, 0.9)),
    Origin.CORRECTED: ((0, 3, 6, 3, 1.6), (8, 3, 9.6, 3, 1.6)),
    Origin.SUMMARISED: ((0, 2.7, 12, 2.7, 2.4),),
    Origin.TRANSLATED: (
        (0, 3.6, 3, 0.8, 0.9),
        (3, 0.8, 6, 3.6, 0.9),
        (6, 3.6, 9, 0.8, 0.9),
        (9, 0.8, 12, 3.6, 0.9),
    ),
    Origin.DICTATED: ((0, 3.6, 12, 3.6, 0.7), *((x, 0.4, x, 3.6, 0.9) for x in (1.5, 5.5, 9.5))),
    Origin.PASTED: tuple((x, 3.8, x + 2.4, 0.6, 0.9) for x in (0.3, 3.3, 6.3, 9.3)),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one origin is shown: the colour of its line, and that of the page behind its text."""

    line: QColor
    tint: QColor


Looks = dict[Origin, Look]  # of all but the unknown


def looks(colours: Colours) -> Looks:
    """Return the looks for a theme."""
    page, text = QColor(colours.page), QColor(colours.text)
    high = colours.focus != "1px"
    return {
        origin: Look(
            _legible(QColor(colour), page, text, _CONTRAST if high else MINIMUM_CONTRAST),
            mixture(page, QColor(colour), _WEAK_TINT if high else _TINT),
        )
        for origin, colour in COLOURS.items()
    }


def _legible(colour: QColor, page: QColor, text: QColor, least: float) -> QColor:
    steps = (mixture(colour, text, step / 20) for step in range(21))
    return next((each for each in steps if contrast(each, page) >= least), text)


def draw(painter: QPainter, rectangle: QRectF, look: Look, origin: Origin) -> None:
    """Tint `rectangle`, and draw the line of `origin` along its foot."""
    painter.fillRect(rectangle, look.tint)
    unit = max(1.0, rectangle.height() / 24)
    tile = _tile(origin, look.line.rgba(), unit, painter.device().devicePixelRatioF())
    height = tile.deviceIndependentSize().height()
    foot = QRectF(rectangle.left(), rectangle.bottom() - height, rectangle.width(), height)
    # The pieces begin at the view's edge and not at the run's: lines of neighbours go on without a break.
    painter.drawTiledPixmap(foot, tile, QPointF(rectangle.left() % tile.deviceIndependentSize().width(), 0))


@lru_cache(maxsize=64)
def _tile(origin: Origin, colour: int, unit: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(math.ceil(_WIDTH * unit * ratio), math.ceil(_HEIGHT * unit * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixmap.deviceIndependentSize().width() / _WIDTH, unit)
    for x, y, to_x, to_y, thickness in PATTERNS[origin]:
        pen = QPen(QColor.fromRgba(colour), thickness)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
    painter.end()
    return pixmap
