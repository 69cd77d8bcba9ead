"""The weights of a Llama-type model as the kernel takes them.

From a GGUF file whose layers are in blocks of 4 or 8 bits they come as they are, and nothing is kept beside
the model; from any other model they come from the packed 8-bit rows that lean.py computes with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gpt_assistant.engine import four_bits, gguf_reader
from gpt_assistant.engine.gguf_reader import GgufFile, TensorInfo
from gpt_assistant.engine.lean_weights import Shape, count_parameters, side_by_side
from gpt_assistant.engine.native.packing import (
    KEPT,
    Q4_1,
    Bytes,
    Packed,
    from_bfloat16,
    from_ggml,
    from_rows,
)
from gpt_assistant.engine.quantize import quantize_rows

# llama.cpp's names of what is one matrix here: qkv, output, gate_up, down.
_LAYER = (("attn_q", "attn_k", "attn_v"), ("attn_output",), ("ffn_gate", "ffn_up"), ("ffn_down",))
_TURNED = "llama"  # the architecture whose queries and keys llama.cpp stores in the order we have them in
_TO_TURN = re.compile(r"\.attn_[qk](_norm)?\.")


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """The weights of one block; vectors are contiguous and float32."""

    attention_norm: Tensor
    feed_norm: Tensor
    qkv: Packed
    output: Packed
    gate_up: Packed
    down: Packed
    qkv_bias: Tensor | None = None
    output_bias: Tensor | None = None
    query_norm: Tensor | None = None
    key_norm: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a model; `head` may be the `embedding`."""

    layers: tuple[LayerWeights, ...]
    norm: Tensor
    embedding: Packed
    head: Packed
    parameters: int

    def memory(self) -> int:
        """Return the bytes of the matrices, each counted once."""
        layers = [m for layer in self.layers for m in (layer.qkv, layer.output, layer.gate_up, layer.down)]
        return sum(
            matrix.memory() for matrix in {id(m): m for m in (*layers, self.embedding, self.head)}.values()
        )

    def check(self, shape: Shape) -> None:
        """Raise ValueError unless everything has the sizes of `shape`: the kernel looks at none."""
        inner, qkv = shape.heads * shape.head_width, (shape.heads + 2 * shape.kv_heads) * shape.head_width
        feed = self.layers[0].down.columns if self.layers else 0
        if len(self.layers) != shape.layers or shape.heads % shape.kv_heads or shape.head_width % 2:
            raise ValueError("its layers or heads are not those that config.json states")
        for number, layer in enumerate(self.layers):
            expected = (
                (layer.qkv, qkv, shape.width),
                (layer.output, shape.width, inner),
                (layer.gate_up, 2 * feed, shape.width),
                (layer.down, shape.width, feed),
            )
            vectors = (
                (layer.attention_norm, shape.width),
                (layer.feed_norm, shape.width),
                (layer.qkv_bias, qkv),
                (layer.output_bias, shape.width),
                (layer.query_norm, shape.head_width),
                (layer.key_norm, shape.head_width),
            )
            if any(
                (matrix.rows, matrix.columns) != (rows, columns) for matrix, rows, columns in expected
            ) or any(vector is not None and vector.shape != (size,) for vector, size in vectors):
                raise ValueError(f"layer {number} has other sizes than config.json states")
        tables = {(table.rows, table.columns) for table in (self.embedding, self.head)}
        if {columns for _, columns in tables} != {shape.width} or self.norm.shape != (shape.width,):
            raise ValueError("its embedding has another width than config.json states")


def from_packed(shape: Shape, weights: Mapping[str, Tensor]) -> Weights:
    """Return the weights of a model from the table that lean_weights.pack returns.

    Everything is copied: a single tensor of a mapped file would keep all of it in memory, 140 MB of the
    default model's.
    """

    def matrix(name: str) -> Packed:
        if (raw := weights.get(f"{name}{four_bits.SUFFIX}")) is not None:
            return from_ggml(raw.numpy(), Q4_1)
        return from_rows(weights[name], weights[f"{name}.scale"])

    def vector(name: str) -> Tensor | None:
        return _own(weights[name]) if name in weights else None

    def layer(at: str) -> LayerWeights:
        return LayerWeights(
            attention_norm=_own(weights[f"{at}attention_norm"]),
            feed_norm=_own(weights[f"{at}feed_norm"]),
            qkv=matrix(f"{at}qkv"),
            output=matrix(f"{at}output"),
            gate_up=matrix(f"{at}gate_up"),
            down=matrix(f"{at}down"),
            qkv_bias=vector(f"{at}qkv.bias"),
            output_bias=vector(f"{at}output.bias"),
            query_norm=vector(f"{at}q_norm"),
            key_norm=vector(f"{at}k_norm"),
        )

    return Weights(
        layers=tuple(layer(f"{i}.") for i in range(shape.layers)),
        norm=_own(weights["norm"]),
        embedding=from_bfloat16(weights["embedding"].clone()),
        head=matrix("head"),
        parameters=count_parameters(weights),
    )


