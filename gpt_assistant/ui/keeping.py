"""Keeps earlier versions of the documents of one window, on a thread of its own.

A document says when its text is about to go, or was written (`version`); what the clock takes between two
saves is asked for here. The thread does one thing after the other, so that what is asked of it sees what
was kept before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gpt_assistant.settings import Settings
from gpt_assistant.storage.history import UNTITLED, History
from gpt_assistant.storage.history_base import DISCARDED, ON_DISK, OPENED, WRITING
from gpt_assistant.storage.journal import Text
from gpt_assistant.storage.recovery import digest
from gpt_assistant.storage.textfile import decode
from gpt_assistant.text.longlines import joined
from gpt_assistant.text.told import said
from gpt_assistant.ui.document import Document

log = logging.getLogger(__name__)

T = TypeVar("T")

_SNAPSHOT_MS = 180_000  # between two versions of a document that is being written
_LARGEST = 4_000_000  # UTF-16 units: taking a text out of a larger document stalls the window


class Keeping(QObject):
    """The history of a window. `problem(text)`: something could not be kept; one line."""

    problem = Signal(object)  # str
    _answered = Signal(object, object)

    def __init__(self, folder: Path, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.history = History(folder / "history.db", _bytes(settings), self.problem.emit)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._documents: dict[Document, str] = {}  # and the key under which its versions are
        self._revisions: dict[Document, int] = {}
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self, interval=_SNAPSHOT_MS)
        self._clock.timeout.connect(self.take_snapshots)
        self._clock.start()

    def apply_settings(self, settings: Settings) -> None:
        """Take the room for versions from `settings`."""
        if (limit := _bytes(settings)) != self.history.limit:
            self._run(lambda: self.history.set_limit(limit))

    # -- documents ---------------------------------------------------------------------------------

    def follow(self, document: Document) -> None:
        """Keep versions of `document` from now on."""
        self._documents[document] = document.history_key
        document.version.connect(lambda text, reason: self.keep(document, text, reason))
        document.editor.document().modificationChanged.connect(
            lambda modified: self._begun(document) if modified else None
        )

    def forget(self, document: Document, reason: str = DISCARDED) -> None:
        """The tab is closed; what was not saved is kept for who regrets it."""
        if document.unsaved:
            self.keep(document, document.text(), reason)
        self._documents.pop(document, None)
        self._revisions.pop(document, None)

    def keep(self, document: Document, text: Text, reason: str) -> None:
        """Keep `text`, as it is in the file or as it is shown, as a version of `document`."""
        before, key, title = self._documents.get(document, ""), document.history_key, document.title
        file = document.file_digest if reason != DISCARDED and not document.modified else ""
        if before and before != key:
            self._move(before, key, title)
        self._documents[document] = key
        self._revisions[document] = document.editor.document().revision()
        parts = [text] if isinstance(text, str) else text
        self._run(lambda: self.history.add(key, title, [joined(part) for part in parts], reason, file=file))

    def keep_bytes(self, path: Path, data: bytes) -> None:
        """Keep what the file at `path` has now: it is about to be replaced."""
        key, title = str(path), path.name
        self._run(lambda: self.history.add(key, title, decode(data).text, ON_DISK, file=digest(data)))

    def _move(self, old: str, new: str, title: str) -> None:
        moves = self.history.rename if old.startswith(UNTITLED) else self.history.copy
        self._run(lambda: moves(old, new, title))

    def _begun(self, document: Document) -> None:
        """The first change: keep the text as it was opened, off the disk and off this thread."""
        path, expected = document.path, document.file_digest
        if path is None or not expected or not self.history.limit:
            return

        def work() -> None:
            key, title = str(path), path.name
            try:
                if path.stat().st_size > _LARGEST or digest(data := path.read_bytes()) != expected:
                    return
            except OSError:
                return  # gone meanwhile: what is on screen goes on all the same
            self.history.adopt(key, title, expected)
            self.history.add(key, title, decode(data).text, OPENED, file=expected)

        self._run(work)

    def take_snapshots(self) -> None:
        """Keep a version of each document that was written in since the last one."""
        if not self.history.limit:
            return
        for document in list(self._documents):
            text = document.editor.document()
            written = document.unsaved and text.revision() != self._revisions.get(document)
            if written and text.characterCount() < _LARGEST:
                self.keep(document, document.text(), WRITING)

    # -- asking ------------------------------------------------------------------------------------

    def ask(self, work: Callable[[History], T], then: Callable[[T | OSError], object]) -> None:
        """Do `work` on the history, and give what it returns, or the error it raised, to `then` here."""

        def run() -> None:
            answer: T | OSError
            try:
                answer = work(self.history)
            except OSError as error:
                answer = error
            with suppress(RuntimeError):  # the window is gone
                self._answered.emit(then, answer)

        with suppress(RuntimeError):  # closed meanwhile
            self._executor.submit(run)

    def _deliver(self, then: Callable[[object], object], answer: object) -> None:
        then(answer)

    def _run(self, work: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                work()
            except OSError as error:
                log.warning("no version kept: %s", error)
                with suppress(RuntimeError):
                    self.problem.emit(said(error))

        with suppress(RuntimeError):
            self._executor.submit(guarded)

    def close(self, discarded: bool) -> None:
        """Finish what was handed over; unsaved work was `discarded`, or goes on after the next start."""
        self._clock.stop()
        for document in list(self._documents):
            self.forget(document, DISCARDED if discarded else WRITING)
        self._executor.shutdown(wait=True)
        self.history.close()


def _bytes(settings: Settings) -> int:
    return settings.history_mb * 1_000_000
