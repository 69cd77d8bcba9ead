"""What the engine asks of a neural network, and the plain path through transformers that any model takes.

A network turns tokens into logits and remembers keys and values. One call may carry a tree of tokens
and not only a sequence: each token then says which earlier ones it sees. That is how several
continuations share one pass over the weights (tree attention, Miao et al. 2023, SpecInfer), and it
replaces batches, whose copies of the prefix cost more than the pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Branching:
    """How the last n of `total` tokens stand in a tree, the others being cached.

    `positions` (total,) are the places in the text, `visible` (n, total) is True where a token sees another.
    """

    positions: Tensor
    visible: Tensor


class Cache(Protocol):
    """Keys and values of `length` tokens."""

    @property
    def length(self) -> int:
        """Return how many tokens are cached."""
        ...

    def keep(self, length: int, further: Sequence[int] = ()) -> None:
        """Keep the first `length` tokens and, behind them, those at the places `further`; forget the rest."""
        ...


class Network(Protocol):
    """A causal language model."""

    max_positions: int
    device: torch.device
    dtype: torch.dtype

    def empty_cache(self) -> Cache:
        """Return a cache of no tokens."""
        ...

    def forward(
        self, ids: Sequence[int], cache: Cache, *, keep: int = 1, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids` to the cache; return the float32 logits (keep, vocabulary) after the last `keep`."""
        ...

    def memory(self) -> int:
        """Return the bytes that the weights take."""
        ...

    def parameters(self) -> int:
        """Return how many weights the model has."""
        ...


class TransformersCache:
    """A DynamicCache whose layers all keep every token, so that any of them can be taken back.

    Layers with a sliding window would drop what left it; the mask sees to the window instead.
    """

    def __init__(self) -> None:
        from transformers import DynamicCache  # noqa: PLC0415 (seconds that the lean path saves)

        self.layers: Any = DynamicCache()

    @property
    def length(self) -> int:
        """Return how many tokens are cached."""
        return int(self.layers.get_seq_length())

    def keep(self, length: int, further: Sequence[int] = ()) -> None:
        """Keep the first `length` tokens and those at `further`."""
        index = torch.tensor([*range(length), *further]) if further else slice(0, length)
        for layer in self.layers.layers:
            keys, values = getattr(layer, "keys", None), getattr(layer, "values", None)
            if keys is None or values is None:
                if length:
                    raise RuntimeError(
                        "this model's memory cannot be cut back; choose one with attention only"
                    )
                continue
            if keys.numel():
                layer.keys, layer.values = keys[..., index, :], values[..., index, :]


class TransformersNetwork:
    """Any causal model of transformers, through its own forward()."""

    def __init__(self, model: Any, parameters: int = 0) -> None:
        self.model = model.eval()
        self._parameters = parameters or int(model.num_parameters())
        self.config = model.config.get_text_config()
        self.device = model.device
        self.dtype = model.dtype
        self.max_positions = int(getattr(self.config, "max_position_embeddings", 0) or 1 << 20)

    def empty_cache(self) -> TransformersCache:
        """Return a cache of no tokens."""
        return TransformersCache()

    def forward(
        self, ids: Sequence[int], cache: Cache, *, keep: int = 1, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return float32 logits (keep, vocabulary) on the CPU."""
        assert isinstance(cache, TransformersCache)
        extra: dict[str, Any] = {}
        if branching is not None:
            extra["position_ids"] = branching.positions[None, -len(ids) :].to(self.device)
            extra["attention_mask"] = self._mask(branching)
        with torch.inference_mode():
            out = self.model(
                torch.tensor([list(ids)], device=self.device),
                past_key_values=cache.layers,
                use_cache=True,
                logits_to_keep=keep,
                **extra,
            )
        logits: Tensor = out.logits[0, -keep:].float().cpu()
        return logits

    def memory(self) -> int:
        """Return the bytes of parameters and buffers."""
        tensors = {id(t): t for t in [*self.model.parameters(), *self.model.buffers()]}
        return sum(t.numel() * t.element_size() for t in tensors.values())

    def parameters(self) -> int:
        """Return how many weights the model had before any were packed."""
        return self._parameters

    def _mask(self, branching: Branching) -> Tensor | dict[str, Tensor]:
        """Return the additive mask (1, 1, n, total), or one for each kind of attention layer."""
        full = self._additive(branching.visible)
        width = getattr(self.config, "sliding_window", None)
        # Models older than layer_types slide in every layer, or, with no width, in none.
        kinds = set(getattr(self.config, "layer_types", None) or ["sliding_attention"])
        if not width or kinds == {"full_attention"}:
            return full
        rows = branching.positions[-branching.visible.shape[0] :]
        near = rows[:, None] - branching.positions[None] < width
        sliding = self._additive(branching.visible & near)
        return sliding if len(kinds) == 1 else {"full_attention": full, "sliding_attention": sliding}

    def _additive(self, visible: Tensor) -> Tensor:
        mask = torch.zeros(visible.shape, dtype=self.dtype)
        mask.masked_fill_(~visible, torch.finfo(self.dtype).min)
        return mask[None, None].to(self.device)
