"""Keeps tests off the writer's own files, off the screen, and gives them the real default model."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from gpt_assistant import paths
from gpt_assistant.engine import sources

# The models alone stay where they are, so that no test fetches the default model again.
os.environ.setdefault("GPT_ASSISTANT_MODELS", str(paths.models_folder()))
_HOME = tempfile.TemporaryDirectory(prefix="gpt-assistant-tests-")
os.environ["GPT_ASSISTANT_HOME"] = _HOME.name
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GPT_ASSISTANT_KERNEL", "found")  # no test starts a compiler that it does not ask for


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test settings, journal and session of its own."""
    monkeypatch.setenv("GPT_ASSISTANT_HOME", str(tmp_path / "home"))


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
