"""Finding an entry by a few of its letters, as in "svas" for "Save as".

Every letter of the pattern must occur in the text in the same order. Of the ways to place them the best
one counts: letters at the starts of words and letters that stand together are worth more, gaps cost. It
is the alignment of Smith and Waterman with affine gaps, as in fzf's `FuzzyMatchV2`, by dynamic
programming: O(pattern × text), which is microseconds for what stands in a menu.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_MATCH = 16
_WORD_START = 10  # a letter that begins a word
_TOGETHER = 12  # a letter right behind the one before it
_FIRST = 6  # the first letter of the text
_GAP = 1  # for each letter left out between two that match
_WHOLE_WORD = 8  # the pattern is a word of the text, or begins one

_NEVER = -(10**9)


class Match(NamedTuple):
    """How well a pattern fits (more is better) and which characters of the text it is made of."""

    score: int
    positions: tuple[int, ...]


def match(pattern: str, text: str) -> Match | None:
    """Return how `pattern` fits `text`, None if it does not; the empty pattern fits all with score 0.

    Words of the pattern may come in any order. Capitals and accents do not matter.
    """
    folded = [_fold(character) for character in text]
    score, positions = 0, set[int]()
    for word in pattern.split():
        found = _match_word([_fold(character) for character in word], folded)
        if found is None:
            return None
        score += found.score
        positions |= set(found.positions)
    return Match(score, tuple(sorted(positions)))


def _fold(character: str) -> str:
    """Return the letter without accents and capitals: one for one, so that places stay the same."""
    return unicodedata.normalize("NFKD", character)[:1].lower()[:1] or character


def _match_word(word: list[str], text: list[str]) -> Match | None:
    bonus = [_bonus(text, place) for place in range(len(text))]
    best = [_NEVER] * len(text)  # of placements whose last letter stands here
    before: list[list[int]] = []  # for each letter of the word and place: where the letter before stands
    for number, letter in enumerate(word):
        best, came = _extend(letter, number, text, bonus, best)
        before.append(came)
    if not best or max(best) <= _NEVER // 2:
        return None
    place = best.index(max(best))
    score, positions = best[place], [place]
    for came in reversed(before[1:]):
        positions.append(came[positions[-1]])
    positions.reverse()
    together = positions[-1] - positions[0] == len(word) - 1
    if together and _starts_word(text, positions[0]):
        score += _WHOLE_WORD
    return Match(score, tuple(positions))


def _extend(
    letter: str, number: int, text: list[str], bonus: list[int], best: list[int]
) -> tuple[list[int], list[int]]:
    """Place one more letter; return the best score with it at each place, and where the last one stood."""
    scores, came = [_NEVER] * len(text), [-1] * len(text)
    apart, apart_at = _NEVER, -1  # the best placement that ends at least one letter before
    for place, character in enumerate(text):
        if character == letter:
            if number == 0:
                scores[place] = _MATCH + bonus[place]
            else:
                near = best[place - 1] + _TOGETHER if place else _NEVER
                scores[place], came[place] = max((near, place - 1), (apart + bonus[place], apart_at))
                scores[place] += _MATCH
        apart -= _GAP
        if place and best[place - 1] - _GAP > apart:
            apart, apart_at = best[place - 1] - _GAP, place - 1
    return scores, came


def _bonus(text: list[str], place: int) -> int:
    return (_WORD_START if _starts_word(text, place) else 0) + (_FIRST if place == 0 else 0)


def _starts_word(text: list[str], place: int) -> bool:
    return text[place].isalnum() and (place == 0 or not text[place - 1].isalnum())
