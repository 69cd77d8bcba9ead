"""Products of 8-bit integers on both sides, for the projections that bear it.

The weights of quantize.py are multiplied by activations that are themselves rounded to 8 bits, with one
scale for each product (torch.ops.quantized.linear_dynamic, FBGEMM, Khudia et al. 2021). Four rows cost
about as much as one, which is what growing several words side by side asks for. Measured on one AVX2
core, the gate and up projections of the default model: 0.08 ms for one row against 0.21 with float
activations, 0.12 against 0.32 for four; 1.6 ms for 64 rows against 3.8 in float32.

One scale for a whole product is spoilt by a few large activations. Two things keep them small:
SmoothQuant (Xiao et al. 2023) moves scale from the columns of the activations into the weights, through
the normalisation before them; and the first token of a text, whose activations are hundreds of times
the others', is read alone. KL to float32, default model: 0.004 nats a token for 8-bit weights alone,
0.009 with this in the projections behind a normalisation. α = 0.8: 0.5 gives 0.016, 0.65 0.012.

In the other products one rounding would cost 0.02 (the vocabulary) to 0.10 (down), smoothed or not. There
what the rounding left over is rounded and multiplied as well, which is as good as float activations: with
it everywhere else KL stays at 0.009 where a token is made. Both products are one, of twice the rows, for
the weights come from memory once then: the vocabulary of the default model takes 4.1 ms so on an AVX2 core,
8.0 in two products, and 15 with float activations.
"""

from __future__ import annotations

import warnings
from typing import Any

import torch
from torch import Tensor, nn

ALPHA = 0.8
_STEPS = 127  # half of what 8 bits can tell apart, see `product`
_LEAST_FACTOR = 16  # below it, with nearly all activations of one sign, the rest would be rounded coarsely
_ENGINES = frozenset({"x86", "fbgemm"})


def available() -> bool:
    """Return whether this processor and this build of torch have the kernels."""
    return torch.backends.quantized.engine in _ENGINES


def smoothing(largest: Tensor, weight: Tensor) -> Tensor:
    """Return what to divide activations and multiply columns of `weight` (n, k) by: positive (k,).

    `largest` (k,) is the largest magnitude seen of each activation.
    """
    columns = weight.abs().amax(0).clamp_min(1e-5)
    scale = largest.clamp_min(1e-4) ** ALPHA / columns ** (1 - ALPHA)
    return scale / scale.median()


class DynamicMatrix:
    """A matrix (n, k) of int8 weights with scales (n,), ready to be multiplied by rounded activations.

    With `twice` the product of what the rounding left over is added.
    """

    def __init__(self, packed: Tensor, scale: Tensor, *, twice: bool = False) -> None:
        self.twice = twice
        with warnings.catch_warnings():
            # torch means to move these types to another package; the pinned version has them, and says
            # so once in a process: here, and not when the first product is rounded.
            warnings.simplefilter("ignore")
            torch.quantize_per_tensor_dynamic(torch.zeros(1, 1), torch.quint8, True)
            zeros = torch.zeros(len(scale), dtype=torch.long)
            weight = torch._make_per_channel_quantized_tensor(packed, scale.double(), zeros, 0)
            self._prepacked: Any = torch.ops.quantized.linear_prepack(weight, None)

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix: float32 (rows, n)."""
        # Half the range of an activation is left unused: AVX2 adds pairs of products in 16 bits.
        if self.twice and (factor := _room_for_rest(x)) >= _LEAST_FACTOR:
            rest = (x - _rounded(x)).mul_(factor)
            both: Tensor = torch.ops.quantized.linear_dynamic(torch.cat([x, rest]), self._prepacked, True)
            return both[: len(x)].add_(both[len(x) :], alpha=1 / factor)
        out: Tensor = torch.ops.quantized.linear_dynamic(x, self._prepacked, True)
        if self.twice:
            out += torch.ops.quantized.linear_dynamic(x - _rounded(x), self._prepacked, True)
        return out


def _rounded(x: Tensor) -> Tensor:
    """Return x as the kernels round it."""
    return torch.quantize_per_tensor_dynamic(x, torch.quint8, True).dequantize()


def _room_for_rest(x: Tensor) -> float:
    """Return the largest factor by which what rounding x leaves over still fits into the range of x.

    Rows that share a range share a scale, so that both go into one product, which reads the weights once.
    """
    low, high = (float(bound) for bound in torch.aminmax(x))
    step = (max(high, 0.0) - min(low, 0.0)) / _STEPS
    return 2 * min(-low, high) / step if step else 0.0


class DynamicHead(nn.Module):
    """A vocabulary projection without bias, of int8 weights (n, k) with scales (n,).

    For vocabularies of some 100,000 tokens, whose projection is most of the work of a small model. Measured
    for Gemma 3 270M (262,144 × 640) on an AVX2 core: 91 ms for four rows and 182 for eight, against 151 and
    296 with float activations.
    """

    def __init__(self, packed: Tensor, scale: Tensor) -> None:
        super().__init__()
        self._matrix = DynamicMatrix(packed, scale, twice=True)

    def forward(self, x: Tensor) -> Tensor:
        """Map (…, k) to (…, n)."""
        out = self._matrix.product(x.reshape(-1, x.shape[-1]).float())
        return out.view(*x.shape[:-1], -1).to(x.dtype)
