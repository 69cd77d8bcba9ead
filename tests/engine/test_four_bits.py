"""Weights of 4 bits: what they give, and what they take."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from gpt_assistant.engine import four_bits
from gpt_assistant.engine.four_bits import FourBitMatrix, Int4Linear
from gpt_assistant.engine.quantize import Int8Linear, pack_linear_layers


def matrix(rows: int = 128, columns: int = 192, seed: int = 1) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))


def turned_back(raw: torch.Tensor) -> torch.Tensor:
    values, scale, offset = four_bits.unpacked(raw)
    grouped = values.reshape(len(values), -1, four_bits.GROUP).float()
    return (grouped * scale[..., None] + offset[..., None]).flatten(1)


def test_normal_weights_are_rounded_by_less_than_a_tenth_of_their_size() -> None:
    weight = matrix(256, 512)
    error = turned_back(four_bits.pack_rows(weight)) - weight
    assert float(error.square().mean().sqrt()) < 0.09
    assert float(error.abs().max()) < 0.35


def test_what_came_from_four_bits_comes_out_as_it_was() -> None:
    first = four_bits.pack_rows(matrix())
    assert torch.allclose(turned_back(four_bits.pack_rows(turned_back(first))), turned_back(first), atol=2e-3)


@pytest.mark.parametrize("value", [0.0, 1.0, -3.5, 1e-5])
def test_a_matrix_of_one_number_keeps_it(value: float) -> None:
    back = turned_back(four_bits.pack_rows(torch.full((64, 64), value)))
    assert torch.allclose(back, torch.full((64, 64), value), rtol=1e-3, atol=1e-7)


def test_a_block_is_as_long_as_ggml_has_it() -> None:
    assert four_bits.pack_rows(matrix(64, 96)).shape == (64, 3 * four_bits.BLOCK_BYTES)


@pytest.mark.parametrize("rows", [1, 3, 8, 40])
def test_a_product_is_that_of_the_rounded_weights(rows: int) -> None:
    raw = four_bits.pack_rows(matrix())
    x = matrix(rows, 192, seed=2)
    expected = x @ turned_back(raw).T
    got = FourBitMatrix.of(raw).product(x)
    assert got.dtype == x.dtype
    assert float((got - expected).abs().max()) < 0.02 * float(expected.abs().max())


def test_a_layer_is_that_of_the_rounded_weights() -> None:
    weight, bias, x = matrix(), matrix(1, 128)[0], matrix(10, 192, seed=3).reshape(2, 5, 192)
    layer = Int4Linear(weight, bias)
    expected = x @ turned_back(four_bits.pack_rows(weight)).T + bias
    got = layer(x)
    assert got.shape == (2, 5, 128)
    assert float((got - expected).abs().max()) < 0.02 * float(expected.abs().max())
    size = sum(each.numel() * each.element_size() for each in layer.buffers())
    assert size == weight.numel() * 5 / 8


def test_what_the_kernels_do_not_take_keeps_eight_bits() -> None:
    module = nn.ModuleDict(
        {"fits": nn.Linear(64, 128), "narrow": nn.Linear(64, 24), "lm_head": nn.Linear(64, 128)}
    )
    assert pack_linear_layers(module, bits=4) == 3
    assert isinstance(module["fits"], Int4Linear)
    assert isinstance(module["narrow"], Int8Linear)
    assert isinstance(module["lm_head"], Int8Linear)
