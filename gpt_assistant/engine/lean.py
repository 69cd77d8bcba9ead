"""A forward pass for Llama-type models on the CPU, without what a general library has to carry.

One token through transformers costs the default model about as much in Python, cache copies and
dispatch as in arithmetic. Here the projections that read the same input are one product, the weights
are 8-bit integers (quantize.py), and keys and values are written in place into a buffer that only
grows. Activations, keys and values stay float32: on a processor without bfloat16 arithmetic the small
operators are faster in it, and none of them is bound by memory.

Covers Llama, Mistral without a window, Qwen2 (biases) and Qwen3 (normalised queries and keys), whose
equations are those of transformers' modeling files; everything else takes the plain path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from gpt_assistant.engine import blocks, dynamic
from gpt_assistant.engine.blocks import BlockMatrix
from gpt_assistant.engine.dynamic import DynamicMatrix
from gpt_assistant.engine.network import Branching, Cache
from gpt_assistant.engine.quantize import PackedMatrix, aligned, prefill_dtype, quantize_rows

_MODEL_TYPES = frozenset({"llama", "mistral", "qwen2", "qwen3"})
_INITIAL_CAPACITY = 640
SMOOTHED = "smoothed"
_NOT_WEIGHTS = (".scale", ".blocks", ".block_scales", SMOOTHED)  # or the same ones again
_SOURCES = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
}
_NORM_BEFORE = {"qkv": "input_layernorm", "gate_up": "post_attention_layernorm"}

Matrix = PackedMatrix | DynamicMatrix | BlockMatrix


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a Llama-type model."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    head_width: int
    epsilon: float
    rope_theta: float
    max_positions: int

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Shape | None:
        """Return the sizes that a config.json states, or None for a model that this file does not cover."""
        rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
        covered = (
            config.get("model_type") in _MODEL_TYPES
            and config.get("hidden_act", "silu") == "silu"
            and rope.get("rope_type", rope.get("type", "default")) == "default"
            and not (config.get("sliding_window") and config.get("use_sliding_window", True))
            and not config.get("mlp_bias")
        )
        if not covered:
            return None
        heads = config["num_attention_heads"]
        return cls(
            layers=config["num_hidden_layers"],
            width=config["hidden_size"],
            heads=heads,
            kv_heads=config.get("num_key_value_heads") or heads,
            head_width=config.get("head_dim") or config["hidden_size"] // heads,
            epsilon=config.get("rms_norm_eps", 1e-6),
            rope_theta=float(rope.get("rope_theta") or config.get("rope_theta") or 10000.0),
            max_positions=config["max_position_embeddings"],
        )


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one block; matrices are as rows of outputs."""

    number: int
    attention_norm: Tensor
    qkv: Matrix
    qkv_bias: Tensor | None
    query_norm: Tensor | None
    key_norm: Tensor | None
    output: Matrix
    output_bias: Tensor | None
    feed_norm: Tensor
    gate_up: Matrix
    down: Matrix


@dataclass(frozen=True, slots=True)
class _Place:
    """Where new tokens stand: their place in the cache, their rotations, and what to add to the scores."""

    start: int
    cos: Tensor
    sin: Tensor
    mask: Tensor | None


class LeanCache:
    """Keys and values of all layers, (layers, kv heads, capacity, head width), filled up to `length`."""

    def __init__(self, shape: Shape) -> None:
        self.length = 0
        self.keys = torch.empty(shape.layers, shape.kv_heads, _INITIAL_CAPACITY, shape.head_width)
        self.values = torch.empty_like(self.keys)

    def reserve(self, length: int) -> None:
        """Make room for `length` tokens."""
        capacity = self.keys.shape[2]
        if length <= capacity:
            return
        layers, heads, _, width = self.keys.shape
        for name in ("keys", "values"):
            wider = torch.empty(layers, heads, max(length, 2 * capacity), width)
            wider[:, :, : self.length] = getattr(self, name)[:, :, : self.length]
            setattr(self, name, wider)

    def keep(self, length: int, further: Sequence[int] = ()) -> None:
        """Keep the first `length` tokens and those at `further`."""
        end = length + len(further)
        if list(further) != list(range(length, end)):
            index = torch.tensor(further)
            self.keys[:, :, length:end] = self.keys[:, :, index]
            self.values[:, :, length:end] = self.values[:, :, index]
        self.length = end