def _own(vector: Tensor) -> Tensor:
    return vector.clone().float().contiguous()


def from_gguf(path: Path, shape: Shape) -> Weights | None:
    """Return the weights in a GGUF file; None if they are not all in blocks that the kernel takes.

    Raises OSError or ValueError if the file cannot be read, KeyError if it lacks weights.
    """
    return _Reader(gguf_reader.read(path), shape).weights()


class _Reader:
    """Reads the weights of one file, a tensor at a time: nothing is mapped, no pages stay behind."""

    def __init__(self, file: GgufFile, shape: Shape) -> None:
        self._file, self._shape = file, shape
        self._tensors = {tensor.name: tensor for tensor in file.tensors}
        self._turned = file.architecture == _TURNED

    def weights(self) -> Weights | None:
        matrices = [
            tuple(f"blk.{i}.{name}" for name in names) for i in range(self._shape.layers) for names in _LAYER
        ]
        if not all(self._keeps(names) for names in matrices):
            return None
        embedding = self._table("token_embd")
        return Weights(
            layers=tuple(self._layer(f"blk.{i}.") for i in range(self._shape.layers)),
            norm=self._vector("output_norm.weight"),
            embedding=embedding,
            head=self._table("output") if "output.weight" in self._tensors else embedding,
            parameters=sum(prod(tensor.shape) for tensor in self._tensors.values()),
        )

    def _keeps(self, names: tuple[str, ...]) -> bool:
        """Return whether the kernel takes the matrices `names` as one, in the blocks they have."""
        types = {self._tensors[f"{name}.weight"].ggml_type for name in names}
        return len(types) == 1 and types <= KEPT

    def _layer(self, at: str) -> LayerWeights:
        matrices = [self._matrix([f"{at}{name}" for name in names]) for names in _LAYER]
        qkv, output, gate_up, down = matrices
        return LayerWeights(
            attention_norm=self._vector(f"{at}attn_norm.weight"),
            feed_norm=self._vector(f"{at}ffn_norm.weight"),
            qkv=qkv,
            output=output,
            gate_up=gate_up,
            down=down,
            qkv_bias=self._biases([f"{at}{name}" for name in _LAYER[0]]),
            output_bias=self._biases([f"{at}attn_output"]),
            query_norm=self._optional(f"{at}attn_q_norm.weight"),
            key_norm=self._optional(f"{at}attn_k_norm.weight"),
        )

    def _matrix(self, names: list[str]) -> Packed:
        tensors = [self._tensors[f"{name}.weight"] for name in names]
        raw = [self._in_order(tensor, self._raw(tensor)) for tensor in tensors]
        return from_ggml(raw[0] if len(raw) == 1 else np.concatenate(raw), tensors[0].ggml_type)

    def _table(self, name: str) -> Packed:
        """Return the embedding or the projection onto the vocabulary, which may have any type."""
        tensor = self._tensors[f"{name}.weight"]
        if tensor.ggml_type in KEPT:
            return self._matrix([name])
        return from_rows(*quantize_rows(torch.from_numpy(self._file.values(tensor))))

    def _raw(self, tensor: TensorInfo) -> Bytes:
        raw = np.fromfile(self._file.path, np.uint8, tensor.size, offset=tensor.start)
        return raw.reshape(tensor.shape[0], -1)

    def _in_order(self, tensor: TensorInfo, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return the rows of a tensor with those that are turned into each other side by side."""
        if self._turned or not _TO_TURN.search(tensor.name):
            return rows
        order = side_by_side(torch.arange(len(rows)), self._shape.head_width).numpy()
        turned: np.ndarray[Any, Any] = rows[order]
        return turned

    def _vector(self, name: str) -> Tensor:
        tensor = self._tensors[name]
        values = self._in_order(tensor, self._file.values(tensor))
        return torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32))

    def _optional(self, name: str) -> Tensor | None:
        return self._vector(name) if name in self._tensors else None

    def _biases(self, names: list[str]) -> Tensor | None:
        found = [self._vector(f"{name}.bias") for name in names if f"{name}.bias" in self._tensors]
        return torch.cat(found) if found else None
