"""Every number format, on every path to the CPU: what the model says stays, what it takes falls."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_models
import torch

from gpt_assistant.engine import footprint
from gpt_assistant.engine.lean import LeanNetwork
from gpt_assistant.engine.model import PACKED_INT4_FILE, LanguageModel
from gpt_assistant.engine.native import library
from gpt_assistant.engine.network import TransformersNetwork

# How far the mean KL divergence to float32 may be, in nats a token: random weights feel rounding more than
# trained ones do. Measured with the default model: bfloat16 0.0015, int8 0.0059, int4 (its blocks) 0.0032.
APART = {"float32": 1e-6, "float16": 0.001, "bfloat16": 0.02, "int8": 0.02, "int4": 0.6}
SIZES = {"hidden_size": 128, "intermediate_size": 256, "head_dim": 32}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a Llama, which has paths of its own, and a Gemma and a GPT-2, which transformers computes."""
    root = tmp_path_factory.mktemp("models")
    made = {}
    for name in ("llama", "gemma3", "gpt2"):
        sizes = {"n_embd": 128} if name == "gpt2" else SIZES
        made[name] = tiny_models.save(tiny_models.build(name, **sizes), root / name)
    return made


def kl(folder: Path, dtype: str) -> tuple[float, LanguageModel]:
    """Return how far a number format is from float32, and the model."""
    ids = list(range(3, 60))
    model = LanguageModel.load(folder, device="cpu", dtype=dtype)
    found = model.network.forward(ids, model.network.empty_cache(), keep=len(ids)).float().log_softmax(-1)
    exact = LanguageModel.load(folder, device="cpu", dtype="float32").network
    wanted = exact.forward(ids, exact.empty_cache(), keep=len(ids)).log_softmax(-1)
    return float((wanted.exp() * (wanted - found)).sum(-1).mean()), model


@pytest.mark.parametrize("dtype", APART)
@pytest.mark.parametrize("name", ["llama", "gemma3", "gpt2"])
def test_a_number_format_says_what_float32_says(name: str, dtype: str, folders: dict[str, Path]) -> None:
    apart, model = kl(folders[name], dtype)
    assert apart < APART[dtype]
    assert model.description.dtype == dtype
    assert model.description.device == "cpu"


@pytest.mark.parametrize("dtype", ["auto", "int8", "int4"])
def test_without_the_kernel_the_lean_path_takes_them(
    dtype: str, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "kernel", lambda: None)
    apart, model = kl(folders["llama"], dtype)
    assert isinstance(model.network, LeanNetwork)
    assert apart < APART["int8" if dtype == "auto" else dtype]
    assert model.description.dtype == ("int8" if dtype == "auto" else dtype)


@pytest.mark.parametrize("name", ["llama", "gemma3", "gpt2"])
def test_fewer_bits_take_less_memory(name: str, folders: dict[str, Path]) -> None:
    sizes = [
        LanguageModel.load(folders[name], device="cpu", dtype=dtype).description.memory
        for dtype in ("float32", "bfloat16", "int4")
    ]
    if name == "llama":
        assert sizes == sorted(sizes, reverse=True)
    assert sizes[2] < sizes[0]


def test_the_form_of_four_bits_is_kept_beside_the_model(folders: dict[str, Path]) -> None:
    first = LanguageModel.load(folders["llama"], device="cpu", dtype="int4")
    kept = folders["llama"] / PACKED_INT4_FILE
    assert kept.is_file()
    again = LanguageModel.load(folders["llama"], device="cpu", dtype="int4")
    ids = list(range(3, 20))
    one = first.network.forward(ids, first.network.empty_cache())
    two = again.network.forward(ids, again.network.empty_cache())
    assert torch.equal(one, two)
    assert first.description.parameters == again.description.parameters
    LanguageModel.load(folders["llama"], device="cpu", dtype="auto")
    assert kept.is_file()  # the other form does not push it out


def test_gpt2_and_gemma_take_the_plain_path(folders: dict[str, Path]) -> None:
    for name in ("gemma3", "gpt2"):
        model = LanguageModel.load(folders[name], device="cpu", dtype="int4")
        assert isinstance(model.network, TransformersNetwork)
        assert model.network.bits == 4


@pytest.mark.parametrize("name", ["llama", "gemma3", "gpt2"])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int8", "int4"])
def test_the_weights_are_estimated_before_they_are_loaded(
    name: str, dtype: str, folders: dict[str, Path]
) -> None:
    count = footprint.of_folder(folders[name])
    model = LanguageModel.load(folders[name], device="cpu", dtype=dtype)
    assert count.parameters == model.description.parameters
    estimated = footprint.estimate(count, "cpu", dtype).weights
    if isinstance(model.network, TransformersNetwork) or library.kernel() is not None:
        assert estimated == pytest.approx(model.description.memory, rel=0.25)
