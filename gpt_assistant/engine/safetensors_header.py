"""Reads the header of a safetensors file and believes none of it before it has been checked.

The format (https://github.com/huggingface/safetensors#format) is the length of a JSON header in eight bytes,
the header, and the tensors' bytes. The library checks it too, but only once it has opened the file and in
words for programmers; here a model is refused before anything of it is mapped, and what it says of itself
can be held against its config.json without reading a weight: 2 ms for the default model.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from gpt_assistant.text.told import told

_MOST_SIDES = 8
MOST_HEADER = 100_000_000  # bytes, as the library has it
_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "U16": 16, "I16": 16, "F16": 16,
    "BF16": 16, "U32": 32, "I32": 32, "F32": 32, "U64": 64, "I64": 64, "F64": 64, "C64": 64, "F4": 4,
}  # fmt: skip
FLOATS = frozenset({"F16", "BF16", "F32", "F64"})
_PICKLED = (b"PK\x03\x04", *(bytes([0x80, protocol]) for protocol in range(1, 6)))


@dataclass(frozen=True, slots=True)
class Stored:
    """A tensor as the header describes it."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return how many numbers it has."""
        return prod(self.shape)


def regular(path: Path, most: int = 0) -> int:
    """Return the bytes of the file `path`. Raises ValueError if it is none, or larger than `most` (0: any).

    A pipe under a model's name would hold up whoever opens it, and a device never ends.
    """
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise ValueError(told("{file} is no file", file=path.name))
    if most and state.st_size > most:
        raise ValueError(told("{file} is far too large", file=path.name))
    return state.st_size


def read(path: Path) -> dict[str, Stored]:
    """Return what the safetensors file `path` holds, by name.

    Raises ValueError with one line for anything but a whole file whose tensors lie side by side, OSError.
    """
    size = regular(path)
    with path.open("rb") as file:
        head = file.read(8)
        length = int.from_bytes(head, "little")
        if head.startswith(_PICKLED) and file.read(1) != b"{":
            raise ValueError(told("{file} is pickled, which can run code", file=path.name))
        if len(head) < 8 or length > min(size - 8, MOST_HEADER):
            raise ValueError(told("{file} is damaged or cut short", file=path.name))
        file.seek(8)
        table = _parsed(path, file.read(length))
    found = {name: _stored(path, name, entry) for name, entry in table.items() if name != "__metadata__"}
    _check_places(path, size - 8 - length, [table[name] for name in found])
    return found


def _parsed(path: Path, header: bytes) -> dict[str, Any]:
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.append(path.name)
        return found

    try:
        table = json.loads(header, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise ValueError(told("{file} is damaged or cut short", file=path.name)) from error
    if twice:
        raise ValueError(told("{file} has a name twice", file=path.name))
    if not isinstance(table, dict):
        raise ValueError(told("{file} is damaged or cut short", file=path.name))
    return table


def _stored(path: Path, name: str, entry: Any) -> Stored:
    """Return one entry of the header, its bytes being as many as its shape takes."""
    try:
        dtype, shape, (start, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
        bits = _BITS[dtype] * prod(shape[:_MOST_SIDES])
        whole = len(shape) <= _MOST_SIDES and all(
            type(number) is int and number >= 0 for number in (*shape, start, end)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(told("{file} describes {tensor} wrongly", file=path.name, tensor=name)) from error
    if not whole or bits != 8 * (end - start):
        raise ValueError(told("{file} describes {tensor} wrongly", file=path.name, tensor=name))
    return Stored(dtype, tuple(shape))


def _check_places(path: Path, room: int, entries: list[Any]) -> None:
    """Raise ValueError unless the tensors follow one another up to the file's end."""
    at = 0
    for start, end in sorted(tuple(entry["data_offsets"]) for entry in entries):
        if start != at:
            raise ValueError(told("{file} has tensors that overlap or leave gaps", file=path.name))
        at = end
    if at != room:
        raise ValueError(told("{file} is damaged or cut short", file=path.name))
