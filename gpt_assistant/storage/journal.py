"""The journal: unsaved work on disk within a second, so that a crash loses next to nothing.

Each document has a log: its text as last saved or opened (the base), then every change to it, each
record with a checksum. A document of 10 MB that changes by one letter costs a record of some thirty
bytes, not 10 MB: writing the whole text every two seconds would hold the window up for as long as
taking it out of the document lasts (20 ms at 4 MB), and the disk for longer. When the changes outgrow
the text, the log starts again from a fresh base.

The window's thread only appends to a list. One background thread writes; it renames a finished file
over the old one when a log starts again, and otherwise appends. What a kill interrupts is at most the
last record, which its checksum gives away.

A process keeps its logs in a folder of its own and holds a lock on it, which the system drops when the
process dies. A folder whose lock can be had is work that someone lost; see storage/recovery.py.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from gpt_assistant.storage import journal_format as form
from gpt_assistant.storage.journal_format import Edit, Meta
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.textfile import explain

log = logging.getLogger(__name__)

SUFFIX = ".journal"
LOCK_SUFFIX = ".lock"
_MOST_EDITS = 4096
_FEWEST_BYTES = 1 << 20


class Journal:
    """The logs of one running instance."""

    def __init__(self, root: Path, on_problem: Callable[[str], None] | None = None) -> None:
        """Take a folder under `root`. `on_problem` gets one line, from the background thread."""
        self.root = root
        self._on_problem = on_problem or log.warning
        self._reported = ""
        root.mkdir(parents=True, exist_ok=True)
        with instances_locked(root):
            self._lock, self.folder = self._own_folder()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="journal")

    def _own_folder(self) -> tuple[FileLock, Path]:
        for _ in range(3):
            name = f"{os.getpid()}-{secrets.token_hex(4)}"
            lock = FileLock(self.root / (name + LOCK_SUFFIX))
            if lock.acquire():
                (self.root / name).mkdir()
                return lock, self.root / name
        raise OSError(f"files in {self.root} cannot be locked")

    def document(self, meta: Meta, text: str) -> DocumentJournal:
        """Return the log of a document whose text, saved or empty, is `text`. Nothing is written yet."""
        return DocumentJournal(self, self.folder / (secrets.token_hex(8) + SUFFIX), meta, text)

    def flush(self, timeout: float | None = 10.0) -> bool:
        """Wait until everything handed over so far is written; returns whether all of it is."""
        with contextlib.suppress(TimeoutError):
            self._executor.submit(lambda: None).result(timeout)
            return not self._reported
        return False

    def close(self) -> None:
        """Finish writing; keep the logs that are left (unsaved work) and give the lock up."""
        self._executor.shutdown(wait=True)
        if not any(self.folder.glob("*" + SUFFIX)):
            shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.remove()
        self._lock.release()

    def submit(self, work: Callable[[], None]) -> Future[None]:
        """Run `work` on the background thread, reporting each new problem once."""
        return self._executor.submit(self._guarded, work)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
            self._reported = ""
        except OSError as error:
            line = f"Unsaved work is not backed up. {explain(error, Path('its copy'), 'write')}"
            if line != self._reported:
                self._reported = line
                self._on_problem(line)


class DocumentJournal:
    """The log of one document; all methods are for the window's thread and return at once."""

    def __init__(self, journal: Journal, path: Path, meta: Meta, text: str) -> None:
        self.path = path
        self._journal = journal
        self._file = _LogFile(path)
        self._meta = meta
        self._base: str | None = text
        self._edits: list[Edit] = []
        self._edit_count = 0
        self._edit_bytes = 0
        self._base_size = len(text)

    @property
    def wants_base(self) -> bool:
        """Return whether the log has grown so long that it should start again with `rebase`."""
        return self._file.failed or (
            self._edit_count > _MOST_EDITS or self._edit_bytes > max(_FEWEST_BYTES, self._base_size)
        )

    def edit(self, position: int, removed: int, added: str, length: int) -> None:
        """Note that `removed` units at `position` became `added`; `length` is the text's, afterwards.

        Positions and lengths are UTF-16 units, as Qt counts them.
        """
        new = Edit(position, removed, added, length)
        if self._edits and (joined := self._edits[-1].joined(new)):
            self._edits[-1] = joined
        else:
            self._edits.append(new)
            self._edit_count += 1
        self._edit_bytes += len(added) + 20

    def rebase(self, text: str, meta: Meta | None = None, unsaved: bool = True) -> None:
        """Start again from `text`: written with the next flush if `unsaved`, else with the next edit."""
        self._base, self._edits = text, []
        self._edit_count = self._edit_bytes = 0
        self._base_size = len(text)
        self._meta = meta or self._meta
        if unsaved:
            self._edits.append(Edit(0, 0, "", form.utf16_length(text)))
        else:
            self._journal.submit(self._file.remove)

    def flush(self) -> Future[None] | None:
        """Hand what is new to the background thread; returns its handle, or None if nothing is new."""
        if not self._edits:
            return None
        edits, self._edits = self._edits, []
        base, self._base = self._base, None
        meta = replace(self._meta, changed=time.time())
        if base is not None:
            return self._journal.submit(lambda: self._file.start(meta, base, edits))
        return self._journal.submit(lambda: self._file.append(edits))

    def discard(self) -> Future[None]:
        """Remove the log: the document was saved, or the writer does not want it."""
        self._edits = []
        return self._journal.submit(self._file.remove)


@dataclass
class _LogFile:
    """The file itself; only the background thread comes here."""

    path: Path
    descriptor: int = -1
    size: int = 0
    failed: bool = False  # something is missing from the file: only a new base makes it whole

    def start(self, meta: Meta, base: str, edits: list[Edit]) -> None:
        self._close()
        temporary = self.path.with_suffix(".tmp")
        parts = [*form.header(meta, base), form.records(edits)]
        try:
            descriptor = os.open(temporary, _NEW, 0o600)
            try:
                _write_all(descriptor, parts)
            finally:
                os.close(descriptor)
            temporary.replace(self.path)
        except OSError:
            self.failed = True
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self.descriptor, self.size = os.open(self.path, _APPEND), sum(map(len, parts))
        self.failed = False

    def append(self, edits: list[Edit]) -> None:
        if self.failed or self.descriptor < 0:  # told already; the next flush starts again
            self.failed = True
            return
        data = form.records(edits)
        try:
            _write_all(self.descriptor, [data])
        except OSError:
            self.failed = True
            with contextlib.suppress(OSError):
                os.ftruncate(self.descriptor, self.size)
            raise
        self.size += len(data)

    def remove(self) -> None:
        self._close()
        self.failed = False
        self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_APPEND = os.O_WRONLY | os.O_APPEND | _BINARY


def _write_all(descriptor: int, parts: list[bytes]) -> None:
    for part in parts:
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


@contextlib.contextmanager
def instances_locked(root: Path) -> Iterator[None]:
    """Keep other instances from starting or looking for lost work meanwhile: both take an instant."""
    lock = FileLock(root / "instances.lock")
    lock.acquire(wait=True)
    try:
        yield
    finally:
        lock.release()
