"""What asks the model in pauses of typing, one thing at a time: in a moment, or when the writer rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QTimer

from gpt_assistant.engine.messages import Reply
from gpt_assistant.ui.asker import Asker

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

REST_MS = 1000  # after the last key, before the rest of a text is gone on with
MOST_FAILURES = 3  # one after the other; then nothing is asked until a model is loaded again


class Pending(Protocol):
    """A request under way."""

    @property
    def id(self) -> int:
        """Return its number."""


P = TypeVar("P", bound=Pending)


class IdleAsker(Asker, Generic[P]):
    """Base of those: `go_on` asks about what is most wanted, and is called when that may have changed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.loaded = False
        self._failures = 0
        self._asked: P | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.go_on)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.go_on)
        window.closing.connect(self._stop)

    def go_on(self) -> None:
        """Ask about what is most wanted, unless that is being asked."""

    def drop(self) -> None:
        """Give up what is being asked."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self._cancel(asked.id)

    def _stop(self) -> None:
        self._soon.stop()
        self._rest.stop()
        self._asked, self._submit = None, None

    def _answered(self, reply: Reply) -> P | None:
        """Return what a final reply answers, None if it is to others or to what was dropped."""
        asked = self._asked
        if asked is None or reply.id != asked.id or not reply.final:
            return None
        self._asked = None
        return asked
