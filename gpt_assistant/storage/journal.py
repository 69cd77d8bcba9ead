"""The journal: unsaved work on disk within a second, so that a crash loses next to nothing.

Each document has a log: its text as last saved or opened (the base), then every change to it, each
record with a checksum. A document of 10 MB that changes by one letter costs a record of some thirty
bytes, not 10 MB: writing the whole text every two seconds would hold the window up for as long as
taking it out of the document lasts (20 ms at 4 MB), and the disk for longer. When the changes outgrow
the text, the log starts again from a fresh base.

The window's thread only appends to a list. One background thread writes; it renames a finished file
over the old one when a log starts again, and otherwise appends. What a kill interrupts is at most the
last record, which its checksum gives away.

Where the writer wants it encrypted (storage/vault.py) a log is the same bytes in sealed parts, one for each
time something is written. That needs no keyring: a locked one holds no unsaved work up.

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
from gpt_assistant.storage import vault
from gpt_assistant.storage.errors import explain
from gpt_assistant.storage.journal_format import Edit, Meta
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.sealing import Sealer
from gpt_assistant.storage.writing import blanked, sync_folder, write_all
from gpt_assistant.text.told import said, told

log = logging.getLogger(__name__)

SUFFIX = ".journal"
LOCK_SUFFIX = ".lock"
Text = str | list[str]  # whole, or in parts for a large one
_MOST_EDITS = 4096
_FEWEST_BYTES = 1 << 20


class Journal:
    """The logs of one running instance."""

    def __init__(self, root: Path, on_problem: Callable[[str], None] | None = None) -> None:
        """Take a folder under `root`. `on_problem` gets one line, on the background thread; "" when over."""
        self.root = root
        self.vault = vault.of(root.parent)
        self._on_problem = on_problem or log.warning
        self._failed: dict[object, str] = {}  # what could not be written, and what was said about it
        root.mkdir(parents=True, exist_ok=True)
        sync_folder(root.parent)
        with instances_locked(root):
            self._lock, self.folder = self._own_folder()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="journal")

    def _own_folder(self) -> tuple[FileLock, Path]:
        for _ in range(3):
            name = f"{os.getpid()}-{secrets.token_hex(4)}"
            lock = FileLock(self.root / (name + LOCK_SUFFIX))
            if lock.acquire():
                (self.root / name).mkdir()
                sync_folder(self.root)
                return lock, self.root / name
        raise OSError(told("files in {folder} cannot be locked", folder=str(self.root)))

    def document(self, meta: Meta, text: Text) -> DocumentJournal:
        """Return the log of a document whose text, saved or empty, is `text`. Nothing is written yet."""
        return DocumentJournal(self, self.folder / (secrets.token_hex(8) + SUFFIX), meta, text)

    def flush(self, timeout: float | None = 10.0) -> bool:
        """Wait until everything handed over so far is written; returns whether all of it is."""
        with contextlib.suppress(TimeoutError):
            self._executor.submit(lambda: None).result(timeout)
            return not self._failed
        return False

    def close(self) -> None:
        """Finish writing; keep the logs that are left (unsaved work) and give the lock up."""
        self._executor.shutdown(wait=True)
        if not any(self.folder.glob("*" + SUFFIX)):
            shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.remove()
        self._lock.release()

    def submit(self, work: Callable[[], None], what: object) -> Future[None]:
        """Run `work` on the background thread, reporting each new problem with `what` once."""
        return self._executor.submit(self._guarded, work, what)

    def _guarded(self, work: Callable[[], None], what: object) -> None:
        known = set(self._failed.values())
        try:
            work()
        except OSError as error:
            why = said(explain(error, Path(told("its copy")), "write"))
            self._failed[what] = line = told("Unsaved work is not backed up. {why}", why=why)
            if line not in known:
                self._on_problem(line)
        else:
            if self._failed.pop(what, "") and not self._failed:
                self._on_problem("")


class DocumentJournal:
    """The log of one document; all methods are for the window's thread and return at once."""

    def __init__(self, journal: Journal, path: Path, meta: Meta, text: Text) -> None:
        self.path = path
        self._journal = journal
        self._file = _LogFile(path, journal.vault)
        self._meta = meta
        self._base: Text | None = text
        self._edits: list[Edit] = []
        self._edit_count = 0
        self._edit_bytes = 0
        self._base_size = _size(text)

    @property
    def wants_base(self) -> bool:
        """Return whether the log should start again with `rebase`: it has grown long, or was not sealed."""
        return (
            self._file.error is not None
            or self._file.outdated
            or self._edit_count > _MOST_EDITS
            or self._edit_bytes > max(_FEWEST_BYTES, self._base_size)
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

    def rebase(
        self, text: Text, meta: Meta | None = None, unsaved: bool = True, length: int | None = None
    ) -> None:
        """Start again from `text`: written with the next flush if `unsaved`, else with the next edit.

        `length` is the text's in UTF-16 units, for who knows it: counting those of a large text takes time.
        """
        self._base, self._edits = text, []
        self._edit_count = self._edit_bytes = 0
        self._base_size = _size(text)
        self._meta = meta or self._meta
        if unsaved:
            if length is None:
                length = sum(map(form.utf16_length, [text] if isinstance(text, str) else text))
            self._edits.append(Edit(0, 0, "", length))
        else:
            self._submit(self._file.remove)

    def describe(self, meta: Meta) -> None:
        """Note what the document is from now on; its unsaved changes stay what they are."""
        self._meta = meta
        if self._base is None:
            self._submit(lambda: self._file.describe(meta))

    def flush(self) -> Future[None] | None:
        """Hand what is new to the background thread; returns its handle, or None if nothing is new."""
        if not self._edits:
            return None
        edits, self._edits = self._edits, []
        base, self._base = self._base, None
        meta = replace(self._meta, changed=time.time())
        if base is not None:
            return self._submit(lambda: self._file.start(meta, base, edits))
        return self._submit(lambda: self._file.append(edits))

    def discard(self) -> Future[None]:
        """Remove the log: the document was saved, or the writer does not want it."""
        self._edits = []
        return self._submit(self._file.remove)

    def _submit(self, work: Callable[[], None]) -> Future[None]:
        return self._journal.submit(work, self.path)


@dataclass
class _LogFile:
    """The file itself; only the background thread comes here."""

    path: Path
    vault: vault.Vault
    descriptor: int = -1
    size: int = 0
    sealer: Sealer | None = None
    error: OSError | None = None  # something is missing from the file: only a new base makes it whole

    @property
    def outdated(self) -> bool:
        """Return whether there is a log, sealed though it should not be, or the reverse."""
        return self.descriptor >= 0 and (self.sealer is not None) != self.vault.seals

    def start(self, meta: Meta, base: Text, edits: list[Edit]) -> None:
        with blanked(self.path, self.outdated and self.sealer is None):
            self._start(meta, base, edits)

    def _start(self, meta: Meta, base: Text, edits: list[Edit]) -> None:
        self._close()
        temporary = self.path.with_suffix(".tmp")
        parts = [*form.header(meta, base), form.records(edits)]
        state = self.vault.state
        self.sealer = Sealer(state.public, self.path.name) if state.seals else None
        if self.sealer is not None:
            parts = [self.sealer.header, *map(self.sealer.part, parts)]
        try:
            descriptor = os.open(temporary, _NEW, 0o600)
            try:
                write_all(descriptor, *parts)
            finally:
                os.close(descriptor)
            temporary.replace(self.path)
            sync_folder(self.path.parent)
            self.descriptor, self.size = os.open(self.path, _APPEND), sum(map(len, parts))
        except OSError as error:
            self.error = error
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self.error = None

    def describe(self, meta: Meta) -> None:
        self._append(form.description(meta))

    def append(self, edits: list[Edit]) -> None:
        self._append(form.records(edits))

    def _append(self, data: bytes) -> None:
        if self.error is not None:  # the next flush starts again
            raise self.error
        if self.sealer is not None:
            data = self.sealer.part(data)
        try:
            write_all(self.descriptor, data)
        except OSError as error:
            self.error = error
            with contextlib.suppress(OSError):
                os.ftruncate(self.descriptor, self.size)
            raise
        self.size += len(data)

    def remove(self) -> None:
        self._close()
        self.error = None
        self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _size(text: Text) -> int:
    return len(text) if isinstance(text, str) else sum(map(len, text))


_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_APPEND = os.O_WRONLY | os.O_APPEND | _BINARY


@contextlib.contextmanager
def instances_locked(root: Path) -> Iterator[None]:
    """Keep other instances from starting or looking for lost work meanwhile: both take an instant."""
    lock = FileLock(root / "instances.lock")
    lock.acquire(wait=True)
    try:
        yield
    finally:
        lock.release()
