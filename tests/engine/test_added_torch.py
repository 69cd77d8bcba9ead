"""A stand-in for a CUDA build in the writer's folder: taken, left out, and left behind when it fails."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from gpt_assistant import paths
from gpt_assistant.engine import added_torch
from gpt_assistant.engine.messages import DeviceChanged, Loaded, LoadModel
from gpt_assistant.engine.process import ModelProcess

WHICH = (
    "import sys; from gpt_assistant.engine import added_torch as a;"
    "print(a.take(), file=sys.stderr); a.check(); import torch; print(torch.__version__)"
)


def added(body: str, suffix: str | None = None) -> Path:
    folder = paths.data_folder() / "torch"
    (folder / "torch").mkdir(parents=True)
    (folder / "torch/__init__.py").write_text(body)
    (folder / "torch" / f"_C{suffix or sysconfig.get_config_var('EXT_SUFFIX')}").touch()
    return folder


def which(**environment: str) -> subprocess.CompletedProcess[str]:
    import os  # noqa: PLC0415

    return subprocess.run(
        [sys.executable, "-c", WHICH],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv("GPT_ASSISTANT_TORCH_FAILED", raising=False)


def test_without_one_nothing_changes() -> None:
    before = list(sys.path)
    assert added_torch.take() == ""
    assert sys.path == before


def test_an_added_build_comes_first() -> None:
    added("__version__ = '9.9+cu'")
    assert which().stdout.strip() == "9.9+cu"


def test_one_for_another_python_is_left_and_said() -> None:
    folder = added("raise SystemExit('imported')", ".cpython-27-x86_64-linux-gnu.so")
    line = added_torch.take()
    assert str(folder) in line
    assert "torch install" in line
    assert str(folder) not in sys.path


def test_one_that_cannot_be_imported_is_left_behind_with_one_line() -> None:
    added("raise ImportError('libcudart.so.13: cannot open shared object file')")
    done = which()
    assert done.stdout.strip()[0].isdigit()
    assert "9.9" not in done.stdout
    lines = [line for line in done.stderr.splitlines() if line.startswith("gpt-assistant:")]
    assert len(lines) == 1
    assert "libcudart.so.13" in lines[0]


def test_it_can_be_left_out() -> None:
    added("raise SystemExit('imported')")
    assert which(GPT_ASSISTANT_TORCH_FAILED="off").stdout.strip()[0].isdigit()


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    folder = added("__version__ = '8.8'").rename(tmp_path / "elsewhere")
    assert which(GPT_ASSISTANT_TORCH=str(folder)).stdout.strip() == "8.8"


def test_a_command_answers_with_the_build_that_came_along(default_model: Path) -> None:
    added("raise OSError('the driver is too old')")
    done = subprocess.run(
        [sys.executable, "-m", "gpt_assistant", "complete", "--jsonl"],
        input=json.dumps({"id": 1, "before": "Thank you very mu"}) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == 1
    assert done.stderr.count("the driver is too old") == 1


def test_the_window_is_told_why_the_cpu_is_used(default_model: Path) -> None:
    import queue  # noqa: PLC0415

    folder = added("raise OSError('the driver is too old')")
    replies: queue.SimpleQueue[object] = queue.SimpleQueue()
    assert added_torch.take() == ""
    process = ModelProcess(replies.put, "gpt_assistant.features.registry:features")
    try:
        process.submit(LoadModel(1, "default", "auto", "auto", 0, True))
        kinds: dict[type, object] = {}
        while DeviceChanged not in kinds:
            reply = replies.get(timeout=120)
            kinds[type(reply)] = reply
        assert Loaded in kinds
        told = kinds[DeviceChanged]
        assert isinstance(told, DeviceChanged)
        assert str(folder) in told.text
        assert "the driver is too old" in told.text
    finally:
        process.stop()


def test_info_says_which_and_remove_deletes() -> None:
    def command(action: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "gpt_assistant", "torch", action]
        return subprocess.run(program, capture_output=True, text=True, check=False)

    body = "class cuda:\n    is_available = staticmethod(lambda: False)\n__version__ = '9.9'\n"
    folder = added(body)
    assert "9.9" in command("info").stdout
    assert str(folder) in command("info").stdout
    assert command("remove").returncode == 0
    assert not folder.exists()
    assert command("remove").returncode == 1
    assert command("info").returncode == 0
