"""What asks the model something from the window: it gets the three sides of link.Link that it needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from gpt_assistant.engine.messages import Request


class Asker(QObject):
    """Base of those who ask. Without a model nothing can be submitted: `_submit` is None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._submit: Callable[[Request], object] | None = None
        self._cancel: Callable[[int], object] = lambda _identity: None
        self._next_id: Callable[[], int] = lambda: 0

    def connect_model(
        self,
        submit: Callable[[Request], object],
        cancel: Callable[[int], object],
        next_id: Callable[[], int],
    ) -> None:
        """Send requests to `submit` from now on, each with an id of its own, by which it can be cancelled."""
        self._submit, self._cancel, self._next_id = submit, cancel, next_id
