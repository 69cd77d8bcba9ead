"""Llama-type models on a GPU: passes of fixed shape, each recorded once and then played as one graph.

A small model's token costs a GPU far less than Python takes to launch its four hundred kernels, so the
launches are recorded (CUDA graphs) and played back. A recording has fixed addresses and sizes: keys and
values lie in one buffer, passes have 1, 4, 16 or 64 rows, and what a row sees, where it stands and where
its keys go are inputs. Rows beyond those that are asked for write into a place behind the last.

Recording needs no compiler at the writer's. A graph is believed only after it has given, on the first
input it is used for, what the same operators give one by one; where it does not, or cannot be recorded,
they go on one by one. Measured on an H200 with the sizes of the default model, after 200 tokens: one row
2.6 ms played and 14.7 launched one by one, 64 rows 3.2 and 20.4; with those of a model of 8 billion weights
7.4 and 11.5, 8.6 and 12.5. On the CPU the same passes run unrecorded, which is how the tests compare them
with transformers.
"""

from __future__ import annotations

import copy
import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from gpt_assistant.engine.gpu_weights import Matrix, matrix, table
from gpt_assistant.engine.lean_weights import Shape, check, turns
from gpt_assistant.engine.network import Branching, Cache, check_depth

log = logging.getLogger(__name__)

_ROWS = (1, 4, 16, 64)
_INITIAL_CAPACITY = 1024
_APART = 0.02  # of the largest logit: what another order of adding may change in 16 bits