class LeanNetwork:
    """A Llama-type model with packed weights; see the module's docstring."""

    def __init__(self, shape: Shape, weights: Mapping[str, Tensor], wide: torch.dtype | None = None) -> None:
        """Take the weights as `pack` returns them; many rows are multiplied in the type `wide`."""
        wide = wide or prefill_dtype()
        self.shape = shape
        self.device = torch.device("cpu")
        self.dtype = torch.float32
        self.max_positions = shape.max_positions
        self.smoothed = SMOOTHED in weights and dynamic.available()
        self._bytes = sum(t.numel() * t.element_size() for t in weights.values())
        self._parameters = _count(weights)
        self._embedding = weights["embedding"]
        self._norm = weights["norm"]
        self._head = _matrix(weights, "head", self.smoothed, wide, twice=True)
        self._layers = [_layer(weights, f"{i}.", self.smoothed, wide) for i in range(shape.layers)]
        # Set while packing: called with a layer's number, the name of a matrix and what goes into it.
        self.observe: Callable[[int, str, Tensor], None] | None = None
        self._cos, self._sin = _rotation(shape)

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
        assert isinstance(cache, LeanCache)
        if self.smoothed and cache.length == 0 and len(ids) > 1 and branching is None:
            return self._behind_first(ids, cache, keep)
        start, count = cache.length, len(ids)
        cache.reserve(start + count)
        with torch.inference_mode():
            if branching is None:
                at: Tensor | slice = slice(start, start + count)
            else:
                at = branching.positions[-count:]
            place = _Place(start, self._cos[at], self._sin[at], self._mask(start, count, branching))
            x = self._embedding[list(ids)].float()
            for i, layer in enumerate(self._layers):
                x += self._attend(layer, x, place, cache.keys[i], cache.values[i])
                x += self._feed(layer, x)
            x = functional.rms_norm(x[-keep:], (self.shape.width,), self._norm, self.shape.epsilon)
            cache.length = start + count
            return self._head.product(x)

    def _behind_first(self, ids: Sequence[int], cache: Cache, keep: int) -> Tensor:
        """Read the first token alone, for its large activations would spoil the scale of the others'."""
        first = self.forward(ids[:1], cache)
        rest = self.forward(ids[1:], cache, keep=min(keep, len(ids) - 1))
        return torch.cat([first, rest]) if keep == len(ids) else rest

    def _attend(self, layer: Layer, x: Tensor, place: _Place, keys: Tensor, values: Tensor) -> Tensor:
        """Return the attention output (n, width), writing the new keys and values where they belong."""
        shape, count = self.shape, x.shape[0]
        x = functional.rms_norm(x, (shape.width,), layer.attention_norm, shape.epsilon)
        qkv = layer.qkv.product(self._seen(layer, "qkv", x))
        if layer.qkv_bias is not None:
            qkv = qkv + layer.qkv_bias
        qkv = qkv.view(count, shape.heads + 2 * shape.kv_heads, shape.head_width)
        rotated = qkv[:, : shape.heads + shape.kv_heads]
        if layer.query_norm is not None and layer.key_norm is not None:
            rotated = _normalise_heads(rotated, layer.query_norm, layer.key_norm, shape)
        rotated = torch.addcmul(rotated * place.cos, rotated.roll(shape.head_width // 2, -1), place.sin)
        start, end = place.start, place.start + count
        keys[:, start:end] = rotated[:, shape.heads :].transpose(0, 1)
        values[:, start:end] = qkv[:, shape.heads + shape.kv_heads :].transpose(0, 1)
        # The query heads that share a key head become further rows of it: one product, no copies of keys.
        queries = rotated[:, : shape.heads].transpose(0, 1).reshape(1, shape.kv_heads, -1, shape.head_width)
        out = functional.scaled_dot_product_attention(
            queries, keys[None, :, :end], values[None, :, :end], attn_mask=place.mask
        )
        out = out.view(shape.heads, count, shape.head_width).transpose(0, 1).reshape(count, -1)
        out = layer.output.product(out)
        return out if layer.output_bias is None else out + layer.output_bias

    def _feed(self, layer: Layer, x: Tensor) -> Tensor:
        """Return the gated feed-forward output (n, width)."""
        x = functional.rms_norm(x, (self.shape.width,), layer.feed_norm, self.shape.epsilon)
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
        mask = torch.zeros(visible.shape).masked_fill_(~visible, -torch.inf)
        return mask.repeat(self.shape.heads // self.shape.kv_heads, 1)


def pack(shape: Shape, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the packed weights of a model, from the tensors of its safetensors files by their names."""
    packed: dict[str, Tensor] = {}

    def matrix(name: str, *sources: str) -> None:
        joined = torch.cat([weights[f"{source}.weight"] for source in sources])
        packed[name], packed[f"{name}.scale"] = quantize_rows(joined)
        biases = [weights[f"{s}.bias"] for s in sources if f"{s}.bias" in weights]
        if biases:
            packed[f"{name}.bias"] = torch.cat(biases).float()

    for i in range(shape.layers):
        at, to = f"model.layers.{i}.", f"{i}."
        for name, sources in _SOURCES.items():
            matrix(f"{to}{name}", *(f"{at}{source}" for source in sources))
        matrix(f"{to}output", f"{at}self_attn.o_proj")
        matrix(f"{to}down", f"{at}mlp.down_proj")
        packed[f"{to}attention_norm"] = weights[f"{at}input_layernorm.weight"].float()
        packed[f"{to}feed_norm"] = weights[f"{at}post_attention_layernorm.weight"].float()
        for part in ("q", "k"):
            if (norm := weights.get(f"{at}self_attn.{part}_norm.weight")) is not None:
                packed[f"{to}{part}_norm"] = norm.float()
    packed["embedding"] = weights["model.embed_tokens.weight"].to(torch.bfloat16)
    packed["norm"] = weights["model.norm.weight"].float()
    if "lm_head.weight" in weights:
        matrix("head", "lm_head")
        packed["head.own"] = torch.empty(0)
    else:
        matrix("head", "model.embed_tokens")
    return packed


def smooth(shape: Shape, weights: Mapping[str, Tensor], calibration: Sequence[int]) -> dict[str, Tensor]:
    """Return the weights of a model, by their names, smoothed for rounded activations (dynamic.py).

    `calibration` are the tokens of a text; what the model computes does not change, only how it is split
    between the normalisations and the matrices behind them.
    """
    changed: dict[str, Tensor] = {}
    for (layer, name), seen in _largest_inputs(shape, weights, calibration).items():
        at = f"model.layers.{layer}."
        norm = f"{at}{_NORM_BEFORE[name]}.weight"
        sources = [f"{at}{source}.weight" for source in _SOURCES[name]]
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


def _count(weights: Mapping[str, Tensor]) -> int:
    """Return how many parameters the packed weights stand for; an embedding that is the head counts once."""
    tied = weights["embedding"].numel() if "head.own" not in weights else 0
    extra = sum(t.numel() for name, t in weights.items() if name.endswith(_NOT_WEIGHTS))
    return sum(t.numel() for t in weights.values()) - extra - tied


def _matrix(
    weights: Mapping[str, Tensor], name: str, rounded: bool, wide: torch.dtype, *, twice: bool = False
) -> Matrix:
    """Return a matrix whose activations are `rounded`, or that is multiplied in floats."""
    packed, scale = weights[name], weights[f"{name}.scale"]
    found: Matrix = (
        DynamicMatrix(packed, scale, twice=twice) if rounded else PackedMatrix(aligned(packed), scale, wide)
    )
    if f"{name}.blocks" in weights:
        return blocks.matrix(weights[f"{name}.blocks"], weights[f"{name}.block_scales"], found)
    return found


def _layer(weights: Mapping[str, Tensor], at: str, smoothed: bool, wide: torch.dtype) -> Layer:
    return Layer(
        number=int(at.removesuffix(".")),
        attention_norm=weights[f"{at}attention_norm"],
        qkv=_matrix(weights, f"{at}qkv", smoothed, wide),
        qkv_bias=weights.get(f"{at}qkv.bias"),
        query_norm=weights.get(f"{at}q_norm"),
        key_norm=weights.get(f"{at}k_norm"),
        output=_matrix(weights, f"{at}output", smoothed, wide, twice=True),
        output_bias=weights.get(f"{at}output.bias"),
        feed_norm=weights[f"{at}feed_norm"],
        gate_up=_matrix(weights, f"{at}gate_up", smoothed, wide),
        down=_matrix(weights, f"{at}down", smoothed, wide, twice=True),
    )


def _normalise_heads(x: Tensor, query_norm: Tensor, key_norm: Tensor, shape: Shape) -> Tensor:
    """Return x (n, query and key heads, head width) with each head normalised (Qwen3)."""
    width = (shape.head_width,)
    queries = functional.rms_norm(x[:, : shape.heads], width, query_norm, shape.epsilon)
    keys = functional.rms_norm(x[:, shape.heads :], width, key_norm, shape.epsilon)
    return torch.cat([queries, keys], dim=1)


def _rotation(shape: Shape) -> tuple[Tensor, Tensor]:
    """Return cosines and signed sines (positions, 1, head width) of rotary embeddings (Su et al. 2021).

    The sign of the half-turn is in the sines, so that a rotation is x·cos + roll(x)·sin.
    """
    half = torch.arange(0, shape.head_width, 2).float() / shape.head_width
    angles = torch.outer(torch.arange(shape.max_positions).float(), 1.0 / shape.rope_theta**half)
    cos, sin = angles.cos(), angles.sin()
    return torch.cat([cos, cos], -1)[:, None], torch.cat([-sin, sin], -1)[:, None]
