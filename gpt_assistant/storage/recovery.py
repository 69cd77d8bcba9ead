"""Unsaved work that an instance left behind when it ended without saving."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage import journal_format as form
from gpt_assistant.storage import sealing, vault
from gpt_assistant.storage.errors import own_bytes
from gpt_assistant.storage.journal import LOCK_SUFFIX, SUFFIX, instances_locked
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.textfile import decode
from gpt_assistant.text.longlines import broken
from gpt_assistant.text.told import said

log = logging.getLogger(__name__)

_MOST_JOURNAL = 2 << 30  # bytes; that of a document of 100 MB takes twice as many


@dataclass(frozen=True, slots=True)
class LostDocument:
    """One document as it was when its instance ended."""

    journal: Path
    meta: form.Meta
    text: str

    @property
    def file_changed(self) -> bool:
        """Return whether the file on disk is one that others have changed, made or removed."""
        if not self.meta.path or self.known_digest() is not None:
            return False
        return bool(self.meta.saved_digest) or Path(self.meta.path).exists()

    def known_digest(self) -> str | None:
        """Return the fingerprint of the file's bytes if they are of this work, else None.

        They are what it began from, or what it was at some point: then a save was cut off before the
        journal could be told of it.
        """
        try:
            data = Path(self.meta.path).read_bytes() if self.meta.path else b""
            found = digest(data)
            if found == self.meta.saved_digest or not self.meta.path:
                return self.meta.saved_digest
            passed = form.passed_through(contents(self.journal), broken(decode(data).text))
        except (OSError, ValueError):
            return None
        return found if passed else None


class LostWork:
    """The documents of instances that have ended; holding it keeps them from other instances."""

    def __init__(self, root: Path) -> None:
        self._locks: list[FileLock] = []
        self.locked = ""  # why some of the work cannot be read now, one line
        self.documents: tuple[LostDocument, ...] = ()
        if root.is_dir():
            with instances_locked(root):
                folders = [folder for lock in _locks(root) for folder in self._claim(lock)]
            self.documents = tuple(document for folder in folders for document in self._read(folder))

    def _claim(self, path: Path) -> list[Path]:
        lock, folder = FileLock(path), path.with_suffix("")
        if not lock.acquire():
            return []
        if not any(folder.glob("*" + SUFFIX)):
            shutil.rmtree(folder, ignore_errors=True)
            lock.remove()
            return []
        self._locks.append(lock)
        return [folder]

    def _read(self, folder: Path) -> list[LostDocument]:
        found = []
        for path in folder.glob("*" + SUFFIX):
            try:
                found.append(LostDocument(path, *form.read(contents(path))))
            except vault.SealedError as error:
                self.locked = said(error)
            except (OSError, ValueError) as error:
                log.warning("journal left alone, %s: %s", path, error)
        return sorted(found, key=lambda document: document.meta.changed)

    @property
    def folders(self) -> list[Path]:
        """Return the folders of the instances that have ended, what cannot be read included."""
        return [lock.path.with_suffix("") for lock in self._locks]

    def forget(self, document: LostDocument) -> None:
        """Delete one document's journal: it is safe elsewhere, or not wanted."""
        with contextlib.suppress(OSError):
            document.journal.unlink()
        self.documents = tuple(other for other in self.documents if other is not document)

    def release(self) -> None:
        """Leave what is not forgotten for the next start; tidy away folders that are empty."""
        for lock in self._locks:
            folder = lock.path.with_suffix("")
            if any(folder.glob("*" + SUFFIX)):
                lock.release()
            else:
                shutil.rmtree(folder, ignore_errors=True)
                lock.remove()
        self._locks = []


def _locks(root: Path) -> list[Path]:
    """Return the locks of all instances; a power cut may have taken one and left its folder."""
    folders = (path.with_suffix(LOCK_SUFFIX) for path in root.glob("*-*") if path.is_dir())
    return sorted({*root.glob("*-*" + LOCK_SUFFIX), *folders})


def contents(path: Path) -> bytes:
    """Return the log at `path` as it is when nothing is sealed. Raises OSError, and ValueError for no log."""
    data = own_bytes(path, _MOST_JOURNAL)
    if not sealing.is_sealed(data):
        return data
    # journal/instance/log, and the keys are those of the folder above
    key = vault.of(path.parent.parent.parent).key(sealing.sealed_for(data))
    return b"".join(sealing.opened_parts(data, path.name, key))


def digest(*parts: bytes) -> str:
    """Return a fingerprint of a file's bytes, which may come in parts."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(part)
    return found.hexdigest()
