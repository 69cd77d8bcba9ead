"""The 4-bit blocks of a GGUF file, multiplied as they are.

In the formats Q4_0 and Q4_1 (ggml, ggml-quants.h) 32 weights of a row share a scale d and, in the
latter, an offset m: w = d·(q − 8) and w = d·q + m with q in 0…15. torch's kernel for groups of 32 takes
(q − 8)·scale + zero, so the blocks fit it without being rounded again; only d and m go from float16 to
bfloat16. Measured for the attention's output and the down projections of the default model, all
layers, one AVX-512 core: one row 2.2 ms against 4.0 with 8 bits, three rows 3.2 against 4.6. From
about eight rows on the 8-bit kernels are faster, so those weights are kept too.

The blocks are stored as they come and packed at every load, for the packed form is the processor's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor

from gpt_assistant.engine import gguf_reader

GROUP = 32
_ROWS = 4  # up to so many at a time
_Q4_0, _Q4_1 = 2, 3
_MULTIPLE = 64  # of both sides of a matrix: what the kernel asks for
_NAMES = {"output": "attn_output", "down": "ffn_down"}  # ours, llama.cpp's; the ones whose rows it keeps


class ManyRows(Protocol):
    """What multiplies more rows than the blocks are good for."""

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix: (rows, n)."""


class BlockMatrix(NamedTuple):
    """A matrix (n, k) in packed blocks with scales (k / 32, n, 2), and the same for many rows."""

    packed: Tensor
    scales: Tensor
    many: ManyRows

    def product(self, x: Tensor) -> Tensor:
        """Return x (rows, k) times the transpose of the matrix, in the type of x: (rows, n)."""
        if x.shape[0] > _ROWS:
            return self.many.product(x)
        out: Tensor = torch.ops.aten._weight_int4pack_mm_for_cpu(
            x.to(torch.bfloat16), self.packed, GROUP, self.scales
        )
        return out.to(x.dtype)


def matrix(halves: Tensor, scales: Tensor, many: ManyRows) -> BlockMatrix:
    """Return the matrix of `halves` (n, k / 2), two weights a byte, lower half first, and their scales."""
    weights = torch.stack([halves & 15, halves >> 4], dim=-1).reshape(len(halves), -1)
    packed = torch.ops.aten._convert_weight_to_int4pack_for_cpu(weights.to(torch.int32), 1)
    return BlockMatrix(packed, scales, many)


def read(gguf: Path, layers: int) -> Iterator[tuple[str, Tensor]]:
    """Yield "0.down.blocks" (n, k / 2) and "0.down.block_scales" (k / 32, n, 2) for what has 4-bit blocks.

    Raises OSError or ValueError if the file cannot be read.
    """
    file = gguf_reader.read(gguf)
    tensors = {tensor.name: tensor for tensor in file.tensors}
    for layer in range(layers):
        for ours, theirs in _NAMES.items():
            tensor = tensors.get(f"blk.{layer}.{theirs}.weight")
            if tensor is None or tensor.ggml_type not in (_Q4_0, _Q4_1):
                continue
            if any(side % _MULTIPLE for side in tensor.shape):
                continue
            halves, scales = _split(file.blocks(tensor), tensor.ggml_type)
            yield f"{layer}.{ours}.blocks", halves
            yield f"{layer}.{ours}.block_scales", scales


def _split(raw: np.ndarray, ggml_type: int) -> tuple[Tensor, Tensor]:
    """Return weights, two a byte and in order, and scales from the bytes of rows of blocks."""
    rows = raw.shape[0]
    head = 2 if ggml_type == _Q4_0 else 4
    blocks = raw.reshape(rows, -1, head + GROUP // 2)
    heads = np.ascontiguousarray(blocks[:, :, :head]).view(np.float16).astype(np.float32)
    scale = heads[:, :, 0]
    zero = np.zeros_like(scale) if ggml_type == _Q4_0 else heads[:, :, 1] + 8 * scale
    # A block holds weight i in the lower half of byte i, and weight i + 16 in the upper.
    quants = blocks[:, :, head:]
    values = np.concatenate([quants & 15, quants >> 4], axis=-1).reshape(rows, -1)
    halves = torch.from_numpy(values[:, 0::2] | (values[:, 1::2] << 4))
    scales = torch.from_numpy(np.stack([scale, zero], axis=-1)).transpose(0, 1).to(torch.bfloat16)
    return halves.contiguous(), scales.contiguous()
