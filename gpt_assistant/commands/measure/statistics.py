"""Small statistics over timings."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

Figures = dict[str, object]


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50, p90 and p99 of `values` (nearest rank); an empty dict for none."""
    if not values:
        return {}
    ordered = sorted(values)
    return {f"p{q}": round(ordered[min(len(ordered) - 1, q * len(ordered) // 100)], 2) for q in (50, 90, 99)}


def milliseconds(action: Callable[[], object]) -> float:
    """Return how many milliseconds `action` takes, without the garbage collector in between."""
    gc.disable()
    try:
        started = time.perf_counter()
        action()
        return (time.perf_counter() - started) * 1000
    finally:
        gc.enable()


def alternating(actions: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each action, run in turns so that noise meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(milliseconds(action))
    return {name: statistics.median(values) for name, values in taken.items()}
