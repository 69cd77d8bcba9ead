"""How much of a text is of which origin: in characters as a reader counts them, and in words.

A word belongs to the origin of most of its letters, the first of them where two have as many: one that was
begun by hand and completed is a completed word if more than half of it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gpt_assistant.text.origins import Origin, Run
from gpt_assistant.text.words import count_words, utf16_length, word_spans


@dataclass(frozen=True, slots=True)
class Tally:
    """Characters (code points, line ends included) and words."""

    characters: int = 0
    words: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.characters + other.characters, self.words + other.words)


Tallies = dict[Origin, Tally]


def tally(text: str, runs: Sequence[Run]) -> Tallies:
    """Return what `text` has of each origin that is in it; `runs` are its, in UTF-16 units."""
    found: Tallies = {}
    if len(runs) == 1:
        return {runs[0][1]: Tally(len(text), count_words(text))}
    placed = code_point_runs(text, runs)
    for length, origin in placed:
        found[origin] = found.get(origin, Tally()) + Tally(length, 0)
    for origin in _words(text, placed):
        found[origin] += Tally(0, 1)
    return found


def added(parts: Iterable[Tallies]) -> Tallies:
    """Return the sum, by origin."""
    found: Tallies = {}
    for part in parts:
        for origin, each in part.items():
            found[origin] = found.get(origin, Tally()) + each
    return found


def code_point_runs(text: str, runs: Sequence[Run]) -> list[Run]:
    """Return `runs`, which count UTF-16 units of `text`, in code points."""
    if utf16_length(text) == len(text):
        return list(runs)
    seconds: list[int] = []  # where the second halves of surrogate pairs stand
    for index, character in enumerate(text):
        if character > "\uffff":
            seconds.append(index + len(seconds) + 1)
    found, at, index = [], 0, 0
    for length, origin in runs:
        at += length
        end = at - bisect_left(seconds, at)
        found.append((end - index, origin))
        index = end
    return found


def _words(text: str, runs: Sequence[Run]) -> Iterator[Origin]:
    """Yield the origin of each word, in order."""
    number, ends = 0, runs[0][0] if runs else 0
    for start, end in word_spans(text):
        while ends <= start:
            number += 1
            ends += runs[number][0]
        if end <= ends:
            yield runs[number][1]
        else:
            yield _most(runs, number, ends, start, end)


def _most(runs: Sequence[Run], number: int, ends: int, start: int, end: int) -> Origin:
    """Return the origin of most of what is between `start` and `end`, which begins in the run `number`."""
    shares: dict[Origin, int] = {}
    at = start
    while at < end:
        here = min(end, ends) - at
        shares[runs[number][1]] = shares.get(runs[number][1], 0) + here
        at += here
        if at < end:
            number += 1
            ends += runs[number][0]
    return max(shares, key=lambda origin: shares[origin])
