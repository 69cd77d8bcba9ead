"""Matrices on a GPU: as floats, or as integers for larger models than its memory would hold.

8 bits: one scale a row, as quantize.py makes them. 4 bits: groups of 32 weights in a row with a scale and a
lowest value of their own, the format of GPTQ and AWQ without their calibration (and of GGUF's Q4_1).

4 bits are multiplied by PyTorch's own kernel (`_weight_int4pack_mm`, from tinygemm) where it gives, on the
first product, what turning the integers back into floats gives. 8 bits are turned back for each product:
PyTorch's kernel for them takes 67 ms a token of a model of 8 billion weights, and 278 for 16 rows, against
29 (H200, random weights, recorded). 16 bits take 7.4 ms there and 4 bits 7.9, in 15.0 and 4.9 GB. For the
default model all of them take 3 to 5 ms. All of it can be recorded in a CUDA graph.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from gpt_assistant.engine.four_bits import GROUP, quantized
from gpt_assistant.engine.quantize import quantize_rows

log = logging.getLogger(__name__)

_INNER_TILES = 2  # of 16 weights that tinygemm reads at a time: as many as a width of 32 allows
_APART = 0.02  # of the largest value: what another order of adding may change in 16 bits


class Matrix(Protocol):
    """A matrix (n, k) of weights."""

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix, in the type of x: (rows, n)."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Return (n, k)."""
        ...

    @property
    def memory(self) -> int:
        """Return the bytes that it takes."""
        ...


class Table(Matrix, Protocol):
    """A matrix whose rows can be looked up: an embedding, which may be the head as well."""

    def rows(self, at: Tensor) -> Tensor:
        """Return the rows `at` (m,) as floats: (m, k)."""
        ...


def matrix(weight: Tensor, device: torch.device, dtype: torch.dtype, bits: int) -> Matrix:
    """Return `weight` (n, k) on `device`, as `dtype` for 16 or 32 `bits`, else as integers of 8 or 4.

    A matrix whose rows cannot be cut into groups is kept as 8 bits where 4 were asked for.
    """
    if bits == 4 and weight.shape[1] % GROUP == 0:
        return GroupMatrix(weight, device, dtype)
    return table(weight, device, dtype, bits)


def table(weight: Tensor, device: torch.device, dtype: torch.dtype, bits: int) -> Table:
    """Return `weight` (n, k) on `device` for looking up too: 8 bits where fewer than 16 are asked for.

    4 bits an embedding does not bear; tools that quantise models leave it and the head alone as well.
    """
    return RowMatrix(weight, device, dtype) if bits <= 8 else FloatMatrix(weight.to(device, dtype))


class FloatMatrix:
    """Weights as they are."""

    def __init__(self, weight: Tensor) -> None:
        self.weight = weight
        self.size = (weight.shape[0], weight.shape[1])
        self.memory = weight.numel() * weight.element_size()

    def product(self, x: Tensor) -> Tensor:
        """See Matrix."""
        return functional.linear(x, self.weight)

    def rows(self, at: Tensor) -> Tensor:
        """See Matrix."""
        return self.weight[at]


class RowMatrix:
    """Weights as 8-bit integers with a scale a row."""

    def __init__(self, weight: Tensor, device: torch.device, dtype: torch.dtype) -> None:
        packed, scale = quantize_rows(weight.to(device))
        self._packed, self._scale = packed, scale.to(dtype)
        self.size = (weight.shape[0], weight.shape[1])
        self.memory = packed.numel() + scale.numel() * scale.element_size()

    def product(self, x: Tensor) -> Tensor:
        """See Matrix."""
        return functional.linear(x, self._packed.to(x.dtype)) * self._scale

    def rows(self, at: Tensor) -> Tensor:
        """See Matrix."""
        return self._packed[at].to(self._scale.dtype) * self._scale[at, None]


