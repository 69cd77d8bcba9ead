"""Opening a database of ours: one file of SQLite that holds what its writer alone may read.

One that is encrypted says so in its own `user_version`, and has the id of the key in the table `sealing`: so
it is read for what it is, and turns from one to the other in one transaction (storage/converting.py).
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from gpt_assistant.storage.sealing import OPEN, Cover
from gpt_assistant.storage.vault import Vault


class Base(sqlite3.Connection):
    """A database with the cover that its rows have now."""

    cover: Cover = OPEN


def connect(path: Path, script: str, seconds: float, **options: Any) -> Base:
    """Return the database at `path`, made if it is missing, with `script` run in it.

    Another process is waited for so many `seconds`; `options` are those of `sqlite3.connect`. Raises
    sqlite3.Error, the file closed again.
    """
    base = sqlite3.connect(path, timeout=seconds, check_same_thread=False, factory=Base, **options)
    try:
        base.executescript(script)
    except sqlite3.Error:
        base.close()
        raise
    with contextlib.suppress(OSError):
        path.chmod(0o600)  # it holds texts, and files of the writer's may be private
    return base


def sealed_for(base: sqlite3.Connection) -> str:
    """Return the id (hex) of the key that the rows are sealed for, "" if they are not."""
    if not base.execute("PRAGMA user_version").fetchone()[0]:
        return ""
    found = base.execute("SELECT key FROM sealing").fetchone()
    return str(found[0]) if found else ""


def note_key(base: sqlite3.Connection, key: str) -> None:
    """Note in the transaction under way for which key the rows are sealed, "" for none."""
    base.execute("CREATE TABLE IF NOT EXISTS sealing (key TEXT NOT NULL)")
    base.execute("DELETE FROM sealing")
    if key:
        base.execute("INSERT INTO sealing VALUES (?)", (key,))
    base.execute(f"PRAGMA user_version = {int(bool(key))}")


def uncover(base: Base, keys: Vault, purpose: str, rows: str) -> None:
    """Give `base` the cover of its rows. Where there are none yet (`rows` selects one), they may get one.

    Raises SealedError, where the key is not to be had.
    """
    key = sealed_for(base)
    if not key and (new := keys.current) and base.execute(rows).fetchone() is None:
        cover = keys.cover(new, purpose)
        note_key(base, new)
        base.cover = cover
    else:
        base.cover = keys.cover(key, purpose)
