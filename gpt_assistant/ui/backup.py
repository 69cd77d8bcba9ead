"""The journal of one window: begun as soon as there is room for it, and made whole again after an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gpt_assistant.storage.journal import Journal
from gpt_assistant.text.told import said
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_RETRY_MS = 5000


class Backup(QObject):
    """Keeps `journal` going, None while it cannot be begun; what fails is said, and tried until it works."""

    _told = Signal(object)  # str, from the journal's thread; "" when it is over

    def __init__(self, window: MainWindow, root: Path) -> None:
        super().__init__(window)
        self._window, self._root = window, root
        self._retry = QTimer(self, interval=_RETRY_MS)
        self._retry.timeout.connect(self.try_again)
        self._told.connect(self._tell)
        self.journal: Journal | None = self._begin()

    def _begin(self) -> Journal | None:
        try:
            return Journal(self._root, self._told.emit)
        except OSError as error:
            self._told.emit(tr("Unsaved work is not backed up: {why}", why=said(error)))
            return None

    def _tell(self, text: str) -> None:
        status = self._window.status
        if text:
            status.show_problem(localised(text), self.try_again, about="journal")
            self._retry.start()
        else:
            status.clear_problem("journal")
            self._retry.stop()

    def try_again(self) -> None:
        """Begin the journal if there was no room for one, and write down what is missing from it."""
        if self.journal is None:
            self.journal = self._begin()
            if self.journal is None:
                return
            self._told.emit("")
        for document in self._window.documents():
            document.use_journal(self.journal)
            document.flush_journal()

    def close(self) -> None:
        """Finish writing; unsaved work stays for the next start."""
        self._retry.stop()
        if self.journal is not None:
            self.journal.close()
