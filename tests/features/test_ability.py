"""Abilities: measured once, kept beside the model, and known of the file that the default model comes as."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from gpt_assistant import paths
from gpt_assistant.engine.model_cache import Record, write_record
from gpt_assistant.features import ability


def measuring(value: float, seen: list[str]) -> Generator[str, None, float]:
    seen.append("began")
    yield "a pass"
    return value


def run(steps: Generator[str, None, float]) -> tuple[list[str], float]:
    yielded: list[str] = []
    while True:
        try:
            yielded.append(next(steps))
        except StopIteration as stop:
            return yielded, stop.value


def test_measured_once_and_then_known(tmp_path: Path) -> None:
    seen: list[str] = []
    assert ability.known(tmp_path, "singing") is None
    assert run(ability.measured(tmp_path, "singing", measuring(0.7, seen))) == (["a pass"], 0.7)
    assert run(ability.measured(tmp_path, "singing", measuring(0.1, seen))) == ([], 0.7)
    assert seen == ["began"]
    assert ability.known(tmp_path, "singing") == 0.7
    assert ability.known(tmp_path, "dancing") is None


@pytest.mark.parametrize("content", ["", "[1]", '{"singing": "well"}', '{"singing": true}', "\x00"])
def test_a_broken_file_knows_nothing_and_is_made_again(tmp_path: Path, content: str) -> None:
    (tmp_path / ability.FILE).write_text(content)
    assert ability.known(tmp_path, "singing") is None
    assert run(ability.measured(tmp_path, "singing", measuring(0.5, []))) == (["a pass"], 0.5)
    assert ability.known(tmp_path, "singing") == 0.5


def test_a_folder_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / ability.FILE).mkdir()
    assert run(ability.measured(tmp_path, "singing", measuring(0.5, []))) == (["a pass"], 0.5)
    assert ability.known(tmp_path, "singing") is None


def test_what_comes_with_the_program_holds_for_that_file_alone(tmp_path: Path) -> None:
    shipped = json.loads(paths.resource("abilities.json").read_bytes())
    (digest,) = shipped
    write_record(tmp_path, Record("somewhere", "a name", gguf="a.gguf", gguf_sha256=digest))
    assert ability.known(tmp_path, "summary") == shipped[digest]["summary"]
    (tmp_path / ability.FILE).write_text('{"summary": 0.9}')
    assert ability.known(tmp_path, "summary") == 0.9, "what was measured here counts for more"
    (tmp_path / ability.FILE).unlink()
    write_record(tmp_path, Record("somewhere", "a name", gguf="a.gguf", gguf_sha256="0" * 64))
    assert ability.known(tmp_path, "summary") is None


def test_the_default_models_abilities_come_with_the_program(default_model: Path) -> None:
    shipped = json.loads(paths.resource("abilities.json").read_bytes())
    record = json.loads((default_model / "source.json").read_bytes())
    assert {"summary", "rewriting grammar", "translation-examples-en-fr"} <= shipped[
        record["gguf_sha256"]
    ].keys()
