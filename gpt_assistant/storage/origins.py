"""Who wrote what in the documents of this writer, kept beside them in one database.

A document has up to two records: of its text as it was saved last, and of its unsaved work, for who comes
back after a crash. A record knows the file's bytes and the text by fingerprints. It also has the text itself,
packed, so that what another program changed can be told from what it left alone; unless the writer wants no
earlier versions kept, or the text is large. A document that was moved is found by its fingerprint.

Where the writer wants it encrypted, keys are keyed hashes, and the rest but times and lengths is sealed.

Nothing here is the writer's work: a database that cannot be read is put aside and a new one begun.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage import database, vault
from gpt_assistant.storage.database import Base
from gpt_assistant.storage.errors import FileError
from gpt_assistant.storage.recovery import digest
from gpt_assistant.storage.sealing import Cover, mark_text, unmark_text
from gpt_assistant.text.origins import Run, packed, unpacked
from gpt_assistant.text.told import said, told

log = logging.getLogger(__name__)

SAVED, WORKING = "saved", "working"
_MOST_DOCUMENTS = 1000
_MOST_BYTES = 50_000_000
_LONGEST_TEXT = 4_000_000  # characters
_BUSY_SECONDS = 2.0
_SCHEMA = """
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS origins (
    key TEXT NOT NULL, slot TEXT NOT NULL, title TEXT NOT NULL, time REAL NOT NULL, file TEXT NOT NULL,
    digest TEXT NOT NULL, length INTEGER NOT NULL, runs BLOB NOT NULL, text BLOB,
    PRIMARY KEY (key, slot));
CREATE INDEX IF NOT EXISTS origins_by_file ON origins (file);
"""
PURPOSE = "origins"
ANY_ROW = "SELECT key FROM origins LIMIT 1"
_WRITE = "BEGIN IMMEDIATE"
_COLUMNS = "key, slot, title, time, file, digest, length, runs, text"


@dataclass(frozen=True, slots=True)
class Record:
    """Whose a text's characters are. `file` is the fingerprint of the file's bytes, "" if it has others."""

    slot: str
    title: str
    time: float  # seconds since the epoch
    file: str
    digest: str  # of the text, see `text_digest`
    length: int  # in UTF-16 units
    runs: list[Run]
    text: str | None = None  # as the file has it, None if it was not kept


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document about which something is kept, for a list."""

    key: str
    title: str
    time: float


def text_digest(*parts: str) -> str:
    """Return a fingerprint of a text, which may come in parts."""
    return digest(*(part.encode("utf-8", "surrogatepass") for part in parts))


