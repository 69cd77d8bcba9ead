"""One line on a terminal that is written over and over: what is being done, and how far it has come."""

from __future__ import annotations

import sys


class TerminalLine:
    """The line, on standard error; where that is a file there is none."""

    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self._used = False

    def show(self, text: str) -> None:
        """Write `text` over what is there."""
        if self.terminal:
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
            self._used = True

    def clear(self) -> None:
        """Take the line away."""
        if self._used:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._used = False
