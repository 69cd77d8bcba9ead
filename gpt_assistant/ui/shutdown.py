"""Ending from outside, by a signal or by logging out: keeps all unsaved work, asks nothing."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager


class OutsideEnd(QObject):
    """Calls `end` on SIGTERM, SIGINT and SIGHUP, and `prepare` when the desktop session is about to end."""

    def __init__(self, end: Callable[[], None], prepare: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._end, self._prepare = end, prepare
        # Python runs its handlers between byte codes, and there are none while Qt waits for events:
        # the signal also writes to this socket, which wakes Qt up.
        self._here, self._there = socket.socketpair()
        for each in (self._here, self._there):
            each.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._received = False
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._on_logout)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._received = True

    def _woken(self) -> None:
        try:
            self._here.recv(64)
        except BlockingIOError:
            return
        if self._received:
            self._received = False
            self._end()

    def _on_logout(self, _manager: QSessionManager) -> None:
        self._prepare()
