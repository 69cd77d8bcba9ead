"""The weights of Llama-type models as lean.py takes them: packed, joined, in one table by name.

Covers Llama, Mistral without a window, Qwen2 (biases) and Qwen3 (normalised queries and keys).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from gpt_assistant.engine import four_bits
from gpt_assistant.engine.quantize import check_finite, quantize_rows

_MODEL_TYPES = frozenset({"llama", "mistral", "qwen2", "qwen3"})
SMOOTHED = "smoothed"
_MOST_POSITIONS = 1 << 17  # their rotations are a table: 64 MB for heads of 128
_NOT_WEIGHTS = (".scale", ".blocks", ".block_scales", SMOOTHED)  # or the same ones again
SOURCES = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
}


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
            max_positions=min(config["max_position_embeddings"], _MOST_POSITIONS),
        )


def joined(shape: Shape, weights: Mapping[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    """Yield the tensors of a model's safetensors files by our names, what reads the same input as one.

    Matrices are as rows of outputs; the rows of a head that rotary embeddings turn into each other lie side
    by side. Raises KeyError for what is missing.
    """

    def rows(name: str) -> Tensor:
        turned = ".q_" in name or ".k_" in name
        return side_by_side(weights[name], shape.head_width) if turned else weights[name]

    for i in range(shape.layers):
        at, to = f"model.layers.{i}.", f"{i}."
        for name, sources in SOURCES.items():
            yield f"{to}{name}", torch.cat([rows(f"{at}{source}.weight") for source in sources])
            if biases := [rows(f"{at}{s}.bias") for s in sources if f"{at}{s}.bias" in weights]:
                yield f"{to}{name}.bias", torch.cat(biases)
        for name, source in (("output", "self_attn.o_proj"), ("down", "mlp.down_proj")):
            yield f"{to}{name}", weights[f"{at}{source}.weight"]
            if f"{at}{source}.bias" in weights:
                yield f"{to}{name}.bias", weights[f"{at}{source}.bias"]
        yield f"{to}attention_norm", weights[f"{at}input_layernorm.weight"]
        yield f"{to}feed_norm", weights[f"{at}post_attention_layernorm.weight"]
        for part in ("q", "k"):
            if (norm := f"{at}self_attn.{part}_norm.weight") in weights:
                yield f"{to}{part}_norm", rows(norm)
    yield "embedding", weights["model.embed_tokens.weight"]
    yield "norm", weights["model.norm.weight"]
    if "lm_head.weight" in weights:
        yield "head", weights["lm_head.weight"]


def pack(shape: Shape, weights: Mapping[str, Tensor], bits: int = 8) -> dict[str, Tensor]:
    """Return the packed weights of a model, from the tensors of its safetensors files by their names.

    With 4 `bits` all matrices but the projection onto the vocabulary are "….q4_1" (see four_bits.py), as
    far as their sizes allow it.
    """
    packed: dict[str, Tensor] = {}

    def matrix(name: str, tensor: Tensor) -> None:
        if bits == 4 and name != "head" and four_bits.takes(*tensor.shape):
            packed[f"{name}{four_bits.SUFFIX}"] = four_bits.pack_rows(tensor)
        else:
            packed[name], packed[f"{name}.scale"] = quantize_rows(tensor)

    for name, tensor in joined(shape, weights):
        check_finite(name, tensor)
        if name == "embedding":
            packed[name] = tensor.to(torch.bfloat16)
        elif tensor.dim() == 2:
            matrix(name, tensor)
        else:
            packed[name] = tensor.float()
    if "head" in packed:
        packed["head.own"] = torch.empty(0, dtype=torch.float32)
    else:
        matrix("head", weights["model.embed_tokens.weight"])
    return packed


def check(shape: Shape, weights: Mapping[str, Tensor]) -> None:
    """Raise ValueError unless the joined weights, packed or not, have the sizes of `shape`."""
    inner, kv = shape.heads * shape.head_width, shape.kv_heads * shape.head_width
    for i in range(shape.layers):
        feed = size_of(weights, f"{i}.down")[-1]
        sizes: dict[str, tuple[int, ...]] = {
            "qkv": (inner + 2 * kv, shape.width),
            "output": (shape.width, inner),
            "gate_up": (2 * feed, shape.width),
            "down": (shape.width, feed),
            "attention_norm": (shape.width,),
            "feed_norm": (shape.width,),
        }
        for name, size in sizes.items():
            if size_of(weights, f"{i}.{name}") != size:
                found = "×".join(map(str, size_of(weights, f"{i}.{name}")))
                raise ValueError(f"{name} of layer {i} has the size {found}, not {'×'.join(map(str, size))}")
    if weights["embedding"].shape[-1] != shape.width or weights["norm"].shape != (shape.width,):
        raise ValueError("its embedding has another width than config.json states")


def size_of(weights: Mapping[str, Tensor], name: str) -> tuple[int, ...]:
    """Return the sizes of the matrix or vector `name`, however it is packed. Raises KeyError."""
    if (raw := weights.get(f"{name}{four_bits.SUFFIX}")) is not None:
        return len(raw), raw.shape[1] // four_bits.BLOCK_BYTES * four_bits.GROUP
    return tuple(weights[name].shape)


def check_packed(shape: Shape, weights: Mapping[str, Tensor]) -> None:
    """Raise ValueError or KeyError unless what was read from a file is what `pack` returns for `shape`."""
    check(shape, weights)
    for name, tensor in weights.items():
        if tensor.dtype is torch.int8 and weights[f"{name}.scale"].shape != tensor.shape[:1]:
            raise ValueError(f"the scales of {name} do not fit it")
        if name.endswith(".scale") and weights[name.removesuffix(".scale")].dtype is not torch.int8:
            raise ValueError(f"{name} is of what is not packed")
        if tensor.dim() == 1 and tensor.is_floating_point() and not bool(tensor.isfinite().all()):
            raise ValueError(f"{name} has what is no number")
    if weights["embedding"].dtype is not torch.bfloat16:
        raise ValueError("the embedding has another type")


def count_parameters(weights: Mapping[str, Tensor]) -> int:
    """Return how many parameters the packed weights stand for; an embedding that is the head counts once."""
    tied = weights["embedding"].numel() if "head.own" not in weights else 0
    extra = sum(t.numel() for name, t in weights.items() if name.endswith(_NOT_WEIGHTS))
    small = sum(t.numel() for name, t in weights.items() if name.endswith(four_bits.SUFFIX))
    in_blocks = small // four_bits.BLOCK_BYTES * four_bits.GROUP - small
    return sum(t.numel() for t in weights.values()) - extra - tied + in_blocks


def side_by_side(rows: Tensor, head_width: int) -> Tensor:
    """Return the rows of a query or key projection with those that are rotated into each other in pairs."""
    halves = rows.reshape(-1, 2, head_width // 2, *rows.shape[1:])
    return halves.transpose(1, 2).reshape(rows.shape)


def turns(shape: Shape) -> Tensor:
    """Return e^(i·angle) (positions, 1, head width / 2) of rotary embeddings (Su et al. 2021), complex64."""
    half = torch.arange(0, shape.head_width, 2).float() / shape.head_width
    angles = torch.outer(torch.arange(shape.max_positions).float(), 1.0 / shape.rope_theta**half)
    return torch.polar(torch.ones_like(angles), angles)[:, None]
