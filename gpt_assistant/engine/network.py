"""What the engine asks of a neural network, and the plain path through transformers that any model takes.

A network turns tokens into logits and remembers keys and values. One call may carry a tree of tokens
and not only a sequence: each token then says which earlier ones it sees. That is how several
continuations share one pass over the weights (tree attention, Miao et al. 2023, SpecInfer), and it
replaces batches, whose copies of the prefix cost more than the pass.
"""

from __future__ import annotations

import copy
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

    def copy(self) -> Cache:
        """Return a cache of the same tokens that goes its own way from here."""
        ...


class Network(Protocol):
    """A causal language model."""

    layers: int
    width: int
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

    def states(
        self, ids: Sequence[int], cache: Cache, *, depth: int, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids` to the first `depth` layers of the cache; return what each of these leaves.

        That is the residual stream behind each layer, float32 (depth, n, width), on the CPU, for whoever
        reads a text's properties from it (features/sentiment_states.py); the layers above are not computed.
        The last layer is not to be had: transformers keeps only its normalised form. A cache that was
        filled so serves for further states of the same depth and for nothing else.
        Raises ValueError unless 0 < depth < layers.
        """
        ...

    def memory(self) -> int:
        """Return the bytes that the weights take."""
        ...

    def parameters(self) -> int:
        """Return how many weights the model has."""
        ...


def check_depth(depth: int, layers: int) -> None:
    """Raise ValueError unless the states of the first `depth` of so many layers can be had."""
    if not 0 < depth < layers:
        raise ValueError(f"there are no states of {depth} layers in a model that has {layers}")


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

    def copy(self) -> TransformersCache:
        """Return a cache of the same tokens."""
        twin = TransformersCache()
        twin.layers = copy.deepcopy(self.layers)
        return twin


class TransformersNetwork:
    """Any causal model of transformers, through its own forward()."""

    def __init__(self, model: Any, parameters: int = 0) -> None:
        self.model = model.eval()
        self.bits = 16  # of the linear layers, where they were packed
        self._parameters = parameters or int(model.num_parameters())
        self.config = model.config.get_text_config()
        self.layers = int(self.config.num_hidden_layers)
        self.width = int(self.config.hidden_size)
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
        logits: Tensor = self._run(ids, cache, keep, branching).logits[0, -keep:].float().cpu()
        return logits

    def states(
        self, ids: Sequence[int], cache: Cache, *, depth: int, branching: Branching | None = None
    ) -> Tensor:
        """Append `ids`; return the float32 states (depth, n, width). All layers are computed here."""
        check_depth(depth, self.layers)
        out = self._run(ids, cache, 1, branching, output_hidden_states=True)
        # The first of them is the embedding.
        return torch.cat(list(out.hidden_states[1 : depth + 1])).float().cpu()

    def _run(
        self, ids: Sequence[int], cache: Cache, keep: int, branching: Branching | None, **extra: Any
    ) -> Any:
        assert isinstance(cache, TransformersCache)
        if branching is not None:
            extra["position_ids"] = branching.positions[None, -len(ids) :].to(self.device)
            extra["attention_mask"] = self._mask(branching)
        with torch.inference_mode():
            return self.model(
                torch.tensor([list(ids)], device=self.device),
                past_key_values=cache.layers,
                use_cache=True,
                logits_to_keep=keep,
                **extra,
            )

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
