"""Stands for the model's process in tests of the window: real features, a step at a time on Qt's own loop."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QTimer

from gpt_assistant.engine.messages import Cancelled, Reply
from gpt_assistant.ui.window import MainWindow


class Stepwise:
    """Runs what is asked, and may be told to cancel it between two steps; `reply` hands over the answer."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.cancelled: list[int] = []

    def go_on(self, identity: int, steps: Generator[Any, None, Reply]) -> None:
        """Do a step of the request `identity`, and come back for the next."""
        if identity in self.cancelled:
            steps.close()
            self.reply(Cancelled(identity))
            return
        try:
            next(steps)
        except StopIteration as stop:
            self.reply(stop.value)
        else:
            QTimer.singleShot(0, self.window, lambda: self.go_on(identity, steps))

    def reply(self, reply: Reply) -> None:
        """Hand `reply` to the window."""
        raise NotImplementedError