class GroupMatrix:
    """Weights as 4-bit integers, two in a byte, with a scale and a lowest value for each group in a row."""

    def __init__(self, weight: Tensor, device: torch.device, dtype: torch.dtype) -> None:
        self.size = (weight.shape[0], weight.shape[1])
        groups = weight.to(device).view(self.size[0], -1, GROUP)
        quants, scale, low = quantized(groups, torch.float32)
        whole = quants.flatten(1)
        self._parts: tuple[Tensor, ...] = _paired(whole), scale.to(dtype), low.to(dtype)
        self._kernel = False
        if (tiles := _tiled(whole, self._parts[1], self._parts[2])) is not None:
            plain, self._parts = self._parts, tiles
            self._kernel = _trusted(
                self._quick, lambda x: functional.linear(x, _floats(*plain)), scale, self.size[1]
            )
            if not self._kernel:
                self._parts = plain
        self.memory = sum(part.numel() * part.element_size() for part in self._parts)

    def product(self, x: Tensor) -> Tensor:
        """See Matrix."""
        return self._quick(x) if self._kernel else functional.linear(x, _floats(*self._parts))

    def _quick(self, x: Tensor) -> Tensor:
        tiles, scales = self._parts[:2]
        return torch._weight_int4pack_mm(x, tiles, GROUP, scales)


class MatrixLinear(nn.Module):
    """A linear layer of a matrix, for models on the plain path."""

    def __init__(self, kept: Matrix, bias: Any) -> None:
        super().__init__()
        self.matrix, self.bias = kept, bias

    def forward(self, x: Tensor) -> Tensor:
        """Map (…, k) to (…, n)."""
        out = self.matrix.product(x.reshape(-1, x.shape[-1])).view(*x.shape[:-1], -1)
        return out if self.bias is None else out + self.bias


def packed_linear(
    weight: Tensor, bias: Any, bits: int, *, device: torch.device, dtype: torch.dtype
) -> MatrixLinear:
    """Return a linear layer of a weight (n, k) in 8 or 4 `bits` on `device`, for inputs of type `dtype`."""
    return MatrixLinear(matrix(weight, device, dtype, bits), bias)


def _paired(whole: Tensor) -> Tensor:
    """Return integers in 0…15 (n, k) two in a byte, the earlier in its lower half: (n, k / 2)."""
    return whole[:, 0::2] | (whole[:, 1::2] << 4)


def _floats(packed: Tensor, scale: Tensor, low: Tensor) -> Tensor:
    """Return pairs (n, k / 2) with scales and lowest values (n, k / GROUP) as floats (n, k)."""
    whole = torch.stack([packed & 15, packed >> 4], -1).flatten(1).to(scale.dtype)
    return (whole.view(len(whole), -1, GROUP) * scale[..., None] + low[..., None]).flatten(1)


def _tiled(whole: Tensor, scale: Tensor, low: Tensor) -> tuple[Tensor, ...] | None:
    """Return integers (n, k) and their scales as tinygemm wants them; None if it takes none of this kind."""
    if whole.device.type != "cuda" or scale.dtype != torch.bfloat16:
        return None
    pairs = (whole[:, 0::2] << 4) | whole[:, 1::2]  # it wants the earlier in the upper half
    try:
        tiles = torch._convert_weight_to_int4pack(pairs.contiguous(), _INNER_TILES)
    except RuntimeError as error:
        _log_missing(error)
        return None
    zero = low + 8 * scale  # it computes (q − 8) · scale + zero
    return tiles, torch.stack([scale, zero], -1).transpose(0, 1).contiguous()


def _trusted(
    quick: Callable[[Tensor], Tensor], slow: Callable[[Tensor], Tensor], scale: Tensor, width: int
) -> bool:
    """Return whether the kernel `quick` works here and gives what `slow` gives, for rows of `width`."""
    x = torch.linspace(0, 40, 2 * width, device=scale.device, dtype=torch.float32)
    x = x.view(2, width).cos().to(torch.bfloat16)
    try:
        got, wanted = quick(x).float(), slow(x).float()
    except (RuntimeError, NotImplementedError) as error:
        _log_missing(error)
        return False
    return bool((got - wanted).abs().max() <= _APART * wanted.abs().max())


def _log_missing(error: Exception) -> None:
    log.info("4 bits without their kernel: %s", error)
