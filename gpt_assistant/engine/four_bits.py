"""Weights as 4-bit integers, for models that do not come so: a third of what bfloat16 takes.

The form is that of ggml's Q4_1 (ggml-quants.h), which the kernel (native/) and torch's product with groups
of 32 both take: 32 weights of a row share a scale d and an offset m,
w = d·q + m with q in 0…15. The smallest and the largest weight of a block give m and d: searching for a
narrower range of each block took several times as long and made the error 2 % smaller, 7.7 instead of 7.8 %
of normally distributed weights' root mean square. What came from blocks of 4 bits, as the default model
does, comes out as it was.

The table of the vocabulary and the projection onto it keep 8 bits: they are what a small model is least
robust in. A layer whose sides the kernels do not take keeps 8 bits too.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

GROUP = 32
BLOCK_BYTES = 20  # scale and offset as half floats, and 16 bytes of two weights
SUFFIX = ".q4_1"
"""What stands behind the name of a matrix in a table of packed weights."""

_MULTIPLE = 64  # of both sides of a matrix: what torch's kernel asks for
_LEAST = 6e-8  # the smallest half float above 0


def takes(rows: int, columns: int) -> bool:
    """Return whether a matrix of so many rows and columns can be held in 4 bits."""
    return rows % _MULTIPLE == 0 and columns % _MULTIPLE == 0


def pack_rows(weight: Tensor) -> Tensor:
    """Return the bytes (n, k / 32 · 20) of Q4_1 blocks for a float matrix (n, k), k a multiple of 32."""
    rows, columns = weight.shape
    # As the half floats that they are stored in: what is rounded must be rounded for those.
    quants, scale, offset = quantized(weight.reshape(-1, GROUP), torch.float16)
    out = torch.empty(len(quants), BLOCK_BYTES, dtype=torch.uint8)
    out[:, :4] = torch.stack([scale, offset], dim=1).half().view(torch.uint8)
    out[:, 4:] = quants[:, : GROUP // 2] | (quants[:, GROUP // 2 :] << 4)
    return out.reshape(rows, columns // GROUP * BLOCK_BYTES)


def quantized(groups: Tensor, kept: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
    """Return integers 0…15 (…, k) uint8, and the scale and offset (…,) float32 of each of the groups (…, k).

    Scales and offsets have values that the type `kept` can hold.
    """
    exact = groups.detach().float()
    offset = exact.amin(-1).to(kept).float()
    scale = ((exact.amax(-1) - offset) / 15).to(kept).float().clamp_min(_LEAST)
    quants = ((exact - offset[..., None]) / scale[..., None]).round_().clamp_(0, 15).to(torch.uint8)
    return quants, scale, offset


def unpacked(raw: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return weights 0…15 (n, k) uint8, scales and offsets (n, k / 32) float32 of Q4_1 bytes."""
    blocks = raw.reshape(raw.shape[0], -1, BLOCK_BYTES)
    heads = torch.from_numpy(np.ascontiguousarray(blocks[:, :, :4].numpy()).view(np.float16)).float()
    quants = blocks[:, :, 4:]
    values = torch.cat([quants & 15, quants >> 4], dim=-1).reshape(raw.shape[0], -1)
    return values, heads[:, :, 0], heads[:, :, 1]


class FourBitMatrix(NamedTuple):
    """A matrix (n, k) as torch's kernel for the CPU takes it: packed, with scales (k / 32, n, 2)."""

    packed: Tensor
    scales: Tensor

    @classmethod
    def of(cls, raw: Tensor) -> FourBitMatrix:
        """Return the matrix whose rows of Q4_1 blocks are `raw`."""
        values, scale, offset = unpacked(raw)
        packed = torch.ops.aten._convert_weight_to_int4pack_for_cpu(values.to(torch.int32), 1)
        pairs = torch.stack([scale, offset + 8 * scale], dim=-1)  # the kernel takes (q − 8)·scale + zero
        return cls(packed, pairs.transpose(0, 1).to(torch.bfloat16).contiguous())

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix, in the type of x: (rows, n)."""
        out: Tensor = torch.ops.aten._weight_int4pack_mm_for_cpu(
            x.to(torch.bfloat16), self.packed, GROUP, self.scales
        )
        return out.to(x.dtype)


class Int4Linear(nn.Module):
    """A linear layer in 4 bits through torch's kernel for the CPU; gpu_weights.py has those for others."""

    def __init__(self, weight: Tensor, bias: Any) -> None:
        super().__init__()
        matrix = FourBitMatrix.of(pack_rows(weight))
        self.bias = bias
        self.packed = nn.Buffer(matrix.packed, persistent=False)
        self.scale = nn.Buffer(matrix.scales, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map (…, k) to (…, n)."""
        matrix = FourBitMatrix(self.packed, self.scale)
        out = matrix.product(x.reshape(-1, x.shape[-1])).view(*x.shape[:-1], -1)
        return out if self.bias is None else out + self.bias
