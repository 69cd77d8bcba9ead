"""Keeps tests off the writer's own files, off the screen, and gives them the real default model."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring_memory
import pytest
from keyring_memory import MemoryKeyring

from gpt_assistant import connections, paths, power
from gpt_assistant.engine import sources
from gpt_assistant.storage import secrets, vault

# The models alone stay where they are, so that no test fetches the default model again.
os.environ.setdefault("GPT_ASSISTANT_MODELS", str(paths.models_folder()))
_HOME = tempfile.TemporaryDirectory(prefix="gpt-assistant-tests-")
os.environ["GPT_ASSISTANT_HOME"] = _HOME.name
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GPT_ASSISTANT_KERNEL", "found")  # no test starts a compiler that it does not ask for
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # for processes that tests start


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test settings, journal and session of its own."""
    monkeypatch.setenv("GPT_ASSISTANT_HOME", str(tmp_path / "home"))
    connections.set_offline(False)  # which a window of another test may have left on


@pytest.fixture(autouse=True)
def _on_mains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on whether the machine it runs on has its charger plugged in."""
    monkeypatch.setattr(power, "_SYS", tmp_path / "no-sys")


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Give every test an empty keyring of its own: the writer's is never asked."""
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
    vault.set_patience(secrets.SECONDS)


@pytest.fixture
def file_keyring(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, memory_keyring: MemoryKeyring
) -> Path:
    """Give this test and the processes that it starts one keyring; returns its file."""
    path = tmp_path_factory.mktemp("keyring") / "keyring.json"
    monkeypatch.setenv(keyring_memory.FILE, str(path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", keyring_memory.BACKEND)
    found = (str(Path(keyring_memory.__file__).parent), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, found)))
    keyring.set_keyring(keyring_memory.FileKeyring())
    return path


@pytest.fixture(scope="session")
def default_model() -> Path:
    """Return the folder of the default model, fetched and converted at the first use.

    Without a network the tests that need it are skipped; where CI is set they fail instead.
    """
    try:
        found = sources.resolve(
            "default", offline=False, progress=lambda text, fraction: None, cancelled=lambda: False
        )
    except sources.ModelUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    return found.path
