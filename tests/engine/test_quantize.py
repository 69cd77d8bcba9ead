"""Packed weights hold what they say, and products with them are products."""

from __future__ import annotations

import pytest
import tiny_models
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from transformers.pytorch_utils import Conv1D

from gpt_assistant.engine import quantize
from gpt_assistant.engine.quantize import Int8Linear, packed_product, quantize_rows


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def matrix(rows: int, columns: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.integers(1, 80), st.integers(0, 99), st.sampled_from([1e-30, 1e-3, 1.0, 1e4]))
def test_a_weight_is_off_by_at_most_half_a_step(rows: int, columns: int, seed: int, size: float) -> None:
    weight = matrix(rows, columns, seed) * size
    weight[0] = 0
    packed, scale = quantize_rows(weight)
    assert packed.dtype == torch.int8
    assert scale.dtype == torch.bfloat16
    assert int(packed.min()) >= -127
    steps = scale.float()[:, None]
    # The scale itself is rounded to 8 bits of mantissa: the largest weight may be 1/256 further off.
    slack = 0.5 + 127 / 256
    assert ((packed * steps - weight).abs() <= steps * slack + 1e-30).all()


def test_one_large_row_does_not_cost_the_others_their_precision() -> None:
    weight = matrix(4, 64)
    weight[2] *= 1000
    packed, scale = quantize_rows(weight)
    error = (packed * scale.float()[:, None] - weight).abs().amax(1) / weight.abs().amax(1)
    assert float(error.max()) < 1 / 127


@pytest.mark.parametrize("columns", [8, 16, 24, 30, 33, 48, 64, 100, 576])
@pytest.mark.parametrize("rows", [1, 3, 8, 9, 40])
def test_a_product_is_that_of_the_weights_it_stands_for(rows: int, columns: int) -> None:
    """Widths that the integer kernels cannot take in whole steps included: they read beyond the rows."""
    for outputs in (1, 5, 64):
        packed, scale = quantize_rows(matrix(outputs, columns))
        x = matrix(rows, columns, seed=1)
        got = packed_product(x, packed, scale, torch.float32)
        exact = x.double() @ (packed.double() * scale.double()[:, None]).T
        assert got.shape == (rows, outputs)
        assert got.dtype == x.dtype
        # bfloat16 has 8 bits of mantissa: 2⁻⁹ for each activation and 2⁻⁸ for the result, rounded.
        size = x.double().abs() @ (packed.double() * scale.double()[:, None]).abs().T
        assert ((got - exact).abs() <= size * 2**-7).all()
        if rows > quantize.PACKED_ROWS:
            torch.testing.assert_close(got.double(), exact, atol=1e-4, rtol=1e-4)


def test_few_and_many_rows_agree() -> None:
    packed, scale = quantize_rows(matrix(96, 64))
    x = matrix(16, 64, seed=2)
    many = packed_product(x, packed, scale, torch.float32)
    few = torch.cat([packed_product(x[i : i + 4], packed, scale, torch.float32) for i in range(0, 16, 4)])
    assert float((many - few).norm() / many.norm()) < 0.01


@pytest.mark.parametrize("bias", [True, False])
def test_a_linear_layer_of_any_shape_of_input(bias: bool) -> None:
    layer = nn.Linear(32, 12, bias=bias)
    packed = Int8Linear(layer.weight, layer.bias)
    for shape in ((32,), (3, 32), (2, 3, 32), (1, 20, 32)):
        x = torch.randn(shape)
        with torch.inference_mode():
            got, wanted = packed(x), layer(x)
        assert got.shape == wanted.shape
        assert float((got - wanted).norm() / wanted.norm()) < 0.03
    assert len(list(packed.parameters())) == int(bias)
    assert "packed" not in packed.state_dict()


def test_conv1d_is_a_linear_layer_stored_transposed() -> None:
    conv = Conv1D(24, 32)
    with torch.no_grad():
        conv.weight.copy_(matrix(32, 24))
        conv.bias.copy_(matrix(1, 24, seed=3)[0])
    holder = nn.Sequential(conv)
    assert quantize.pack_linear_layers(holder) == 1
    for rows in (1, 8, 30):
        x = matrix(rows, 32, seed=rows)
        wanted = x @ matrix(32, 24) + matrix(1, 24, seed=3)
        with torch.inference_mode():
            assert float((holder(x) - wanted).norm() / wanted.norm()) < 0.02


@pytest.mark.parametrize("name", ["gpt2", "llama", "gemma3"])
def test_every_linear_layer_of_a_model_is_packed_and_no_embedding(name: str) -> None:
    model = tiny_models.build(name)
    linear = [m for m in model.modules() if type(m).__name__ in ("Linear", "Conv1D")]
    table = model.get_input_embeddings().weight.clone()
    assert quantize.pack_linear_layers(model) == len(linear)
    kinds = {type(m).__name__ for m in model.modules()}
    assert not kinds & {"Linear", "Conv1D"}
    assert torch.equal(model.get_input_embeddings().weight, table)


def test_the_prefill_type_is_one_that_the_processor_multiplies_fast() -> None:
    assert quantize.prefill_dtype() in (torch.float32, torch.bfloat16)


def test_weights_may_start_anywhere_in_memory() -> None:
    """A mapped file puts them where its header ends; the AVX-512 kernel crashes on such addresses."""
    packed, scale = quantize_rows(matrix(12, 64))
    buffer = torch.zeros(packed.numel() + 64, dtype=torch.int8)
    for offset in (4, 8, 20):
        view = buffer[offset : offset + packed.numel()].view(packed.shape)
        view.copy_(packed)
        moved = quantize.aligned(view)
        assert moved.data_ptr() % 64 == 0
        x = matrix(1, 64, seed=5)
        wanted = packed_product(x, packed, scale, torch.float32)
        assert torch.equal(packed_product(x, moved, scale, torch.float32), wanted)
    assert quantize.aligned(packed) is packed
