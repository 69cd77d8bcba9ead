"""What went wrong with a file, as one line for the person: what could not be done, why, and what to do."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from gpt_assistant.text.told import Told, mark, told


class FileError(OSError):
    """A file could not be read or written; `str()` is one line for the person, with what to do."""


MOST_OWN = 256 << 20  # bytes of a file of ours; the words and phrases of a life take a few

_GONE = told("the network folder or the drive is gone. Connect it again, or choose another place.")
_HELD = told("another program is using it. Try again in a moment, or choose another place.")
_PERMISSION = told("you have no permission. Save it elsewhere, or change the permissions.")
_NO_FOLDER = told("the folder does not exist. Choose another place.")

# By the name of the error: not every system has each of them.
_SAVING = {
    "ENOSPC": told("the disk is full. Free some space, or save it elsewhere."),
    "EDQUOT": told("your disk quota is used up. Free some space, or save it elsewhere."),
    "EROFS": told("the disk is read-only. Save it elsewhere."),
    "EACCES": _PERMISSION,
    "EPERM": _PERMISSION,
    "ENOENT": told("the folder or file does not exist. Choose another place."),
    "ENOTDIR": _NO_FOLDER,
    "EISDIR": told("it is not a file. Choose another name."),
    "ENAMETOOLONG": told("the name is too long. Choose a shorter one."),
    "EFBIG": told("it is too large for this disk. Save it elsewhere."),
    "EIO": told("the disk reports an error. Save it elsewhere now."),
    "EREMOTEIO": told("the disk reports an error. Save it elsewhere now."),
    "ELOOP": told("its symbolic link leads back to itself. Choose another place."),
    "EMFILE": told("too many files are open. Close some, and try again."),
    "ENFILE": told("too many files are open. Close some, and try again."),
    **dict.fromkeys(("EBUSY", "ETXTBSY", "EAGAIN", "EWOULDBLOCK", "EDEADLK", "ENOLCK"), _HELD),
    **dict.fromkeys(
        ("ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"), _GONE
    ),
    **dict.fromkeys(("ECONNRESET", "ECONNREFUSED", "ECONNABORTED", "ENODEV", "ENXIO", "ENOMEDIUM"), _GONE),
}
_READING = _SAVING | {
    "EACCES": told("you have no permission to read it. Ask its owner, or change the permissions."),
    "EPERM": told("you have no permission to read it. Ask its owner, or change the permissions."),
    "EISDIR": told("it is not a file. Choose a text file."),
    "EIO": told("the disk reports an error. Try again, or take a copy from elsewhere."),
    "EREMOTEIO": told("the disk reports an error. Try again, or take a copy from elsewhere."),
    "ELOOP": told("its symbolic link leads back to itself. Choose the file itself."),
    "ENOENT": told("the folder or file does not exist. Choose another one."),
}
_USED_BY_OTHERS = (32, 33)  # Windows: a sharing violation, a lock violation

_LINES = {
    "open": mark("Cannot open {name}: {reason}"),
    "read": mark("Cannot read {name}: {reason}"),
    "save": mark("Cannot save {name}: {reason}"),
    "write": mark("Cannot write {name}: {reason}"),
}


def explain(error: OSError, path: Path, verb: str) -> FileError:
    """Return `error` as one line; `verb` is "open", "read", "save" or "write"."""
    if isinstance(error, FileError):
        return error
    made = FileError(told(_LINES[verb], name=Path(path).name or str(path), reason=_reason(error, verb)))
    made.errno = error.errno
    return made


def _reason(error: OSError, verb: str) -> Told:
    if getattr(error, "winerror", None) in _USED_BY_OTHERS:
        return _HELD
    known = _READING if verb in ("open", "read") else _SAVING
    name = errno.errorcode.get(error.errno or 0, "")
    return known.get(name) or told(
        "{why}. Try again, or choose another place.", why=str(error.strerror or error)
    )


def refuse_special(path: Path) -> None:
    """Raise OSError if `path` is there and no regular file: reading a pipe or a device may never end."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))


def own_bytes(path: Path, most: int = MOST_OWN) -> bytes:
    """Return the contents of a file that this program keeps, of at most so many bytes. Raises OSError."""
    refuse_special(path)
    if path.exists() and path.stat().st_size > most:
        raise FileError(told("{name} is far too large. Move it away.", name=path.name))
    return path.read_bytes()
