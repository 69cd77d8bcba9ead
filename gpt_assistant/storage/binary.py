"""Which files are no text at all, so that they are not opened as one by mistake.

Told by the mark that a kind of file begins with, or by control characters: random bytes are to a tenth of
the kinds that no text has, text to none (a log that a power cut has filled up with zeros still opens).
"""

from __future__ import annotations

from gpt_assistant.storage.decoding import BYTE_ORDER_MARKS, utf16_without_mark
from gpt_assistant.storage.errors import FileError
from gpt_assistant.text.told import told

_KINDS = (
    (b"\x89PNG\r\n", told("a picture")),
    (b"\xff\xd8\xff", told("a picture")),
    (b"GIF8", told("a picture")),
    (b"%PDF-", told("a PDF document")),
    (b"PK\x03\x04", told("a ZIP archive, or an office document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", told("an office document")),
    (b"\x1f\x8b\x08", told("a compressed file")),
    (b"BZh", told("a compressed file")),
    (b"\xfd7zXZ\0", told("a compressed file")),
    (b"(\xb5/\xfd", told("a compressed file")),
    (b"7z\xbc\xaf\x27\x1c", told("a compressed file")),
    (b"\x7fELF", told("a program")),
    (b"MZ", told("a program")),
    (b"\xcf\xfa\xed\xfe", told("a program")),
    (b"OggS", told("a sound or a film")),
    (b"ID3", told("a sound or a film")),
    (b"fLaC", told("a sound or a film")),
    (b"RIFF", told("a sound, a film or a picture")),
    (b"\x1aE\xdf\xa3", told("a sound or a film")),
    (b"SQLite format 3\0", told("a database")),
    (b"GGUF", told("a language model")),
)
_LOOKED_AT = 65_536
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\b\x1b\x1a")
_MOST_CONTROL = 0.05  # of the bytes of a text


class BinaryFileError(FileError):
    """The file is no text; `str()` is one line for the person."""


def refuse_binary(data: bytes, name: str) -> None:
    """Raise BinaryFileError, one line, if `data` is no text."""
    if kind := binary_kind(data):
        raise BinaryFileError(
            told("{name} is {kind}, not text. Open it with the program it belongs to.", name=name, kind=kind)
        )


def binary_kind(data: bytes) -> str:
    """Return what `data` is, if it is no text: "a picture", "a program"…, or "binary data"; "" for text."""
    head = data[:_LOOKED_AT]
    if not head or any(head.startswith(mark) for mark, _ in BYTE_ORDER_MARKS) or utf16_without_mark(data):
        return ""
    control = len(head) - len(head.translate(None, _CONTROL))
    kind = next((kind for sign, kind in _KINDS if head.startswith(sign)), "")
    if kind and (control or head.startswith(b"%PDF-")):
        return kind
    return told("binary data") if control > _MOST_CONTROL * len(head) else ""
