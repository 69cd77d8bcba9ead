"""From one start to the next: what was open, and what a crash left behind."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer

from gpt_assistant.storage import vault
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.recovery import LostDocument, LostWork
from gpt_assistant.storage.session import OpenDocument, Session, load_session, save_session
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.recovery import RecoveryDialog

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

_SOON_MS = 1000


class Restoring(QObject):
    """The session and the lost work of one window.

    The session belongs to the first instance; others start empty and do not overwrite it.
    """

    def __init__(self, window: MainWindow, data: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = data / "session.json"
        self._lock = FileLock(data / "session.lock")
        self._waiting: list[tuple[int, OpenDocument]] = []
        self._lost: LostWork | None = None
        self.dialog: RecoveryDialog | None = None
        self.first_start = not self._path.exists()
        self._ours = _acquired(self._lock)
        # After a crash too the files are opened again: the list is written whenever it changes.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.save)

    # -- the session -------------------------------------------------------------------------------

    def restore_window(self) -> None:
        """Put the window where it was."""
        stored = load_session(self._path)
        self._window.files.folder = stored.folder
        self._window.reviewing.share = stored.lane
        if stored.geometry:
            self._window.restoreGeometry(QByteArray.fromHex(stored.geometry.encode()))
            # A full screen without its menu is entered by the writer, not found at the start.
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowFullScreen)

    def restore_documents(self) -> None:
        """Open what was open: the current document at once, the others while the window is idle."""
        session = load_session(self._path)
        if not self._ours or not session.documents:
            return
        current = min(session.current, len(session.documents) - 1)
        self._open(session.documents[current])
        self._waiting = [item for item in enumerate(session.documents) if item[0] != current]
        QTimer.singleShot(0, self, self._open_next)

    def take_up(self, root: Path) -> None:
        """Restore what was encrypted, and out of reach, at the start."""
        if vault.of(self._path.parent).is_unread(self._path):
            session = load_session(self._path)
            self._window.files.folder = self._window.files.folder or session.folder
            if self._window.store.current.restore_session and self._ours:
                # In the background: the writer may be writing by now.
                known = {str(document.path) for document in self._window.documents()}
                self._waiting = [item for item in enumerate(session.documents) if item[1].path not in known]
                QTimer.singleShot(0, self, self._open_next)
        if self.dialog is None and self._lost is None:
            self.offer_lost_work(root)

    def _open_next(self) -> None:
        if not self._waiting:
            return
        index, stored = self._waiting.pop(0)
        self._open(stored, index)
        QTimer.singleShot(0, self, self._open_next)

    def _open(self, stored: OpenDocument, index: int = -1) -> None:
        if not Path(stored.path).exists():
            log.info("a document is not reopened: its file is gone")
            return
        document = self._window.open_path(Path(stored.path), index=index)
        if document is not None:
            document.go_to(stored.caret, stored.scroll, stored.zoom)

    def save_soon(self) -> None:
        """Remember what is open, once that rests."""
        self._soon.start()

    def save(self) -> None:
        """Remember what is open, in the order of the tabs."""
        self._soon.stop()
        if not self._ours:
            return
        window = self._window
        titled = [document for document in window.documents() if document.path is not None]
        current = window.current_document()
        stored = [_stored(document) for document in titled]
        for index, waiting in self._waiting:  # not opened yet: the window was closed at once
            stored.insert(index, waiting)
        session = Session(
            documents=tuple(stored),
            current=titled.index(current) if current in titled else 0,
            geometry=bytes(window.saveGeometry().toHex().data()).decode(),
            folder=window.files.folder,
            lane=window.reviewing.share,
        )
        try:
            save_session(self._path, session)
        except OSError as error:
            log.warning("session not stored: %s", error)

    def release(self) -> None:
        """Let the next instance have the session, and the next start what was not restored."""
        self._lock.release()
        if self._lost is not None:
            self._lost.release()
            self._lost = None

    # -- lost work ---------------------------------------------------------------------------------

    def offer_lost_work(self, root: Path) -> None:
        """Show a dialog if an earlier run ended before something was saved."""
        try:
            self._lost = LostWork(root)
        except OSError as error:
            log.warning("no lost work could be looked for: %s", error)
            return
        if not self._lost.documents:
            self._lost.release()
            self._lost = None
            return
        self.dialog = RecoveryDialog(self._lost.documents, self._window)
        self.dialog.restore.connect(self.restore_lost)
        self.dialog.discard.connect(self.forget_lost)
        self.dialog.later.connect(self._release_lost)
        self.dialog.open()

    def restore_lost(self, documents: list[LostDocument]) -> None:
        """Open each of `documents` as unsaved work; its old journal goes when the new one is on disk."""
        for lost in documents:
            self._window.show_lost(lost)
        journal = self._window.journal
        if journal is not None and journal.flush():
            self.forget_lost(documents)
        else:
            self._release_lost()

    def forget_lost(self, documents: list[LostDocument]) -> None:
        """Delete the journals of `documents`; the others stay for the next start."""
        if self._lost is not None:
            for lost in documents:
                self._lost.forget(lost)
        self._release_lost()

    def _release_lost(self) -> None:
        if self._lost is not None:
            self._lost.release()
            self._lost = None


def _acquired(lock: FileLock) -> bool:
    try:
        return lock.acquire()
    except OSError as error:  # a folder that cannot be written
        log.warning("the session is not kept: %s", error)
        return False


def _stored(document: Document) -> OpenDocument:
    editor = document.editor
    scroll = editor.verticalScrollBar().value()
    return OpenDocument(str(document.path), editor.textCursor().position(), scroll, editor.zoom())
