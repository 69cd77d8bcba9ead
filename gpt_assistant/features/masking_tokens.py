"""What the network for names sees of a text: its tokens, and of each a few numbers that describe it.

A token is a run of letters, a run of digits or one other sign; so "O'Brien's" is five, and a span that ends
before the possessive needs no rule. What is said of a word (its hash, beginning and end, its shape, how
common it is in English, which lists of names it stands on) depends on the word alone and is computed once for
each distinct word: a text of 1 MB has some 15,000.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+|\n|[^\w\s]|_")
_LONGEST = 40  # letters of a word, or signs of a run, that are looked at

BUCKETS = 16384  # of hashed words, beginnings and ends
_SHAPE = BUCKETS  # where the rows of shapes begin; 64 are kept for them
_COMMON = _SHAPE + 64
_LIST = _COMMON + 16
_PLACE = _LIST + 16
NOTHING = _PLACE + 16  # the row of what is before and behind a text; its vector is zero
ROWS = NOTHING + 1  # of the table of vectors
COLUMNS = 10  # numbers that describe a token


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place, in code points."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order; spaces are none, ends of lines are."""
    return [Token(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]


class WordLists:
    """English words with how common they are, and lists of names, all as sorted hashes."""

    def __init__(
        self,
        common: NDArray[Any],
        commonness: NDArray[Any],
        lists: Sequence[NDArray[Any]],
    ) -> None:
        """`common` are hashes of words in order, `commonness` their classes 1…15, `lists` hashes of names."""
        self._commonness: dict[int, int] = dict(zip(common.tolist(), commonness.tolist(), strict=True))
        self._lists = [frozenset(each.tolist()) for each in lists]

    def commonness(self, word: str) -> int:
        """Return 0 for a word that is rare in English, up to 15 for "the"."""
        return self._commonness.get(hashed(word), 0)

    def on_lists(self, word: str) -> int:
        """Return which lists `word` stands on, a bit for each."""
        found = hashed(word)
        return sum(1 << i for i, each in enumerate(self._lists) if found in each)


def hashed(word: str) -> int:
    """Return the 32 bits that stand for a word in any case."""
    return zlib.crc32(word.lower().encode("utf-8", "replace"))


class Describer:
    """Turns tokens into rows of the network's table."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._of_word = functools.lru_cache(maxsize=100_000)(self._describe)

    def commonness(self, word: str) -> int:
        """Return 0 for a word that is rare in English, up to 15 for "the"."""
        return self._lists.commonness(word)

    def is_first_name(self, word: str) -> bool:
        """Return whether `word` is listed as a first name."""
        return bool(self._lists.on_lists(word) & 1)

    def rows(self, text: str, found: Sequence[Token]) -> list[tuple[int, ...]]:
        """Return COLUMNS rows of the table for each token of `text`."""
        lower = 8 if not any(map(str.isupper, text)) else 0
        result, end = [], 0
        for token in found:
            gap = (4 if token.start > end else 0) | lower
            result.append((*self._of_word(token.text[:_LONGEST]), _PLACE + gap))
            end = token.end
        return result

    def _describe(self, word: str) -> tuple[int, ...]:
        lower = word.lower()
        digits = re.sub(r"\d", "0", lower) if word[0].isdigit() else lower
        parts = (
            digits,
            "^" + digits[:2],
            "^" + digits[:3],
            digits[-2:] + "$",
            digits[-3:] + "$",
            digits[-4:] + "$",
        )
        hashes = [
            zlib.crc32(f"{i}{part}".encode("utf-8", "replace")) % BUCKETS for i, part in enumerate(parts)
        ]
        return (
            *hashes,
            _SHAPE + _shape(word),
            _COMMON + self._lists.commonness(lower),
            _LIST + self._lists.on_lists(lower),
        )


def _shape(word: str) -> int:
    """Return a number below 64: kind, case and length of a token."""
    if word[0].isdigit():
        return min(len(word), 20)
    if not word[0].isalpha():
        return 21
    size = min(len(word), 7) - 1
    if len(word) == 1:
        return 22 if word.isupper() else 23
    if word.islower():
        return 24 + size
    if word.isupper():
        return 32 + size
    return (40 if word[1:].islower() else 48) + size
