"""Encrypts the two databases, or takes the encryption off them; see storage/converting.py."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from gpt_assistant.storage import database, sealing
from gpt_assistant.storage import history_base as tables
from gpt_assistant.storage import origins as origins_base
from gpt_assistant.storage.database import Base
from gpt_assistant.storage.sealing import Cover
from gpt_assistant.storage.vault import Vault

_BATCH = 1024  # chunks of some kilobytes in one transaction; with 64 it takes twice as long


def origins(path: Path, keys: Vault) -> Iterator[float]:
    """Convert who wrote what, all in one transaction: at most 50 MB. Yields the share that is done."""
    with contextlib.closing(origins_base.connected(path)) as base:
        base.isolation_level = None
        base.execute("BEGIN IMMEDIATE")
        try:
            before, after = _covers(base, keys, origins_base.PURPOSE)
            if before is not None and after is not None:
                _convert_rows(base, before, after)
                database.note_key(base, keys.current)
            base.execute("COMMIT")
        except BaseException:
            base.execute("ROLLBACK")
            raise
        yield 0.8
        base.execute("VACUUM")
    yield 1.0


def _convert_rows(base: Base, before: Cover, after: Cover) -> None:
    for (rowid,) in base.execute("SELECT rowid FROM origins").fetchall():
        row = base.execute(
            "SELECT key, slot, title, time, file, digest, length, runs, text FROM origins WHERE rowid = ?",
            (rowid,),
        ).fetchone()
        try:
            new = origins_base.covered(after, origins_base.uncovered(before, row))
        except ValueError:
            base.execute("DELETE FROM origins WHERE rowid = ?", (rowid,))
            continue
        base.execute(
            "UPDATE origins SET key=?, slot=?, title=?, time=?, file=?, digest=?, length=?, runs=?, text=? "
            "WHERE rowid=?",
            (*new, rowid),
        )


def _covers(base: Base, keys: Vault, purpose: str) -> tuple[Cover, Cover] | tuple[None, None]:
    """Return the cover that a database has and the one that it should have; twice None if it has that."""
    has, wanted = database.sealed_for(base), keys.current
    if bool(has) == bool(wanted):
        return None, None
    return keys.cover(has, purpose), keys.cover(wanted, purpose)


def history(path: Path, keys: Vault) -> Iterator[float]:
    """Convert the earlier versions, yielding the share that is done.

    Names and fingerprints go in one transaction, the chunks in many: they may be either meanwhile.
    """
    with contextlib.closing(tables.connect(path)) as base:
        base.execute("PRAGMA secure_delete = ON")
        sealed = database.sealed_for(base)
        if keys.seals and not sealed:
            _convert_names(base, keys)
        sealed = database.sealed_for(base)
        if sealed:
            cover = keys.cover(sealed, tables.PURPOSE)
            yield from _convert_chunks(base, cover, seal=keys.seals)
            if not keys.seals:
                _convert_names(base, keys)
        base.execute("VACUUM")
    yield 1.0


def _convert_names(base: Base, keys: Vault) -> None:
    """Convert all but the chunks; where the cover is taken off, also the chunks that came in meanwhile."""
    with _written(base):
        before, after = _covers(base, keys, tables.PURPOSE)
        if before is None or after is None:
            return
        if not keys.seals:
            for identity in _chunk_ids(base, sealed=True):
                _convert_chunk(base, identity, before, seal=False)
        for identity, key, title in base.execute("SELECT id, key, title FROM documents").fetchall():
            own = before.named(key, title)
            base.execute(
                "UPDATE documents SET key = ?, title = ? WHERE id = ?",
                (after.key(own[0]), after.title(*own), identity),
            )
        for identity, mark, file in base.execute("SELECT id, digest, file FROM versions").fetchall():
            digest = after.mark(before.unmark(mark))
            text = sealing.mark_text(after, sealing.unmark_text(before, file))
            base.execute("UPDATE versions SET digest = ?, file = ? WHERE id = ?", (digest, text, identity))
        database.note_key(base, keys.current)


def _convert_chunks(base: Base, cover: Cover, seal: bool) -> Iterator[float]:
    waiting = _chunk_ids(base, sealed=not seal)
    for start in range(0, len(waiting), _BATCH):
        with _written(base):
            for identity in waiting[start : start + _BATCH]:
                _convert_chunk(base, identity, cover, seal)
        yield start / len(waiting)


def _chunk_ids(base: Base, sealed: bool) -> list[int]:
    rows = base.execute(
        "SELECT id FROM chunks WHERE (substr(data, 1, ?) = ?) = ?",
        (len(sealing.BLOB), sealing.BLOB, int(sealed)),
    )
    return [identity for (identity,) in rows]


def _convert_chunk(base: Base, identity: int, cover: Cover, seal: bool) -> None:
    """Convert one chunk; where the same one is there already, in the other kind, that takes its place."""
    found = base.execute("SELECT digest, data FROM chunks WHERE id = ?", (identity,)).fetchone()
    if found is None or sealing.is_blob(found[1]) == seal:
        return
    mark, data = found
    try:
        new = cover.mark(mark) if seal else cover.unmark(mark)
        made = cover.data(data, tables.about_chunk(new)) if seal else tables.unsealed_chunk(cover, mark, data)
    except sealing.DamagedError:  # as a damaged one it says nothing, sealed or not
        new, made = os.urandom(16), b""
    same = base.execute("SELECT id FROM chunks WHERE digest = ? AND id <> ?", (new, identity)).fetchone()
    if same is None:
        base.execute("UPDATE chunks SET digest = ?, data = ? WHERE id = ?", (new, made, identity))
    else:
        base.execute("UPDATE pieces SET chunk = ? WHERE chunk = ?", (same[0], identity))
        base.execute("DELETE FROM chunks WHERE id = ?", (identity,))


@contextlib.contextmanager
def _written(base: Base) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
