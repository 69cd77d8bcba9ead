"""Earlier versions of every document, by time: what was saved, and what was there before it was replaced.

One SQLite database. It is written in transactions that a kill or a power cut cannot tear (synchronous
EXTRA, rollback journal: unlike a write-ahead log this also works where the home folder is on a network),
several instances may use it, and a text is kept as chunks that versions share (storage/chunks.py).

Versions are thinned with age: all of the last hour, then one for ten minutes, an hour, a day, a week. When
the file outgrows its limit the oldest go first, whosoever they are; the newest of a document goes last.
Where the writer wants it encrypted, what is in it is; see storage/database.py.
A database that is damaged is set aside under another name, and what can be read of it is taken over.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage import database, vault
from gpt_assistant.storage import history_base as tables
from gpt_assistant.storage.database import Base
from gpt_assistant.storage.history_base import Row, Version
from gpt_assistant.storage.journal import Text
from gpt_assistant.storage.sealing import OPEN, Cover, DamagedError, mark_text
from gpt_assistant.text.told import said, told

log = logging.getLogger(__name__)

_DELETE_ALL = "".join(f"DELETE FROM {table};" for table in ("pieces", "versions", "chunks", "documents"))
UNTITLED = "untitled:"  # begins the key of a document that has no file yet


class HistoryError(OSError):
    """The history could not be read or written; `str()` is one line for the person."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that has versions. `key` is its path, or begins with "untitled:" while it has none."""

    key: str
    title: str
    count: int
    newest: float


