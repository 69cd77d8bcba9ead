"""Encrypts what is kept of the writer's text already, or takes the encryption off again.

First sealing.json says which way it goes, and from then on everything new is written that way. Then each
store is converted by itself, in steps that are all or nothing: a file is replaced by a rename, a database
changes in transactions, and says itself for which key its rows are. Everything is read for what it is, so
whoever is killed in the midst of it, or pulls the plug, has files of both kinds that can all be read; the
next start goes on. sealing.json says that all is done when a look at every file has found none of the other
kind.

The plain contents of a file are overwritten before they are given back to the disk, and free pages of a
database are dropped. A disk that moves what it overwrites (flash, snapshots, copy on write) may keep them.

A running program's own journals are not touched: it starts them again itself (ui/encryption.py), for it alone
knows when it writes to them. A log of one that has ended is converted under the lock of its folder.

Measured on two cores busy with other things: 78 MB of earlier versions take 7 s, 2 s of them the processor's.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from gpt_assistant.storage import converting_bases, database, phrasefile, sealing, vault
from gpt_assistant.storage.errors import FileError
from gpt_assistant.storage.journal import LOCK_SUFFIX, SUFFIX, instances_locked
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.sealing import Sealer
from gpt_assistant.storage.vault import Vault
from gpt_assistant.storage.writing import blanked, sync_folder, write_all
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)

Step = Callable[[], Iterator[float]]
Progress = Callable[[float], None]  # the share that is done

# What has the writer's text in it, in the folder of data. Others are settings and the like, and stay plain.
FILES = (
    "session.json",
    "recent.json",
    "commands.json",
    "goals.json",
    "ignored_words.json",
    "instructions.json",
    "masking.json",
    "words.txt",
)
ASIDE = ("history-damaged-*.db", "origins*.damaged", "instructions.json.damaged-*")
PHRASES, HISTORY, ORIGINS, JOURNAL = "phrases.jsonl", "history.db", "origins.db", "journal"
_LEFT_BEHIND = re.compile(r"\.(.+)\.[0-9a-f]{12}\.tmp")  # by storage/writing.py, when it was killed


class Cancelled(Exception):  # noqa: N818 (it is no error)
    """The writer does not want it to go on."""


def convert(folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> bool:
    """Bring everything in `folder` to what sealing.json says; returns whether all of it is there.

    False: another running program has unsaved work of the other kind, or something cannot be read; the
    next start tries again. Raises Cancelled between two steps, and OSError.
    """
    keys = vault.of(folder)
    steps = _steps(folder, keys)
    whole = sum(size for size, _ in steps) or 1
    done = 0
    for size, step in steps:
        if cancelled():
            raise Cancelled
        for share in _guarded(step):
            progress((done + share * size) / whole)
            if cancelled():
                raise Cancelled
        done += size
        progress(done / whole)
    return _finish(folder, keys)


def _guarded(step: Step) -> Iterator[float]:
    """Go on with the next store where one is sealed for a key that is gone: that one stays as it is."""
    try:
        yield from step()
    except vault.SealedError as error:
        log.warning("left as it is: %s", error)
    except sqlite3.Error as error:
        why = str(error)
        raise FileError(told("A database could not be converted: {why}. Try again.", why=why)) from error


def _finish(folder: Path, keys: Vault) -> bool:
    if remaining(folder):
        return False
    if keys.seals:
        keys.set_mode(vault.SEALED)
    else:
        keys.forget()
    return True


def remaining(folder: Path) -> list[Path]:
    """Return the files that are not yet what sealing.json says."""
    keys = vault.of(folder)
    found = [path for path in _whole_files(folder) if _is_sealed(path) != keys.seals]
    found += [path for path in (folder / JOURNAL).glob(f"*/*{SUFFIX}") if _is_sealed(path) != keys.seals]
    if not _phrases_done(folder / PHRASES, keys):
        found.append(folder / PHRASES)
    bases = ((HISTORY, "SELECT data FROM chunks"), (ORIGINS, "SELECT runs FROM origins"))
    return found + [folder / name for name, query in bases if not _base_done(folder / name, query, keys)]


def unread(folder: Path) -> list[Path]:
    """Return the files that are sealed for a key which is not to be had now."""
    return [path for path in (*_whole_files(folder), *_bases(folder)) if not _readable(path)]


def keys_needed(folder: Path) -> set[str]:
    """Return the ids (hex) of the keys that something in `folder` is sealed for."""
    logs = (folder / JOURNAL).glob(f"*/*{SUFFIX}")
    found = {_key_of(path) for path in (*_whole_files(folder), *_bases(folder), *logs)}
    with contextlib.suppress(OSError):
        lines = (folder / PHRASES).read_bytes().decode(errors="replace").splitlines()
        found |= {line.split(" ")[0] for line in lines if phrasefile.is_sealed(line)}
    return found - {""}


def set_aside(folder: Path) -> int:
    """Put what cannot be read out of the way, so that it can begin anew; returns how many files it was.

    They stay beside the others, under the name with the id of their key, for who finds that key again.
    """
    paths = unread(folder)
    for path in paths:
        path.replace(path.with_name(f"{path.name}.sealed-{_key_of(path)}"))
    return len(paths)


def _steps(folder: Path, keys: Vault) -> list[tuple[int, Step]]:
    """Return size and work of each step; what is small and shows most comes first."""
    _remove_left_behind(folder)
    steps: list[tuple[int, Step]] = []
    for path in _whole_files(folder):
        steps.append((_size(path), lambda path=path: _convert_file(path, keys)))  # type: ignore[misc]
    steps.append((_size(folder / PHRASES), lambda: _convert_phrases(folder / PHRASES, keys)))
    steps.append((_size(folder / JOURNAL), lambda: _convert_journals(folder / JOURNAL, keys)))
    for name, work in ((ORIGINS, converting_bases.origins), (HISTORY, converting_bases.history)):
        path = folder / name
        if path.exists():
            steps.append((_size(path), lambda path=path, work=work: work(path, keys)))  # type: ignore[misc]
    return steps


# -- files -------------------------------------------------------------------------------------------


def _whole_files(folder: Path) -> list[Path]:
    named = (folder / name for name in FILES)
    aside = (path for pattern in ASIDE for path in sorted(folder.glob(pattern)))
    return [path for path in (*named, *aside) if path.is_file()]


def _convert_file(path: Path, keys: Vault) -> Iterator[float]:
    if _is_sealed(path) != keys.seals:
        try:
            _replace(path, lambda data: _other(data, path.name, keys))
        except sealing.DamagedError:  # tampered with: reading puts it aside
            with contextlib.suppress(sealing.DamagedError):
                keys.read(path)
    yield 1.0


def _other(data: bytes, about: str, keys: Vault) -> bytes:
    if keys.seals:
        return data if sealing.is_sealed(data) else sealing.seal(data, about, keys.state.public)
    return (
        sealing.unseal(data, about, keys.key(sealing.sealed_for(data))) if sealing.is_sealed(data) else data
    )


def _replace(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace a file by what `change` makes of it, unless another has just written it; blank the old one.

    Not with `write_atomically`, which would write over what came in meanwhile.
    """
    try:
        before, data = _stamp(path.stat()), path.read_bytes()
    except FileNotFoundError:
        return
    made = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    try:
        _write_new(made, change(data))
        with blanked(path, not sealing.is_sealed(data)):
            if _stamp(path.stat()) == before:  # else it is of the right kind: its writer saw to that
                made.replace(path)
                sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            made.unlink()


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _remove_left_behind(folder: Path) -> None:
    """Delete what a kill has left of a file half written: it may have text in it."""
    for path in folder.glob(".*.tmp"):
        match = _LEFT_BEHIND.fullmatch(path.name)
        if match and match[1] in (*FILES, PHRASES, vault.NAME):
            with contextlib.suppress(OSError), blanked(path):
                path.unlink()


