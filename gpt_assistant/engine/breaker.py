"""When to ask a server that has failed again: at once it is not, or every key would wait for it.

A circuit breaker (Nygard, "Release It!", 2007): after a failure nothing is asked of the server for a pause
that doubles from one failure to the next; then one request tries it, with the local model at work beside it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

_FIRST, _LONGEST = 5.0, 300.0
_SLOW_IN_A_ROW = 3  # answers that come too late; one alone is nothing unusual


@dataclass
class Breaker:
    """Knows whether the server may be asked. `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _slow: int = 0
    _until: float = 0.0

    @property
    def failing(self) -> bool:
        """Return whether the last that was heard of the server is a failure."""
        return self._failures > 0

    @property
    def open(self) -> bool:
        """Return whether the server is left alone now."""
        return self.failing and self.clock() < self._until

    def succeeded(self) -> None:
        """Note that it answered in time."""
        self._failures = self._slow = 0

    def failed(self, pause: float = 0.0) -> None:
        """Note a failure; the server asks to be left alone for `pause` seconds."""
        grown = min(_LONGEST, _FIRST * 2.0**self._failures) * random.uniform(0.8, 1.0)
        self._failures = min(self._failures + 1, 10)
        self._until = self.clock() + max(grown, pause)

    def was_slow(self) -> bool:
        """Note that it did not answer in time; return whether that counts as a failure by now."""
        self._slow += 1
        if self._slow < _SLOW_IN_A_ROW and not self.failing:
            return False
        self.failed()
        return True