class History:
    """The database at `path`, with at most `limit` bytes; 0 keeps nothing. For any thread, one at a time.

    Methods raise HistoryError, an OSError of one line, when the disk does not let them. `on_problem`
    gets one line when a damaged database was set aside.
    """

    def __init__(self, path: Path, limit: int, on_problem: Callable[[str], None] | None = None) -> None:
        self.path = path
        self.limit = limit
        self._on_problem = on_problem or log.warning
        self._lock = threading.Lock()
        self._open: Base | None = None
        self._vault = vault.of(path.parent)

    # -- writing -----------------------------------------------------------------------------------

    def add(self, key: str, title: str, text: Text, reason: str, *, file: str = "", at: float = 0.0) -> bool:
        """Keep `text`; returns False if it is what the newest version says already, or nothing is kept.

        `file` is the fingerprint of the file's bytes that this is the text of, "" for none; `at` is the
        time in seconds since the epoch, 0 for now.
        """
        if not self.limit:
            return False
        parts = [text] if isinstance(text, str) else text  # a whole large one would hold Python's lock
        data = b"".join([part.encode("utf-8", "surrogatepass") for part in parts])
        row = Row(at or time.time(), reason, tables.fingerprint(data), file, sum(map(len, parts)))
        with self._transaction() as base:
            document = tables.make_document(base, key, title)
            if _is_newest(base, document, row):
                return False
            tables.insert_text(base, tables.insert(base, document, row), data)
            tables.delete(base, tables.superfluous(tables.versions_of(base, document), row.time))
        self._shrink()
        return True

    def rename(self, old: str, new: str, title: str) -> None:
        """Give the versions of `old` to the document `new`: it was named, or its file was moved."""
        with self._transaction() as base:
            source = tables.find_document(base, old)
            if source is None or old == new:
                return
            target = tables.make_document(base, new, title)
            base.execute("UPDATE versions SET document = ? WHERE document = ?", (target, source))
            base.execute("DELETE FROM documents WHERE id = ?", (source,))

    def copy(self, old: str, new: str, title: str) -> None:
        """Let `new` have the versions of `old` too: it was saved under another name and goes on there."""
        with self._transaction() as base:
            source = tables.find_document(base, old)
            if source is None or old == new:
                return
            target = tables.make_document(base, new, title)
            known = {row.digest for _, row in tables.rows_of(base, target)}
            for version, row in tables.rows_of(base, source):
                if row.digest not in known:
                    made = tables.insert(base, target, row)
                    base.execute(
                        "INSERT INTO pieces SELECT ?, place, chunk FROM pieces WHERE version = ?",
                        (made, version),
                    )

    def adopt(self, key: str, title: str, file: str) -> bool:
        """Take over the versions of a file that was moved here by another program; returns whether it was.

        That is a file that no longer exists where its versions say, and that once had these bytes.
        """
        if not file or not self.path.exists():
            return False
        with self._transaction() as base:
            if tables.find_document(base, key) is not None:
                return False
            rows = base.execute(
                "SELECT DISTINCT key, title FROM documents "
                "JOIN versions ON document = documents.id WHERE file = ?",
                (mark_text(base.cover, file),),
            ).fetchall()
            known = [_named(base, *row)[0] for row in rows]
        for old in known:
            if not old.startswith(UNTITLED) and not Path(old).exists():
                self.rename(old, key, title)
                return True
        return False

    def forget(self, key: str) -> None:
        """Delete every version of one document."""
        if not self.path.exists():
            return
        with self._transaction() as base:
            if (document := tables.find_document(base, key)) is not None:
                tables.delete(base, [version.id for version in tables.versions_of(base, document)])
        self._vacuum()

    def clear(self) -> None:
        """Delete every version of every document; needs no key, and leaves no trace in the file."""
        if not self.path.exists():
            return
        with self._lock:
            try:
                base = self._connection()
                base.executescript(
                    f"PRAGMA secure_delete = ON; BEGIN IMMEDIATE; {_DELETE_ALL} COMMIT; VACUUM;"
                )
            except sqlite3.Error as error:
                with contextlib.suppress(sqlite3.Error):
                    base.rollback()
                raise HistoryError(told("The versions were not deleted: {why}.", why=str(error))) from error

    def set_limit(self, limit: int) -> None:
        """Keep at most `limit` bytes from now on; 0 keeps nothing more, and leaves what there is."""
        self.limit = limit
        if limit and self.path.exists():
            self._shrink()

    # -- reading -----------------------------------------------------------------------------------

    def documents(self) -> list[Kept]:
        """Return the documents that have versions, the latest first."""
        if not self.path.exists():
            return []
        with self._transaction() as base:
            rows = base.execute(
                "SELECT key, title, count(*), max(time) FROM documents "
                "JOIN versions ON document = documents.id GROUP BY documents.id ORDER BY max(time) DESC"
            )
            return [Kept(*_named(base, key, title), count, newest) for key, title, count, newest in rows]

    def versions(self, key: str) -> list[Version]:
        """Return the versions of one document, newest first."""
        if not self.path.exists():
            return []
        with self._transaction() as base:
            document = tables.find_document(base, key)
            return [] if document is None else tables.versions_of(base, document)

    def text(self, version: int) -> str:
        """Return the text of the version with this id. Raises HistoryError if it is gone or damaged."""
        with self._transaction() as base:
            found = base.execute("SELECT digest FROM versions WHERE id = ?", (version,)).fetchone()
            data = tables.text_of(base, version)
            digest = base.cover.unmark(found[0]) if found is not None else b""
        if digest != tables.fingerprint(data):
            raise HistoryError(told("This version is gone or damaged. Choose another one."))
        return data.decode("utf-8", "surrogatepass")

    def text_of_file(self, key: str, file: str) -> str | None:
        """Return the text that `key` had when its file had these bytes; None if it was not kept."""
        if not self.path.exists():
            return None
        with self._transaction() as base:
            found = base.execute(
                "SELECT versions.id FROM versions JOIN documents ON document = documents.id "
                "WHERE key = ? AND file = ? ORDER BY time DESC LIMIT 1",
                (base.cover.key(key), mark_text(base.cover, file)),
            ).fetchone()
        return None if found is None else self.text(found[0])

    def size(self) -> int:
        """Return how many bytes the versions take on disk."""
        if not self.path.exists():
            return 0
        with self._transaction() as base:
            return tables.used_bytes(base)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    # -- the database ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Base]:
        """Give the database, all or nothing; a damaged one is replaced, and this step fails."""
        with self._lock:
            try:
                base = self._connection()
                # Before, for the keyring may take its time; and again, for what another process has done.
                self._vault.cover(database.sealed_for(base), tables.PURPOSE)
                base.execute("BEGIN IMMEDIATE")
                try:
                    database.uncover(base, self._vault, tables.PURPOSE, tables.ANY_ROW)
                    yield base
                    base.commit()
                except BaseException:
                    with contextlib.suppress(sqlite3.Error):
                        base.rollback()
                    raise
            except vault.SealedError as error:
                why = said(error)
                line = told("Earlier versions are encrypted and out of reach now. {why}", why=why)
                raise HistoryError(line) from error
            except sqlite3.Error as error:
                if tables.is_damaged(error):
                    self._set_aside()
                raise HistoryError(told("No earlier version was kept: {why}.", why=str(error))) from error

    def _connection(self) -> Base:
        if self._open is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._open = tables.connect(self.path)
            except sqlite3.Error as error:
                if not tables.is_damaged(error):
                    raise
                self._set_aside()
                self._open = tables.connect(self.path)
        return self._open

    def _set_aside(self) -> None:
        """Put the damaged database out of the way and take over what can be read of it."""
        cover = self._cover_of_damaged()
        if self._open is not None:
            self._open.close()
            self._open = None
        aside = self.path.with_name(f"{self.path.stem}-damaged-{time.time_ns()}{self.path.suffix}")
        try:
            self.path.replace(aside)
            self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
            with contextlib.closing(tables.connect(self.path)) as fresh:
                database.uncover(fresh, self._vault, tables.PURPOSE, tables.ANY_ROW)
                saved = tables.salvage(aside, fresh, cover)
        except (OSError, sqlite3.Error) as error:
            log.warning("damaged history not taken over, %s: %s", self.path, error)
            saved = 0
        line = told(
            "The history of earlier versions was damaged; {count} could be read. The rest is in {name}.",
            count=saved,
            name=str(aside),
        )
        self._on_problem(line)

    def _cover_of_damaged(self) -> Cover:
        key = self._vault.current
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(self.path)) as base:
            key = database.sealed_for(base)
        try:
            return self._vault.cover(key, tables.PURPOSE)
        except OSError:
            return OPEN

    def _shrink(self) -> None:
        """Delete the oldest versions until the database keeps its limit."""
        within = False
        while not within:
            with self._transaction() as base:
                within = tables.used_bytes(base) <= self.limit or not tables.delete_oldest(base)
        self._vacuum()

    def _vacuum(self) -> None:
        """Give free room back to the disk. `execute` would free one page only: it makes one step."""
        with self._lock, contextlib.suppress(sqlite3.Error, OSError):
            self._connection().executescript("PRAGMA incremental_vacuum")


def _named(base: Base, key: str, title: str | bytes) -> tuple[str, str]:
    """Return the key and the title of a document; one that was tampered with has none."""
    try:
        return base.cover.named(key, title)
    except (DamagedError, ValueError) as error:
        log.warning("the name of a document is damaged: %s", error)
        return key, "?"


def _is_newest(base: Base, document: int, row: Row) -> bool:
    """Return whether the newest version has this text; that it was saved, and its bytes, is then noted."""
    newest = base.execute(
        "SELECT id, digest FROM versions WHERE document = ? ORDER BY time DESC, id DESC LIMIT 1",
        (document,),
    ).fetchone()
    if newest is None or newest[1] != base.cover.mark(row.digest):
        return False
    if row.file:
        base.execute(
            "UPDATE versions SET file = ? WHERE id = ?", (mark_text(base.cover, row.file), newest[0])
        )
    if row.reason == tables.SAVED:
        base.execute("UPDATE versions SET reason = ? WHERE id = ?", (row.reason, newest[0]))
    return True
