"""What the tests of what is fetched share; conftest.py has the servers that it is fetched from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gpt_assistant.engine import catalogue, convert, sources
from gpt_assistant.engine.catalogue import Entry
from gpt_assistant.engine.job import Job

PACKAGE = "gpt-assistant-tiny-test-model"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def use(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "entries", lambda: (entry,))


def resolve(
    source: str, *, offline: bool = False, progress=lambda text, fraction: None, cancelled=lambda: False
) -> sources.ModelFolder:
    return sources.resolve(source, offline=offline, progress=progress, cancelled=cancelled)


def left_in(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir() if not path.name.endswith(".lock"))


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
