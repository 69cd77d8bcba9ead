"""Networks of known sizes with random weights, to measure speed where no model can be fetched."""

from __future__ import annotations

from typing import Any

import torch

from gpt_assistant.engine import lean, lean_weights
from gpt_assistant.engine.native import library
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.weights import from_packed
from gpt_assistant.engine.network import Network
from gpt_assistant.engine.static import StaticNetwork

_COMMON = {"model_type": "llama", "max_position_embeddings": 4096, "rms_norm_eps": 1e-5, "rope_theta": 1e5}


def _llama(width: int, layers: int, heads: tuple[int, int], feed: int, vocabulary: int) -> dict[str, Any]:
    """`heads` are those of queries and those of keys and values."""
    return _COMMON | {
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads[0],
        "num_key_value_heads": heads[1],
        "intermediate_size": feed,
        "vocab_size": vocabulary,
        "tie_word_embeddings": True,
    }


CONFIGS: dict[str, dict[str, Any]] = {
    "smollm2-135m": _llama(576, 30, (9, 3), 1536, 49152),
    "smollm2-360m": _llama(960, 32, (15, 5), 2560, 49152),
    "llama-1b": _llama(2048, 16, (32, 8), 8192, 128256),
    "smollm2-1.7b": _llama(2048, 24, (32, 32), 8192, 49152),
    "llama-8b": _llama(4096, 32, (32, 8), 14336, 128256),
}


def random_network(name: str, device: str, dtype: str) -> tuple[Network, int]:
    """Return a network of the configuration `name` with random weights, and its vocabulary's size."""
    config = CONFIGS[name]
    from transformers import AutoModelForCausalLM, LlamaConfig  # noqa: PLC0415 (seconds)

    from gpt_assistant.engine.network import TransformersNetwork  # noqa: PLC0415

    automatic = torch.float32 if device == "cpu" else torch.bfloat16
    wanted = automatic if dtype == "auto" else getattr(torch, dtype)
    torch.manual_seed(7)
    arguments = {key: value for key, value in config.items() if key != "model_type"}
    with torch.device(device):
        maker: Any = AutoModelForCausalLM
        model = maker.from_config(LlamaConfig(**arguments), dtype=wanted)
    shape = lean_weights.Shape.of(config)
    if device == "cpu" and dtype == "auto" and shape is not None:
        # The head is the embedding, which a file of weights would hold once.
        weights = {key: value for key, value in model.state_dict().items() if key != "lm_head.weight"}
        packed = lean_weights.pack(shape, weights)
        if (kernel := library.kernel()) is not None:
            return NativeNetwork(shape, from_packed(shape, packed), kernel), config["vocab_size"]
        return lean.LeanNetwork(shape, packed), config["vocab_size"]
    if device == "cuda" and shape is not None:
        weights = dict(lean_weights.joined(shape, model.state_dict()))
        return StaticNetwork(shape, weights, torch.device(device), wanted), config["vocab_size"]
    return TransformersNetwork(model), config["vocab_size"]
