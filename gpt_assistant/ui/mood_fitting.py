"""Fits the mood to the model in use, when the writer asks for that: half a minute, once for each model."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gpt_assistant.engine.messages import Cancelled, Failed, LearnMood, MoodLearnt, Progress, Reply
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.tr import localised, tr


class MoodFitting(Asker):
    """One at a time. `changed`, when it is further; `done`, when the mood can be read from now on."""

    changed = Signal()
    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._id = 0
        self.fraction = -1.0
        self.said = ""  # what came of it, in one line

    @property
    def running(self) -> bool:
        """Return whether it is being done."""
        return bool(self._id)

    def start(self) -> None:
        """Begin."""
        if self._submit is not None and not self._id:
            self._id, self.fraction, self.said = self._next_id(), -1.0, ""
            self._submit(LearnMood(self._id))
            self.changed.emit()

    def cancel(self) -> None:
        """End it at once; nothing is kept."""
        if self._id:
            identity, self._id = self._id, 0
            self._cancel(identity)
            self.changed.emit()

    def forget(self) -> None:
        """Another model is there, or none."""
        self._id, self.said = 0, ""

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others are ignored."""
        if not self._id or reply.id != self._id:
            return
        if isinstance(reply, Progress):
            self.fraction = reply.fraction
        if reply.final:
            self._id = 0
        if isinstance(reply, MoodLearnt):
            share = round(100 * reply.accuracy)
            self.said = tr(
                "Fitted to {n} sentences; of others it reads {share} % right.", n=reply.sentences, share=share
            )
            self.done.emit()
        elif isinstance(reply, Failed | Cancelled):
            self.said = localised(reply.text) if isinstance(reply, Failed) else ""
        self.changed.emit()
