"""Finds the changes between two texts without holding up the window.

A page is compared at once. 10,000 words take 0.4 s: longer texts are compared on a thread, and with the
interpreter handed over every millisecond (see app.py) keys go through meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from gpt_assistant.text.diff import Hunk, hunks

_AT_ONCE = 8_000  # characters of both texts: some 20 ms


class Comparison(QObject):
    """Compares one pair of texts at a time; `done(hunks)` tells of the latest alone."""

    done = Signal(object)
    _compared = Signal(int, object)

    def __init__(self, parent: QObject | None = None, find: Callable[[str, str], list[Hunk]] = hunks) -> None:
        super().__init__(parent)
        self._find = find
        self._number = 0
        self.running = False
        self._compared.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, old: str, new: str) -> None:
        """Compare `old` with `new`, instead of what is being compared now."""
        self._number += 1
        self.running = True
        if len(old) + len(new) <= _AT_ONCE:
            self._deliver(self._number, self._find(old, new))
        else:
            threading.Thread(target=self._compare, args=(self._number, old, new), daemon=True).start()

    def cancel(self) -> None:
        """Tell of nothing that was started until now."""
        self._number += 1
        self.running = False

    def _compare(self, number: int, old: str, new: str) -> None:
        found = self._find(old, new)
        with suppress(RuntimeError):  # the window is gone
            self._compared.emit(number, found)

    def _deliver(self, number: int, found: list[Hunk]) -> None:
        if number == self._number:
            self.running = False
            self.done.emit(found)
