"""`--offline`, and "Stay offline" in the settings, for commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gpt_assistant.seal import can_seal
from gpt_assistant.settings import SettingsStore

# Runs the command line as it starts, and says then whether the kernel filters its calls (2: it does).
PROGRAM = """
import sys
from gpt_assistant.__main__ import main
try:
    main()
finally:
    with open("/proc/self/status") as status:
        print(*[line.strip() for line in status if line.startswith("Seccomp:")])
"""


def run(*arguments: str, models: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"GPT_ASSISTANT_MODELS": str(models)} if models else {})
    command = [sys.executable, "-m", "gpt_assistant", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.mark.skipif(not can_seal(), reason="Linux on x86-64 or AArch64 only")
@pytest.mark.parametrize(("options", "filtered"), [(("--offline",), True), ((), False)])
def test_the_kernel_enforces_it(options: tuple[str, ...], filtered: bool) -> None:
    command = [sys.executable, "-c", PROGRAM, "models", *options, "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    now = Path("/proc/self/status").read_text().partition("Seccomp:\t")[2][0]  # that of a container
    assert done.stdout.splitlines()[-1].split()[-1] == ("2" if filtered else now), done.stderr


def test_no_model_is_fetched_and_one_line_says_what_to_do(tmp_path: Path) -> None:
    store = SettingsStore()
    store.change(offline=True)
    done = run("models", "pull", "default", models=tmp_path / "none")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "“Stay offline” is on" in line
    assert "gpt-assistant models --no-offline pull" in line


def test_no_torch_is_fetched() -> None:
    done = run("torch", "--offline", "install")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "--no-offline install" in line


def test_what_is_on_this_machine_serves(default_model: Path) -> None:
    done = run("complete", "--offline", "Thank you very mu")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ch")
