"""Attention as computed, against its definition written out.

softmax(QKᵀ/√d_k)V and Concat(head₁, …, head_h)Wᴼ are equations 1 and 3.2.2 of Vaswani et al. (2017),
"Attention is all you need"; rotary embeddings those of Su et al. (2021). Everything here is in float64,
head by head and position by position, without any of the engine's own functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import tiny_models
import torch
from torch import Tensor

from gpt_assistant.engine.lean import LeanNetwork, _Place

COUNT = 11
CACHED = 6


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@dataclass(frozen=True)
class Weights:
    """The projections of a layer as (outputs, inputs), in float64, with what the family adds to them."""

    query: Tensor
    key: Tensor
    value: Tensor
    output: Tensor
    query_bias: Tensor | float = 0.0
    key_bias: Tensor | float = 0.0
    value_bias: Tensor | float = 0.0
    output_bias: Tensor | float = 0.0
    query_norm: Tensor | None = None
    key_norm: Tensor | None = None


def attention(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return softmax(qKᵀ/√d_k)V for one query (d_k,) over keys (n, d_k) and values (n, d_v)."""
    scores = [float(query @ key) / math.sqrt(len(query)) for key in keys]
    weights = [math.exp(score - max(scores)) for score in scores]
    return sum(w / sum(weights) * value for w, value in zip(weights, values, strict=True))


def rotated(x: Tensor, position: int, theta: float) -> Tensor:
    """Return x with each pair (x_i, x_{i+d/2}) turned by position·theta^(-2i/d)."""
    half = len(x) // 2
    out = x.clone()
    for i in range(half):
        angle = position * theta ** (-2 * i / len(x))
        out[i] = x[i] * math.cos(angle) - x[i + half] * math.sin(angle)
        out[i + half] = x[i + half] * math.cos(angle) + x[i] * math.sin(angle)
    return out


def normalised(x: Tensor, weight: Tensor | None, epsilon: float) -> Tensor:
    """Return x / √(mean x² + ε) · weight (Zhang and Sennrich 2019), or x where there is no weight."""
    return x if weight is None else x / (x.square().mean() + epsilon).sqrt() * weight


def multi_head(x: Tensor, weights: Weights, config: object, visible: Callable[[int], list[int]]) -> Tensor:
    """Return Concat(head₁, …)Wᴼ for x (n, width); position i attends to `visible(i)`."""
    heads, groups, width = config.num_attention_heads, config.num_key_value_heads, config.head_dim
    theta = config.rope_parameters["rope_theta"]
    rows = []
    for i in range(len(x)):
        outputs = []
        for head in range(heads):
            group = head // (heads // groups)  # grouped queries: Ainslie et al. (2023)

            def project(at: int, matrix: Tensor, bias: Tensor | float, of: int) -> Tensor:
                return (matrix @ x[at] + bias)[of * width : (of + 1) * width]

            query = project(i, weights.query, weights.query_bias, head)
            query = rotated(normalised(query, weights.query_norm, config.rms_norm_eps), i, theta)
            keys, values = [], []
            for j in visible(i):
                key = project(j, weights.key, weights.key_bias, group)
                keys.append(rotated(normalised(key, weights.key_norm, config.rms_norm_eps), j, theta))
                values.append(project(j, weights.value, weights.value_bias, group))
            outputs.append(attention(query, torch.stack(keys), torch.stack(values)))
        rows.append(weights.output @ torch.cat(outputs) + weights.output_bias)
    return torch.stack(rows)


def weights_of(layer: object) -> Weights:
    """Return the weights of one of transformers' attention layers."""

    def double(module: str, part: str = "weight") -> Tensor | None:
        found = getattr(getattr(layer, module, None), part, None)
        return None if found is None else found.detach().double()

    def bias(module: str) -> Tensor | float:
        found = double(module, "bias")
        return 0.0 if found is None else found

    return Weights(
        double("q_proj"), double("k_proj"), double("v_proj"), double("o_proj"),
        bias("q_proj"), bias("k_proj"), bias("v_proj"), bias("o_proj"),
        double("q_norm"), double("k_norm"),
    )  # fmt: skip


def causal(i: int) -> list[int]:
    return list(range(i + 1))


