"""4-bit blocks of a GGUF file are multiplied as the weights that they stand for."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind

from gpt_assistant.engine import blocks

N, K = 128, 192


class Many:
    """What more rows are handed to."""

    def __init__(self) -> None:
        self.rows: list[int] = []

    def product(self, x: torch.Tensor) -> torch.Tensor:
        self.rows.append(len(x))
        return x[:, :1]


def written(folder: Path, *tensors: tuple[str, tuple[int, int], Kind]) -> Path:
    """Write a GGUF file of random tensors; the same ones each time."""
    path = folder / "model.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    chance = np.random.default_rng(3)
    for name, shape, kind in tensors:
        values = chance.normal(0.3, 1.0, shape).astype(np.float32)
        writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def dequantized(path: Path, name: str) -> torch.Tensor:
    reader = gguf.GGUFReader(path)
    (tensor,) = (t for t in reader.tensors if t.name == name)
    return torch.from_numpy(gguf.dequantize(tensor.data, tensor.tensor_type).copy())


@pytest.mark.parametrize("kind", [Kind.Q4_0, Kind.Q4_1])
def test_a_product_is_that_of_the_weights_of_the_file(kind: Kind, tmp_path: Path) -> None:
    path = written(tmp_path, ("blk.0.ffn_down.weight", (N, K), kind))
    found = dict(blocks.read(path, 1))
    many = Many()
    matrix = blocks.matrix(found["0.down.blocks"], found["0.down.block_scales"], many)
    exact = dequantized(path, "blk.0.ffn_down.weight")
    for rows in (1, 2, 4):
        x = torch.randn(rows, K, generator=torch.Generator().manual_seed(rows)).bfloat16().float()
        got, wanted = matrix.product(x), x @ exact.T
        assert got.dtype == torch.float32
        assert float((got - wanted).norm() / wanted.norm()) < 0.01
    assert many.rows == []
    matrix.product(torch.zeros(5, K))
    assert many.rows == [5], "more rows go to the other kernels"


def test_what_the_kernel_cannot_use_is_left(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ("blk.0.ffn_down.weight", (N, K), Kind.Q8_0),
        ("blk.0.attn_output.weight", (96, K), Kind.Q4_1),
        ("blk.0.ffn_up.weight", (N, K), Kind.Q4_1),
        ("blk.1.attn_output.weight", (N, K), Kind.Q4_1),
        ("blk.7.ffn_down.weight", (N, K), Kind.Q4_1),
    )
    assert {name for name, _ in blocks.read(path, 2)} == {"1.output.blocks", "1.output.block_scales"}


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUF nothing")
    with pytest.raises(ValueError, match=r"model\.gguf"):
        list(blocks.read(tmp_path / "model.gguf", 1))
