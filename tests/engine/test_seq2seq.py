"""Encoder-decoder models: what tiny ones have learnt by heart comes out again, step by step."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_seq2seq
import torch
from tiny_models import drive
from tiny_seq2seq import PAIRS

from gpt_assistant.engine import model_cache, seq2seq
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.seq2seq import Seq2Seq

BUILDERS = {"marian": tiny_seq2seq.marian, "m2m100": tiny_seq2seq.m2m100, "nllb": tiny_seq2seq.nllb}


@pytest.fixture(scope="module", params=list(BUILDERS))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        yield BUILDERS[request.param](tmp_path_factory.mktemp("models") / request.param)


@pytest.fixture(scope="module")
def model(folder: Path) -> Seq2Seq:
    return Seq2Seq.load(folder, device="cpu", threads=1)


@pytest.mark.parametrize(("source", "target"), PAIRS)
@pytest.mark.parametrize("beams", [1, 4])
def test_what_was_learnt_is_translated(model: Seq2Seq, source: str, target: str, beams: int) -> None:
    found = drive(model.translate(source, "en", "fr", beams=beams))
    assert found[0] == target
    assert 1 <= len(found) <= beams


def test_the_likeliest_is_what_transformers_finds(model: Seq2Seq) -> None:
    """Greedily, on a sentence that was not learnt."""
    text = "The garden is old, my friend."
    encoded = model._encode(text, "en", "fr")
    forced = model._forced("fr")
    with torch.inference_mode():
        ids = model.model.generate(
            **encoded, num_beams=1, do_sample=False, max_length=60, forced_bos_token_id=forced
        )
    wanted = model.tokenizer.decode(ids[0], skip_special_tokens=True).removeprefix("__fr__").strip()
    assert drive(model.translate(text, "en", "fr", beams=1)) == [wanted]


def test_every_pass_can_be_the_last(model: Seq2Seq) -> None:
    steps = model.translate(PAIRS[0][0], "en", "fr")
    for _ in range(4):
        next(steps)
    steps.close()
    assert drive(model.translate(PAIRS[1][0], "en", "fr"))[0] == PAIRS[1][1]


def test_an_encoder_decoder_is_known_by_its_settings(folder: Path, tmp_path: Path) -> None:
    assert seq2seq.is_encoder_decoder(folder)
    assert not model_cache.problem_of(folder)
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "llama"}))
    assert not seq2seq.is_encoder_decoder(tmp_path)
    assert not seq2seq.is_encoder_decoder(tmp_path / "nothing")


def test_its_languages_are_known(model: Seq2Seq, folder: Path) -> None:
    if folder.name == "marian":
        assert model.pair() == ("en", "fr")
    else:
        assert model.pair() is None
        assert model.knows("de")
        assert model.knows("nb")
        assert not model.knows("tlh")


def test_broken_weights_are_one_line(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelUnavailable, match="fetch it again") as caught:
        Seq2Seq.load(tmp_path, device="cpu")
    assert "\n" not in str(caught.value)
