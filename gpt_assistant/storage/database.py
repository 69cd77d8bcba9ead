"""Opening a database of ours: one file of SQLite that holds what its writer alone may read."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any


def connect(path: Path, script: str, seconds: float, **options: Any) -> sqlite3.Connection:
    """Return the database at `path`, made if it is missing, with `script` run in it.

    Another process is waited for so many `seconds`; `options` are those of `sqlite3.connect`. Raises
    sqlite3.Error, the file closed again.
    """
    base: sqlite3.Connection = sqlite3.connect(path, timeout=seconds, check_same_thread=False, **options)
    try:
        base.executescript(script)
    except sqlite3.Error:
        base.close()
        raise
    with contextlib.suppress(OSError):
        path.chmod(0o600)  # it holds texts, and files of the writer's may be private
    return base
