"""Matrices of fewer bits, here on the CPU, where no kernel of a GPU is asked for."""

from __future__ import annotations

from functools import partial

import pytest
import torch
from torch import nn

from gpt_assistant.engine.gpu_weights import (
    FloatMatrix,
    GroupMatrix,
    MatrixLinear,
    RowMatrix,
    matrix,
    packed_linear,
    table,
)
from gpt_assistant.engine.quantize import pack_linear_layers

CPU = torch.device("cpu")


def weights(rows: int, columns: int, seed: int = 1) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize(
    ("bits", "kind", "apart", "size"),
    [(16, FloatMatrix, 0.0, 4.0), (8, RowMatrix, 0.02, 1.1), (4, GroupMatrix, 0.15, 0.8)],
)
def test_a_product_stays_close(bits: int, kind: type, apart: float, size: float) -> None:
    weight, x = weights(48, 96), weights(5, 96, 2)
    kept = matrix(weight, CPU, torch.float32, bits)
    assert isinstance(kept, kind)
    assert kept.size == (48, 96)
    assert kept.memory <= size * weight.numel()
    expected = x @ weight.T
    assert float((kept.product(x) - expected).norm() / expected.norm()) <= apart


def test_rows_that_cannot_be_grouped_keep_eight_bits() -> None:
    assert isinstance(matrix(weights(8, 40), CPU, torch.float32, 4), RowMatrix)


def test_a_table_gives_its_rows() -> None:
    weight = weights(20, 64)
    rows = table(weight, CPU, torch.float32, 4).rows(torch.tensor([3, 3, 19]))
    torch.testing.assert_close(rows, weight[[3, 3, 19]], atol=0.03, rtol=0)


@torch.no_grad()
def test_linear_layers_are_replaced_for_another_device() -> None:
    module = nn.ModuleDict({"inner": nn.Linear(64, 32), "lm_head": nn.Linear(64, 128, bias=False)})
    before = {name: layer(weights(3, 64)) for name, layer in module.items()}
    make = partial(packed_linear, device=CPU, dtype=torch.float32)
    assert pack_linear_layers(module, 4, make) == 2
    inner, head = module["inner"], module["lm_head"]
    assert isinstance(inner, MatrixLinear)
    assert isinstance(inner.matrix, GroupMatrix)
    assert isinstance(head, MatrixLinear)
    assert isinstance(head.matrix, RowMatrix)
    for name, layer in module.items():
        got = layer(weights(3, 64))
        assert float((got - before[name]).norm() / before[name].norm()) < 0.15
