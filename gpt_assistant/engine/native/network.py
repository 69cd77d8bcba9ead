"""A Llama-type model whose whole pass is one call of C (kernel.c): for processors with AVX2 or better.

Where torch computes (lean.py) a token of the default model is some 500 operators, whose dispatch alone takes
longer than the arithmetic, and its product with 4-bit weights is bound by arithmetic without AVX-512. Here
eight rows of a matrix lie side by side, so that a product with 4-bit weights and activations of 8 bits is
added up in 16 bits over a whole block: two instructions for 32 weights, no sum across a register, and the
blocks of the GGUF file as they are. Activations have a scale for each block, as in llama.cpp; that costs
less than what lean.py has to do: KL to float32 on a page of English, default model, 0.0034 nats a token
here and 0.0103 there.

The pass of few tokens is bound by memory, that of many by arithmetic; one kernel does for both, so there is
one copy of the weights: the whole application takes 540 MB with it, 880 without. Measured on one AVX2 core
of a machine that was busy otherwise, relative to llama.cpp with one thread in the same run: a token takes
0.64 to 0.84 of its time (lean.py 1.7 to 2.3), 128 tokens are read in 0.21 to 0.30 of it (0.37 to 0.48). In
processor time a token takes 9 ms, four branches at once 12, 64 tokens 125; typing 240 letters 4.2 s, where
lean.py takes 11.5.

Threads beyond one are taken where the settings give them. Measured on two busy cores only: two threads made
a pass up to twice as slow there, where torch's two made it ten times as slow.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from gpt_assistant.engine.lean import LeanCache
from gpt_assistant.engine.lean_weights import Shape, turns
from gpt_assistant.engine.native import structures
from gpt_assistant.engine.native.library import Kernel
from gpt_assistant.engine.native.structures import Pass
from gpt_assistant.engine.native.weights import LayerWeights, Weights
from gpt_assistant.engine.network import Branching, Cache, check_depth

_ROWS = 64  # that go through the layers at once: more would not be faster, and want memory


@dataclass(frozen=True, slots=True)
class _Rows:
    """Tokens that go through the layers at once, where they stand, and what they see (None: all before)."""

    tokens: np.ndarray[tuple[int], np.dtype[np.int32]]
    positions: np.ndarray[tuple[int], np.dtype[np.int32]]
    visible: Tensor | None


class NativeNetwork:
    """A Llama-type model in the kernel; see the module's docstring."""

    def __init__(self, shape: Shape, weights: Weights, kernel: Kernel) -> None:
        """Raises ValueError if the weights do not have the sizes of `shape`."""
        weights.check(shape)
        self.shape = shape
        self.device = torch.device("cpu")
        self.dtype = torch.float32
        self.max_positions = shape.max_positions
        self.layers, self.width = shape.layers, shape.width
        self.bits = weights.layers[0].qkv.bits
        self._kernel = kernel
        self._weights = weights  # which the structures point into
        self._turns = torch.view_as_real(turns(shape)).contiguous()
        self._layers = (structures.Layer * shape.layers)(*map(_layer, weights.layers))
        self._embedding, self._head = weights.embedding.structure(), weights.head.structure()
        self._network = structures.Network(
            layers=shape.layers,
            width=shape.width,
            heads=shape.heads,
            kv_heads=shape.kv_heads,
            head_width=shape.head_width,
            feed=weights.layers[0].down.columns,
            vocabulary=weights.head.rows,
            threads=torch.get_num_threads(),
            epsilon=shape.epsilon,
            layer=ctypes.addressof(self._layers),
            norm=weights.norm.data_ptr(),
            turns=self._turns.data_ptr(),
            embedding=ctypes.addressof(self._embedding),
            head=ctypes.addressof(self._head),
        )

    def empty_cache(self) -> LeanCache:
        """Return a cache of no tokens."""
        return LeanCache(self.shape)

    def memory(self) -> int:
        """Return the bytes that the weights take."""
        return self._weights.memory()

    def parameters(self) -> int:
        """Return how many weights the model has."""
        return self._weights.parameters

    def forward(
        self, ids: Sequence[int], cache: Cache, *, keep: int = 1, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids` to the cache; return float32 logits (keep, vocabulary) after the last `keep`.

        Raises IndexError for tokens or positions that the model does not have.
        """
        count = len(ids)
        logits = torch.empty(keep, self._weights.head.rows, dtype=torch.float32)
        for first, rows in self._rows(ids, cache, branching):
            end = first + len(rows.tokens)
            wanted = max(0, end - max(first, count - keep))
            done = max(0, first - (count - keep))
            self._pass(rows, cache, logits[done : done + wanted], self.shape.layers, None)
        return logits

    def states(
        self, ids: Sequence[int], cache: Cache, *, depth: int, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return the float32 states (depth, n, width); see network.Network.

        Raises ValueError for a depth that the model does not have, IndexError as above.
        """
        check_depth(depth, self.layers)
        found: list[Tensor] = []
        for _, rows in self._rows(ids, cache, branching):
            found.append(torch.empty(depth, len(rows.tokens), self.shape.width, dtype=torch.float32))
            nothing = torch.empty(0, self._weights.head.rows, dtype=torch.float32)
            self._pass(rows, cache, nothing, depth, found[-1])
        return torch.cat(found, dim=1)

    def _rows(
        self, ids: Sequence[int], cache: Cache, branching: Branching | None
    ) -> Iterator[tuple[int, _Rows]]:
        """Yield the new tokens in pieces that go through the layers at once, and where each begins."""
        assert isinstance(cache, LeanCache)
        start, count = cache.length, len(ids)
        tokens = np.array(ids, dtype=np.int32)
        if branching is None:
            positions = np.arange(start, start + count, dtype=np.int32)
        else:
            positions = branching.positions[-count:].to(torch.int32).numpy()
        _check(tokens, self._weights.embedding.rows, "tokens")
        _check(positions, self.max_positions, "positions")
        cache.reserve(start + count)
        for first in range(0, count, _ROWS):
            end = min(first + _ROWS, count)
            visible = None if branching is None else branching.visible[first:end, : start + end].contiguous()
            yield first, _Rows(tokens[first:end], positions[first:end], visible)

    def _pass(self, rows: _Rows, cache: Cache, logits: Tensor, depth: int, states: Tensor | None) -> None:
        """Append tokens to the cache and write as many rows of `logits` as there are, and `states`."""
        assert isinstance(cache, LeanCache)
        self._kernel.forward(
            self._network,
            Pass(
                rows=len(rows.tokens),
                start=cache.length,
                keep=len(logits),
                ids=rows.tokens.ctypes.data,
                positions=rows.positions.ctypes.data,
                visible=None if rows.visible is None else rows.visible.data_ptr(),
                cache=cache.both.data_ptr(),
                capacity=cache.both.shape[3],
                logits=logits.data_ptr(),
                depth=depth,
                states=None if states is None else states.data_ptr(),
            ),
        )
        cache.length += len(rows.tokens)


def _check(numbers: np.ndarray[tuple[int], np.dtype[np.int32]], end: int, what: str) -> None:
    """Raise IndexError unless all `numbers` are from 0 to below `end`: the kernel would read elsewhere."""
    if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < end:
        raise IndexError(f"{what} beyond the {end} that the model has")


def _layer(weights: LayerWeights) -> structures.Layer:
    def at(vector: Tensor | None) -> int | None:
        return None if vector is None else vector.data_ptr()

    return structures.Layer(
        attention_norm=at(weights.attention_norm),
        feed_norm=at(weights.feed_norm),
        qkv_bias=at(weights.qkv_bias),
        output_bias=at(weights.output_bias),
        query_norm=at(weights.query_norm),
        key_norm=at(weights.key_norm),
        qkv=weights.qkv.structure(),
        output=weights.output.structure(),
        gate_up=weights.gate_up.structure(),
        down=weights.down.structure(),
    )
