"""A forward pass for Llama-type models on the CPU, without what a general library has to carry.

One token through transformers costs the default model about as much in Python, cache copies and
dispatch as in arithmetic. Here the projections that read the same input are one product, the weights
are 8-bit integers (quantize.py), and keys and values are written in place into a buffer that only
grows. Activations, keys and values stay float32: on a processor without bfloat16 arithmetic the small
operators are faster in it, and none of them is bound by memory.

A token at a time, two fifths of the time were small operators, so there are few of them: the two halves of
a head that rotary embeddings turn into each other lie side by side, so that a rotation is one complex
product; keys and values are written at once; and a single query is multiplied without the general kernel
of attention, which takes half as long again.

Covers Llama, Mistral without a window, Qwen2 (biases) and Qwen3 (normalised queries and keys), whose
equations are those of transformers' modeling files; everything else takes the plain path.

On processors for which there is a kernel in C (native/) that computes these models instead, in half the time.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from gpt_assistant.engine import blocks, dynamic
from gpt_assistant.engine.blocks import BlockMatrix
from gpt_assistant.engine.dynamic import DynamicMatrix
from gpt_assistant.engine.four_bits import SUFFIX, FourBitMatrix
from gpt_assistant.engine.lean_weights import SMOOTHED, SOURCES, Shape, check, count_parameters, pack, turns
from gpt_assistant.engine.network import Branching, Cache, check_depth
from gpt_assistant.engine.quantize import PackedMatrix, aligned, prefill_dtype

_INITIAL_CAPACITY = 640
_NORM_BEFORE = {"qkv": "input_layernorm", "gate_up": "post_attention_layernorm"}

Matrix = PackedMatrix | DynamicMatrix | BlockMatrix | FourBitMatrix


@dataclass(frozen=True, slots=True)
class _Norm:
    """A root mean square normalisation (Zhang and Sennrich 2019) in four operators instead of six.

    x·w / √(mean x² + ε) = x·(w√n) / hypot(|x|, √(nε)) for the n numbers of a row x.
    """

    weight: Tensor
    least: Tensor

    @classmethod
    def of(cls, weight: Tensor, shape: Shape) -> _Norm:
        root = len(weight) ** 0.5
        return cls(weight * root, torch.tensor([[root * shape.epsilon**0.5]], dtype=torch.float32))


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one block; matrices are as rows of outputs."""

    number: int
    attention_norm: _Norm
    qkv: Matrix
    qkv_bias: Tensor | None
    query_norm: Tensor | None
    key_norm: Tensor | None
    output: Matrix
    output_bias: Tensor | None
    feed_norm: _Norm
    gate_up: Matrix
    down: Matrix


@dataclass(frozen=True, slots=True)
class _Place:
    """Where new tokens stand: their place in the cache, their rotations, and what to add to the scores."""

    start: int
    turn: Tensor
    mask: Tensor | None


class LeanCache:
    """Keys and values, (layers, 2, kv heads, capacity, head width), filled up to `length` tokens."""

    def __init__(self, shape: Shape) -> None:
        self.length = 0
        sizes = shape.layers, 2, shape.kv_heads, _INITIAL_CAPACITY, shape.head_width
        self.both = torch.empty(sizes, dtype=torch.float32)

    def reserve(self, length: int) -> None:
        """Make room for `length` tokens."""
        *outer, capacity, width = self.both.shape
        if length > capacity:
            wider = self.both.new_empty(*outer, max(length, 2 * capacity), width)
            wider[..., : self.length, :] = self.both[..., : self.length, :]
            self.both = wider

    def keep(self, length: int, further: Sequence[int] = ()) -> None:
        """Keep the first `length` tokens and those at `further`."""
        end = length + len(further)
        if list(further) != list(range(length, end)):
            self.both[..., length:end, :] = self.both[..., torch.tensor(further), :]
        self.length = end

    def copy(self) -> LeanCache:
        """Return a cache of the same tokens."""
        twin = copy.copy(self)
        twin.both = torch.empty_like(self.both)
        twin.both[..., : self.length, :] = self.both[..., : self.length, :]
        return twin