class StaticCache:
    """Keys and values (layers, 2, kv heads, capacity + 1, head width) of `length` tokens, and their passes.

    The last place takes what rows without a token write.
    """

    def __init__(self, shape: Shape, device: torch.device, dtype: torch.dtype) -> None:
        self.length = 0
        self.passes: dict[int, _Pass] = {}
        self.both = torch.zeros(
            shape.layers,
            2,
            shape.kv_heads,
            _INITIAL_CAPACITY + 1,
            shape.head_width,
            device=device,
            dtype=dtype,
        )

    @property
    def capacity(self) -> int:
        """Return how many tokens there is room for."""
        return self.both.shape[3] - 1

    def reserve(self, length: int) -> None:
        """Make room for `length` tokens; recordings of the smaller buffer are dropped."""
        if length <= self.capacity:
            return
        sizes = list(self.both.shape)
        sizes[3] = max(length, 2 * self.capacity) + 1
        wider = self.both.new_zeros(sizes)
        wider[:, :, :, : self.length] = self.both[:, :, :, : self.length]
        self.both = wider
        self.passes.clear()

    def keep(self, length: int, further: Sequence[int] = ()) -> None:
        """Keep the first `length` tokens and those at `further`."""
        end = length + len(further)
        if list(further) != list(range(length, end)):
            index = torch.tensor(further, device=self.both.device)
            self.both[:, :, :, length:end] = self.both[:, :, :, index]
        self.length = end

    def copy(self) -> StaticCache:
        """Return a cache of the same tokens, with nothing recorded yet."""
        twin = copy.copy(self)
        twin.both, twin.passes = self.both.clone(), {}
        return twin


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the rows of a pass stand: their rotations, what they see, and where their keys go."""

    turn: Tensor
    mask: Tensor
    slots: Tensor


@dataclass(slots=True)
class _Pass:
    """The inputs of a pass of so many rows, at fixed addresses, and its recording.

    `mask` (rows, capacity + 1) is added to the scores; `logits` (rows, vocabulary) are the output.
    """

    ids: Tensor
    places: Tensor
    slots: Tensor
    mask: Tensor
    graph: Any = None
    logits: Tensor | None = None
    tried: bool = field(default=False)


class StaticNetwork:
    """A Llama-type model in passes of fixed shape; see the module's docstring."""

    def __init__(
        self,
        shape: Shape,
        weights: Mapping[str, Tensor],
        device: torch.device,
        dtype: torch.dtype,
        bits: int = 16,
    ) -> None:
        """Take the weights as lean_weights.joined names them; 8 or 4 `bits` keep the matrices as integers.

        Raises ValueError if their sizes are not those of `shape`, KeyError if some are missing.
        """
        check(shape, weights)
        self.shape, self.device, self.dtype = shape, device, dtype
        self.max_positions = shape.max_positions
        self.layers, self.width = shape.layers, shape.width
        self.bits = bits
        self._weights = {n: t.to(device, dtype) for n, t in weights.items() if t.dim() == 1}
        self._embedding = table(weights["embedding"], device, dtype, bits)
        self._matrices: dict[str, Matrix] = {
            name: matrix(tensor, device, dtype, bits if name != "head" else max(bits, 8))
            for name, tensor in weights.items()
            if tensor.dim() == 2 and name != "embedding"
        }
        self._head = self._matrices.get("head", self._embedding)
        self._parameters = sum(tensor.numel() for tensor in weights.values())
        self._turns = turns(shape).to(device)

    def empty_cache(self) -> StaticCache:
        """Return a cache of no tokens."""
        return StaticCache(self.shape, self.device, self.dtype)

    def memory(self) -> int:
        """Return the bytes that the weights take."""
        matrices = sum(matrix.memory for matrix in (self._embedding, *self._matrices.values()))
        return matrices + sum(t.numel() * t.element_size() for t in self._weights.values())

    def parameters(self) -> int:
        """Return how many weights the model has."""
        return self._parameters

    def forward(
        self, ids: Sequence[int], cache: Cache, *, keep: int = 1, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return float32 logits (keep, vocabulary) after the last `keep`, on the CPU."""
        assert isinstance(cache, StaticCache)
        start, count = cache.length, len(ids)
        cache.reserve(start + count)
        found: list[Tensor] = []
        with torch.inference_mode():
            for first in range(0, count, _ROWS[-1]):
                rows = range(first, min(first + _ROWS[-1], count))
                logits = self._run(cache, [ids[i] for i in rows], start, rows, branching)
                if rows.stop > count - keep:
                    found.append(logits[max(0, count - keep - first) : len(rows)].cpu())
        cache.length = start + count
        return torch.cat(found)

    def states(
        self, ids: Sequence[int], cache: Cache, *, depth: int, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return the float32 states (depth, n, width); see network.Network. Not recorded."""
        assert isinstance(cache, StaticCache)
        check_depth(depth, self.layers)
        start, count = cache.length, len(ids)
        cache.reserve(start + count)
        found: list[Tensor] = []
        with torch.inference_mode():
            for first in range(0, count, _ROWS[-1]):
                rows = range(first, min(first + _ROWS[-1], count))
                work = self._prepared(cache, [ids[i] for i in rows], start, rows, branching)
                layers = list(self._through(work, cache.both, depth))
                found.append(torch.stack(layers)[:, : len(rows)].float().cpu())
        cache.length = start + count
        return torch.cat(found, dim=1)

    def _run(
        self, cache: StaticCache, ids: list[int], start: int, rows: range, branching: Branching | None
    ) -> Tensor:
        """Return logits (rows of the pass, vocabulary) of tokens that stand at `start` + `rows`."""
        return self._play(self._prepared(cache, ids, start, rows, branching), cache.both)

    def _prepared(
        self, cache: StaticCache, ids: list[int], start: int, rows: range, branching: Branching | None
    ) -> _Pass:
        """Return a pass with its inputs filled in, for tokens that stand at `start` + `rows`."""
        size = next(size for size in _ROWS if size >= len(rows))
        if size not in cache.passes:
            cache.passes[size] = self._new_pass(size, cache)
        work = cache.passes[size]
        slots = torch.arange(start + rows.start, start + rows.stop)
        places = slots if branching is None else branching.positions[slots]
        visible = torch.zeros(size, cache.capacity + 1, dtype=torch.bool)
        visible[len(rows) :, -1] = True
        if branching is None:
            visible[: len(rows), : start + rows.stop] = torch.arange(start + rows.stop) <= slots[:, None]
        else:
            seen = branching.visible[rows.start : rows.stop]
            visible[: len(rows), : seen.shape[1]] = seen
        spare = size - len(rows)
        work.ids.copy_(torch.tensor(ids + [0] * spare))
        work.places.copy_(functional.pad(places, (0, spare)))
        work.slots.copy_(functional.pad(slots, (0, spare), value=cache.capacity))
        work.mask.copy_(torch.zeros(visible.shape, dtype=self.dtype).masked_fill_(~visible, -torch.inf))
        return work

    def _new_pass(self, size: int, cache: StaticCache) -> _Pass:
        """Return a pass whose rows write nowhere yet."""
        whole = torch.zeros(size, dtype=torch.long, device=self.device)
        mask = torch.full((size, cache.capacity + 1), -torch.inf, device=self.device, dtype=self.dtype)
        mask[:, -1] = 0
        return _Pass(whole, whole.clone(), torch.full_like(whole, cache.capacity), mask)

    def _play(self, work: _Pass, both: Tensor) -> Tensor:
        """Return the logits of a pass, recorded if this device can record and has given the same so far."""
        if self.device.type != "cuda":
            return self._compute(work, both)
        if not work.tried:
            work.tried = True
            self._record(work, both)
            plain = self._compute(work, both)
            if work.graph is not None:
                work.graph.replay()
                assert work.logits is not None
                if not _alike(work.logits, plain):
                    log.warning("a recorded pass of %d rows differs from the plain one", len(work.ids))
                    work.graph = work.logits = None
            return plain
        if work.graph is None:
            return self._compute(work, both)
        work.graph.replay()
        assert work.logits is not None
        return work.logits

    def _record(self, work: _Pass, both: Tensor) -> None:
        try:
            aside = torch.cuda.Stream()  # type: ignore[no-untyped-call]
            aside.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(aside):  # libraries set themselves up at their first calls
                for _ in range(2):
                    self._compute(work, both)
            torch.cuda.current_stream().wait_stream(aside)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                logits = self._compute(work, both)
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            log.warning("a pass of %d rows could not be recorded: %s", len(work.ids), error)
        else:
            work.graph, work.logits = graph, logits

    def _compute(self, work: _Pass, both: Tensor) -> Tensor:
        """Return float32 logits (rows, vocabulary); every operator has fixed shapes and asks nothing back."""
        x = deque(self._through(work, both, self.shape.layers), maxlen=1).pop()
        return self._head.product(self._normalised(x, "norm")).float()

    def _through(self, work: _Pass, both: Tensor, depth: int) -> Iterator[Tensor]:
        """Yield the residual stream (rows, width) behind each of the first `depth` layers."""
        shape = self.shape
        mask = work.mask.repeat(shape.heads // shape.kv_heads, 1)
        rows = _Rows(self._turns[work.places], mask, work.slots)
        x = self._embedding.rows(work.ids)
        for i in range(depth):
            x = x + self._attend(f"{i}.", x, rows, both[i])
            seen = self._normalised(x, f"{i}.feed_norm")
            gate, up = self._product(seen, f"{i}.gate_up").chunk(2, -1)
            x = x + self._product(functional.silu(gate) * up, f"{i}.down")
            yield x

    def _attend(self, at: str, x: Tensor, rows: _Rows, both: Tensor) -> Tensor:
        """Return the attention output (n, width), writing the new keys and values where they belong."""
        shape, count = self.shape, x.shape[0]
        qkv = self._product(self._normalised(x, f"{at}attention_norm"), f"{at}qkv")
        qkv = qkv.view(count, shape.heads + 2 * shape.kv_heads, shape.head_width)
        turned, values = torch.split(qkv, [shape.heads + shape.kv_heads, shape.kv_heads], dim=1)
        if f"{at}q_norm" in self._weights:
            queries, keys = torch.split(turned, [shape.heads, shape.kv_heads], dim=1)
            parts = [self._normalised(queries, f"{at}q_norm"), self._normalised(keys, f"{at}k_norm")]
            turned = torch.cat(parts, dim=1)
        pairs = torch.view_as_complex(turned.float().reshape(count, -1, shape.head_width // 2, 2))
        turned = torch.view_as_real(pairs * rows.turn).view(turned.shape).to(self.dtype)
        queries, keys = torch.split(turned, [shape.heads, shape.kv_heads], dim=1)
        both.index_copy_(2, rows.slots, torch.stack([keys, values]).transpose(1, 2))
        # The query heads that share a key head become further rows of it: one product, no copies of keys.
        grouped = queries.transpose(0, 1).reshape(1, shape.kv_heads, -1, shape.head_width)
        out = functional.scaled_dot_product_attention(grouped, both[:1], both[1:], attn_mask=rows.mask)
        out = out.reshape(shape.heads, count, shape.head_width).transpose(0, 1).reshape(count, -1)
        return self._product(out, f"{at}output")

    def _product(self, x: Tensor, name: str) -> Tensor:
        out, bias = self._matrices[name].product(x), self._weights.get(f"{name}.bias")
        return out if bias is None else out + bias

    def _normalised(self, x: Tensor, name: str) -> Tensor:
        weight = self._weights[name]
        return functional.rms_norm(x, weight.shape, weight, self.shape.epsilon)


def _alike(recorded: Tensor, plain: Tensor) -> bool:
    apart = (recorded - plain).abs().max()
    return bool(apart <= _APART * plain.abs().max())
