"""Ways to break a GGUF file, and the files broken so."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fuzzed_changes import Change, trap, void, zipped

from gpt_assistant.engine import gguf_reader


@dataclass
class Gguf:
    """Where the parts of a GGUF file's header lie, for changing its bytes."""

    data: bytearray

    def key(self, name: str) -> int:
        """Return where the kind of the value of the key `name` stands."""
        return self.data.index(struct.pack("<Q", len(name)) + name.encode()) + 8 + len(name)

    def tensor(self, name: str) -> int:
        """Return where the number of sides of the tensor `name` stands."""
        return self.key(name)


def gguf(change: Callable[[Gguf], object]) -> Change:
    def apply(path: Path) -> None:
        file = Gguf(bytearray(path.read_bytes()))
        change(file)
        path.write_bytes(file.data)

    return apply


def at(offset: int, code: str, value: Any) -> Change:
    return gguf(lambda file: struct.pack_into("<" + code, file.data, offset, value))


def metadata(name: str, code: str, value: Any, kind: int | None = None) -> Change:
    def change(file: Gguf) -> None:
        place = file.key(name)
        if kind is not None:
            struct.pack_into("<I", file.data, place, kind)
        struct.pack_into("<" + code, file.data, place + 4, value)

    return gguf(change)


def side(name: str, which: int, value: int) -> Change:
    return gguf(lambda file: struct.pack_into("<Q", file.data, file.tensor(name) + 4 + 8 * which, value))


def ggml_type(name: str, value: int) -> Change:
    return gguf(lambda file: struct.pack_into("<I", file.data, _behind_sides(file, name), value))


def offset_of(name: str, value: int) -> Change:
    return gguf(lambda file: struct.pack_into("<Q", file.data, _behind_sides(file, name) + 4, value))


def _behind_sides(file: Gguf, name: str) -> int:
    place = file.tensor(name)
    (sides,) = struct.unpack_from("<I", file.data, place)
    return place + 4 + 8 * sides


def filled(name: str, data: bytes) -> Change:
    """Write `data` at the start of the tensor `name`."""

    def apply(path: Path) -> None:
        tensor = next(t for t in gguf_reader.read(path).tensors if t.name == name)
        whole = bytearray(path.read_bytes())
        whole[tensor.start : tensor.start + len(data)] = data
        path.write_bytes(whole)

    return apply


def cases() -> Iterator[tuple[str, Change]]:
    nan, matrix = struct.pack("<e", float("nan")), "blk.0.attn_q.weight"
    yield "another magic", at(0, "I", 0x12345678)
    yield "version 99", at(4, "I", 99)
    yield "version of the other byte order", at(4, "I", 0x03000000)
    yield "tensors without end", at(8, "Q", 1 << 60)
    yield "a tensor fewer", gguf(lambda file: struct.pack_into("<Q", file.data, 8, file.data[8] - 1))
    yield "settings without end", at(16, "Q", 1 << 60)
    yield "a string without end", at(24, "Q", 1 << 62)
    yield (
        "an array of 2^60",
        gguf(lambda file: struct.pack_into("<Q", file.data, file.key("tokenizer.ggml.tokens") + 8, 1 << 60)),
    )
    yield "an array of an unknown kind", metadata("tokenizer.ggml.tokens", "I", 77)
    yield "a value of an unknown kind", metadata("llama.block_count", "I", 2, 77)
    yield "an array in an array in an array", written_file(nested(2000))
    for name in (
        "block_count",
        "embedding_length",
        "feed_forward_length",
        "attention.head_count",
        "context_length",
    ):
        yield f"{name} huge", metadata(f"llama.{name}", "I", 0xFFFFFFF0)
        yield f"{name} zero", metadata(f"llama.{name}", "I", 0)
    yield "heads that do not divide", metadata("llama.attention.head_count", "I", 3)
    yield "an epsilon that is NaN", metadata("llama.attention.layer_norm_rms_epsilon", "f", float("nan"))
    yield "a side of 2^40", side(matrix, 0, 1 << 40)
    yield "a side of zero", side(matrix, 0, 0)
    yield "sides that are not its own", side(matrix, 1, 32)
    yield (
        "a thousand million sides",
        gguf(lambda file: struct.pack_into("<I", file.data, file.tensor(matrix), 10**9)),
    )
    yield "a type of no numbers", ggml_type(matrix, 250)
    yield "a type of other numbers", ggml_type(matrix, 14)
    yield "a place far out", offset_of(matrix, 1 << 50)
    yield "a place of another's", offset_of(matrix, 0)
    yield "a scale that is NaN", filled(matrix, nan)
    yield "a scale that is infinite", filled(matrix, struct.pack("<e", float("inf")))
    yield "a norm that is NaN", filled("blk.1.ffn_norm.weight", struct.pack("<f", float("nan")))
    yield "an embedding that is NaN", filled("token_embd.weight", nan)
    yield "half the file", lambda path: void(path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]))
    yield "no file at all", lambda path: void(path.write_bytes(b""))
    yield "a pickle", lambda path: void(path.write_bytes(trap()))
    yield "a zip", lambda path: zipped(path.name)(path.parent)
    yield "a safetensors file", lambda path: void(path.write_bytes(struct.pack("<Q", 2) + b"{}"))


def large() -> Iterator[tuple[str, Change]]:
    """Yield a few ways to break a real model's file."""
    yield "half the file", cases_by_name()["half the file"]
    yield "tensors without end", at(8, "Q", 1 << 60)
    yield "layers huge", metadata("llama.block_count", "I", 0xFFFFFFF0)
    yield "a side of 2^40", side("blk.7.attn_q.weight", 0, 1 << 40)
    yield "a type of other numbers", ggml_type("blk.7.ffn_up.weight", 8)
    yield "a place of another's", offset_of("blk.7.attn_q.weight", 0)
    yield "a scale that is NaN", filled("token_embd.weight", struct.pack("<e", float("nan")))


def cases_by_name() -> dict[str, Change]:
    return dict(cases())


def nested(depth: int) -> bytes:
    arrays = struct.pack("<IQ", 9, 1) * depth + struct.pack("<IQ", 4, 0)
    return b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<I", 9) + arrays


def written_file(data: bytes) -> Change:
    return lambda path: void(path.write_bytes(data))