class LeanNetwork:
    """A Llama-type model with packed weights; see the module's docstring."""

    def __init__(self, shape: Shape, weights: Mapping[str, Tensor], wide: torch.dtype | None = None) -> None:
        """Take the weights as `pack` returns them; many rows are multiplied in the type `wide`.

        Raises ValueError if their sizes are not those of `shape`, KeyError if some are missing.
        """
        wide = wide or prefill_dtype()
        check(shape, weights)
        self.shape = shape
        self.device = torch.device("cpu")
        self.dtype = torch.float32
        self.max_positions = shape.max_positions
        self.layers, self.width = shape.layers, shape.width
        self.smoothed = SMOOTHED in weights and dynamic.available()
        self.bits = 4 if any(name.endswith(SUFFIX) for name in weights) else 8
        self._bytes = sum(t.numel() * t.element_size() for t in weights.values())
        self._parameters = count_parameters(weights)
        self._embedding = weights["embedding"]
        self._norm = _Norm.of(weights["norm"], shape)
        self._nothing = torch.zeros(1, 1, 1, dtype=torch.float32)
        self._head = _matrix(weights, "head", self.smoothed, wide, twice=True)
        self._layers = [_layer(shape, weights, f"{i}.", self.smoothed, wide) for i in range(shape.layers)]
        # Set while packing: called with a layer's number, the name of a matrix and what goes into it.
        self.observe: Callable[[int, str, Tensor], None] | None = None
        self._turns = turns(shape)

    def empty_cache(self) -> LeanCache:
        """Return a cache of no tokens."""
        return LeanCache(self.shape)

    def memory(self) -> int:
        """Return the bytes that the weights take."""
        return self._bytes

    def parameters(self) -> int:
        """Return how many weights the model has."""
        return self._parameters

    def forward(
        self, ids: Sequence[int], cache: Cache, *, keep: int = 1, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids` to the cache; return float32 logits (keep, vocabulary) after the last `keep`."""
        if self._first_alone(ids, cache, branching):
            return self._behind_first(ids, cache, keep)
        with torch.inference_mode():
            x = deque(self._through(ids, cache, self._layers, branching), maxlen=1).pop()
            return self._head.product(_normalise(x[-keep:], self._norm))

    def states(
        self, ids: Sequence[int], cache: Cache, *, depth: int, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return the float32 states (depth, n, width); see network.Network."""
        check_depth(depth, self.layers)
        if self._first_alone(ids, cache, branching):
            parts = [self.states(part, cache, depth=depth) for part in (ids[:1], ids[1:])]
            return torch.cat(parts, dim=1)
        with torch.inference_mode():
            layers = self._layers[:depth]
            return torch.stack([x.clone() for x in self._through(ids, cache, layers, branching)])

    def _through(
        self, ids: Sequence[int], cache: Cache, layers: Sequence[Layer], branching: Branching | None
    ) -> Iterator[Tensor]:
        """Append `ids` to the cache; yield the residual stream (n, width) behind each layer, always the same.

        The tensor is changed by the next step.
        """
        assert isinstance(cache, LeanCache)
        start, count = cache.length, len(ids)
        cache.reserve(start + count)
        if branching is None:
            at: Tensor | slice = slice(start, start + count)
        else:
            at = branching.positions[-count:]
        place = _Place(start, self._turns[at], self._mask(start, count, branching))
        x = self._embedding[list(ids)].float()
        for i, layer in enumerate(layers):
            x += self._attend(layer, x, place, cache.both[i])
            x += self._feed(layer, x)
            yield x
        cache.length = start + count

    def _first_alone(self, ids: Sequence[int], cache: Cache, branching: Branching | None) -> bool:
        return self.smoothed and cache.length == 0 and len(ids) > 1 and branching is None

    def _behind_first(self, ids: Sequence[int], cache: Cache, keep: int) -> Tensor:
        """Read the first token alone, for its large activations would spoil the scale of the others'."""
        first = self.forward(ids[:1], cache)
        rest = self.forward(ids[1:], cache, keep=min(keep, len(ids) - 1))
        return torch.cat([first, rest]) if keep == len(ids) else rest

    def _attend(self, layer: Layer, x: Tensor, place: _Place, both: Tensor) -> Tensor:
        """Return the attention output (n, width), writing the new keys and values where they belong."""
        shape, count = self.shape, x.shape[0]
        x = _normalise(x, layer.attention_norm)
        qkv = layer.qkv.product(self._seen(layer, "qkv", x))
        if layer.qkv_bias is not None:
            qkv += layer.qkv_bias
        qkv = qkv.view(count, shape.heads + 2 * shape.kv_heads, shape.head_width)
        turned = qkv[:, : shape.heads + shape.kv_heads]
        if layer.query_norm is not None and layer.key_norm is not None:
            turned.copy_(_normalise_heads(turned, layer.query_norm, layer.key_norm, shape))
        torch.view_as_complex(turned.view(count, -1, shape.head_width // 2, 2)).mul_(place.turn)
        end = place.start + count
        new = qkv[:, shape.heads :].view(count, 2, shape.kv_heads, shape.head_width)
        both[:, :, place.start : end] = new.permute(1, 2, 0, 3)
        seen = both[:, :, :end]
        queries = qkv[:, : shape.heads]
        if count == 1 and place.mask is None:
            out = self._look_back(queries, seen)
        else:
            out = self._look_back_with(queries, seen, place.mask)
        out = layer.output.product(out)
        return out if layer.output_bias is None else out + layer.output_bias

    def _look_back(self, queries: Tensor, seen: Tensor) -> Tensor:
        """Return what one token's `queries` (1, heads, head width) find in the cache (2, …): (1, width)."""
        shape = self.shape
        grouped = queries.view(shape.kv_heads, -1, shape.head_width)
        scores = torch.baddbmm(
            self._nothing, grouped, seen[0].transpose(1, 2), beta=0, alpha=shape.head_width**-0.5
        )
        return torch.bmm(scores.softmax(-1), seen[1]).view(1, -1)

    def _look_back_with(self, queries: Tensor, seen: Tensor, mask: Tensor | None) -> Tensor:
        """Return the same for several tokens' `queries` (n, heads, head width), under `mask`: (n, width)."""
        shape, count = self.shape, queries.shape[0]
        # The query heads that share a key head become further rows of it: one product, no copies of keys.
        grouped = queries.transpose(0, 1).reshape(1, shape.kv_heads, -1, shape.head_width)
        out = functional.scaled_dot_product_attention(grouped, seen[:1], seen[1:], attn_mask=mask)
        return out.view(shape.heads, count, shape.head_width).transpose(0, 1).reshape(count, -1)

    def _feed(self, layer: Layer, x: Tensor) -> Tensor:
        """Return the gated feed-forward output (n, width)."""
        x = _normalise(x, layer.feed_norm)
        gate, up = layer.gate_up.product(self._seen(layer, "gate_up", x)).chunk(2, -1)
        return layer.down.product(functional.silu(gate).mul_(up))

    def _seen(self, layer: Layer, name: str, x: Tensor) -> Tensor:
        if self.observe is not None:
            self.observe(layer.number, name, x)
        return x

    def _mask(self, start: int, count: int, branching: Branching | None) -> Tensor | None:
        """Return what to add to the scores, (query rows, tokens), or None when everything is seen."""
        if branching is None:
            if count == 1:
                return None
            visible = torch.ones(count, start + count, dtype=torch.bool).tril_(start)
        else:
            visible = branching.visible
        mask = torch.zeros(visible.shape, dtype=torch.float32).masked_fill_(~visible, -torch.inf)
        return mask.repeat(self.shape.heads // self.shape.kv_heads, 1)


def smooth(shape: Shape, weights: Mapping[str, Tensor], calibration: Sequence[int]) -> dict[str, Tensor]:
    """Return the weights of a model, by their names, smoothed for rounded activations (dynamic.py).

    `calibration` are the tokens of a text; what the model computes does not change, only how it is split
    between the normalisations and the matrices behind them.
    """
    changed: dict[str, Tensor] = {}
    for (layer, name), seen in _largest_inputs(shape, weights, calibration).items():
        at = f"model.layers.{layer}."
        norm = f"{at}{_NORM_BEFORE[name]}.weight"
        sources = [f"{at}{source}.weight" for source in SOURCES[name]]
        divisor = dynamic.smoothing(seen, torch.cat([weights[source] for source in sources]).float())
        changed[norm] = weights[norm].float() / divisor
        changed |= {source: weights[source].float() * divisor for source in sources}
    return {name: changed[name] if name in changed else weights[name] for name in weights}


def _largest_inputs(
    shape: Shape, weights: Mapping[str, Tensor], calibration: Sequence[int]
) -> dict[tuple[int, str], Tensor]:
    """Return the largest magnitude of each input of the matrices behind a normalisation, on a text."""
    largest: dict[tuple[int, str], Tensor] = {}

    def observe(layer: int, name: str, x: Tensor) -> None:
        seen = x.abs().amax(0)
        largest[layer, name] = torch.maximum(largest.get((layer, name), seen), seen)

    network = LeanNetwork(shape, pack(shape, weights))
    cache = network.empty_cache()
    network.forward(calibration[:1], cache)  # the first token is read alone, here as later
    network.observe = observe
    network.forward(calibration[1:], cache)
    return largest


def _matrix(
    weights: Mapping[str, Tensor], name: str, rounded: bool, wide: torch.dtype, *, twice: bool = False
) -> Matrix:
    """Return a matrix whose activations are `rounded`, or that is multiplied in floats."""
    if (raw := weights.get(f"{name}{SUFFIX}")) is not None:
        return FourBitMatrix.of(raw)
    packed, scale = weights[name], weights[f"{name}.scale"]
    found: Matrix = (
        DynamicMatrix(packed, scale, twice=twice) if rounded else PackedMatrix(aligned(packed), scale, wide)
    )
    if f"{name}.blocks" in weights:
        return blocks.matrix(weights[f"{name}.blocks"], weights[f"{name}.block_scales"], found)
    return found


def _layer(shape: Shape, weights: Mapping[str, Tensor], at: str, smoothed: bool, wide: torch.dtype) -> Layer:
    return Layer(
        number=int(at.removesuffix(".")),
        attention_norm=_Norm.of(weights[f"{at}attention_norm"], shape),
        qkv=_matrix(weights, f"{at}qkv", smoothed, wide),
        qkv_bias=weights.get(f"{at}qkv.bias"),
        query_norm=weights.get(f"{at}q_norm"),
        key_norm=weights.get(f"{at}k_norm"),
        output=_matrix(weights, f"{at}output", smoothed, wide, twice=True),
        output_bias=weights.get(f"{at}output.bias"),
        feed_norm=_Norm.of(weights[f"{at}feed_norm"], shape),
        gate_up=_matrix(weights, f"{at}gate_up", smoothed, wide),
        down=_matrix(weights, f"{at}down", smoothed, wide, twice=True),
    )


def _normalise_heads(x: Tensor, query_norm: Tensor, key_norm: Tensor, shape: Shape) -> Tensor:
    """Return x (n, query and key heads, head width) with each head normalised (Qwen3)."""
    width = (shape.head_width,)
    queries = functional.rms_norm(x[:, : shape.heads], width, query_norm, shape.epsilon)
    keys = functional.rms_norm(x[:, shape.heads :], width, key_norm, shape.epsilon)
    return torch.cat([queries, keys], dim=1)


def _normalise(x: Tensor, norm: _Norm) -> Tensor:
    """Return the rows of x (n, width) normalised."""
    size = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return torch.mul(x, norm.weight).div_(size.hypot_(norm.least))
