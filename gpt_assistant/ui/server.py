"""Asks the model's process about a server: which models it has, whether it works, whether its key is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gpt_assistant.engine.messages import (
    Cancelled,
    Failed,
    KeepRemoteKey,
    ListRemoteModels,
    Remote,
    RemoteKeyKept,
    RemoteModels,
    RemoteTested,
    Reply,
    Request,
    TestRemote,
)
from gpt_assistant.text.told import mark, told
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.tr import localised, tr

_WITH = mark("It works: first word after {first:.0f} ms, all after {total:.0f} ms; it gives probabilities.")
_WITHOUT = mark("It works: first word after {first:.0f} ms, all after {total:.0f} ms; no probabilities.")
_KEPT = mark("The key is kept in the system's keyring.")
_DELETED = mark("The key is deleted.")


class Server(Asker):
    """One per window. One thing is asked at a time; another takes its place.

    Signals: `listed(names)`; `said(line, well)`, what came of it in one line; `busy(on)`; `kept(known)`,
    whether there is a key for the server.
    """

    listed = Signal(list)
    said = Signal(str, bool)
    busy = Signal(bool)
    kept = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self._asked: Request | None = None
        self._looked = 0

    def fetch(self, remote: Remote, key: str) -> None:
        """Fetch the names of the models of `remote`, with a `key` that may not be kept yet."""
        self._ask(ListRemoteModels(self._next_id(), remote, key))

    def test(self, remote: Remote, key: str) -> None:
        """Have `remote` write a few words."""
        self._ask(TestRemote(self._next_id(), remote, key))

    def keep(self, remote: Remote, key: str) -> None:
        """Keep `key` for `remote` in the system's keyring; "" deletes it."""
        self._ask(KeepRemoteKey(self._next_id(), remote, key))

    def look_for_key(self, remote: Remote) -> None:
        """Look whether there is a key for `remote`; nothing is said where it has no address."""
        self.kept.emit(False)
        if self._submit is not None and remote.address:
            self._looked = self._next_id()
            self._submit(KeepRemoteKey(self._looked, remote))

    def cancel(self) -> None:
        """End what is being asked."""
        if self._asked is not None:
            self._cancel(self._asked.id)

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model's process; those to requests of others are ignored."""
        if isinstance(reply, RemoteKeyKept) and reply.id == self._looked:
            self.kept.emit(reply.kept)
        if self._asked is None or reply.id != self._asked.id or not reply.final:
            return
        self._asked = None
        self.busy.emit(False)
        if isinstance(reply, RemoteModels):
            self.names = list(reply.names)
            self.listed.emit(self.names)
        elif isinstance(reply, RemoteKeyKept):
            self.kept.emit(reply.kept)
        line, well = _line_of(reply)
        self.said.emit(localised(line), well)  # a signal keeps the characters alone

    def _ask(self, request: Request) -> None:
        self.cancel()
        if self._submit is None:
            self.said.emit(tr("There is no model to ask."), False)
            return
        self._asked = request
        self.said.emit("", True)
        self.busy.emit(True)
        self._submit(request)


def _line_of_models(count: int) -> str:
    if count > 1:
        return told("{count} models. Choose one above.", count=count)
    return told("The server has one model.") if count else told("The server has no models.")


def _line_of(reply: Reply) -> tuple[str, bool]:
    """Return what came of a request in one line, and whether that is good."""
    if isinstance(reply, RemoteModels):
        return _line_of_models(len(reply.names)), bool(reply.names)
    if isinstance(reply, RemoteTested):
        line = _WITH if reply.probabilities else _WITHOUT
        return told(line, first=reply.first * 1000, total=reply.total * 1000), True
    if isinstance(reply, RemoteKeyKept):
        return told(_KEPT if reply.kept else _DELETED), True
    if isinstance(reply, Cancelled):
        return told("It was cancelled."), False
    return (reply.text if isinstance(reply, Failed) else ""), False
