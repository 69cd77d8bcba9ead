"""Products with rounded activations: once is close, twice is as good as floats, and nobody is warned."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from gpt_assistant.engine import dynamic
from gpt_assistant.engine.dynamic import DynamicMatrix, smoothing
from gpt_assistant.engine.quantize import quantize_rows

pytestmark = pytest.mark.skipif(not dynamic.available(), reason="this processor has no such kernels")


def drawn(rows: int, columns: int, seed: int) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))


def error(got: torch.Tensor, wanted: torch.Tensor) -> float:
    return float((got - wanted).norm() / wanted.norm())


@pytest.mark.parametrize("rows", [1, 3, 64])
def test_once_is_close_and_twice_is_exact(rows: int) -> None:
    packed, scale = quantize_rows(drawn(48, 96, 1))
    x = drawn(rows, 96, 2)
    x[:, 5] *= 40  # what one rounding cannot bear
    wanted = x @ (packed.float() * scale.float()[:, None]).T
    once, twice = (DynamicMatrix(packed, scale, twice=each).product(x) for each in (False, True))
    assert 0.001 < error(once, wanted) < 0.3
    assert error(twice, wanted) < error(once, wanted) / 40


def test_smoothing_moves_scale_and_changes_nothing() -> None:
    weight, x = drawn(48, 96, 3), drawn(20, 96, 4)
    x[:, 7] *= 100
    divisor = smoothing(x.abs().amax(0), weight)
    assert (divisor > 0).all()
    assert error((x / divisor) @ (weight * divisor).T, x @ weight.T) < 1e-5
    spread = (x / divisor).abs().amax(0)
    assert float(spread.max() / spread.median()) < float(x.abs().amax(0).max() / x.abs().amax(0).median()) / 5


def test_torch_does_not_warn_of_it() -> None:
    """In a process of its own, for torch says it only once."""
    code = (
        "import torch; from gpt_assistant.engine.dynamic import DynamicMatrix\n"
        "matrix = DynamicMatrix(torch.ones(8, 32, dtype=torch.int8), torch.ones(8), twice=True)\n"
        "print(float(matrix.product(torch.ones(1, 32))[0, 0]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "32.0"
    assert done.stderr == ""