def _convert_phrases(path: Path, keys: Vault) -> Iterator[float]:
    def change(data: bytes) -> bytes:
        lines = [_other_line(line, keys) for line in data.decode(errors="replace").splitlines()]
        return "".join(f"{line}\n" for line in lines).encode()

    if not _phrases_done(path, keys):
        _replace(path, change)
    yield 1.0


def _other_line(line: str, keys: Vault) -> str:
    if phrasefile.is_sealed(line) == keys.seals or not line:
        return line
    try:
        return (
            phrasefile.sealed_line(line, keys, keys.current)
            if keys.seals
            else phrasefile.opened_line(line, keys)
        )
    except ValueError:  # damaged: it has been of no use, and stays so
        return ""


def _phrases_done(path: Path, keys: Vault) -> bool:
    try:
        lines = path.read_bytes().decode(errors="replace").splitlines()
    except OSError:
        return True
    return all(phrasefile.is_sealed(line) == keys.seals for line in lines if line)


# -- journals of programs that have ended -------------------------------------------------------------


def _convert_journals(root: Path, keys: Vault) -> Iterator[float]:
    if not root.is_dir():
        return
    for folder in sorted(path for path in root.glob("*-*") if path.is_dir()):
        with instances_locked(root):
            lock = FileLock(folder.with_suffix(LOCK_SUFFIX))
            if not lock.acquire():
                continue
            try:
                _convert_logs(folder, keys)
            finally:
                lock.release()
        yield 0.0


def _convert_logs(folder: Path, keys: Vault) -> None:
    for path in folder.glob("*.tmp"):
        path.unlink(missing_ok=True)
    for path in folder.glob("*" + SUFFIX):
        if _is_sealed(path) != keys.seals:
            try:
                _replace(path, lambda data, path=path: _other_log(data, path.name, keys))  # type: ignore[misc]
            except sealing.DamagedError as error:
                log.warning("journal left alone, %s: %s", path, error)


def _other_log(data: bytes, name: str, keys: Vault) -> bytes:
    if keys.seals:
        sealer = Sealer(keys.state.public, name)
        return sealer.header + sealer.part(data)
    return b"".join(sealing.opened_parts(data, name, keys.key(sealing.sealed_for(data))))


# -- looking -----------------------------------------------------------------------------------------


def _bases(folder: Path) -> list[Path]:
    return [path for path in (folder / HISTORY, folder / ORIGINS) if path.is_file()]


def _is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return sealing.is_sealed(file.read(sealing.HEADER))
    except OSError:
        return False


def _base_done(path: Path, contents: str, keys: Vault) -> bool:
    """Return whether the names in a database, and each of its `contents`, are of the right kind."""
    if not path.exists():
        return True
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as base:
        if bool(database.sealed_for(base)) != keys.seals:
            return False
        return all(sealing.is_blob(data) == keys.seals for (data,) in base.execute(contents))
    return True  # no database: nothing can be done about it here


def _key_of(path: Path) -> str:
    """Return the id (hex) of the key that a file is sealed for, "" for none."""
    if path.suffix == ".db":
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as base:
            return database.sealed_for(base)
        return ""
    with contextlib.suppress(OSError, sealing.DamagedError), path.open("rb") as file:
        return sealing.sealed_for(file.read(sealing.HEADER)).hex()
    return ""


def _readable(path: Path) -> bool:
    if not (key := _key_of(path)):
        return True
    try:
        vault.of(path.parent).key(bytes.fromhex(key))
    except OSError:
        return False
    return True


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    return 0
