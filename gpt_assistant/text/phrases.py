"""Words by what stood before them: the document's own names and phrases, and the writer's.

A small model forgets what left its window and seldom knows a name before it has read it twice. Counts
of what followed two words, one word, or the beginning of a word, remember both (a cache language
model, Kuhn and De Mori 1990; backing off from the longer to the shorter context as in PPM, Cleary and
Witten 1984).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?;:…\n]")
_HALF = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]*)*\Z")
_LEAD = re.compile(r"(?:[^\s.!?]+[^\S\n]+){0,2}[^\s.!?]*\Z")
_BREAK = "\n"  # what ends a phrase
_SHORTEST_HALF = 2
_LONGEST_CONTEXT = 2
_GRID = 256


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that stood here before, seen `count` times after `order` words of the context.

    `share` in 0…1 is its part of the words that fit what is typed of it, `fits` the part that those are
    of all that stood here.
    """

    word: str
    share: float
    fits: float
    count: int
    order: int


def half_word(text: str) -> str:
    """Return the letters at the end of `text` that a word may go on from, "" for none."""
    match = _HALF.search(text, max(0, len(text) - 64))
    return match.group() if match else ""


def tokens(text: str) -> list[str]:
    """Return the words of `text`, with a line break for everything that ends a phrase."""
    return [t if t[0].isalpha() else _BREAK for t in _TOKEN.findall(text)]


def taken_phrase(before: str, length: int) -> str:
    """Return the last `length` characters of `before`, what was taken, with two words in front of it."""
    start = len(before) - length
    lead = _LEAD.search(before[max(0, start - 80) : start])
    return (lead.group() if lead else "") + before[start:]


class Phrases:
    """Counts of words after the words before them. Contexts do not heed case; the words keep theirs."""

    def __init__(self) -> None:
        self._after: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._words: Counter[str] = Counter()
        self._starts: defaultdict[str, set[str]] = defaultdict(set)
        self._last: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return how many different words there are."""
        return len(self._words)

    def add(self, text: str, *, apart: bool = True) -> None:
        """Count `text`; unless `apart`, as going on from what was added last."""
        last = () if apart else self._last
        for token in tokens(text):
            if token == _BREAK:
                last = ()
                continue
            word = token.lower()
            for order in range(1, len(last) + 1):
                self._after[last[-order:]][token] += 1
            self._words[token] += 1
            self._starts[word[:_SHORTEST_HALF]].add(token)
            last = (*last, word)[-_LONGEST_CONTEXT:]
        self._last = last

    def clear(self) -> None:
        """Forget everything."""
        self._after.clear()
        self._words.clear()
        self._starts.clear()
        self._last = ()

    def knows(self, word: str) -> bool:
        """Return whether `word` was counted, in any case."""
        lower = word.lower()
        return any(each.lower() == lower for each in self._starts.get(lower[:_SHORTEST_HALF], ()))

    def completes(self, half: str) -> bool:
        """Return whether a word that was counted goes on from `half`."""
        lower = half.lower()
        return any(_goes_on(each, lower) for each in self._starts.get(lower[:_SHORTEST_HALF], ()))

    def guess(self, before: Sequence[str], half: str) -> Guess | None:
        """Return the word that most often followed the words `before` and goes on from `half`."""
        context = _context(before)
        for order in range(len(context), 0, -1):
            counts = self._after.get(context[-order:])
            if counts and (found := _best(counts, counts.total(), half, order)):
                return found
        if len(half) < _SHORTEST_HALF:
            return None
        alike = self._starts.get(half[:_SHORTEST_HALF].lower(), set())
        return _best({word: self._words[word] for word in alike}, self._words.total(), half, 0)


def _context(before: Sequence[str]) -> tuple[str, ...]:
    """Return the words before, as far as they belong to one phrase."""
    found: list[str] = []
    for word in reversed(before[-_LONGEST_CONTEXT:]):
        if word == _BREAK:
            break
        found.insert(0, word.lower())
    return tuple(found)


def _goes_on(word: str, half: str) -> bool:
    return len(word) > len(half) and word.lower().startswith(half)


def _best(counts: Mapping[str, int], total: int, half: str, order: int) -> Guess | None:
    lower = half.lower()
    fitting = [(word, count) for word, count in counts.items() if _goes_on(word, lower)]
    if not fitting:
        return None
    word, count = max(fitting, key=lambda pair: (pair[1], pair[0]))
    fit = sum(each for _, each in fitting)
    return Guess(word, count / fit, fit / total, count, order)


class DocumentPhrases:
    """The phrases of the text before the caret, counted once as the text grows.

    The last few hundred characters are left out: the model has just read them.
    """

    def __init__(self) -> None:
        self._text = ""
        self._phrases = Phrases()

    def of(self, before: str) -> Phrases:
        """Return the phrases of `before`, to the last grid line that falls between words."""
        end = len(before) // _GRID * _GRID
        while end and not before[end - 1].isspace():
            end -= 1
        if not before.startswith(self._text) or end < len(self._text):
            self._text, self._phrases = "", Phrases()
        if end > len(self._text):
            self._phrases.add(before[len(self._text) : end], apart=False)
            self._text = before[:end]
        return self._phrases
