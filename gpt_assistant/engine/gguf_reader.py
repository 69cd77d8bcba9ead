"""Reads the header of a GGUF file: its metadata and where its tensors lie.

The format is described at https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The `gguf`
package has a reader too, but it makes a numpy array of every string: 3.8 s for the default model's
98,000 tokens and merges, against 0.1 s here, and transformers does it three times over.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
_ALIGNMENTS = frozenset(1 << power for power in range(17))
_MOST_SIDES, _DEEPEST = 8, 2
_LONGEST = 10_000_000  # the largest vocabularies have 0.3 million tokens
_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One tensor: its shape in torch's order, its ggml type, and its first byte in the file."""

    name: str
    shape: tuple[int, ...]
    ggml_type: int
    start: int
    size: int


@dataclass(frozen=True)
class GgufFile:
    """The header of a GGUF file, and its tensors' raw bytes on demand."""

    path: Path
    metadata: dict[str, Any]
    tensors: tuple[TensorInfo, ...]

    @property
    def architecture(self) -> str:
        """Return llama.cpp's name of the architecture, e.g. "llama"."""
        return str(self.metadata["general.architecture"])

    @cached_property
    def _bytes(self) -> np.memmap[Any, Any]:
        import numpy as np  # noqa: PLC0415

        return np.memmap(self.path, dtype=np.uint8, mode="r")

    def blocks(self, tensor: TensorInfo) -> np.ndarray[Any, Any]:
        """Return the tensor's bytes as stored, as uint8 of shape (…, bytes of a row)."""
        data = self._bytes[tensor.start : tensor.start + tensor.size]
        return data.reshape(*tensor.shape[:-1], -1)

    def values(self, tensor: TensorInfo) -> np.ndarray[Any, Any]:
        """Return the tensor as a new float32 array of `tensor.shape`."""
        import numpy as np  # noqa: PLC0415
        from gguf import GGMLQuantizationType, dequantize  # noqa: PLC0415

        kind = GGMLQuantizationType(tensor.ggml_type)
        raw = self.blocks(tensor)
        if kind in (GGMLQuantizationType.F32, GGMLQuantizationType.F16):
            raw = raw.view(np.float32 if kind == GGMLQuantizationType.F32 else np.float16)
        values = dequantize(raw, kind)
        return np.array(values, dtype=np.float32).reshape(tensor.shape)


def read(path: Path) -> GgufFile:
    """Return the header of the GGUF file at `path`.

    Raises ValueError with one line if it is not such a file, is cut short or is of an unknown version.
    """
    with path.open("rb") as file:
        try:
            blob = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise ValueError(f"{path.name} is empty") from error
        with blob:
            try:
                return _parse(path, blob)
            except (
                struct.error,
                IndexError,
                UnicodeDecodeError,
                OverflowError,
                MemoryError,
                TypeError,
            ) as error:
                raise ValueError(f"{path.name} is damaged or cut short") from error


def _parse(path: Path, blob: mmap.mmap) -> GgufFile:
    if blob[:4] != _MAGIC:
        raise ValueError(f"{path.name} is not a GGUF file")
    cursor = _Cursor(blob, 4)
    if (version := cursor.number("I")) not in _VERSIONS:
        raise ValueError(f"{path.name} is GGUF version {version}, only 2 and 3 can be read")
    tensor_count, pair_count = cursor.number("Q"), cursor.number("Q")
    metadata = _unique(path, (cursor.pair() for _ in range(pair_count)))
    if not isinstance(metadata.get("general.architecture"), str):
        raise ValueError(f"{path.name} does not say which architecture it is")
    table = [cursor.tensor() for _ in range(tensor_count)]
    _unique(path, ((name, None) for name, *_ in table))
    alignment = metadata.get("general.alignment", 32)
    if alignment not in _ALIGNMENTS:
        raise ValueError(f"{path.name} is damaged: its alignment is {str(alignment)[:40]}")
    data_start = -(-cursor.position // alignment) * alignment
    tensors = tuple(_placed(path, entry, data_start) for entry in table)
    _check_places(path, tensors, len(blob))
    return GgufFile(path, metadata, tensors)


def _unique(path: Path, pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a table of `pairs`. Raises ValueError for a name that comes twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{path.name} has {name[:80]} twice")
        found[name] = value
    return found


def _check_places(path: Path, tensors: tuple[TensorInfo, ...], end: int) -> None:
    """Raise ValueError unless the tensors lie in the file, none on another."""
    at = 0
    for tensor in sorted(tensors, key=lambda tensor: tensor.start):
        if tensor.start < at:
            raise ValueError(f"{path.name} has tensors that overlap")
        at = tensor.start + tensor.size
    if at > end:
        raise ValueError(f"{path.name} is cut short")


def _placed(path: Path, entry: tuple[str, tuple[int, ...], int, int], data_start: int) -> TensorInfo:
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType  # noqa: PLC0415

    name, shape, ggml_type, offset = entry
    try:
        values, size = GGML_QUANT_SIZES[GGMLQuantizationType(ggml_type)]
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path.name} has numbers of an unknown format ({ggml_type})") from error
    if not shape or 0 in shape or shape[-1] % values:
        raise ValueError(f"{path.name} describes {name[:80]} wrongly")
    return TensorInfo(name, shape, ggml_type, data_start + offset, prod(shape) // values * size)


class _Cursor:
    """Reads one value after the other."""

    def __init__(self, blob: mmap.mmap, position: int) -> None:
        self._blob = blob
        self.position = position

    def number(self, code: str) -> Any:
        (value,) = struct.unpack_from("<" + code, self._blob, self.position)
        self.position += struct.calcsize("<" + code)
        return value

    def string(self) -> str:
        size = self.number("Q")
        start, self.position = self.position, self.position + size
        if self.position > len(self._blob):
            raise IndexError("a string ends after the file")
        return self._blob[start : self.position].decode()

    def pair(self) -> tuple[str, Any]:
        return self.string(), self.value(self.number("I"))

    def value(self, kind: int, depth: int = 0) -> Any:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY and depth < _DEEPEST:
            return self._array(self.number("I"), self.number("Q"), depth)
        if kind not in _FORMATS:
            raise IndexError(f"a value of the unknown kind {kind}")
        return self.number(_FORMATS[kind])

    def _array(self, kind: int, count: int, depth: int) -> list[Any]:
        if count > min(len(self._blob), _LONGEST):
            raise IndexError("an array ends after the file")
        if kind in _FORMATS:
            code = f"<{count}{_FORMATS[kind]}"
            values = struct.unpack_from(code, self._blob, self.position)
            self.position += struct.calcsize(code)
            return list(values)
        if kind == _STRING:
            return self._strings(count)
        return [self.value(kind, depth + 1) for _ in range(count)]

    def _strings(self, count: int) -> list[str]:
        """Return `count` strings: as `string` does, in half the time, for there are 100,000."""
        blob, end, at = self._blob, len(self._blob), self.position
        size_at = struct.Struct("<Q").unpack_from
        found = []
        for _ in range(count):
            start = at + 8
            at = start + size_at(blob, at)[0]
            if at > end:
                raise IndexError("a string ends after the file")
            found.append(blob[start:at].decode())
        self.position = at
        return found

    def tensor(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self.string()
        if (sides := self.number("I")) > _MOST_SIDES:
            raise IndexError(f"a tensor of {sides} sides")
        sizes = tuple(self.number("Q") for _ in range(sides))
        # ggml names the fastest dimension first, torch last.
        return name, sizes[::-1], self.number("I"), self.number("Q")
