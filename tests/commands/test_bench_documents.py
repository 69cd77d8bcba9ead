"""`bench --documents` with tiny models in real processes, and the pieces that are typed."""

from __future__ import annotations

import io
import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
from engine import tiny_models
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.cli import main
from gpt_assistant.commands.measure import documents
from gpt_assistant.commands.measure.documents import pieces

WORDS = "weather mountains river village bridge letter remember evening garden window".split()  # noqa: SIM905


def story(words: int, seed: int = 5) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + ("." if i % 9 == 8 else "") for i in range(words))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    return tiny("llama", tmp_path / "tiny")


def tiny(name: str, folder: Path) -> Path:
    """Return `folder` with a tiny model in it that reads as much as a real one."""
    return tiny_models.save(tiny_models.build(name, max_position_embeddings=4096), folder)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(story(300), encoding="utf-8")
    return path


def measured(capsys: pytest.CaptureFixture[str], *options: object) -> tuple[int, Any]:
    code = main(
        ["bench", "--device", "cpu", "--threads", "1", "--seconds", "3", "--json", *map(str, options)]
    )
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out.strip() else said.err


def test_models_are_measured_and_one_is_named(
    folder: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tiny("qwen2", tmp_path / "other")
    code, found = measured(capsys, "--documents", text, "--models", folder, other, tmp_path / "none")
    first, second, third = found["models"]
    assert first["model"] == str(folder)
    assert second["model"] == str(other)
    for each in (first, second):
        assert each["ran_on"] == "cpu"
        assert each["characters"] >= 40
        assert each["keystrokes_saved"] <= 1
        assert each["bits_per_character"] > 0
        assert each["memory_mb"] > 50
        assert each["first_word_ms"]["p50"] <= each["first_word_ms"]["p90"]
    assert "no model" in third["problem"]
    assert "\n" not in third["problem"]
    assert found["why"].endswith(".")
    assert code == (0 if found["recommended"] else 1)


def test_each_precision_is_a_row(folder: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = measured(
        capsys, "--documents", text, "--models", folder, "--precisions", "int8", "float32", "--devices", "cpu"
    )
    assert [(row["dtype"], row["precision"]) for row in found["models"]] == [
        ("int8", "int8"),
        ("float32", "float32"),
    ]


def test_too_little_text(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.txt"
    path.write_text("Too short.", encoding="utf-8")
    code, said = measured(capsys, "--documents", path, "--models", folder)
    assert code == 2
    assert "too little text" in said


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = measured(capsys, "--documents", tmp_path / "none.txt")
    assert code == 2
    assert "none.txt" in said


def test_the_table(folder: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "--device", "cpu", "--seconds", "2", "--documents", str(text), "--models", str(folder)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["MODEL", "DEVICE"]
    assert "cpu" in lines[1]
    assert lines[-1].endswith(".")


def test_the_installed_ones_are_taken_where_none_is_named(
    folder: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = measured(capsys, "--documents", text, "--model", folder)
    assert [row["model"] for row in found["models"]] == [str(folder)], "and the one that is set"
    assert code in (0, 1)


def test_alone_says_what_it_finds_as_it_goes(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([story(300), story(200, 6)])))
    monkeypatch.setattr(documents, "lower_priority", lambda: None)  # it would stay lowered
    assert main(["bench", "--documents", "-", "--alone", "--seconds", "3", "--model", str(folder)]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said[0] == {"state": "loading"}
    assert said[1]["loaded"]["device"]
    places = [each for each in said if "place" in each]
    assert places
    shares = [each["done"] for each in places]
    assert shares == sorted(shares)
    assert said[-1]["finished"]["bits"] > 0


# The pieces


def test_pieces_come_from_the_last_half_and_begin_at_words() -> None:
    text = story(2000)
    found = pieces([text])
    assert len(found) == 40
    for piece in found:
        assert piece.start >= len(text) * 0.5
        assert text[piece.start - 1] == " "
        assert 40 <= piece.end - piece.start <= 80
    spans = sorted((piece.start, piece.end) for piece in found)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_texts_take_turns_and_each_is_seen_all_over_early() -> None:
    texts = [story(2000), story(2000, 6), story(500, 7)]
    found = pieces(texts)
    assert [piece.text for piece in found[:3]] == [0, 1, 2]
    early = [piece.start / len(texts[0]) for piece in found[:12] if piece.text == 0]
    assert max(early) - min(early) > 0.3


@given(st.lists(st.text(max_size=600), max_size=4))
def test_any_text(texts: list[str]) -> None:
    for piece in pieces(texts):
        text = texts[piece.text]
        assert 0 < piece.start < piece.end <= len(text)


def test_a_long_text_is_shortened_to_its_end() -> None:
    text = story(100_000)
    kept = documents.shortened(text)
    assert len(kept) == documents.MOST_CHARACTERS
    assert text.endswith(kept)
    assert documents.shortened("short") == "short"


def test_files_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Grüße aus Köln, wo es schön ist. ".encode("cp1252") * 20)
    (text,) = documents.read_texts([path])
    assert text.startswith("Grüße aus Köln")
