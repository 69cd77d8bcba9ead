"""Passing on what another generator of steps yields, as something else."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

Inner = TypeVar("Inner")
Outer = TypeVar("Outer")
Result = TypeVar("Result")


def relayed(
    steps: Generator[Inner, None, Result], say: Callable[[Inner], Outer]
) -> Generator[Outer, None, Result]:
    """Return what `steps` returns; yields what `say` makes of each thing that it yields."""
    while True:
        try:
            step = next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result
        yield say(step)
