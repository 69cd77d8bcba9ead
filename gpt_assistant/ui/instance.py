"""One running instance for each user and home folder: a second start hands its files to the first, and ends.

Who holds the lock is the first; the system drops it with the process, so a socket left behind by a crash
deceives nobody. The first one listens on a local socket that only its user may open. One that does not
answer within three seconds is taken for hung: the second start then goes on with a window of its own, and
says so, for nobody should have to wait for a program in order to write something down.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from gpt_assistant.storage.locks import FileLock

log = logging.getLogger(__name__)

ANSWER_SECONDS = 3.0
_LONGEST = 1_000_000  # bytes of a request
_DONE = b"done\n"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a start was asked for. `token` is the desktop's leave to come to the front, "" for none."""

    files: tuple[str, ...] = ()
    new_document: bool = False
    token: str = ""


class Start(Enum):
    """How a start goes on."""

    FIRST = "first"  # there was none: this is the one that listens
    HANDED_OVER = "handed over"  # the first one has it now: this one ends
    ALONE = "alone"  # the first one does not answer: a window of its own, that does not listen


def opening(files: Sequence[str], new_document: bool) -> Opening:
    """Return what this start was asked for, with names that mean the same in another folder."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return Opening(tuple(str(Path(name).absolute()) for name in files), new_document, token)


class Instance(QObject):
    """This process among those of one user and one data folder; `asked(Opening)` by a later start."""

    asked = Signal(object)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = _socket_name(data)
        self._lock = FileLock(data / "instance.lock")
        self._server: QLocalServer | None = None

    def begin(self, wanted: Opening, seconds: float = ANSWER_SECONDS) -> Start:
        """Become the first instance, or hand `wanted` to it; waits `seconds` for its answer at most.

        Needs no application of Qt yet: a second start ends before it has made one.
        """
        deadline = time.monotonic() + seconds
        while True:
            if self._acquire():
                return Start.FIRST
            if _hand_over(self.name, wanted, deadline):
                return Start.HANDED_OVER
            if time.monotonic() >= deadline:
                log.warning("the running instance does not answer")
                return Start.ALONE
            time.sleep(0.05)  # it may have got the lock just now, and not listen yet; or be about to end

    def _acquire(self) -> bool:
        try:
            return self._lock.acquire()
        except OSError as error:  # a data folder that cannot be written: then there is nothing to share
            log.warning("no lock for the instance: %s", error)
            return True

    def listen(self) -> None:
        """Take the files of later starts from now on; there must be an application by then."""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        if not self._server.listen(self.name):
            QLocalServer.removeServer(self.name)  # left behind by a crash, for the lock was free
            if not self._server.listen(self.name):
                log.warning("later starts cannot hand over files: %s", self._server.errorString())

    def end(self) -> None:
        """Let the next start be the first one."""
        if self._server is not None:
            self._server.close()
        self._lock.release()

    # -- the first one -----------------------------------------------------------------------------

    def _accept(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        wanted = _parsed(bytes(socket.readLine().data()))
        if wanted is None:
            socket.abort()
            return
        socket.write(_DONE)
        socket.flush()
        self.asked.emit(wanted)


def _hand_over(name: str, wanted: Opening, deadline: float) -> bool:
    """Return whether the instance that listens has taken `wanted`."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    try:
        if not socket.waitForConnected(_left(deadline)):
            return False
        socket.write(json.dumps(asdict(wanted)).encode() + b"\n")
        while socket.bytesToWrite():
            if not socket.waitForBytesWritten(_left(deadline)):
                return False
        while not socket.canReadLine():
            if not socket.waitForReadyRead(_left(deadline)):
                return False
        return bytes(socket.readLine().data()) == _DONE
    finally:
        socket.abort()


def _left(deadline: float) -> int:
    return max(1, round(1000 * (deadline - time.monotonic())))


def _parsed(line: bytes) -> Opening | None:
    try:
        stored = json.loads(line)
        files = tuple(name for name in stored["files"] if isinstance(name, str))
        return Opening(files, stored["new_document"] is True, str(stored.get("token", "")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("a start that was not understood: %s", error)
        return None


def _socket_name(data: Path) -> str:
    """Return the name of the socket: in the user's runtime folder where there is one."""
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    digest = hashlib.blake2b(f"{user}\0{data.resolve()}".encode(), digest_size=8).hexdigest()
    name = f"gpt-assistant-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = bool(runtime) and len(runtime) < 70 and os.access(runtime, os.W_OK)  # a socket's path is short
    return str(Path(runtime) / name) if usable else name
