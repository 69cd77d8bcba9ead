"""The connections of this session: how many the status bar shows, and the list that a click opens."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from gpt_assistant.connections import Connection, on_connection
from gpt_assistant.settings import Settings
from gpt_assistant.ui.connections_dialog import ConnectionsDialog
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


@dataclass(slots=True)
class ConnectionRow:
    """Connections to one place for one reason: how many, the first and the last (seconds of time.time())."""

    host: str
    port: int
    why: str
    allowed: bool
    count: int
    first: float
    last: float


class Connections(QObject):
    """What one window knows of connections: those of its own process and those of the model's."""

    changed = Signal()
    _noted = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._rows: dict[tuple[str, int, str, bool], ConnectionRow] = {}
        self._noted.connect(self._add, Qt.ConnectionType.QueuedConnection)  # they come from any thread
        window.closing.connect(on_connection(self._hear))
        window.status.connections_clicked.connect(self.show_list)
        self._offline = window.store.current.offline
        self._show()

    def rows(self) -> list[ConnectionRow]:
        """Return what there was, the latest first."""
        return sorted(self._rows.values(), key=lambda row: row.last, reverse=True)

    def count(self, allowed: bool) -> int:
        """Return how many connections were opened, or refused."""
        return sum(row.count for row in self._rows.values() if row.allowed is allowed)

    def show_list(self) -> None:
        """Open the list, which goes on growing."""
        ConnectionsDialog(self, self._window.store, self._window).open()

    def apply_settings(self, settings: Settings) -> None:
        """Show whether connections are refused."""
        self._offline = settings.offline
        self._show()

    def _hear(self, connection: Connection) -> None:
        with contextlib.suppress(RuntimeError):  # Qt's half is gone: the window was closed meanwhile
            self._noted.emit(connection)

    def _add(self, found: Connection) -> None:
        key = (found.host, found.port, found.why, found.allowed)
        row = self._rows.setdefault(
            key, ConnectionRow(found.host, found.port, found.why, found.allowed, 0, found.at, found.at)
        )
        row.count += 1
        row.last = max(row.last, found.at)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        opened, refused = self.count(True), self.count(False)
        if opened:
            text = tr("{n:,} connections", n=opened)
        else:
            text = tr("Offline") if self._offline else tr("No connections")
        if refused:
            text = tr("{count}, {n:,} refused", count=text, n=refused)
        tip = tr("Network connections of this session: {count}. Click to see them.", count=text)
        self._window.status.show_connections(text, tip)
