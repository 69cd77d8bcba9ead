"""Weights of the mood that were tampered with are left aside, whatever is wrong with them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from engine import tiny_models

from gpt_assistant import paths
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import sentiment_head
from gpt_assistant.features.sentiment_head import FILE, LinearHead, Odds, head_for, save
from gpt_assistant.features.sentiment_network import OUTPUTS
from gpt_assistant.features.sentiment_states import width


@pytest.fixture
def model(tmp_path: Path) -> LanguageModel:
    return LanguageModel.load(tiny_models.saved("llama", tmp_path / "tiny"), device="cpu")


def head(model: LanguageModel, change: Callable[[torch.Tensor], torch.Tensor] = lambda t: t) -> LinearHead:
    weight = change(torch.randn(OUTPUTS, 2 * width(model)))
    return LinearHead((1,), Odds(0.1, 0.2, 0.3), weight, torch.zeros(len(weight)))


def test_whole_ones_are_used(model: LanguageModel) -> None:
    save(head(model), model.folder / FILE)
    assert head_for(model) is not None


@pytest.mark.parametrize("seed", range(24))
def test_changed_at_random(seed: int, model: LanguageModel) -> None:
    path = model.folder / FILE
    save(head(model), path)
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    place = chance.randrange(min(300, len(data)))
    if seed % 3 == 0:
        del data[place:]
    elif seed % 3 == 1:
        data[place : place + 4] = b"\xff\xff\xff\xff"
    else:
        data[place:place] = chance.randbytes(16)
    path.write_bytes(data)
    found = head_for(model)
    assert found is None or found.layers == (1,)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.fill_(float("nan")),
        lambda t: t * 1e9,  # infinite in 16 bits
        lambda t: t[:1],
        lambda t: t[:, :3],
        lambda t: torch.randn(OUTPUTS, 10_000),
    ],
)
def test_numbers_and_sizes_of_no_use(
    change: Callable[[torch.Tensor], torch.Tensor], model: LanguageModel
) -> None:
    save(head(model, change), model.folder / FILE)
    assert head_for(model) is None


@pytest.mark.parametrize(
    "data", [b"", b"\x80\x04.", b"PK\x03\x04", b"\xff" * 64, b"{}", b"\x02" + b"\0" * 7 + b"{}"]
)
def test_files_of_another_kind(data: bytes, model: LanguageModel) -> None:
    (model.folder / FILE).write_bytes(data)
    assert head_for(model) is None


def test_what_ships_is_taken_for_its_own_model_alone(
    model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped.safetensors"
    real = paths.resource(sentiment_head.SHIPPED).read_bytes()
    monkeypatch.setattr(paths, "resource", lambda _name: shipped)
    for data in (real, real[:1000], real[:8] + b"\xff" + real[9:]):
        shipped.write_bytes(data)
        (model.folder / "source.json").write_text(
            json.dumps({"source": "x", "name": "x", "gguf_sha256": "0" * 64})
        )
        assert head_for(model) is None
