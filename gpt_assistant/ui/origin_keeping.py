"""Keeps who wrote what beside the documents of a window: finds it when one is opened, stores it when saved.

Unsaved work has a record of its own, written some seconds after a change: after a crash it belongs to what
the journal brings back. The database has a thread of its own. Opening a document waits for what it says, a
second at most: that takes some milliseconds, and the text is right from the first moment on.

A text that differs from the one that was kept is compared with it. 230,000 characters of which every seventh
paragraph was changed take 0.4 s; longer ones are compared on the thread, and what was typed meanwhile counts
more than what comes of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gpt_assistant.settings import Settings
from gpt_assistant.storage.history import UNTITLED
from gpt_assistant.storage.journal import Text
from gpt_assistant.storage.origins import SAVED, WORKING, OriginStore, Record, text_digest
from gpt_assistant.text.longlines import MARK, joined
from gpt_assistant.text.origins import Origin, OriginMap, Run, carried, overlaid, with_breaks, without_breaks
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.snapshot import LARGE, plain_text

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

T = TypeVar("T")

_SOON_MS, _LATER_MS = 2_000, 10_000  # from a change until unsaved work is stored, of a short or a long text
_LONG = 300_000  # UTF-16 units
_AT_ONCE = 100_000  # characters that are compared without a thread: 0.15 s
_PATIENCE = 1.0  # seconds that opening a document waits for the database


class OriginKeeping(QObject):
    """What is kept about the documents of one window."""

    _was_compared = Signal(object, object, object)

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self.store = OriginStore(path)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="origins")
        settings = window.store.current
        self._on, self._texts = settings.origins, settings.history_mb > 0
        self._keys: dict[Document, str] = {}
        self._due: set[Document] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.store_work)
        self._was_compared.connect(self._take_compared, Qt.ConnectionType.QueuedConnection)
        window.editor_added.connect(self._follow)
        window.editor_removed.connect(self._closed)

    @property
    def on(self) -> bool:
        """Return whether anything is kept."""
        return self._on

    def apply_settings(self, settings: Settings) -> None:
        """Begin to keep it; or end, and delete what was kept."""
        if self._texts and not settings.history_mb:
            self._run(self.store.drop_texts)
        self._texts = settings.history_mb > 0
        if settings.origins == self._on:
            return
        self._on = settings.origins
        for document in self._keys:
            document.editor.origins.set_on(self._on)
        if not self._on:
            self._due.clear()
            self._run(self.store.clear)

    # -- documents ---------------------------------------------------------------------------------

    def _follow(self, editor: Editor) -> None:
        document = next(each for each in self._window.documents() if each.editor is editor)
        self._keys[document] = document.history_key
        editor.origins.set_on(self._on)
        editor.origins.replaced.connect(lambda: self._load(document))
        editor.origins.changed.connect(lambda: self._soon(document))
        document.loaded.connect(lambda: self._load(document))
        document.version.connect(lambda text, _reason: self._written(document, text))
        self._load(document)

    def take_up(self) -> None:
        """Look again for what was encrypted, and out of reach, when the documents were opened."""
        for document in self._keys:
            self._load(document)

    def _closed(self, editor: Editor) -> None:
        document = next((each for each in self._keys if each.editor is editor), None)
        if document is not None:
            if document.unsaved:  # and not wanted: what was saved is what counts from now on
                key = document.history_key
                self._run(lambda: self.store.forget(key, WORKING))
            self._keys.pop(document)
            self._due.discard(document)

    def close(self, keep_work: bool) -> None:
        """Finish what is to be stored; unsaved work goes on after the next start, or is given up."""
        self._timer.stop()
        for document in list(self._keys):
            if keep_work and document.unsaved:
                self._store_working(document)
            elif document.unsaved:
                key = document.history_key
                self._run(lambda key=key: self.store.forget(key, WORKING))  # type: ignore[misc]
        self._keys.clear()
        self._executor.shutdown(wait=True)
        self.store.close()

    # -- finding -----------------------------------------------------------------------------------

    def _load(self, document: Document) -> None:
        """Give a document that was opened, or got another text, what is known about it."""
        if not self._on or document.loading or document.editor.document().isEmpty():
            return
        key, file = document.history_key, document.file_digest
        records = self.ask(lambda: self.store.of(key, "" if document.modified else file)) or []
        by_slot = {record.slot: record for record in records}
        saved, length = by_slot.get(SAVED), document.editor.document().characterCount() - 1
        if length >= LARGE:
            if saved is not None and saved.file == file and not document.modified:
                document.editor.origins.set_runs(saved.runs)
            return
        found = [by_slot[slot] for slot in (SAVED, WORKING) if slot in by_slot]
        if found:
            self._take(document, found)

    def _take(self, document: Document, found: Sequence[Record]) -> None:
        """Take the runs of the record that has this text, else what comparing it with theirs leads to."""
        shown = plain_text(document.editor.document())
        text = joined(shown)
        digest = text_digest(text)
        for record in found:
            if record.digest == digest:
                document.editor.origins.set_runs(with_breaks(record.runs, shown))
                return
        with_text = [(record.runs, record.text) for record in found if record.text is not None]
        if sum(len(text) + len(old) for _, old in with_text) <= 2 * _AT_ONCE:
            document.editor.origins.set_runs(with_breaks(_compared(with_text, text), shown))
        else:
            self._run(lambda: self._was_compared.emit(document, text, _compared(with_text, text)))

    def _take_compared(self, document: Document, text: str, runs: list[Run]) -> None:
        """A long text was compared; whatever was written in it meanwhile is known better."""
        if document not in self._keys or not self._on:
            return
        shown = plain_text(document.editor.document())
        if joined(shown) != text:
            runs = carried(runs, text, joined(shown))
        now = document.editor.origins.map
        document.editor.origins.set_runs(overlaid(now.runs(), with_breaks(runs, shown)))

    # -- storing -----------------------------------------------------------------------------------

    def _soon(self, document: Document) -> None:
        if self._on and document.modified:
            self._due.add(document)
            if not self._timer.isActive():
                long = document.editor.document().characterCount() > _LONG
                self._timer.start(_LATER_MS if long else _SOON_MS)

    def store_work(self) -> None:
        """Store what is known about unsaved work."""
        self._timer.stop()
        due, self._due = self._due, set()
        for document in due:
            if document in self._keys and document.unsaved:
                self._store_working(document)

    def _store_working(self, document: Document) -> None:
        origins = document.editor.origins
        short = document.editor.document().characterCount() < LARGE
        if self._on and short and not document.loading and origins.map.known:
            shown = plain_text(document.editor.document())
            runs = without_breaks(origins.map.runs(), shown)
            self._put(document, WORKING, "", [joined(shown)], runs)

    def _written(self, document: Document, text: Text) -> None:
        """The file has `text`: so has the document, unless more was typed while a large one was written."""
        if not self._on or document.modified or document.path is None or document not in self._keys:
            return
        before, key = self._keys[document], document.history_key
        if before != key:
            self._keys[document] = key
            if before.startswith(UNTITLED):
                self._run(lambda: self.store.forget(before))
        origins = document.editor.origins.map
        parts = [text] if isinstance(text, str) else text
        runs = self._runs_of(document, parts)
        if origins.known and runs is not None:
            self._put(document, SAVED, document.file_digest, parts, runs)
        else:
            self._run(lambda: self.store.forget(key))

    def _runs_of(self, document: Document, parts: Sequence[str]) -> list[Run] | None:
        """Return whose the text is as the file has it; None where that cannot be told of a large one."""
        runs, editor = document.editor.origins.map.runs(), document.editor
        length = sum(map(utf16_length, parts))
        if length == sum(each for each, _ in runs) and not any(MARK in part for part in parts):
            return runs
        if editor.document().characterCount() >= LARGE:
            return None
        runs = without_breaks(runs, plain_text(editor.document()))
        return runs if length == sum(each for each, _ in runs) else None

    def _put(self, document: Document, slot: str, file: str, parts: list[str], runs: list[Run]) -> None:
        key, title = document.history_key, document.title
        texts = self._texts and sum(map(len, parts)) < LARGE

        def work() -> None:
            length = sum(each for each, _ in runs)
            text = "".join(parts) if texts else None
            self.store.put(key, Record(slot, title, 0.0, file, text_digest(*parts), length, runs, text))

        self._run(work)

    def forget(self, key: str) -> None:
        """Delete what is kept about a document, and let it go where it is open; everything for ""."""
        self._run((lambda: self.store.forget(key)) if key else self.store.clear)
        for document in self._keys:
            if not key or document.history_key == key:
                document.editor.origins.forget()

    # -- the thread --------------------------------------------------------------------------------

    def ask(self, work: Callable[[], T]) -> T | None:
        """Return what `work` returns, after what was handed over before; None if it fails or takes long."""
        try:
            return self._executor.submit(work).result(_PATIENCE)
        except (OSError, TimeoutError, RuntimeError) as error:  # RuntimeError: closed meanwhile
            log.warning("who wrote what is not known: %s", error)
            return None

    def _run(self, work: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                work()
            except OSError as error:
                log.warning("%s", error)

        with suppress(RuntimeError):  # closed meanwhile
            self._executor.submit(guarded)


def _compared(records: Sequence[tuple[list[Run], str]], text: str) -> list[Run]:
    """Return whose `text` is, as far as the runs and texts of `records` tell, the last first."""
    found = [(utf16_length(text), Origin.EARLIER)]
    for runs, old in reversed(records):
        found = overlaid(found, carried(runs, old, text))
    return found


def shares(runs: OriginMap) -> dict[Origin, float]:
    """Return which part of the text is of each origin, 0…1; by units, which is near enough for a legend."""
    found: dict[Origin, int] = {}
    for length, origin in runs.runs():
        found[origin] = found.get(origin, 0) + length
    return {origin: found[origin] / runs.length for origin in Origin if found.get(origin)}
