"""Says when the writer has not written for so long that the model's memory is better given back.

What is running counts as writing: a summary of a long text may take longer than the writer's pause.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from gpt_assistant.ui.editor import Editor

_MINUTE_MS = 60_000


class Idle(QObject):
    """Calls `rest` after some minutes without a key or an answer.

    `rest` returns whether there was anything to put to rest; `typed` is called with every edit.
    """

    def __init__(
        self, rest: Callable[[], bool], typed: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rest, self._typed = rest, typed
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._elapsed)

    def apply_minutes(self, minutes: int) -> None:
        """Wait for so many minutes from now on; 0 for ever."""
        self.timer.stop()
        self.timer.setInterval(minutes * _MINUTE_MS)
        self.touch()

    def attach(self, editor: Editor) -> None:
        """Take what happens in `editor` for writing."""
        editor.edited.connect(self._edited)
        editor.caret_moved.connect(self.touch)

    def touch(self) -> None:
        """Begin to wait anew."""
        if self.timer.interval():
            self.timer.start()

    def _edited(self) -> None:
        self.touch()
        self._typed()

    def _elapsed(self) -> None:
        if not self._rest():
            self.touch()
