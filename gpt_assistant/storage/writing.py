"""Files written all or nothing: to a temporary file beside them, synced, then renamed over the old one.

A reader, or a machine that loses power, sees the whole old file or the whole new one. The folder is synced
too, so that what was reported as written is there after a power cut (tests/storage/test_power_cut.py).
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from gpt_assistant.storage.errors import explain, refuse_special


def write_atomically(path: Path, *data: bytes) -> None:
    """Replace the file with `data`, all or nothing; keeps permissions and follows symbolic links.

    `data` may come in parts, to be written one behind the other.
    Raises FileError (an OSError), one line that says what to do; the old file is then as it was.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        target = _resolved(path)
        _refuse_unwritable(target)
        temporary = _write_beside(target, *data)
        if target.exists():
            _copy_attributes(target, temporary)
        temporary.replace(target)
        temporary = None
        sync_folder(target.parent)
    except OSError as error:
        raise explain(error, path, "save") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _resolved(path: Path) -> Path:
    """Return the file that symbolic links lead to, which need not exist yet."""
    try:
        return path.resolve()
    except RuntimeError as error:  # how Python 3.11 and 3.12 tell of a loop
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _refuse_unwritable(target: Path) -> None:
    """Renaming over a file needs no permission on the file itself, but the writer's "read only" does."""
    refuse_special(target)
    if target.is_symlink():  # `resolve` gave up: Python 3.13 does so silently
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.exists():
        if not os.access(target, os.W_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        _refuse_locked(target)


def _write_beside(target: Path, *data: bytes) -> Path:
    """Write and sync `data` in a new file in the folder of `target`; removes it if that fails."""
    temporary = target.parent / f".{target.name[:40]}.{secrets.token_hex(6)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            write_all(descriptor, *data)
        finally:
            os.close(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def write_all(descriptor: int, *parts: bytes) -> None:
    """Write `parts` one after the other and sync them."""
    for part in parts:
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


@contextlib.contextmanager
def blanked(path: Path, wanted: bool = True) -> Iterator[None]:
    """If `wanted`, overwrite what the file at `path` has now, once it was replaced within the `with` block.

    Where it was not replaced nothing happens; nor on Windows, where an open file cannot be replaced.
    """
    old = -1
    if wanted and os.name != "nt":
        with contextlib.suppress(OSError):
            old = os.open(path, os.O_RDWR)
    try:
        yield
        if old >= 0 and not os.fstat(old).st_nlink:
            _blank(old)
    finally:
        if old >= 0:
            os.close(old)


def _blank(descriptor: int) -> None:
    """Overwrite a file that has no name any more; nothing depends on it."""
    with contextlib.suppress(OSError):
        size, zeros = os.fstat(descriptor).st_size, bytes(1 << 20)
        for start in range(0, size, len(zeros)):
            os.write(descriptor, zeros[: size - start])
        os.fsync(descriptor)


def _copy_attributes(old: Path, new: Path) -> None:
    """Give `new` the mode, extended attributes and, where allowed, the owner of `old`."""
    status = old.stat()
    with contextlib.suppress(OSError):
        if hasattr(os, "chown"):
            os.chown(new, status.st_uid, status.st_gid)
    with contextlib.suppress(OSError):
        shutil.copystat(old, new)
        os.utime(new)  # copystat also brought the old time of change
    new.chmod(status.st_mode & 0o7777)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last. Not every system can; the data is safe either way."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


if sys.platform == "win32":

    def _refuse_locked(target: Path) -> None:
        """Nothing to do: the system itself refuses to replace a file that another program holds."""
else:
    import fcntl

    _HELD = (errno.EAGAIN, errno.EACCES)

    def _refuse_locked(target: Path) -> None:
        """Raise OSError if another program holds a lock on the file: it is being written there."""
        try:
            descriptor = os.open(target, os.O_RDONLY)
        except OSError:
            return  # not ours to read; writing tells
        try:
            for lock in (fcntl.flock, fcntl.lockf):
                try:
                    lock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError as error:  # not every file system has locks
                    if error.errno in _HELD:
                        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        finally:
            os.close(descriptor)
