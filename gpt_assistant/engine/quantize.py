"""Weights as 8-bit integers, for decoding on the CPU.

Decoding reads every weight once a token, so it is bound by memory traffic: half the bytes, half the
time. Symmetric, one scale a row (the row-wise part of LLM.int8(), Dettmers et al. 2022).

Products of up to PACKED_ROWS rows run on the integers with bfloat16 activations; more rows are bound
by arithmetic, so the integers are turned back into floats for that one product. Measured on two AVX2
cores, default model, one layer: 0.26 ms packed against 0.38 float32 for one row; for 128 rows 8.4 ms
in float32 plus 0.45 for turning the weights back, and 57 in bfloat16, which such a processor can only
emulate. Processors with bfloat16 arithmetic are the other way round, so `prefill_dtype` asks them.

Where activations bear it, dynamic.py rounds them to 8 bits as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from gpt_assistant.engine import four_bits
from gpt_assistant.text.told import told

PackedLinear = Callable[[Tensor, Any, int], nn.Module]
"""What makes a linear layer of a weight (n, k), a bias and a number of bits."""

PACKED_ROWS = 8
_KERNEL_WIDTH = 16  # the kernels take this many weights at a time and do not look where a row ends
_HEADS = ("lm_head", "embed_out")
_ALIGNMENT = 64  # and with AVX-512 they crash on weights that do not start at a multiple of 16 bytes


def quantize_rows(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Return int8 weights (n, k) and their bfloat16 scales (n,) for a float matrix (n, k)."""
    exact = weight.detach().float().contiguous()
    scale = (exact.abs().amax(dim=1).clamp_min(1e-8) / 127).to(torch.bfloat16)
    packed = (exact / scale.float()[:, None]).round_().clamp_(-127, 127).to(torch.int8)
    return packed, scale


def check_finite(name: str, weights: Tensor) -> None:
    """Raise ValueError if any of the `weights` called `name` is no number.

    Where they are packed, which takes far longer: rounded to integers it would not be seen any more.
    """
    if not bool(weights.isfinite().all()):
        raise ValueError(told("{tensor} has what is no number", tensor=name))


def packed_product(x: Tensor, packed: Tensor, scale: Tensor, wide: torch.dtype) -> Tensor:
    """Return x (rows, k) times the transpose of the packed matrix (n, k), in the type of x.

    Many rows are multiplied in the type `wide`, and rows that the integer kernels would read beyond.
    """
    if x.shape[0] <= PACKED_ROWS and x.shape[1] % _KERNEL_WIDTH == 0 and x.is_cpu:
        return torch._weight_int8pack_mm(x.to(torch.bfloat16), packed, scale).to(x.dtype)
    return functional.linear(x.to(wide), packed.to(wide)).to(x.dtype) * scale.to(x.dtype)


def aligned(packed: Tensor) -> Tensor:
    """Return `packed` where the integer kernels can read it: itself, or a copy if it starts elsewhere.

    A tensor in a mapped file starts where the file's header left it.
    """
    return packed if packed.data_ptr() % _ALIGNMENT == 0 else packed.clone()


class PackedMatrix(NamedTuple):
    """A matrix (n, k) as int8 weights and bfloat16 scales (n,); many rows are multiplied in type `wide`."""

    packed: Tensor
    scale: Tensor
    wide: torch.dtype

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix, in the type of x: (rows, n)."""
        return packed_product(x, self.packed, self.scale, self.wide)


def prefill_dtype() -> torch.dtype:
    """Return the float type in which this processor multiplies large matrices fastest."""
    has_bfloat16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.bfloat16 if has_bfloat16 else torch.float32


class Int8Linear(nn.Module):
    """A linear layer with packed weights. Takes a weight (n, k) and an optional bias (n,)."""

    def __init__(self, weight: Tensor, bias: Any) -> None:
        super().__init__()
        packed, scale = quantize_rows(weight)
        self.packed = nn.Buffer(packed, persistent=False)
        self.scale = nn.Buffer(scale, persistent=False)
        self.bias = bias
        self.wide = prefill_dtype()

    def forward(self, x: Tensor) -> Tensor:
        """Map (…, k) to (…, n)."""
        wide = self.wide if x.is_cpu else x.dtype
        out = packed_product(x.reshape(-1, x.shape[-1]), self.packed, self.scale, wide)
        out = out.view(*x.shape[:-1], -1)
        return out if self.bias is None else out + self.bias


def packed_linear(weight: Tensor, bias: Any, bits: int) -> nn.Module:
    """Return a linear layer of a weight (n, k) in 8 or 4 `bits` for the CPU.

    Layers whose sides four_bits.py does not take keep 8.
    """
    if bits == 4 and four_bits.takes(*weight.shape):
        return four_bits.Int4Linear(weight, bias)
    return Int8Linear(weight, bias)


def pack_linear_layers(module: nn.Module, bits: int = 8, packed: PackedLinear = packed_linear) -> int:
    """Replace every linear layer under `module` by one that `packed` makes of its weight; return how many.

    GPT-2's Conv1D is a linear layer whose weight is stored transposed. The projection onto the vocabulary
    keeps 8 bits.
    """
    count = 0
    for name, child in module.named_children():
        kind = type(child).__name__
        if kind in ("Linear", "Conv1D"):
            weight, bias = child.get_parameter("weight"), child.bias
            check_finite(name, weight)
            rows = weight if kind == "Linear" else weight.T
            setattr(module, name, packed(rows, bias, 8 if name in _HEADS else bits))
            count += 1
        else:
            count += pack_linear_layers(child, bits, packed)
    return count