@pytest.mark.parametrize("name", ["llama", "llama-untied", "qwen2", "qwen3"])
@pytest.mark.parametrize("how", ["sdpa", "eager"])
def test_transformers_computes_the_definition(name: str, how: str) -> None:
    model = tiny_models.build(name)
    model.set_attn_implementation(how)
    x = torch.randn(1, COUNT, 64, generator=torch.Generator().manual_seed(1))
    mask = torch.full((COUNT, COUNT), -torch.inf).triu(1)[None, None]
    layer = model.model.layers[1].self_attn
    with torch.inference_mode():
        places = model.model.rotary_emb(x, torch.arange(COUNT)[None])
        got = layer(x, position_embeddings=places, attention_mask=mask)[0][0]
    wanted = multi_head(x[0].double(), weights_of(layer), model.config, causal)
    torch.testing.assert_close(got.double(), wanted, atol=1e-5, rtol=0)


@pytest.fixture(params=["llama", "llama-untied", "qwen2", "qwen3"])
def lean(request: pytest.FixtureRequest) -> tuple[LeanNetwork, object, Weights, Tensor]:
    """Return a lean network, its configuration, what its second layer is to compute, and an input."""
    model = tiny_models.cached_model(request.param)
    network = tiny_models.cached_lean_network(request.param, torch.float32)
    exact = tiny_models.cached_rounded(request.param, True)
    x = torch.randn(COUNT, 64, generator=torch.Generator().manual_seed(2))
    return network, model.config, weights_of(exact.model.layers[1].self_attn), x


def attend(network: LeanNetwork, x: Tensor, start: int, visible: Tensor | None, cache: object) -> Tensor:
    """Run the second layer's attention on rows of x that stand at `start`."""
    at = slice(start, start + len(x))
    groups = network.shape.heads // network.shape.kv_heads
    mask = None
    if visible is not None:
        mask = torch.zeros(visible.shape).masked_fill_(~visible, -torch.inf).repeat(groups, 1)
    place = _Place(start, network._turns[at], mask)
    return network._attend(network._layers[1], x, place, cache.both[1])


def entered(network: LeanNetwork, config: object, x: Tensor) -> Tensor:
    """Return x as the layer's own normalisation hands it to the projections."""
    norm = network._layers[1].attention_norm.weight.double() / x.shape[1] ** 0.5
    return torch.stack([normalised(row, norm, config.rms_norm_eps) for row in x.double()])


def test_the_lean_path_computes_the_definition(lean, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gpt_assistant.engine.quantize.PACKED_ROWS", 0)
    network, config, weights, x = lean
    visible = torch.ones(COUNT, COUNT, dtype=torch.bool).tril()
    got = attend(network, x, 0, visible, network.empty_cache())
    wanted = multi_head(entered(network, config, x), weights, config, causal)
    torch.testing.assert_close(got.double(), wanted, atol=1e-4, rtol=0)


def test_the_lean_path_behind_cached_keys(lean, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gpt_assistant.engine.quantize.PACKED_ROWS", 0)
    network, config, weights, x = lean
    cache = network.empty_cache()
    attend(network, x[:CACHED], 0, torch.ones(CACHED, CACHED, dtype=torch.bool).tril(), cache)
    rest = torch.ones(COUNT - CACHED, COUNT, dtype=torch.bool).tril(CACHED)
    got = attend(network, x[CACHED:], CACHED, rest, cache)
    wanted = multi_head(entered(network, config, x), weights, config, causal)
    torch.testing.assert_close(got.double(), wanted[CACHED:], atol=1e-4, rtol=0)
    one = attend(network, x[-1:], COUNT - 1, None, cache)
    torch.testing.assert_close(one.double(), wanted[-1:], atol=1e-4, rtol=0)


def test_the_lean_path_in_bfloat16(lean) -> None:
    """As used for one token: off by what eight bits of mantissa are off, about one in a hundred."""
    network, config, weights, x = lean
    cache = network.empty_cache()
    rows = [
        attend(network, x[i : i + 1], i, torch.ones(1, i + 1, dtype=torch.bool), cache) for i in range(COUNT)
    ]
    wanted = multi_head(entered(network, config, x), weights, config, causal)
    assert float((torch.cat(rows).double() - wanted).norm() / wanted.norm()) < 0.02


def test_the_lean_path_sees_what_the_mask_lets_it_see(lean, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gpt_assistant.engine.quantize.PACKED_ROWS", 0)
    network, config, weights, x = lean
    seen = {i: [j for j in range(i + 1) if j == i or j % 3 == 0] for i in range(COUNT)}
    visible = torch.zeros(COUNT, COUNT, dtype=torch.bool)
    for i, places in seen.items():
        visible[i, places] = True
    got = attend(network, x, 0, visible, network.empty_cache())
    wanted = multi_head(entered(network, config, x), weights, config, seen.__getitem__)
    torch.testing.assert_close(got.double(), wanted, atol=1e-4, rtol=0)
