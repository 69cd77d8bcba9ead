"""What each origin looks like: a colour, and a line of its own kind, so that colour is never the only sign.

The colours are those of Okabe and Ito ("Color universal design", 2008), which people with any kind of colour
blindness tell apart. The lines are darkened or lightened until they stand out from the page (3:1, in high
contrast 4.5:1; WCAG 2.2). The tint behind the text is weak: letters on it keep a contrast of 7:1. What nobody
knows the origin of is not marked.
"""

from __future__ import annotations

from PySide6.QtGui import QColor

from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.contrast import MINIMUM_CONTRAST, contrast, mixture
from gpt_assistant.ui.shading import Pattern, Shade
from gpt_assistant.ui.theme import Colours

_CONTRAST = 4.5
_TINT, _WEAK_TINT = 0.22, 0.12

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
PATTERNS: dict[Origin, Pattern] = {
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


Looks = dict[Origin, Shade]  # of all but the unknown


def looks(colours: Colours) -> Looks:
    """Return the looks for a theme."""
    page, text = QColor(colours.page), QColor(colours.text)
    high = colours.focus != "1px"
    return {
        origin: Shade(
            mixture(page, QColor(colour), _WEAK_TINT if high else _TINT),
            _legible(QColor(colour), page, text, _CONTRAST if high else MINIMUM_CONTRAST),
            PATTERNS[origin],
        )
        for origin, colour in COLOURS.items()
    }


def _legible(colour: QColor, page: QColor, text: QColor, least: float) -> QColor:
    steps = (mixture(colour, text, step / 20) for step in range(21))
    return next((each for each in steps if contrast(each, page) >= least), text)
