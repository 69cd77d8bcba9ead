"""Text files, read without loss: what a file holds, and the bytes to be written for it.

How bytes become text is in storage/decoding.py, how a file is written in storage/writing.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gpt_assistant.storage.decoding import BYTE_ORDER_MARKS, Decoded, decode_parts
from gpt_assistant.storage.errors import explain, refuse_special
from gpt_assistant.text import standins
from gpt_assistant.text.told import told

_NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


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
    bad_bytes: int = 0  # how many bytes are no text in this encoding: shown as boxes, and kept
    bad_line: int = 0  # the line of the first of them, from 1

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
    return told("{encoding} with BOM", encoding=name) if bom else name


def describe_newline(newline: str) -> str:
    """Return "LF", "CRLF" or "CR"."""
    return _NEWLINES.get(newline, "LF")


# -- reading ---------------------------------------------------------------------------------------


def read_text(path: Path) -> TextFile:
    """Return the decoded file. Raises FileError, one line, when it cannot be read."""
    try:
        refuse_special(Path(path))
        data = Path(path).read_bytes()
    except OSError as error:
        raise explain(error, path, "open") from error
    return decode(data)


def decode(data: bytes) -> TextFile:
    """Return the text of `data` with what it takes to write the same bytes again."""
    found = decode_parts(data)
    return described(found, "".join(found.parts))


def described(found: Decoded, text: str = "") -> TextFile:
    """Return what was found out about a file, with `text` for its text."""
    return TextFile(
        text, found.encoding, found.newline, found.bom, found.mixed, found.bad_bytes, found.bad_line
    )


# -- writing ---------------------------------------------------------------------------------------


def encode(text: str, encoding: str = "utf-8", newline: str = "\n", bom: bool = False) -> bytes:
    """Return the bytes of `text`, which has "\n" line ends. Raises EncodingError, one line."""
    return b"".join(encode_parts([text], encoding, newline, bom))


def encode_parts(
    parts: Iterable[str], encoding: str, newline: str = "\n", bom: bool = False
) -> Iterator[bytes]:
    """Yield the bytes of a text that comes in parts, in parts. Raises EncodingError, one line."""
    yield next((sign for sign, name in BYTE_ORDER_MARKS if bom and name == encoding), b"")
    lines = 1
    for part in parts:
        try:
            yield standins.encode(part if newline == "\n" else part.replace("\n", newline), encoding)
        except UnicodeEncodeError as error:
            line = lines + error.object.count(newline, 0, error.start)
            raise EncodingError(_lacking(error.object[error.start], line, encoding)) from error
        lines += part.count("\n")


def _lacking(character: str, line: int, encoding: str) -> str:
    return told(
        "{character} in line {line} does not exist in {encoding}: save as UTF-8.",
        character=f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}",
        line=line,
        encoding=describe_encoding(encoding),
    )
