"""Folders, GGUF files of the writer's own, the cache of converted models."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny_gguf
from transformers import AutoModelForCausalLM

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, convert, model_cache, sources
from gpt_assistant.engine.job import Job

# Resolves argv[1]; each line of progress is printed, and "Preparing" takes argv[2] seconds a tensor.
SCRIPT = """
import sys, time
from gpt_assistant.engine import sources

def progress(text, fraction):
    print(text.split()[0], flush=True)
    time.sleep(float(sys.argv[2]) if text.startswith("Preparing") else 0)

found = sources.resolve(sys.argv[1], offline=True, progress=progress, cancelled=lambda: False)
print(found.path)
"""


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return paths.models_folder()


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf")


def resolve(source: str | Path, cancelled: Callable[[], bool] = lambda: False) -> sources.ModelFolder:
    return sources.resolve(
        str(source), offline=True, progress=lambda text, fraction: None, cancelled=cancelled
    )


def start(source: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(source), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def in_sight(models: Path) -> list[str]:
    return [path.name for path in models.iterdir() if not path.name.startswith(".")]


def refusal(source: str | Path) -> str:
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve(source)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_gguf_file_is_converted_once(gguf: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = resolve(gguf)
    assert found.path.parent == models
    assert (found.name, found.gguf) == ("tiny", gguf)
    AutoModelForCausalLM.from_pretrained(found.path)
    monkeypatch.setattr(sources, "sha256_of", None)  # neither read nor converted again
    monkeypatch.setattr(sources, "convert", None)
    assert resolve(gguf) == found


def test_the_same_content_under_another_name_is_not_converted_again(
    gguf: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = resolve(gguf)
    monkeypatch.setattr(sources, "convert", None)
    renamed = gguf.rename(gguf.with_name("renamed.gguf"))
    again = resolve(renamed)
    assert (again.path, again.gguf) == (first.path, renamed)
    assert in_sight(models) == [first.path.name]


def test_changed_content_under_the_same_name_is_converted_anew(gguf: Path) -> None:
    first = resolve(gguf)
    tiny_gguf.write(tiny_gguf.build("qwen3"), "qwen3", gguf)
    second = resolve(gguf)
    assert second.path != first.path
    assert json.loads((second.path / "config.json").read_text())["model_type"] == "qwen3"


@pytest.mark.parametrize("damage", ["format", "truncated", "no tokenizer", "record", "no config"])
def test_what_is_stale_or_damaged_is_made_again(gguf: Path, damage: str) -> None:
    found = resolve(gguf)
    weights = found.path / convert.WEIGHTS
    whole = weights.read_bytes()
    record = found.path / model_cache.RECORD
    if damage == "format":
        record.write_text(record.read_text().replace(f'"format": {model_cache.FORMAT}', '"format": 0'))
        weights.write_bytes(bytes(len(whole)))
    elif damage == "truncated":
        weights.write_bytes(whole[:-1])
    else:
        names = {"no tokenizer": "tokenizer.json", "record": record.name, "no config": "config.json"}
        (found.path / names[damage]).unlink()
    assert resolve(gguf) == found
    assert weights.read_bytes() == whole
    AutoModelForCausalLM.from_pretrained(found.path)


@pytest.mark.parametrize("steps", [1, 7, 15])
def test_a_killed_conversion_leaves_nothing_broken(gguf: Path, models: Path, steps: int) -> None:
    process = start(gguf, 0.05)
    assert process.stdout is not None
    seen = 0
    for line in process.stdout:
        seen += line.startswith("Preparing")
        if seen == steps:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert seen == steps
    assert in_sight(models) == []
    found = resolve(gguf)
    AutoModelForCausalLM.from_pretrained(found.path)
    assert in_sight(models) == [found.path.name]
    assert not list(models.glob(".*.partial"))


def test_two_processes_at_once_convert_once(gguf: Path, models: Path) -> None:
    both = [start(gguf, 0.05) for _ in range(2)]
    said = [process.communicate(timeout=120)[0].split("\n") for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("Preparing" in lines for lines in said) == [False, True]
    assert said[0][-2] == said[1][-2] == str(models / in_sight(models)[0])


def test_a_cancelled_conversion_leaves_nothing(gguf: Path, models: Path) -> None:
    asked = iter([False] * 12)
    with pytest.raises(sources.ResolveCancelled):
        resolve(gguf, cancelled=lambda: next(asked, True))
    assert in_sight(models) == []
    assert not list(models.glob(".*.partial"))
    assert resolve(gguf).gguf == gguf


def test_folders_are_taken_as_they_are(gguf: Path, tmp_path: Path) -> None:
    made = resolve(gguf).path
    folder = tmp_path / "mine"
    made.rename(folder)
    (folder / model_cache.RECORD).unlink()
    found = resolve(folder)
    assert (found.path, found.name, found.gguf) == (folder, "mine", None)
    assert resolve(folder / convert.WEIGHTS).path == folder


def test_a_folder_with_one_gguf_is_that_gguf(gguf: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    inside = gguf.rename(tmp_path / "one" / "model.gguf")
    assert resolve(tmp_path / "one").gguf == inside
    (tmp_path / "one" / "second.gguf").write_bytes(b"")
    assert "several GGUF files" in refusal(tmp_path / "one")


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.ckpt", "model.pth"])
def test_pickled_weights_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pickled"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / name).write_bytes(b"\x80\x02")
    for source in (folder, folder / name):
        assert re.search(r"pickled weights, which can run code.*choose", refusal(source))


def test_incomplete_folders_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    folder.mkdir()
    assert "holds no model" in refusal(folder)
    (folder / "model-00001-of-00002.safetensors").write_bytes(b"")
    assert "no config.json" in refusal(folder)
    (folder / "config.json").write_text("{}")
    assert "no tokenizer" in refusal(folder)
    (folder / "tokenizer.json").write_text("{}")
    index = folder / "model.safetensors.index.json"
    names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    index.write_text(json.dumps({"weight_map": {"a": names[0], "b": names[1]}}))
    assert "lacks model-00002-of-00002.safetensors" in refusal(folder)
    (folder / names[1]).write_bytes(b"")
    assert resolve(folder).path == folder


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no such model", "There is no model 'no such model'"),
        ("/no/such/file.gguf", "There is no model"),
        ("missing.gguf", "There is no model"),
        ("org/name", "not on this machine"),
    ],
)
def test_what_is_not_there_is_one_line(source: str, said: str) -> None:
    assert said in refusal(source)


def test_files_that_are_no_models_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear all")
    assert "is no model" in refusal(text)
    fake = tmp_path / "fake.gguf"
    fake.write_text("Dear all")
    assert "fake.gguf is not a GGUF file. Choose another file." in refusal(fake)


def test_a_folder_that_cannot_be_written_is_one_line(
    gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_text("a file, where the models' folder should be")
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "blocked" / "models"))
    assert "could not be stored" in refusal(gguf)


def test_installed_and_removed(gguf: Path, models: Path) -> None:
    found = resolve(gguf)
    ((model, size),) = model_cache.installed()
    assert model == found
    assert size == sum(path.stat().st_size for path in found.path.iterdir())
    assert model_cache.remove(str(gguf)) == size
    assert model_cache.installed() == []
    assert gguf.is_file()
    assert model_cache.remove(str(gguf)) == 0


@pytest.mark.parametrize("name", ["", ".", "..", "../outside", "/", ".hidden"])
def test_remove_stays_inside_the_cache(models: Path, name: str) -> None:
    outside = models.parent / "outside"
    outside.mkdir()
    (models / ".hidden").mkdir()
    assert model_cache.remove(name) == 0
    assert outside.is_dir()
    assert models.is_dir()
    assert (models / ".hidden").is_dir()


def test_a_model_that_is_being_prepared_is_not_removed(models: Path) -> None:
    (models / "tiny").mkdir()
    job = Job(lambda text, fraction: None, lambda: False)
    with (
        model_cache.staged(models / "tiny", job, keep=""),
        pytest.raises(sources.ModelUnavailable, match="being prepared"),
    ):
        model_cache.remove("tiny")
    assert (models / "tiny").is_dir()


def test_the_catalogue_is_whole() -> None:
    entries = catalogue.entries()
    assert [entry.default for entry in entries] == [True] + [False] * (len(entries) - 1)
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9.-]+", entry.id)
        assert entry.licence
        assert entry.languages
        assert entry.good_for
        assert entry.parameters > 3e7
        assert entry.kind in ("completion", "chat", "translation", "speech")
        assert 0 <= entry.table < entry.parameters
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", entry.hub)
        if entry.wheels:
            assert entry.download == sum(wheel.size for wheel in entry.wheels)
            assert all(re.fullmatch(r"[\w-]+==[\d.]+", wheel.requirement) for wheel in entry.wheels)
            assert all(len(wheel.sha256) == 64 for wheel in entry.wheels)
        if entry.wheels and not entry.members:
            assert len(entry.file_sha256) == 64
            assert entry.file_name.endswith(".gguf")
        assert all(len(member.sha256) == 64 and member.size for member in entry.members)
        assert len(entry.wheels) == 1 or not entry.members
    assert catalogue.find("default") == entries[0]
    assert catalogue.find("GEMMA-3-270m") == entries[1]
    assert catalogue.find("org/name") is None


def test_the_default_model_is_whole(default_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(default_model.parent))
    found = resolve("default")
    assert found.path == default_model
    assert found.licence == "Apache-2.0"
    assert found.gguf is None or found.gguf.stat().st_size == 98_362_432
