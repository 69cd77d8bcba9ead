"""Matrices in the blocks that kernel.h describes.

The 4- and 8-bit blocks of a GGUF file (Q4_0, Q4_1, Q8_0 of ggml, ggml-quants.h) lose nothing on the way:
eight rows are laid side by side, scales stay the half floats they are. Other weights come from the 8-bit
rows of quantize.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gpt_assistant.engine.native.structures import GROUP, LANES, Matrix

Bytes = np.ndarray[Any, np.dtype[np.uint8]]

Q4_0, Q4_1, Q8_0 = 2, 3, 8
KEPT = frozenset({Q4_0, Q4_1, Q8_0})
_HEAD = {Q4_0: 2, Q4_1: 4, Q8_0: 2}  # bytes of scale and offset before the weights of a block


@dataclass(frozen=True, slots=True)
class Packed:
    """A matrix (rows, columns) in blocks, (stripes, groups, bytes of a block), or as bfloat16 (bits 16)."""

    bits: int
    rows: int
    columns: int
    blocks: Tensor
    factor: float = 1.0

    def structure(self) -> Matrix:
        """Return what the kernel takes; it points into this object, which must outlive it."""
        return Matrix(self.bits, self.rows, self.columns, self.factor, self.blocks.data_ptr())

    def memory(self) -> int:
        """Return the bytes of the blocks."""
        return self.blocks.numel() * self.blocks.element_size()


def from_ggml(raw: Bytes, ggml_type: int) -> Packed:
    """Return the matrix whose rows of blocks of the type Q4_0, Q4_1 or Q8_0 are `raw` (rows, bytes)."""
    rows, head, bits = len(raw), _HEAD[ggml_type], 8 if ggml_type == Q8_0 else 4
    size = head + GROUP * bits // 8
    groups = raw.shape[1] // size
    if rows % LANES:
        raw = np.concatenate([raw, np.zeros((-rows % LANES, raw.shape[1]), np.uint8)])
    blocks = raw.reshape(-1, LANES, groups, size)
    heads = np.ascontiguousarray(blocks[..., :head]).view(np.uint16)
    if ggml_type == Q4_0:  # scale·(q − 8)
        offset = (heads.view(np.float16) * np.float16(-8)).view(np.uint16)
        heads = np.concatenate([heads, offset], axis=-1)
    return Packed(bits, rows, groups * GROUP, _interleaved(heads, blocks[..., head:]))


def from_rows(weights: Tensor, scale: Tensor) -> Packed:
    """Return the matrix of int8 `weights` (n, k) with a positive scale for each row (n,).

    Half floats hold the scales as shares of the largest: they would not hold very small ones.
    """
    rows, columns = weights.shape
    factor = float(scale.float().max())
    padded = torch.zeros(rows + -rows % LANES, columns + -columns % GROUP, dtype=torch.int8)
    padded[:rows, :columns] = weights
    shares = torch.zeros(len(padded), dtype=torch.float16)
    shares[:rows] = (scale.float() / factor).half()
    groups = padded.shape[1] // GROUP
    heads = shares.view(torch.int16).numpy().view(np.uint16).reshape(-1, LANES, 1, 1).repeat(groups, axis=2)
    quants = padded.numpy().view(np.uint8).reshape(-1, LANES, groups, GROUP)
    return Packed(8, rows, columns, _interleaved(heads, quants), factor)


def from_bfloat16(table: Tensor) -> Packed:
    """Return an embedding (n, k), row by row."""
    rows, columns = table.shape
    return Packed(16, rows, columns, table.to(torch.bfloat16).contiguous())


def _interleaved(heads: np.ndarray[Any, Any], quants: Bytes) -> Tensor:
    """Return the blocks of `heads` and `quants`, (stripes, lanes, groups, …), with lanes side by side."""
    stripes, _, groups, _ = quants.shape
    words = np.ascontiguousarray(quants).view(np.uint32)  # the four columns that lie together
    split = heads.shape[-1] * LANES * 2
    blocks = torch.empty(stripes, groups, split + words.shape[-1] * LANES * 4, dtype=torch.uint8)
    view = blocks.numpy()
    for part, to in ((heads, view[..., :split]), (words, view[..., split:])):
        to[:] = np.ascontiguousarray(part.transpose(0, 2, 3, 1)).view(np.uint8).reshape(to.shape)
    return blocks
