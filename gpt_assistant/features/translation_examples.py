"""Worked examples of translations, and sentences to measure a model with: resources/translations.json.

All of them are our own, each in every language, so that any two make up a pair.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from gpt_assistant import paths


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation."""

    source: str
    target: str


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(paths.resource("translations.json").read_bytes())
    return table


def spoken() -> frozenset[str]:
    """Return the languages that there are examples in (ISO 639-1)."""
    return frozenset(_table()["examples"][0])


def examples(source: str, target: str) -> list[Pair]:
    """Return the worked examples of a direction; none if one of the languages is not among `spoken`."""
    return _pairs("examples", source, target)


def probes(source: str, target: str) -> list[Pair]:
    """Return the sentences to measure a direction with; none of them is among the examples."""
    return _pairs("probes", source, target)


def _pairs(kind: str, source: str, target: str) -> list[Pair]:
    if not {source, target} <= spoken():
        return []
    return [Pair(row[source], row[target]) for row in _table()[kind]]
