"""Reading a text of any length for a summary: part by part, what is best of each part, then of these.

What is kept of a part is its few best sentences, so that memory does not grow with the text but for its
offsets and terms: 100,000 words take 2 s of one core and 33 MB. A step is a few thousand characters, 30 ms
at most, but for the first, which finds the blocks (100 ms for 100,000 words).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gpt_assistant.engine.messages import Length
from gpt_assistant.features import summary_scoring as scoring
from gpt_assistant.features.summary_units import Section, Unit, sections_of, units_of
from gpt_assistant.text.structure import Block, Genre, Kind, blocks, genre
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[str | None, None, T]

_STEP = 6_000  # characters: 20 ms
_PART_WORDS = 3_000
_KEPT = 14  # sentences of a part
_WHOLE = 600  # sentences that are compared with each other at once
_LONGER = {Length.LINE: 0.35, Length.SHORT: 1.0, Length.BULLETS: 1.2, Length.LONG: 3.0}
_MOST_SHARE = {Length.LINE: 0.5, Length.SHORT: 0.4, Length.BULLETS: 0.5, Length.LONG: 0.6}


@dataclass
class Reading:
    """What is known of a text once it is read."""

    genre: Genre
    sections: list[Section]
    units: list[Unit]
    weight: dict[str, float]
    words: int
    speakers: Counter[str] = field(default_factory=Counter)
    spoken: list[Unit] = field(default_factory=list)  # every sentence of a transcript

    def budget(self, length: Length) -> int:
        """Return how many words a summary of `length` should have.

        Longer texts get somewhat longer summaries, and short ones shorter than themselves.
        """
        base = scoring.weights(self.genre).words
        if self.genre is Genre.PLAIN:
            base = round(base * (1 + 0.3 * max(0.0, math.log2(self.words / 1200))))
        return max(8, min(round(base * _LONGER[length]), round(self.words * _MOST_SHARE[length])))

    def chosen(self, words: int) -> list[Unit]:
        """Return the sentences of a summary of about `words` words, best first."""
        slack = scoring.weights(self.genre).slack
        return scoring.select(self.units, self.weight, words, slack=slack)


def read(text: str) -> Steps[Reading]:
    """Return the sentences of `text` that may be shown, rated; yields a line on what is being read."""
    yield None
    found = blocks(text)
    yield None
    kind = genre(found)
    sections = sections_of(text, found)
    units: list[Unit] = []
    for number, (first, run) in enumerate(_runs(found)):
        if number:
            yield told("Reading, {percent} %", percent=round(100 * run[0].start / max(1, len(text))))
        section = sum(1 for block in found[:first] if block.kind is Kind.HEADING)
        units += units_of(text, run, section, first)
    yield None
    weight = scoring.term_weights(units)
    yield from _rated(units, sections, len(text), weight, kind)
    words = sum(len(unit.words) for unit in units)
    speakers = Counter(unit.speaker for unit in units if unit.speaker)
    showable = [unit for unit in units if scoring.worth_showing(unit)]
    best = yield from _best_of_parts(showable, weight)
    everything = units if kind is Genre.MEETING else []
    return Reading(kind, sections, best or units[:3], weight, words, speakers, everything)


def _runs(found: Sequence[Block]) -> Iterator[tuple[int, Sequence[Block]]]:
    """Yield runs of blocks of a few thousand characters, with the number of their first."""
    first, size = 0, 0
    for number, block in enumerate(found):
        size += block.end - block.start
        if size > _STEP:
            yield first, found[first : number + 1]
            first, size = number + 1, 0
    if first < len(found):
        yield first, found[first:]


def _rated(
    units: Sequence[Unit], sections: Sequence[Section], length: int, weight: dict[str, float], kind: Genre
) -> Steps[None]:
    chosen = scoring.weights(kind)
    for start in range(0, len(units), 100):
        yield None
        scoring.describe(units, sections, length, weight, slice(start, start + 100))
        scoring.rate(units[start : start + 100], chosen)


def _best_of_parts(units: list[Unit], weight: dict[str, float]) -> Steps[list[Unit]]:
    """Return the best sentences of each part of a long text: all of them where there are few."""
    if len(units) <= _WHOLE:
        return units
    best: list[Unit] = []
    part: list[Unit] = []
    count = 0
    for unit in units:
        part.append(unit)
        count += len(unit.words)
        if count > _PART_WORDS:
            yield None
            best += scoring.select(part, scoring.term_weights(part), 1 << 20, most=_KEPT)
            part, count = [], 0
    yield None
    best += scoring.select(part, weight, 1 << 20, most=_KEPT)
    return sorted(best, key=lambda unit: unit.start)
