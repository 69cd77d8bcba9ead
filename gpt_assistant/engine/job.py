"""What a long piece of work on a model reports to, and how it ends early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class ModelUnavailable(Exception):  # noqa: N818 - named for what happened
    """The model cannot be had; the text is one line that says what is missing and what to do."""


class ResolveCancelled(Exception):  # noqa: N818 - named for what happened
    """The caller's `cancelled` said so."""


@dataclass(frozen=True)
class Job:
    """What a long piece of work reports to, and asks whether to go on.

    `low` and `high` are the part of the whole that this piece makes up.
    """

    progress: Callable[[str, float], None]
    cancelled: Callable[[], bool]
    low: float = 0.0
    high: float = 1.0

    def part(self, low: float, high: float) -> Job:
        """Return the job for the part from `low` to `high` (in 0…1) of this one."""
        span = self.high - self.low
        return Job(self.progress, self.cancelled, self.low + span * low, self.low + span * high)

    def report(self, text: str, fraction: float) -> None:
        """Say how far this piece is, 0…1 (negative: unknown). Raises ResolveCancelled if it was."""
        self.check()
        clipped = min(fraction, 1.0)
        self.progress(text, fraction if fraction < 0 else self.low + (self.high - self.low) * clipped)

    def check(self) -> None:
        """Raise ResolveCancelled if the caller has cancelled."""
        if self.cancelled():
            raise ResolveCancelled
