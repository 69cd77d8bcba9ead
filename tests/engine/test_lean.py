"""The lean path: which models it covers, what it packs, and that it is the model.

test_network.py takes it through every way of using it; here is what only it has.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_models
import torch
from safetensors.torch import load_file, save_file
from tiny_models import divergence, log_probabilities

from gpt_assistant.engine import lean, lean_weights
from gpt_assistant.engine.lean import LeanNetwork, Shape
from gpt_assistant.engine.quantize import prefill_dtype

TEXT = [(11 * i * i + 5 * i) % tiny_models.SIZE for i in range(30)]


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.mark.parametrize("name", tiny_models.LEAN)
def test_it_is_the_model_of_transformers(name: str) -> None:
    """Against float32 weights, so 8 bits and bfloat16 included: under 0.005 nats at every place."""
    network = tiny_models.lean_network(tiny_models.cached_model(name))
    plain = log_probabilities(tiny_models.cached_model(name), TEXT)
    rounded = log_probabilities(tiny_models.cached_rounded(name, True), TEXT)
    wide = network.forward(TEXT, network.empty_cache(), keep=len(TEXT)).log_softmax(-1)
    cache = network.empty_cache()
    single = torch.cat([network.forward([token], cache) for token in TEXT]).log_softmax(-1)
    tolerance = 1e-4 if prefill_dtype() == torch.float32 else 0.2
    torch.testing.assert_close(wide, rounded, atol=tolerance, rtol=0)
    for got in (wide, single):
        assert float(divergence(rounded, got).max()) < 0.005
        assert float(divergence(plain, got).max()) < 0.02


@pytest.mark.parametrize("width", [40, 30])
def test_widths_that_the_integer_kernels_cannot_step_through(width: int) -> None:
    """Heads and feed-forward layers may have any width: the kernels would read beyond the last row."""
    model = tiny_models.build("llama", intermediate_size=width, head_dim=10)
    network = tiny_models.lean_network(model)
    cache = network.empty_cache()
    got = torch.cat([network.forward([token], cache) for token in TEXT]).log_softmax(-1)
    wanted = log_probabilities(tiny_models.rounded(model, embedding=True), TEXT)
    assert float(divergence(wanted, got).max()) < 0.005


@pytest.mark.parametrize("name", tiny_models.LEAN)
def test_it_counts_the_weights_as_transformers_does(name: str) -> None:
    model = tiny_models.cached_model(name)
    network = tiny_models.lean_network(model)
    assert network.parameters() == model.num_parameters()
    assert network.memory() < 2.5 * model.num_parameters()
    assert network.max_positions == model.config.max_position_embeddings
    assert (network.device.type, network.dtype) == ("cpu", torch.float32)


@pytest.mark.parametrize("name", ["gpt2", "gemma2", "gemma3", "mistral-window"])
def test_other_models_are_not_covered(name: str) -> None:
    assert Shape.of(tiny_models.cached_model(name).config.to_dict()) is None


@pytest.mark.parametrize(
    "change",
    [
        {"hidden_act": "gelu"},
        {"mlp_bias": True},
        {"rope_parameters": {"rope_type": "yarn", "factor": 4.0, "rope_theta": 1e4}},
        {"rope_scaling": {"type": "linear", "factor": 2.0}, "rope_parameters": None},
        {"sliding_window": 64, "use_sliding_window": True},
        {"model_type": "llama4"},
    ],
)
def test_what_the_equations_do_not_say_is_not_covered(change: dict[str, object]) -> None:
    config = tiny_models.cached_model("llama").config.to_dict()
    assert Shape.of(config) is not None
    assert Shape.of({**config, **change}) is None


def test_a_window_that_is_switched_off_is_none() -> None:
    config = tiny_models.cached_model("qwen2").config.to_dict()
    assert Shape.of({**config, "sliding_window": 32768, "use_sliding_window": False}) is not None


def test_configurations_of_before_transformers_5() -> None:
    """rope_theta stood by itself, and head_dim and the number of key heads could be left out."""
    config = {
        "model_type": "llama",
        "num_hidden_layers": 1,
        "hidden_size": 64,
        "num_attention_heads": 4,
        "rope_theta": 500000,
        "rope_scaling": None,
        "max_position_embeddings": 32,
    }
    assert Shape.of(config) == Shape(1, 64, 4, 4, 16, 1e-6, 500000.0, 32)


def test_the_cache_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean, "_INITIAL_CAPACITY", 4)
    network = tiny_models.lean_network(tiny_models.cached_model("llama"))
    cache = network.empty_cache()
    rows = [network.forward(TEXT[i : i + 3], cache, keep=3) for i in range(0, len(TEXT), 3)]
    wanted = log_probabilities(tiny_models.cached_rounded("llama", True), TEXT)
    assert float(divergence(wanted, torch.cat(rows).log_softmax(-1)).max()) < 0.005
    assert cache.length == len(TEXT) <= cache.both.shape[3] <= 2 * len(TEXT)


def test_packed_weights_survive_a_file(tmp_path: Path) -> None:
    model = tiny_models.cached_model("llama-untied")
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    weights = tiny_models.lean_weights(model, shape)
    save_file({k: v.contiguous() for k, v in weights.items()}, tmp_path / "w.safetensors")
    read = LeanNetwork(shape, load_file(tmp_path / "w.safetensors"))
    made = LeanNetwork(shape, weights)
    answers = [n.forward(TEXT, n.empty_cache()) for n in (read, made)]
    assert torch.equal(*answers)
    assert read.parameters() == made.parameters()


def test_a_model_that_lacks_weights_says_which() -> None:
    model = tiny_models.cached_model("llama")
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    weights = dict(model.state_dict())
    del weights["model.layers.1.mlp.down_proj.weight"]
    with pytest.raises(KeyError, match="down_proj"):
        lean_weights.pack(shape, weights)
