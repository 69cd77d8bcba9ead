"""The database of earlier versions: its tables, and the steps that history.py makes transactions of.

Where it is encrypted (storage/sealing.py), a document's key is a keyed hash and its title holds both; the
fingerprints are blocks of AES; the chunks are sealed. Chunks alone may be either, while they are converted.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage import database
from gpt_assistant.storage.chunks import cut
from gpt_assistant.storage.database import Base
from gpt_assistant.storage.sealing import Cover, DamagedError, is_blob, mark_text, unmark_text

SAVED, AUTOSAVED, WRITING, OPENED = "saved", "autosaved", "writing", "opened"
BEFORE_RELOAD, BEFORE_RESTORE, ON_DISK, DISCARDED = "before reload", "before restore", "on disk", "discarded"
# Taken by the clock and not by the writer: the first to be thinned.
_AUTOMATIC = (AUTOSAVED, WRITING)

_HOUR, _DAY = 3600.0, 86400.0
# Up to this age, in seconds, one version in so many seconds is kept.
_SPACING = ((_HOUR, 0.0), (_DAY, 600.0), (7 * _DAY, _HOUR), (60 * _DAY, _DAY), (float("inf"), 7 * _DAY))
_SPACING_AUTOMATIC = 120.0
_BUSY_SECONDS = 10.0
PURPOSE = "history"
ANY_ROW = "SELECT id FROM documents LIMIT 1"

_SCHEMA = """
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, digest BLOB UNIQUE NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS versions (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, time REAL NOT NULL, reason TEXT NOT NULL,
    digest BLOB NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pieces (
    version INTEGER NOT NULL, place INTEGER NOT NULL, chunk INTEGER NOT NULL,
    PRIMARY KEY (version, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS versions_by_document ON versions (document, time);
CREATE INDEX IF NOT EXISTS pieces_by_chunk ON pieces (chunk);
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: when it was taken (seconds since the epoch), why, and its length in characters."""

    id: int
    time: float
    reason: str
    length: int


@dataclass(frozen=True, slots=True)
class Row:
    """A version as the table has it; `file` is the fingerprint of the file's bytes, "" for none."""

    time: float
    reason: str
    digest: bytes
    file: str
    length: int


def connect(path: Path) -> Base:
    """Return the database at `path`, made if it is missing."""
    return database.connect(
        path, f"PRAGMA synchronous = EXTRA;{_SCHEMA}", _BUSY_SECONDS, isolation_level=None
    )


def is_damaged(error: sqlite3.Error) -> bool:
    """Return whether the file is no database, or not a whole one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def fingerprint(data: bytes) -> bytes:
    """Return what tells texts apart."""
    return hashlib.blake2b(data, digest_size=16).digest()


def find_document(base: Base, key: str) -> int | None:
    """Return the id of the document `key`, None if it has never had a version."""
    found = base.execute("SELECT id FROM documents WHERE key = ?", (base.cover.key(key),)).fetchone()
    return None if found is None else int(found[0])


def make_document(base: Base, key: str, title: str) -> int:
    """Return the id of the document `key`, made if it is new."""
    base.execute(
        "INSERT INTO documents (key, title) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET title = excluded.title",
        (base.cover.key(key), base.cover.title(key, title)),
    )
    found = find_document(base, key)
    assert found is not None
    return found


def versions_of(base: sqlite3.Connection, document: int) -> list[Version]:
    """Return the versions of a document, newest first."""
    rows = base.execute(
        "SELECT id, time, reason, length FROM versions WHERE document = ? ORDER BY time DESC, id DESC",
        (document,),
    )
    return [Version(*row) for row in rows]


def rows_of(base: Base, document: int) -> list[tuple[int, Row]]:
    """Return id and row of each version of a document."""
    rows = base.execute(
        "SELECT id, time, reason, digest, file, length FROM versions WHERE document = ?", (document,)
    )
    unmark = base.cover.unmark
    return [
        (identity, Row(time, reason, unmark(digest), unmark_text(base.cover, file), length))
        for identity, time, reason, digest, file, length in rows
    ]


def insert(base: Base, document: int, row: Row) -> int:
    """Add a version without its text; return its id."""
    made = base.execute(
        "INSERT INTO versions (document, time, reason, digest, file, length) VALUES (?, ?, ?, ?, ?, ?)",
        (
            document,
            row.time,
            row.reason,
            base.cover.mark(row.digest),
            mark_text(base.cover, row.file),
            row.length,
        ),
    )
    assert made.lastrowid is not None
    return made.lastrowid


def insert_text(base: Base, version: int, data: bytes) -> None:
    """Add the text of a version; what is stored already is not stored again."""
    for place, chunk in enumerate(cut(data)):
        base.execute("INSERT INTO pieces VALUES (?, ?, ?)", (version, place, _chunk(base, chunk)))


def _chunk(base: Base, data: bytes) -> int:
    mark = base.cover.mark(fingerprint(data))
    found = base.execute("SELECT id FROM chunks WHERE digest = ?", (mark,)).fetchone()
    if found is not None:
        return int(found[0])
    packed = base.cover.data(zlib.compress(data), about_chunk(mark))
    made = base.execute("INSERT INTO chunks (digest, data) VALUES (?, ?)", (mark, packed))
    assert made.lastrowid is not None
    return made.lastrowid


def about_chunk(mark: bytes) -> str:
    """Return what is authenticated with a chunk: which one it is."""
    return f"chunk {mark.hex()}"


def unsealed_chunk(cover: Cover, mark: bytes, data: bytes) -> bytes:
    """Return a chunk, still packed. Raises DamagedError."""
    return cover.plain(data, about_chunk(mark)) if is_blob(data) else data


def text_of(base: Base, version: int) -> bytes:
    """Return the text of a version; a damaged one is cut short, which its fingerprint gives away."""
    return b"".join(_pieces(base, version))


def _pieces(base: Base, version: int) -> Iterator[bytes]:
    rows = base.execute(
        "SELECT c.digest, c.data FROM pieces p JOIN chunks c ON c.id = p.chunk "
        "WHERE p.version = ? ORDER BY p.place",
        (version,),
    )
    for mark, data in rows:
        try:
            yield zlib.decompress(unsealed_chunk(base.cover, mark, data))
        except (zlib.error, DamagedError):
            return


def delete(base: sqlite3.Connection, versions: Iterable[int]) -> None:
    """Delete versions, and the chunks that no other one has."""
    rows = [(version,) for version in versions]
    if not rows:
        return
    base.execute("CREATE TEMP TABLE IF NOT EXISTS loose (chunk INTEGER PRIMARY KEY)")
    base.execute("DELETE FROM loose")
    base.executemany("INSERT OR IGNORE INTO loose SELECT chunk FROM pieces WHERE version = ?", rows)
    base.executemany("DELETE FROM pieces WHERE version = ?", rows)
    base.executemany("DELETE FROM versions WHERE id = ?", rows)
    base.execute(
        "DELETE FROM chunks WHERE id IN "
        "(SELECT chunk FROM loose WHERE NOT EXISTS (SELECT 1 FROM pieces WHERE pieces.chunk = loose.chunk))"
    )
    base.execute("DELETE FROM documents WHERE id NOT IN (SELECT document FROM versions)")


def superfluous(versions: Sequence[Version], now: float) -> list[int]:
    """Return the ids of `versions`, newest first, that may go at the time `now`.

    Of versions that are too close for their age the latest stays; so do the newest and the oldest of all.
    """
    gone: list[int] = []
    stays = versions[0] if versions else None
    for version in versions[1:-1]:
        assert stays is not None
        age = now - version.time
        spacing = next(gap for limit, gap in _SPACING if age <= limit)
        if version.reason in _AUTOMATIC:
            spacing = max(spacing, _SPACING_AUTOMATIC)
        if stays.time - version.time < spacing:
            gone.append(version.id)
        else:
            stays = version
    return gone


def used_bytes(base: sqlite3.Connection) -> int:
    """Return the size of the file without the room that is free in it."""
    pages, free, each = (
        base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * each)


def delete_oldest(base: sqlite3.Connection) -> bool:
    """Delete a tenth of the versions, oldest first, the newest of a document last; False if none is left."""
    rows = base.execute(
        "SELECT v.id FROM versions v ORDER BY v.id = ("
        "SELECT w.id FROM versions w WHERE w.document = v.document ORDER BY w.time DESC, w.id DESC LIMIT 1"
        "), v.time LIMIT 1 + (SELECT count(*) FROM versions) / 10"
    ).fetchall()
    delete(base, [row[0] for row in rows])
    return bool(rows)


def salvage(damaged: Path, fresh: Base, cover: Cover) -> int:
    """Copy the versions of a damaged database that can still be read; return how many.

    `cover` is the one that the damaged one had.
    """
    count = 0
    with contextlib.closing(sqlite3.connect(damaged, isolation_level=None, factory=Base)) as old:
        old.cover = cover
        try:
            documents = old.execute("SELECT id, key, title FROM documents").fetchall()
        except sqlite3.Error:
            return 0
        fresh.execute("BEGIN IMMEDIATE")
        for identity, key, title in documents:
            try:
                rows, named = rows_of(old, identity), cover.named(key, title)
            except (sqlite3.Error, DamagedError, ValueError):
                continue
            count += sum(_copy(old, fresh, version, row, named) for version, row in rows)
        fresh.commit()
    return count


def _copy(old: Base, fresh: Base, version: int, row: Row, named: tuple[str, str]) -> bool:
    try:
        data = text_of(old, version)
    except sqlite3.Error:
        return False
    if fingerprint(data) != row.digest:
        return False
    insert_text(fresh, insert(fresh, make_document(fresh, *named), row), data)
    return True
