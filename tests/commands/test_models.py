from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest
from engine import tiny_models

from gpt_assistant import paths
from gpt_assistant.commands import models
from gpt_assistant.commands.loading import load_model
from gpt_assistant.engine import catalogue, footprint, model_cache, sources
from gpt_assistant.engine.model_cache import Record
from gpt_assistant.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    return paths.models_folder()


@pytest.fixture
def stored(folder: Path) -> Path:
    """Put a model into the cache as if it had been fetched."""
    path = folder / "smollm2-135m-instruct"
    path.mkdir()
    for name in ("config.json", "tokenizer.json"):
        (path / name).write_text("{}")
    (path / "model.safetensors").write_bytes(bytes(3_000_000))
    model_cache.write_record(path, Record("smollm2-135m-instruct", "SmolLM2 135M Instruct", "Apache-2.0"))
    return path


def run(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="gpt-assistant models")
    models.add_arguments(parser)
    return models.run(parser.parse_args(words))


def test_list_shows_every_model_and_what_is_here(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    for entry in catalogue.entries():
        (line,) = (line for line in lines if f" {entry.id} " in line)
        assert entry.licence in line
        assert entry.good_for in line
        assert line.startswith("*") == entry.default


def test_list_as_json(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["models"]
    assert [row["id"] for row in rows] == [entry.id for entry in catalogue.entries()]
    assert rows[0]["installed"]
    assert rows[0]["bytes"] > 3_000_000
    assert rows[0]["path"] == str(stored)
    assert not any(row["installed"] for row in rows[1:])


def test_list_shows_models_outside_the_catalogue(
    stored: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = stored.rename(folder / "gguf-0123")
    model_cache.write_record(other, Record("/home/me/my.gguf", "my"))
    assert run("list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["models"]
    assert [(row["id"], row["installed"]) for row in rows if row["installed"]] == [("/home/me/my.gguf", True)]
    assert run("info", "/home/me/my.gguf") == 0
    assert str(other) in capsys.readouterr().out


def test_info(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("info", "default") == 0
    out = capsys.readouterr().out
    assert "Apache-2.0" in out
    assert f"{stored} (3 MB)" in out
    assert run("info", "gemma-3-270m") == 0
    out = capsys.readouterr().out
    assert "Gemma Terms of Use" in out
    assert "(not accepted)" in out
    assert run("info", "gemma-3-270m", "--json") == 0
    assert json.loads(capsys.readouterr().out)["terms"]


def test_info_about_the_unknown_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("info", "nothing") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gpt-assistant: nothing is not in the list")
    assert err.count("\n") == 1


def test_remove(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", "default") == 0
    assert capsys.readouterr().out == "default is removed, 3 MB are free again.\n"
    assert not stored.exists()
    assert run("remove", "default") == 1
    assert "not on this machine" in capsys.readouterr().err


def test_remove_as_json(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", "smollm2-135m-instruct", "--json") == 0
    assert json.loads(capsys.readouterr().out)["freed"] > 3_000_000


def test_pull_of_what_is_here_answers_at_once(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("pull", "default", "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["path"] == str(stored)
    assert err == ""
    assert run("pull", "default") == 0
    assert capsys.readouterr().out == f"SmolLM2 135M Instruct is ready in {stored}\n"


def test_pull_shows_progress_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = sources.cached("default")
    assert model

    def resolve(source: str, *, offline: bool, progress, cancelled) -> sources.ModelFolder:
        assert (source, offline, cancelled()) == ("default", False, False)
        for step in range(101):
            progress(f"Fetching: {step} of 100 MB", step / 100)
        progress("Waiting", -1.0)
        return model

    monkeypatch.setattr(sources, "resolve", resolve)
    assert run("pull", "default") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "  0% Fetching: 0 of 100 MB"
    assert lines[-2:] == ["100% Fetching: 100 of 100 MB", "Waiting"]
    assert len(lines) == 12


def test_pull_of_the_impossible_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "model.bin").write_bytes(b"")
    assert run("pull", str(tmp_path / "model.bin")) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "pickled weights" in err
    assert err.count("\n") == 1


def test_terms_are_shown_and_nothing_fetched_until_they_are_accepted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stored: Path
) -> None:
    fetched: list[str] = []

    def fetch(entry: catalogue.Entry, *_: object) -> None:
        fetched.append(entry.id)
        raise sources.ModelUnavailable("That was the download.")

    monkeypatch.setattr(sources, "_fetch", fetch)
    assert run("pull", "gemma-3-270m") == 1
    err = capsys.readouterr().err
    assert "ai.google.dev/gemma/terms" in err
    assert "models pull gemma-3-270m --accept-licence" in err
    assert fetched == []
    assert run("pull", "gemma-3-270m", "--accept-licence") == 1
    assert "That was the download." in capsys.readouterr().err
    assert fetched == ["gemma-3-270m"]
    gemma = catalogue.find("gemma-3-270m")
    assert gemma
    assert catalogue.accepted(gemma)
    assert not catalogue.accepted(replace(gemma, terms=gemma.terms + " And more."))


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def resolve(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "resolve", resolve)
    assert run("pull", "default") == 130
    assert "Interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["pull"], ["fly"], ["list", "--no-such"]])
def test_wrong_use_is_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_devices_are_listed_by_name_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("devices") == 0
    out = capsys.readouterr().out
    assert " cpu " in out
    assert "threads" in out
    assert out.count("* ") == 2, "one is the automatic one, and the last line says so"
    assert run("devices", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["devices"]
    assert rows[-1]["id"] == "cpu"
    assert rows[-1]["name"]
    assert rows[-1]["total"] > rows[-1]["free"] > 0
    assert sum(row["automatic"] for row in rows) == 1


def test_the_memory_is_estimated_for_what_can_be_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["models"]
    for row in rows:
        assert list(row["memory"]) == (
            list(footprint.PRECISIONS) if row["kind"] in ("completion", "chat") else []
        )
    large = next(row for row in rows if row["id"] == "qwen3-4b-instruct")["memory"]
    assert large["float32"] > large["bfloat16"] > large["int8"] > large["int4"] > 2 * 10**9
    assert {row["kind"] for row in rows} == {"completion", "chat", "translation", "speech"}
    assert run("info", "smollm2-360m") == 0
    assert "Memory:     auto " in capsys.readouterr().out


def test_a_model_that_does_not_fit_is_refused_unless_it_is_to_be_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_models.saved("llama", tmp_path / "tiny")
    monkeypatch.setattr(footprint, "free_memory", lambda _device: 1000)
    wanted = Settings(model=str(folder), device="cpu")
    with pytest.raises(sources.ModelUnavailable, match=r"tiny needs about .* With --no-check-memory"):
        load_model(wanted)
    assert load_model(wanted.changed(check_memory=False)).description.device == "cpu"


@pytest.mark.parametrize("device", ["tpu", "cuda:", "cuda:x", "cpu:1", ""])
def test_what_is_no_device_is_refused_as_a_setting(device: str) -> None:
    with pytest.raises(ValueError, match="device must be auto, cpu, mps, cuda or xpu"):
        Settings().changed(device=device)


@pytest.mark.parametrize("device", ["auto", "cpu", "mps", "cuda", "cuda:0", "cuda:12", "xpu", "xpu:1"])
def test_every_device_can_be_set(device: str) -> None:
    assert Settings().changed(device=device).device == device
