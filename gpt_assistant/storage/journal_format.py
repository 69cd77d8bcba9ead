"""The bytes of a journal: a mark, the document's description, its base text, then the edits.

Every record is `length, checksum, kind, payload`. Reading stops at the first record that is cut short
or does not match its checksum, and keeps what came before it.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import asdict, dataclass, fields

MAGIC = b"GPTA journal 1\n"
_HEAD = struct.Struct("<IIc")
_EDIT = struct.Struct("<III")
_META, _BASE, _CHANGE = b"M", b"B", b"E"


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document is, apart from its text. `path` is "" for an untitled one."""

    path: str = ""
    title: str = "Untitled"
    encoding: str = "utf-8"
    newline: str = "\n"
    bom: bool = False
    saved_digest: str = ""  # of the file's bytes as last read or written, to see later changes
    changed: float = 0.0  # seconds since the epoch


@dataclass(frozen=True, slots=True)
class Edit:
    """`removed` units at `position` became `added`; the text then has `length` units (UTF-16)."""

    position: int
    removed: int
    added: str
    length: int

    def joined(self, later: Edit) -> Edit | None:
        """Return both as one edit if `later` types on where this one ended, else None."""
        end = self.position + utf16_length(self.added)
        if later.position == end and not later.removed and len(self.added) < 4096:
            return Edit(self.position, self.removed, self.added + later.added, later.length)
        return None


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units: two for each character beyond U+FFFF."""
    return len(text) if text.isascii() else len(_units(text)) // 2


def header(meta: Meta, base: str) -> list[bytes]:
    """Return the start of a log, in parts: mark, description and base text, which may be large."""
    described = json.dumps(asdict(meta)).encode()
    text = base.encode("utf-8", "surrogatepass")
    return [MAGIC, _head(_META, described), described, _head(_BASE, text), text]


def records(edits: list[Edit]) -> bytes:
    """Return `edits` as records, to be appended."""
    return b"".join(
        _record(
            _CHANGE,
            _EDIT.pack(edit.position, edit.removed, edit.length)
            + edit.added.encode("utf-8", "surrogatepass"),
        )
        for edit in edits
    )


def read(data: bytes) -> tuple[Meta, str]:
    """Return the description and the text of a log. Raises ValueError if even the base is damaged."""
    if not data.startswith(MAGIC):
        raise ValueError("not a journal")
    meta, units, place = None, None, len(MAGIC)
    while (found := _next_record(data, place)) is not None:
        kind, payload, place = found
        if kind == _META:
            meta = _meta(payload)
        elif kind == _BASE:
            units = bytearray(_units(payload.decode("utf-8", "surrogatepass")))
        elif units is None or not _apply(units, payload):
            break
    if meta is None or units is None:
        raise ValueError("the journal's text is damaged")
    return meta, units.decode("utf-16-le", "surrogatepass")


def _next_record(data: bytes, place: int) -> tuple[bytes, bytes, int] | None:
    if len(data) < place + _HEAD.size:
        return None
    length, checksum, kind = _HEAD.unpack_from(data, place)
    end = place + _HEAD.size + length
    payload = data[place + _HEAD.size : end]
    if len(data) < end or zlib.crc32(payload, zlib.crc32(kind)) != checksum:
        return None
    return kind, payload, end


def _apply(units: bytearray, payload: bytes) -> bool:
    """Carry one edit out; returns False, text unchanged, if it does not fit the text."""
    position, removed, length = _EDIT.unpack_from(payload)
    added = _units(payload[_EDIT.size :].decode("utf-8", "surrogatepass"))
    old = len(units) // 2
    if position + removed > old or old - removed + len(added) // 2 != length:
        return False
    units[2 * position : 2 * (position + removed)] = added
    return True


def _record(kind: bytes, payload: bytes) -> bytes:
    return _head(kind, payload) + payload


def _head(kind: bytes, payload: bytes) -> bytes:
    return _HEAD.pack(len(payload), zlib.crc32(payload, zlib.crc32(kind)), kind)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _meta(payload: bytes) -> Meta:
    known = {field.name for field in fields(Meta)}
    return Meta(**{name: value for name, value in json.loads(payload).items() if name in known})
