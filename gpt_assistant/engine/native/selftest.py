"""Whether a kernel computes what torch computes: products, and passes through a small network.

`python -m gpt_assistant.engine.native.selftest LIBRARY` says so by its exit code, in a process that may
crash.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from gpt_assistant.engine.lean_weights import Shape, turns
from gpt_assistant.engine.native.library import ANY, Kernel
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.packing import Q4_1, Packed, from_ggml, from_rows
from gpt_assistant.engine.native.structures import GROUP
from gpt_assistant.engine.native.weights import LayerWeights, Weights

_SHAPE = Shape(2, 64, 4, 2, 24, 1e-5, 1e4, 40)
_FEED, _VOCABULARY = 96, 52
_VECTORS = ("attention_norm", "feed_norm", "qkv_bias", "output_bias", "query_norm", "key_norm")
_TOLERANCE = 0.02  # of the size of a result: torch may round an activation that lies half-way the other way
_SIZES = ((1, 32), (12, 96), (52, 160))
_ROWS = (1, 2, 3, 4, 7)


def problem(kernel: Kernel) -> str:
    """Return in one line what the kernel computes wrongly, "" for nothing."""
    draw = Draw(5)
    for rows, columns in _SIZES:
        for matrix, weights in (draw.matrix4(rows, columns), draw.matrix8(rows, columns - 5)):
            for count in _ROWS:
                x = draw.numbers(count, matrix.columns)
                if not _alike(kernel.multiply(x, matrix), product(x, weights)):
                    return f"a product of {matrix.bits} bits, {count} × {columns} × {rows}, is wrong"
    model, reference = draw.network(kernel)
    tokens = [7 * i * i % _VOCABULARY for i in range(12)]
    wanted = reference(tokens)
    for step in (len(tokens), 5, 1):
        cache = model.empty_cache()
        parts = [tokens[i : i + step] for i in range(0, len(tokens), step)]
        got = torch.cat([model.forward(part, cache, keep=len(part)) for part in parts])
        if not _alike(got, wanted):
            return f"a pass of {step} tokens is wrong"
        cache = model.empty_cache()
        states = torch.cat([model.states(part, cache, depth=1) for part in parts], dim=1)
        if not _alike(states[0], next(reference.states(tokens))):
            return f"what a layer leaves of {step} tokens is wrong"
    return ""


def _alike(got: Tensor, wanted: Tensor) -> bool:
    return bool((got - wanted).norm() <= _TOLERANCE * wanted.norm())


def rounded(x: Tensor) -> Tensor:
    """Return x (rows, columns) as the kernel rounds it: in groups, to 8 bits of the largest."""
    padded = functional.pad(x, (0, -x.shape[1] % GROUP)).view(len(x), -1, GROUP)
    scale = (padded.abs().amax(-1, keepdim=True) / 127).clamp_min(1e-30)
    return ((padded / scale).round() * scale).view(len(x), -1)[:, : x.shape[1]]


def product(x: Tensor, weights: Tensor) -> Tensor:
    """Return rounded x (rows, columns) times the transpose of float `weights`."""
    return rounded(x) @ weights.T


class Draw:
    """Random numbers, matrices and networks, the same for the same `seed`."""

    def __init__(self, seed: int) -> None:
        self._generator = torch.Generator().manual_seed(seed)

    def numbers(self, *sizes: int) -> Tensor:
        """Return standard normal numbers."""
        return torch.randn(*sizes, generator=self._generator)

    def matrix4(self, rows: int, columns: int) -> tuple[Packed, Tensor]:
        """Return a matrix in blocks of Q4_1 and its weights; `columns` are a multiple of 32."""
        heads = (self.numbers(rows, columns // GROUP, 2) * 0.05).half()
        quants = torch.randint(0, 16, (rows, columns // GROUP, GROUP), generator=self._generator)
        weights = heads[..., :1].float() * quants + heads[..., 1:].float()
        halves = (quants[..., :16] | quants[..., 16:] << 4).to(torch.uint8)
        raw = np.concatenate([heads.numpy().view(np.uint8), halves.numpy()], axis=-1)
        return from_ggml(raw.reshape(rows, -1), Q4_1), weights.view(rows, columns)

    def matrix8(self, rows: int, columns: int) -> tuple[Packed, Tensor]:
        """Return a matrix in blocks of 8 bits and its weights."""
        quants = torch.randint(-127, 128, (rows, columns), generator=self._generator).to(torch.int8)
        scale = (self.numbers(rows).abs() + 0.1) / 500
        return from_rows(quants, scale), quants * scale[:, None]

    def network(self, kernel: Kernel) -> tuple[NativeNetwork, Reference]:
        """Return a small network and what it computes."""
        shape, table = _SHAPE, self.matrix8(_VOCABULARY, _SHAPE.width)
        inner, kv = shape.heads * shape.head_width, shape.kv_heads * shape.head_width
        layers: list[LayerWeights] = []
        floats: list[dict[str, Tensor]] = []
        for _ in range(shape.layers):
            layer, weights = self._layer(inner, kv)
            layers.append(layer)
            floats.append(weights)
        norm = 1 + 0.2 * self.numbers(shape.width)
        packed = Weights(tuple(layers), norm, table[0], table[0], 0)
        return NativeNetwork(shape, packed, kernel), Reference(shape, floats, norm, table[1])

    def _layer(self, inner: int, kv: int) -> tuple[LayerWeights, dict[str, Tensor]]:
        """Return a layer and its weights as floats, by the same names."""
        width, head_width = _SHAPE.width, _SHAPE.head_width
        qkv, qkv_weights = self.matrix4(inner + 2 * kv, width)
        output, output_weights = self.matrix8(width, inner)
        gate_up, gate_up_weights = self.matrix4(2 * _FEED, width)
        down, down_weights = self.matrix4(width, _FEED)
        layer = LayerWeights(
            attention_norm=1 + 0.2 * self.numbers(width),
            feed_norm=1 + 0.2 * self.numbers(width),
            qkv=qkv,
            output=output,
            gate_up=gate_up,
            down=down,
            qkv_bias=0.2 * self.numbers(inner + 2 * kv),
            output_bias=0.2 * self.numbers(width),
            query_norm=1 + 0.2 * self.numbers(head_width),
            key_norm=1 + 0.2 * self.numbers(head_width),
        )
        floats = {name: value for name in _VECTORS if isinstance(value := getattr(layer, name), Tensor)}
        floats |= {
            "qkv": qkv_weights, "output": output_weights, "gate_up": gate_up_weights, "down": down_weights
        }  # fmt: skip
        return layer, floats


class Reference:
    """The network in plain operators of torch, without a cache."""

    def __init__(self, shape: Shape, layers: list[dict[str, Tensor]], norm: Tensor, table: Tensor) -> None:
        self._shape, self._layers, self._norm, self._table = shape, layers, norm, table

    def __call__(self, tokens: list[int]) -> Tensor:
        """Return the logits (tokens, vocabulary)."""
        *_, x = self.states(tokens)
        return product(self._normalised(x, self._norm), self._table)

    def states(self, tokens: list[int]) -> Iterator[Tensor]:
        """Yield what each layer leaves: (tokens, width)."""
        x = self._table[tokens]
        for layer in self._layers:
            qkv = product(self._normalised(x, layer["attention_norm"]), layer["qkv"]) + layer["qkv_bias"]
            x = x + product(self._attention(qkv, layer), layer["output"]) + layer["output_bias"]
            both = product(self._normalised(x, layer["feed_norm"]), layer["gate_up"])
            gate, up = both.chunk(2, -1)
            x = x + product(functional.silu(gate) * up, layer["down"])
            yield x

    def _normalised(self, x: Tensor, weight: Tensor) -> Tensor:
        return functional.rms_norm(x, weight.shape, weight, self._shape.epsilon)

    def _attention(self, qkv: Tensor, layer: dict[str, Tensor]) -> Tensor:
        shape, count = self._shape, len(qkv)
        split = [shape.heads, shape.kv_heads, shape.kv_heads]
        queries, keys, values = torch.split(qkv.view(count, -1, shape.head_width), split, dim=1)
        queries = self._turned(self._normalised(queries, layer["query_norm"]))
        keys = self._turned(self._normalised(keys, layer["key_norm"]))
        queries, keys, values = (part.transpose(0, 1)[None] for part in (queries, keys, values))
        out = functional.scaled_dot_product_attention(queries, keys, values, is_causal=True, enable_gqa=True)
        return out[0].transpose(0, 1).reshape(count, -1)

    def _turned(self, x: Tensor) -> Tensor:
        pairs = torch.view_as_complex(x.reshape(*x.shape[:2], -1, 2))
        return torch.view_as_real(pairs * turns(self._shape)[: len(x)]).flatten(2)


def main(path: Path) -> int:
    """Return 0 if the library at `path` can be used on this machine, or would be on one with AVX2."""
    kernel = Kernel(path)
    kinds = range(ANY, kernel.best + 1)
    for kernel.kind in kinds:
        if found := problem(kernel):
            print(f"error: {found}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