class OriginStore:
    """The database at `path`. Every method raises OSError, one line, if it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base: Base | None = None
        self._vault = vault.of(path.parent)

    def of(self, key: str, file: str = "") -> list[Record]:
        """Return the records of the document `key`; where it has none, those of the same file's bytes."""
        with self._opened() as base:
            query = f"SELECT {_COLUMNS} FROM origins WHERE key = ?"
            rows = base.execute(query, (base.cover.key(key),)).fetchall()
            if not rows and file:
                query = (
                    f"SELECT {_COLUMNS} FROM origins WHERE file = ? AND slot = ? ORDER BY time DESC LIMIT 1"
                )
                rows = base.execute(query, (mark_text(base.cover, file), SAVED)).fetchall()
            return [record for row in rows if (record := _record(base.cover, row)) is not None]

    def put(self, key: str, record: Record) -> None:
        """Store a record; with what was saved, the one of unsaved work goes."""
        data = None
        if record.text is not None and len(record.text) <= _LONGEST_TEXT:
            data = zlib.compress(record.text.encode("utf-8", "surrogatepass"), 3)
        runs = zlib.compress(packed(record.runs).encode(), 3)
        plain = (
            *(key, record.slot, record.title, record.time or time.time(), record.file, record.digest),
            *(record.length, runs, data),
        )
        with self._opened(_WRITE) as base:
            row = covered(base.cover, plain)
            base.execute("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            if record.slot == SAVED:
                base.execute("DELETE FROM origins WHERE key = ? AND slot = ?", (row[0], WORKING))
            _thin(base)

    def forget(self, key: str, slot: str = "") -> None:
        """Delete what is kept about a document, or one of its records."""
        with self._opened(_WRITE) as base:
            found = (base.cover.key(key), *_slots(slot))
            base.execute("DELETE FROM origins WHERE key = ? AND slot IN (?, ?)", found)

    def clear(self) -> None:
        """Delete everything, and leave no trace of it in the file."""
        if not self.path.exists():
            return
        with self._guarded() as base:  # whether it is sealed or not: that takes no key
            with base:
                base.execute("DELETE FROM origins")
            base.execute("VACUUM")

    def drop_texts(self) -> None:
        """Keep no text any more, only whose which part of it is."""
        if self.path.exists():
            with self._opened(_WRITE) as base:
                base.execute("UPDATE origins SET text = NULL")

    def documents(self) -> list[Remembered]:
        """Return the documents about which something is kept, the latest first."""
        with self._opened() as base:
            rows = base.execute(
                "SELECT key, title, max(time) AS latest FROM origins GROUP BY key ORDER BY latest DESC"
            ).fetchall()
            return [found for row in rows if (found := _remembered(base.cover, *row)) is not None]

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    @contextlib.contextmanager
    def _opened(self, begin: str = "BEGIN") -> Iterator[Base]:
        """Give the database in one transaction, so that all its rows have the same cover."""
        with self._guarded() as base:
            # Before, for the keyring may take its time; and again, for what another process has done.
            self._vault.cover(database.sealed_for(base), PURPOSE)
            base.execute(begin)
            with base:
                database.uncover(base, self._vault, PURPOSE, ANY_ROW)
                yield base

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[Base]:
        try:
            if self._base is None:
                self._base = self._connect()
            yield self._base
        except sqlite3.Error as error:
            self.close()
            why = str(error)
            raise FileError(told("Who wrote what is not kept: {why}", why=why)) from error
        except OSError as error:
            raise FileError(told("Who wrote what is not kept: {why}", why=said(error))) from error

    def _connect(self) -> Base:
        try:
            return connected(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, no room, not ours to write
                raise
            log.warning("begun anew, %s: %s", self.path, error)
            self.path.replace(self.path.with_suffix(".damaged"))
            return connected(self.path)


def connected(path: Path) -> Base:
    """Return the database at `path`, made if it is missing. Raises sqlite3.Error."""
    return database.connect(path, f"PRAGMA secure_delete = ON;{_SCHEMA}", _BUSY_SECONDS)


Values = tuple[object, ...]  # a row: key, slot, title, time, file, digest, length, runs, text


def covered(cover: Cover, row: Values) -> Values:
    """Return a row as the table has it under `cover`."""
    key, slot, title, at, file, text_hash, length, runs, text = row
    assert isinstance(runs, bytes)
    mark = cover.key(str(key))
    return (
        *(mark, slot, cover.title(str(key), str(title)), at),
        *(mark_text(cover, str(file)), mark_text(cover, str(text_hash)), length),
        cover.data(runs, f"runs {mark} {slot}"),
        cover.data(text, f"text {mark} {slot}") if isinstance(text, bytes) else None,
    )


def uncovered(cover: Cover, row: Values) -> Values:
    """Return a row of the table without its cover. Raises ValueError, DamagedError above all."""
    mark, slot, title, at, file, text_hash, length, runs, text = row
    if not isinstance(runs, bytes):
        raise ValueError("a column has another type")
    key, shown = cover.named(str(mark), title if isinstance(title, bytes) else str(title))
    return (
        *(key, slot, shown, at),
        *(unmark_text(cover, str(file)), unmark_text(cover, str(text_hash)), length),
        cover.plain(runs, f"runs {mark} {slot}"),
        cover.plain(text, f"text {mark} {slot}") if isinstance(text, bytes) else None,
    )


def _record(cover: Cover, row: Values) -> Record | None:
    try:
        _, slot, title, at, file, text_hash, length, runs, text = uncovered(cover, row)
        if not (isinstance(runs, bytes) and isinstance(at, float) and isinstance(length, int)):
            raise ValueError("a column has another type")
        kept = unpacked(zlib.decompress(runs).decode())
        whole = zlib.decompress(text).decode("utf-8", "surrogatepass") if isinstance(text, bytes) else None
    except (zlib.error, ValueError) as error:
        log.warning("a record of who wrote what is damaged: %s", error)
        return None
    if sum(each for each, _ in kept) != length:
        return None
    return Record(str(slot), str(title), at, str(file), str(text_hash), length, kept, whole)


def _remembered(cover: Cover, mark: str, title: str | bytes, at: float) -> Remembered | None:
    try:
        return Remembered(*cover.named(mark, title), at)
    except ValueError as error:
        log.warning("a record of who wrote what is damaged: %s", error)
        return None


def _slots(slot: str) -> tuple[str, str]:
    return (slot, slot) if slot else (SAVED, WORKING)


def _thin(base: sqlite3.Connection) -> None:
    """Delete the oldest records where there are too many, or they take too much room."""
    base.execute(
        "DELETE FROM origins WHERE rowid NOT IN (SELECT rowid FROM origins ORDER BY time DESC LIMIT ?)",
        (2 * _MOST_DOCUMENTS,),
    )
    size = "length(runs) + coalesce(length(text), 0)"
    (used,) = base.execute(f"SELECT coalesce(sum({size}), 0) FROM origins").fetchone()
    while used > _MOST_BYTES:
        rowid, bytes_ = base.execute(f"SELECT rowid, {size} FROM origins ORDER BY time LIMIT 1").fetchone()
        base.execute("DELETE FROM origins WHERE rowid = ?", (rowid,))
        used -= bytes_
