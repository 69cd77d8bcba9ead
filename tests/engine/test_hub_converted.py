"""Models whose safetensors the hub's converter offers in a pull request, through the real huggingface_hub."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
import tiny_models

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, sources

FILES = ("config.json", "tokenizer.json")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[loopback.Server]:
    for name in [name for name in os.environ if name.startswith("HF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    with loopback.serving() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hub-cache"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield server


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a tiny model."""
    made = tiny_models.saved("llama", folder)
    return {name: (made / name).read_bytes() for name in (*FILES, "model.safetensors")}


def add_converted(
    server: loopback.Server, files: dict[str, bytes], title: str, author: str = "SFconvertbot"
) -> None:
    """Add a repository with pickled weights, and a pull request with safetensors."""
    server.add_repository("org/model", files)
    converted = server.pages["/api/models/org/model"]
    siblings = [{"rfilename": name, "size": 1} for name in (*FILES, "pytorch_model.bin")]
    main = {"id": "org/model", "sha": "0" * 40, "siblings": siblings}
    discussion = {
        "num": 7,
        "title": title,
        "status": "open",
        "isPullRequest": True,
        "createdAt": "2023-03-01T00:00:00.000Z",
        "author": {"name": author},
        "repo": {"name": "org/model", "type": "model"},
    }
    server.pages |= {
        "/api/models/org/model": json.dumps(main).encode(),
        "/api/models/org/model/revision/refs%2Fpr%2F7": converted,
        "/api/models/org/model/discussions": json.dumps(
            {"discussions": [discussion], "count": 1, "start": 0, "numClosedDiscussions": 0}
        ).encode(),
    }


def resolve(source: str) -> sources.ModelFolder:
    return sources.resolve(source, offline=False, progress=lambda *_: None, cancelled=lambda: False)


def test_the_converters_safetensors_are_taken(server: loopback.Server, tmp_path: Path) -> None:
    files = contents(tmp_path / "made")
    add_converted(server, files, "Adding `safetensors` variant of this model")
    found = resolve("org/model")
    assert (found.path / "model.safetensors").read_bytes() == files["model.safetensors"]
    assert not (found.path / "pytorch_model.bin").exists()
    assert not server.asked_for("pytorch_model.bin")


def test_other_pull_requests_are_not(server: loopback.Server, tmp_path: Path) -> None:
    add_converted(server, contents(tmp_path / "made"), "Fix a typo")
    with pytest.raises(sources.ModelUnavailable, match="pickled weights, which can run code"):
        resolve("org/model")


def test_terms_are_accepted_before_a_hub_model_is_fetched(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add_converted(server, contents(tmp_path / "made"), "Adding `safetensors` variant of this model")
    (nllb,) = (entry for entry in catalogue.entries() if entry.id == "nllb-200-600m")
    own = replace(nllb, hub="org/model")
    monkeypatch.setattr(catalogue, "entries", lambda: (own,))
    with pytest.raises(sources.ModelUnavailable, match="terms to accept"):
        resolve("nllb-200-600m")
    assert server.requests == []
    catalogue.accept(own)
    assert resolve("nllb-200-600m").path == paths.models_folder() / "org--model"
