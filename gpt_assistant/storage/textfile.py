"""Text files, read without loss and written all or nothing.

Reading: a byte-order mark decides; then UTF-8; then UTF-16 without a mark; then detection among the
encodings that people really have. Whatever is chosen must give the same bytes back when encoded, else
the file is opened read-only and says so: an editor that cannot write a byte back must not try.

Writing: to a temporary file in the same folder, synced, then renamed over the old one. A reader, or a
machine that loses power, sees the whole old file or the whole new one.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage.detection import detect

# Longest marks first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class FileError(OSError):
    """A file could not be read or written; `str()` is one line for the person, with what to do."""


class EncodingError(ValueError):
    """The text has a character that the file's encoding lacks; `str()` is one line for the person."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text, with "\\n" line ends, and what is needed to write it back as it was."""

    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    bom: bool = False
    mixed: bool = False  # had several kinds of line end; `newline` is the most frequent
    problem: str = ""  # why it must not be overwritten; empty for nearly all files

    @property
    def newline_label(self) -> str:
        """Return the kind of line end: "LF", "CRLF" or "CR"."""
        return describe_newline(self.newline)

    @property
    def label(self) -> str:
        """Return the encoding as people write it, e.g. "UTF-8 with BOM"."""
        return describe_encoding(self.encoding, self.bom)


def describe_encoding(encoding: str, bom: bool = False) -> str:
    """Return e.g. "UTF-8", "UTF-16 LE with BOM" or "Windows-1252"."""
    name = encoding.upper().replace("_", "-")
    if name.startswith("CP125"):
        name = f"Windows-{name[2:]}"
    elif name.startswith(("UTF-16-", "UTF-32-")):
        name = f"{name[:6]} {name[7:]}"
    return f"{name} with BOM" if bom else name


def describe_newline(newline: str) -> str:
    """Return "LF", "CRLF" or "CR"."""
    return _NEWLINES.get(newline, "LF")


# -- reading ---------------------------------------------------------------------------------------


def read_text(path: Path) -> TextFile:
    """Return the decoded file. Raises FileError, one line, when it cannot be read."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise explain(error, path, "open") from error
    return decode(data)


def decode(data: bytes) -> TextFile:
    """Return the text of `data` with what it takes to write the same bytes again."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            with contextlib.suppress(UnicodeDecodeError):
                return _split_newlines(data[len(mark) :].decode(encoding), encoding, bom=True)
    for encoding in _candidates(data):
        with contextlib.suppress(UnicodeError, LookupError):
            text = data.decode(encoding)
            if encoding == "utf-8" or text.encode(encoding) == data:
                return _split_newlines(text, encoding)
    return _damaged(data)


def _candidates(data: bytes) -> Iterator[str]:
    """Yield encodings to try, the likeliest first; lazily, since detection is slow."""
    if b"\0" in data[:4096]:
        if guessed := _utf16_without_mark(data):
            yield guessed
        yield "utf-8"
        return
    yield "utf-8"
    if _is_damaged_utf8(data):
        return
    yield from detect(data)


def _utf16_without_mark(data: bytes) -> str:
    head = data[:4096]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(low, high) < len(head) // 5 or min(low, high) > len(head) // 50:
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether `data` is UTF-8 with a few bad bytes, rather than another encoding."""
    text = data[:1_000_000].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 2 * bad


def _damaged(data: bytes) -> TextFile:
    """Return a readable view of bytes that no encoding gives back, marked not to be overwritten."""
    text = data.decode("utf-8", "replace")
    place = next((i for i, character in enumerate(text) if character == "\ufffd"), 0)
    line = text.count("\n", 0, place) + 1
    found = _split_newlines(text, "utf-8")
    problem = (
        f"Not valid text (first bad byte in line {line}): opened read-only so that nothing is lost. "
        "“Save as” makes an editable copy."
    )
    return TextFile(found.text, "utf-8", found.newline, mixed=found.mixed, problem=problem)


def _split_newlines(text: str, encoding: str, bom: bool = False) -> TextFile:
    """Normalise line ends to "\\n" and remember the most frequent kind."""
    if "\r" not in text:
        return TextFile(text, encoding, "\n", bom)
    both = text.count("\r\n")
    counts = {"\r\n": both, "\n": text.count("\n") - both, "\r": text.count("\r") - both}
    newline = max(counts, key=lambda kind: counts[kind])
    mixed = sum(1 for count in counts.values() if count) > 1
    return TextFile(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, newline, bom, mixed)


# -- writing ---------------------------------------------------------------------------------------


def encode(text: str, encoding: str = "utf-8", newline: str = "\n", bom: bool = False) -> bytes:
    """Return the bytes of `text`, which has "\\n" line ends. Raises EncodingError, one line."""
    if newline != "\n":
        text = text.replace("\n", newline)
    mark = next((mark for mark, name in _MARKS if bom and name == encoding), b"")
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        line = text.count(newline, 0, error.start) + 1
        character = text[error.start]
        shown = f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
        name = describe_encoding(encoding)
        raise EncodingError(f"{shown} in line {line} does not exist in {name}: save as UTF-8.") from error


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file with `data`, all or nothing; keeps permissions and follows symbolic links.

    Raises FileError (an OSError), one line that says what to do; the old file is then as it was.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        target = path.resolve()
        _refuse_unwritable(target)
        temporary = _write_beside(target, data)
        if target.exists():
            _copy_attributes(target, temporary)
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise explain(error, path, "save") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _refuse_unwritable(target: Path) -> None:
    """Renaming over a file needs no permission on the file itself, but the writer's "read only" does."""
    if target.exists():
        if not target.is_file():
            raise OSError(errno.EISDIR, "not a regular file")
        if not os.access(target, os.W_OK):
            raise OSError(errno.EACCES, "read only")


def _write_beside(target: Path, data: bytes) -> Path:
    """Write and sync `data` in a new file in the folder of `target`; removes it if that fails."""
    temporary = target.parent / f".{target.name[:40]}.{secrets.token_hex(6)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


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


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last. Not every system can; the data is safe either way."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_ADVICE = {
    errno.ENOSPC: "the disk is full. Free some space, or save it elsewhere.",
    errno.EDQUOT: "your disk quota is used up. Free some space, or save it elsewhere.",
    errno.EROFS: "the disk is read-only. Save it elsewhere.",
    errno.EACCES: "you have no permission. Save it elsewhere, or change the permissions.",
    errno.EPERM: "you have no permission. Save it elsewhere, or change the permissions.",
    errno.ENOENT: "the folder or file does not exist. Choose another place.",
    errno.ENOTDIR: "the folder does not exist. Choose another place.",
    errno.EISDIR: "it is not a file. Choose another name.",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
    errno.EFBIG: "it is too large for this disk. Save it elsewhere.",
    errno.EIO: "the disk reports an error. Save it elsewhere now.",
}


def explain(error: OSError, path: Path, verb: str) -> FileError:
    """Return `error` as one line: what could not be done to which file, why, and what to do."""
    if isinstance(error, FileError):
        return error
    reason = (
        _ADVICE.get(error.errno or 0) or f"{error.strerror or error}. Try again, or choose another place."
    )
    told = FileError(f"Cannot {verb} {Path(path).name}: {reason}")
    told.errno = error.errno
    return told
