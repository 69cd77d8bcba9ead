"""How a process that measures a model is started, and what it says: lines of JSON, as the table grows.

The window and the command line start it alike, with the texts as a list in JSON on its standard input, so
that they come onto no disk.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gpt_assistant.text.measured import Candidate, Measured, Place
from gpt_assistant.text.told import told

UNKNOWN = -1.0
"""The share that is done, where it is not known."""


def arguments(candidate: Candidate, seconds: float) -> list[str]:
    """Return the arguments of the program that measures one candidate."""
    chosen = [f"--{name}={value}" for name, value in candidate.settings().items()]
    return ["bench", "--documents", "-", "--alone", "--seconds", f"{seconds:g}", "--offline", *chosen]


def taken(row: Measured, line: str) -> tuple[Measured, float]:
    """Return `row` with what a line of the process says, and the share done, 0…1 or UNKNOWN.

    What is no such line is left aside.
    """
    try:
        found: dict[str, Any] = json.loads(line)
        return _taken(row, found)
    except (ValueError, TypeError, KeyError, AttributeError):
        return row, UNKNOWN


def _taken(row: Measured, found: dict[str, Any]) -> tuple[Measured, float]:
    if place := found.get("place"):
        counts = {name: int(place[name]) for name in ("characters", "keys", "shown", "wrong")}
        first = (*row.first, *map(float, place["first"]))
        return replace(row, places=(*row.places, Place(**counts)), first=first), float(found["done"])
    if loaded := found.get("loaded"):
        device, form, seconds = loaded["device"], loaded["form"], loaded["seconds"]
        return replace(row, device=str(device), form=str(form), load_seconds=float(seconds)), 0.0
    if finished := found.get("finished"):
        return replace(row, bits=float(finished["bits"]), memory=int(finished["memory"])), 1.0
    return replace(row, problem=str(found.get("failed", row.problem))), UNKNOWN


def ended(row: Measured, code: int, error: str) -> Measured:
    """Return `row` when the process has ended with `code`: with a problem, where it was not done."""
    if row.problem or (code == 0 and row.memory):
        return row
    lines = error.strip().splitlines()
    why = lines[-1].removeprefix("gpt-assistant: ") if lines else ""
    return with_problem(row, why or told("It ended before it was done ({code}).", code=code))


def with_problem(row: Measured, problem: str) -> Measured:
    """Return `row` as one that could not be measured."""
    return replace(row, problem=problem)
