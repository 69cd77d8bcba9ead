"""How well a colour is seen on another: the contrast ratio of WCAG 2.2."""

from __future__ import annotations

from PySide6.QtGui import QColor

MINIMUM_CONTRAST = 3.0  # of what is no running text (WCAG 2.2, 1.4.11)
HIGH_CONTRAST = 7.0


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_seen(colour: QColor, page: QColor) -> bool:
    """Return whether something of this colour is seen well enough on the page (WCAG 2.2: 3:1)."""
    return contrast(colour, page) >= MINIMUM_CONTRAST


def mixture(under: QColor, over: QColor, share: float) -> QColor:
    """Return `under` with `share` (0 to 1) of `over` laid on it."""

    def part(low: int, high: int) -> int:
        return round(low + (high - low) * share)

    return QColor(
        part(under.red(), over.red()), part(under.green(), over.green()), part(under.blue(), over.blue())
    )


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
