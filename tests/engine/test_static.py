"""What the passes of fixed shape add to what test_network.py asks of every network."""

from __future__ import annotations

import pytest
import tiny_models
import torch

from gpt_assistant.engine import static
from gpt_assistant.engine.lean_weights import Shape, joined
from gpt_assistant.engine.network import Branching
from gpt_assistant.engine.static import StaticNetwork

TEXT = [(7 * i * i + 3 * i) % tiny_models.SIZE for i in range(40)]


@pytest.fixture
def network() -> StaticNetwork:
    return tiny_models.static_network(tiny_models.cached_model("llama"))


def whole(ids: list[int]) -> torch.Tensor:
    return tiny_models.log_probabilities(tiny_models.cached_model("llama"), ids)


@pytest.mark.parametrize("count", [1, 2, 4, 5, 16, 17, 40])
def test_rows_that_fill_no_pass_change_nothing(network: StaticNetwork, count: int) -> None:
    cache = network.empty_cache()
    got = network.forward(TEXT[:count], cache, keep=count).log_softmax(-1)
    torch.testing.assert_close(got, whole(TEXT[:count]), atol=1e-4, rtol=0)
    assert cache.length == count


def test_more_rows_than_the_largest_pass(network: StaticNetwork) -> None:
    ids = (TEXT * 4)[:150]
    cache = network.empty_cache()
    got = network.forward(ids, cache, keep=70).log_softmax(-1)
    torch.testing.assert_close(got, whole(ids)[-70:], atol=1e-4, rtol=0)


def test_a_larger_buffer_keeps_what_was_read(network: StaticNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "_INITIAL_CAPACITY", 8)
    cache = network.empty_cache()
    rows = [network.forward(TEXT[i : i + 3], cache, keep=3) for i in range(0, 39, 3)]
    torch.testing.assert_close(torch.cat(rows).log_softmax(-1), whole(TEXT[:39]), atol=1e-4, rtol=0)
    assert cache.capacity >= 39


def test_a_pass_is_made_once_for_its_number_of_rows(network: StaticNetwork) -> None:
    cache = network.empty_cache()
    network.forward(TEXT[:3], cache)
    first = cache.passes[4]
    network.forward(TEXT[3:7], cache)
    assert cache.passes == {4: first}


def test_branches_longer_than_the_largest_pass(network: StaticNetwork) -> None:
    """Seventy tokens that all follow the same prefix, each seeing itself and that."""
    prefix, branches = TEXT[:5], [(11 * i + 2) % tiny_models.SIZE for i in range(70)]
    cache = network.empty_cache()
    network.forward(prefix, cache)
    visible = torch.zeros(70, 75, dtype=torch.bool)
    visible[:, :5] = True
    visible[torch.arange(70), 5 + torch.arange(70)] = True
    positions = torch.cat([torch.arange(5), torch.full((70,), 5)])
    got = network.forward(branches, cache, keep=70, branching=Branching(positions, visible))
    for row in (0, 3, 63, 64, 69):
        wanted = whole([*prefix, branches[row]])[-1]
        torch.testing.assert_close(got[row].log_softmax(-1), wanted, atol=1e-4, rtol=0)


def test_weights_of_another_size_are_refused() -> None:
    model = tiny_models.cached_model("llama")
    shape = Shape.of({**model.config.to_dict(), "hidden_size": 128})
    assert shape is not None
    weights = dict(joined(shape, tiny_models.own_weights(model)))
    with pytest.raises(ValueError, match="size"):
        StaticNetwork(shape, weights, torch.device("cpu"), torch.float32)


def test_sixteen_bits_stay_close(network: StaticNetwork) -> None:
    model = tiny_models.cached_model("llama")
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    weights = dict(joined(shape, tiny_models.own_weights(model)))
    half = StaticNetwork(shape, weights, torch.device("cpu"), torch.bfloat16)
    got = half.forward(TEXT, half.empty_cache(), keep=len(TEXT)).log_softmax(-1)
    assert float(tiny_models.divergence(whole(TEXT), got).mean()) < 0.01
    assert half.memory() < 0.6 * network.memory()
    assert half.parameters() == network.parameters() == model.num_parameters()


@pytest.mark.parametrize(("bits", "apart", "share"), [(8, 0.001, 0.35), (4, 0.2, 0.3)])
def test_integers_stay_close_and_take_less(
    network: StaticNetwork, bits: int, apart: float, share: float
) -> None:
    """Of 32-bit floats; the embedding keeps 8 bits, and is most of a tiny model."""
    model = tiny_models.cached_model("llama")
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    weights = dict(joined(shape, tiny_models.own_weights(model)))
    packed = StaticNetwork(shape, weights, torch.device("cpu"), torch.float32, bits)
    got = packed.forward(TEXT, packed.empty_cache(), keep=len(TEXT)).log_softmax(-1)
    assert 0 < float(tiny_models.divergence(whole(TEXT), got).mean()) < apart
    assert packed.memory() < share * network.memory()
    assert packed.parameters() == network.parameters()
