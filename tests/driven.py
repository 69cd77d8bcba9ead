"""Driving a feature to its end, as the model's loop does."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")


def drive(steps: Generator[Any, None, T]) -> tuple[list[Any], T]:
    """Return what `steps` yielded, but for None, and what it returned."""
    said: list[Any] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as stop:
            return said, stop.value
        if step is not None:
            said.append(step)
