"""What measuring models on a writer's texts found, and which of them that speaks for.

A typist takes what is right of what is shown in time. So one number weighs how good a model is against how
long it takes: the share of keys that it saves somebody who types five keys a second, to whom a suggestion
that comes later than the next key is none. The model that saves most is recommended. Where another saves as
much, within what chance does to so little text (the standard error of the difference, place by place; Trnka
and McCoy 2008 measure keystroke savings so), the one that takes less memory is.

Models are compared on what all of them have got through, for a slow one gets through less in its time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gpt_assistant.text.told import Told, told

_NOTHING = 0.01  # share of keys that is not worth a difference
_LEAST_SAVED = 0.005


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text that was typed: its characters, the keys it took, suggestions shown and wrong ones."""

    characters: int
    keys: int
    shown: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is to be measured: a model by its name, and the settings of that name."""

    name: str
    model: str = "default"
    device: str = "auto"
    dtype: str = "auto"

    def settings(self) -> dict[str, str]:
        """Return the settings that choose it, by their names."""
        return {"model": self.model, "device": self.device, "dtype": self.dtype}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found of one candidate: pieces of text in order, and figures.

    `device` and `form` are where it ran and in which number format. `first` are milliseconds to each
    suggestion's first word; `bits` is the surprisal of a character, `memory` bytes, `problem` one line if it
    could not be measured.
    """

    candidate: Candidate
    device: str = ""
    form: str = ""
    places: tuple[Place, ...] = ()
    first: tuple[float, ...] = field(default=(), repr=False)
    bits: float = 0.0
    memory: int = 0
    load_seconds: float = 0.0
    problem: str = ""

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.candidate.name

    @property
    def characters(self) -> int:
        """Return how much was typed."""
        return sum(place.characters for place in self.places)

    def saved(self, places: int | None = None) -> float:
        """Return 1 − keys / characters, of the first `places` alone."""
        counted = self.places[:places]
        return 1 - sum(p.keys for p in counted) / max(1, sum(p.characters for p in counted))

    def right(self) -> float:
        """Return the share of the suggestions shown whose first word was right; 0 for none."""
        shown = sum(place.shown for place in self.places)
        return 1 - sum(place.wrong for place in self.places) / shown if shown else 0.0

    def milliseconds(self, percent: int) -> float:
        """Return the percentile of the time to the first word (nearest rank); 0 for none."""
        ordered = sorted(self.first)
        return ordered[min(len(ordered) - 1, percent * len(ordered) // 100)] if ordered else 0.0

    def figures(self) -> dict[str, Any]:
        """Return the row of the table, for a program to read."""
        if self.problem:
            return {"name": self.name, **self.candidate.settings(), "problem": self.problem}
        return {
            "name": self.name,
            **self.candidate.settings(),
            "ran_on": self.device,
            "precision": self.form,
            "characters": self.characters,
            "keystrokes_saved": round(self.saved(), 4),
            "right_when_shown": round(self.right(), 4),
            "first_word_ms": {"p50": round(self.milliseconds(50), 1), "p90": round(self.milliseconds(90), 1)},
            "bits_per_character": round(self.bits, 3),
            "memory_mb": round(self.memory / 1e6),
            "load_seconds": round(self.load_seconds, 2),
        }


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The row that is recommended, None for none, and why in a sentence."""

    row: Measured | None
    why: Told


def recommend(rows: Sequence[Measured]) -> Recommendation:
    """Return which of the models to use for texts like those that were measured, and why."""
    able = [row for row in rows if not row.problem and row.places]
    if not able:
        return Recommendation(None, told("None of the models could be measured."))
    common = min(len(row.places) for row in able)
    best = max(able, key=lambda row: row.saved(common))
    if best.saved(common) < _LEAST_SAVED:
        return Recommendation(None, told("None of the models saves keys in these texts."))
    if len(able) == 1:
        text = told("{name} saves {saved:.0%} of the keys in your texts.", **_said(best, able))
        return Recommendation(best, text)
    alike = [row for row in able if _alike(best, row, common)]
    chosen = min(alike, key=lambda row: (row.memory, -row.saved(common)))
    if chosen is best:
        return Recommendation(best, _ahead(best, able, common))
    text = told(
        "{name} saves {saved:.0%} of the keys in your texts, as good as {other} with {most:.0%},"
        " and takes {memory:.1f} GB of memory where that takes {more:.1f}.",
        **_said(chosen, able),
        other=_title(best, able),
        most=best.saved(common),
        memory=chosen.memory / 1e9,
        more=best.memory / 1e9,
    )
    return Recommendation(chosen, text)


def _ahead(best: Measured, able: Sequence[Measured], common: int) -> Told:
    """Return what `best` has before the second of those that were measured at `common` places."""
    second = max((row for row in able if row is not best), key=lambda row: row.saved(common))
    values = {**_said(best, able), "other": _title(second, able), "less": max(0.0, second.saved(common))}
    if second.milliseconds(50) > LATEST_MS >= best.milliseconds(50):
        return told(
            "{name} saves {saved:.0%} of the keys in your texts, more than {other} with {less:.0%}, which"
            " often comes too late here.",
            **values,
        )
    return told(
        "{name} saves {saved:.0%} of the keys in your texts, more than {other} with {less:.0%}.", **values
    )


LATEST_MS = 200.0
"""What comes later than this after a key is not seen: the next key is pressed by then."""


def _said(row: Measured, rows: Sequence[Measured]) -> dict[str, Any]:
    common = min(len(each.places) for each in rows)
    return {"name": _title(row, rows), "saved": row.saved(common)}


def _title(row: Measured, rows: Sequence[Measured]) -> str:
    """Return the name of a model, with its device where there is one of that name on another."""
    twins = sum(each.name == row.name for each in rows)
    return f"{row.name} ({row.device}, {row.form})" if twins > 1 else row.name


def _alike(best: Measured, row: Measured, common: int) -> bool:
    """Return whether `row` saves as much as `best`, as far as these texts can tell."""
    total = max(1, sum(place.characters for place in best.places[:common]))
    apart = [
        mine.keys - its.keys for its, mine in zip(best.places[:common], row.places[:common], strict=True)
    ]
    mean = sum(apart) / max(1, common)
    spread = math.sqrt(sum((each - mean) ** 2 for each in apart))
    return sum(apart) / total <= max(_NOTHING, spread / total)
