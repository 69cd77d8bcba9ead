"""Repositories of the hub through the real huggingface_hub, from a web server on this machine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
from fetching_kit import left_in, repository, resolve, use
from transformers import AutoModelForCausalLM

from gpt_assistant.engine import catalogue, sources

pytestmark = pytest.mark.usefixtures("models")


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


def test_weights_that_the_hub_states_another_hash_of_are_removed(
    server: loopback.Server, gguf: Path, models: Path, tmp_path: Path
) -> None:
    files = repository(gguf, tmp_path / "made")
    server.add_repository("org/other", files)
    page = f"/org/other/resolve/{loopback.COMMIT}/model.safetensors"
    whole = server.pages[page]
    server.pages[page] = bytes([whole[0], *whole[1:-1], whole[-1] ^ 1])
    with pytest.raises(sources.ModelUnavailable, match=r"model\.safetensors was altered on its way"):
        resolve("org/other")
    server.pages[page] = whole
    assert resolve("org/other").path == models / "org--other"


def test_a_repository_that_the_disk_has_no_room_for_is_refused(
    server: loopback.Server, gguf: Path, tmp_path: Path, models: Path
) -> None:
    server.add_repository("org/large", repository(gguf, tmp_path / "made"))
    for path in [
        path for path in server.pages if path.startswith("/api/models/org/large") and "tree" not in path
    ]:
        info = json.loads(server.pages[path])
        for file in info["siblings"]:
            file["size"] = 10**18 if file["rfilename"] == "model.safetensors" else file["size"]
        server.pages[path] = json.dumps(info).encode()
    with pytest.raises(sources.ModelUnavailable, match=r"the disk has .* GB free and .* make room"):
        resolve("org/large")
    assert not server.asked_for("/resolve/")


def test_a_model_of_the_catalogue_that_the_disk_has_no_room_for_is_refused_at_once(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = next(entry for entry in catalogue.entries() if entry.id == "smollm2-360m")
    use(replace(entry, download=10**18), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"make room and try again"):
        resolve("smollm2-360m")
    assert server.requests == []
