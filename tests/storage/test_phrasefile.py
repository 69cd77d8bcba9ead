"""The file of phrases: it survives, stays small, and bad lines or disks lose nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gpt_assistant.storage import vault
from gpt_assistant.storage.phrasefile import PhraseFile


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


def test_phrases_survive_and_keep_their_order(tmp_path: Path) -> None:
    file = PhraseFile(tmp_path / "phrases.jsonl")
    for phrase in ("one two", "drei\nvier", "…émoji 🙂"):
        file.add(phrase)
    assert PhraseFile(file.path).phrases() == ["one two", "drei\nvier", "…émoji 🙂"]


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    file = PhraseFile(tmp_path / "phrases.jsonl", limit=10)
    for number in range(47):
        file.add(str(number))
    assert file.phrases() == [str(number) for number in range(37, 47)]
    assert len(file.path.read_text().splitlines()) < 20
    assert PhraseFile(file.path, limit=10).phrases() == file.phrases()


def test_a_bad_line_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "phrases.jsonl"
    path.write_bytes(json.dumps("good").encode() + b'\n{"no": 1}\n\xff\xfe\nhalf a li\n"also good"\n')
    assert PhraseFile(path).phrases() == ["good", "also good"]


def test_clearing_deletes_the_file(tmp_path: Path) -> None:
    file = PhraseFile(tmp_path / "phrases.jsonl")
    file.add("one")
    file.clear()
    assert not file.path.exists()
    assert PhraseFile(file.path).phrases() == []
    file.clear()


def test_a_file_that_cannot_be_written_only_costs_memory_of_it(tmp_path: Path, caplog) -> None:
    file = PhraseFile(tmp_path / "missing" / "phrases.jsonl")
    file.add("one")
    assert file.phrases() == ["one"]
    assert "phrase not kept" in caplog.text
