"""The four looks of a word by its rank: a colour, a line of its own kind, and a name.

The colours are those of Okabe and Ito ("Color universal design", 2008); the limits are GLTR's.
"""

from __future__ import annotations

from bisect import bisect_left

from gpt_assistant.text.told import mark
from gpt_assistant.ui.shading import Pattern, Shade, shade
from gpt_assistant.ui.theme import Colours

LIMITS = (10, 100, 1000)
NAMES = (mark("first 10"), mark("first 100"), mark("first 1,000"), mark("beyond"))
EXPLAINED = (
    mark("Among the ten words that the model thought likeliest here"),
    mark("Among the hundred likeliest"),
    mark("Among the thousand likeliest"),
    mark("The model would hardly have thought of it"),
)
_HUES = ("#56b4e9", "#f0e442", "#e69f00", "#cc79a7")
_SHARES = (0.16, 0.42, 0.5, 0.6)
PATTERNS: tuple[Pattern, ...] = (
    ((0, 3.5, 12, 3.5, 0.7),),
    ((0, 3, 4, 3, 1.5), (6, 3, 10, 3, 1.5)),
    tuple((x, 3.8, x + 2.4, 0.6, 0.9) for x in (0.3, 3.3, 6.3, 9.3)),
    ((0, 2.7, 12, 2.7, 2.4),),
)


def number_of(rank: int) -> int:
    """Return which of the four looks a word of this rank has."""
    return bisect_left(LIMITS, rank)


def looks(colours: Colours) -> tuple[Shade, ...]:
    """Return the four looks in a theme."""
    return tuple(
        shade(colours, hue, share, pattern)
        for hue, share, pattern in zip(_HUES, _SHARES, PATTERNS, strict=True)
    )
