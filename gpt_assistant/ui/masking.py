"""Asks the model's process what is personal in a text; that needs no model, and the window goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gpt_assistant.engine.messages import Failed, Hidden, Mask, Progress, Reply
from gpt_assistant.settings import Settings
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.tr import localised, tr


class Masking(Asker):
    """One per window. One text at a time; another takes its place.

    Signals: `told(fraction)`, how far it is; `done(Masked)`; `failed(str)`, one line.
    """

    told = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    _asked = 0

    def ask(self, text: str, choice: Settings) -> None:
        """Find what is personal in `text`, as `choice` says."""
        self.cancel()
        if self._submit is None:
            self.failed.emit(tr("There is no model to ask."))
            return
        self._asked = self._next_id()
        self._submit(Mask(self._asked, text, choice))

    def cancel(self) -> None:
        """End what is being asked."""
        if self._asked:
            identity, self._asked = self._asked, 0
            self._cancel(identity)

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model's process; those to requests of others are ignored."""
        if not self._asked or reply.id != self._asked:
            return
        if reply.final:
            self._asked = 0
        if isinstance(reply, Progress):
            self.told.emit(reply.fraction)
        elif isinstance(reply, Hidden):
            self.done.emit(reply.masked)
        elif isinstance(reply, Failed):
            self.failed.emit(localised(reply.text))
