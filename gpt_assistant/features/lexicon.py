"""Which words there are: the English dictionary that symspellpy ships, sorted for looking up beginnings.

82,834 words by frequency (Garbe's SymSpell list, from Google Books n-grams and SCOWL). Read at the first
use, in 0.1 s. It says nothing of other languages, so `speaks` tells whether a text is in this one.
"""

from __future__ import annotations

import functools
import importlib.util
from bisect import bisect_left
from importlib import resources

from gpt_assistant.text.phrases import tokens

_FILE = "frequency_dictionary_en_82_765.txt"
_LOOKED_AT = 400  # characters at the end of a text that tell its language
_FEWEST_WORDS = 8
_SHARE_KNOWN = 0.6


class Lexicon:
    """A sorted list of lower-case words."""

    def __init__(self, words: list[str]) -> None:
        self._sorted = sorted(words)
        self._words = frozenset(words)

    def knows(self, word: str) -> bool:
        """Return whether `word` is in the dictionary, in any case, with or without a possessive."""
        lower = word.lower().replace("’", "'")
        return lower in self._words or lower.removesuffix("'s") in self._words

    def completes(self, half: str) -> bool:
        """Return whether a word of the dictionary begins with `half`, or is it."""
        lower = half.lower().replace("’", "'")
        at = bisect_left(self._sorted, lower)
        return at < len(self._sorted) and self._sorted[at].startswith(lower)

    def speaks(self, text: str) -> bool:
        """Return whether the end of `text` is in the dictionary's language; yes for too few words to tell."""
        if not self._words:
            return False
        words = [token for token in tokens(text[-_LOOKED_AT:]) if token[0].isalpha()][1:-1]
        if len(words) < _FEWEST_WORDS:
            return text.isascii()
        return sum(map(self.knows, words)) >= _SHARE_KNOWN * len(words)


@functools.cache
def english() -> Lexicon:
    """Return the English lexicon, read once; one that speaks of nothing on a server without symspellpy."""
    if importlib.util.find_spec("symspellpy") is None:
        return Lexicon([])
    lines = (resources.files("symspellpy") / _FILE).read_text(encoding="utf-8-sig").splitlines()
    return Lexicon([line.split(" ", 1)[0] for line in lines if line])
