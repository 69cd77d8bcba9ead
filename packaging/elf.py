"""What a program or library of Linux needs, read from its dynamic section (ELF, System V ABI chapter 5)."""

from __future__ import annotations

import struct
from pathlib import Path

_MAGIC = b"\x7fELF"
_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NEEDED, _DT_STRTAB = 1, 5


def is_elf(path: Path) -> bool:
    """Return whether the file is a program or a library."""
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def needed(path: Path) -> list[str]:
    """Return the names of the libraries that a 64-bit little-endian file is linked with, in its order."""
    data = path.read_bytes()
    if data[4:6] != b"\x02\x01":
        return []
    (offset,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    headers = [struct.unpack_from("<IIQQQQ", data, offset + i * size) for i in range(count)]
    entries = [
        struct.unpack_from("<qQ", data, at)
        for kind, _, start, _, _, length in headers
        if kind == _PT_DYNAMIC
        for at in range(start, start + length, 16)
    ]
    tables = [value for tag, value in entries if tag == _DT_STRTAB]
    if not tables:
        return []
    strings = next(
        tables[0] - address + start
        for kind, _, start, address, _, length in headers
        if kind == _PT_LOAD and address <= tables[0] < address + length
    )
    return [_text(data, strings + value) for tag, value in entries if tag == _DT_NEEDED]


def _text(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode()
