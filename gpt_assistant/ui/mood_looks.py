"""How moods look: blue for the good, orange for the bad, which no kind of colour blindness mixes up.

The colours are two of Okabe and Ito's ("Color universal design", 2008); they stand for the two ends of one
scale, and the page's own for its middle. A sign of its own goes with each, so that colour is never the only
one: a solid line or area for the good, a jagged line or a hatched area for the bad; the thicker the line, the
stronger.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from gpt_assistant.engine.messages import Mood
from gpt_assistant.text.told import mark
from gpt_assistant.ui.contrast import contrast, mixture
from gpt_assistant.ui.shading import Pattern, Shade, shade
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import tr

MOODS = (Mood.POSITIVE, Mood.NEUTRAL, Mood.NEGATIVE)
NAMES_OF_MOODS = {
    Mood.POSITIVE: mark("positive"),
    Mood.NEUTRAL: mark("neutral"),
    Mood.NEGATIVE: mark("negative"),
}
SIGNS = {Mood.POSITIVE: "+", Mood.NEUTRAL: "=", Mood.NEGATIVE: "−"}
LEAST = 0.15  # of the strongest word; what pushes less is not coloured
LIMITS = (0.4, 0.75)  # from here on a word is strong, and very strong
_GOOD, _BAD = ("#0072b2", "#56b4e9"), ("#d55e00", "#e69f00")  # on light pages, and on dark ones
_SHARES = (0.14, 0.3, 0.48)
_LINES = 3.0  # contrast of lines and areas with the page (WCAG 2.2)
_SOLID: tuple[Pattern, ...] = (
    ((0, 3.4, 12, 3.4, 0.9),),
    ((0, 3.1, 12, 3.1, 1.6),),
    ((0, 2.6, 12, 2.6, 2.6),),
)
_JAGGED: tuple[Pattern, ...] = tuple(
    tuple(line for x in (0, 4, 8) for line in ((x, 3.6, x + 2, 0.6, w), (x + 2, 0.6, x + 4, 3.6, w)))
    for w in (0.8, 1.3, 1.9)
)


@dataclass(frozen=True, slots=True)
class MoodLooks:
    """`good` and `bad` words, weak to strong; the `fills` of areas; the colours of axes and of the text."""

    good: tuple[Shade, ...]
    bad: tuple[Shade, ...]
    fills: dict[Mood, QBrush]
    page: QColor
    text: QColor
    muted: QColor
    accent: QColor

    def of(self, strength: float) -> Shade | None:
        """Return the look of a word that is so strong, −1…1; None for one that hardly does anything."""
        if abs(strength) < LEAST:
            return None
        return (self.good if strength > 0 else self.bad)[sum(abs(strength) >= limit for limit in LIMITS)]


def looks(colours: Colours) -> MoodLooks:
    """Return the looks in a theme."""
    page, text = QColor(colours.page), QColor(colours.text)
    dark = page.lightness() < text.lightness()
    good, bad = _GOOD[dark], _BAD[dark]
    strong = [_seen(QColor(each), page, text) for each in (good, bad)]
    return MoodLooks(
        tuple(shade(colours, good, share, line) for share, line in zip(_SHARES, _SOLID, strict=True)),
        tuple(shade(colours, bad, share, line) for share, line in zip(_SHARES, _JAGGED, strict=True)),
        {
            Mood.POSITIVE: QBrush(strong[0]),
            Mood.NEUTRAL: QBrush(mixture(page, QColor(colours.muted), 0.35)),
            Mood.NEGATIVE: QBrush(strong[1], Qt.BrushStyle.BDiagPattern),
        },
        page,
        text,
        QColor(colours.muted),
        QColor(colours.accent),
    )


def name_of(mood: Mood) -> str:
    """Return the name of a mood in the interface's language."""
    return tr(NAMES_OF_MOODS[mood])


def _seen(colour: QColor, page: QColor, text: QColor) -> QColor:
    """Return the colour, nearer to the text's until it stands out from the page."""
    steps = (mixture(colour, text, step / 20) for step in range(21))
    return next((each for each in steps if contrast(each, page) >= _LINES), text)
