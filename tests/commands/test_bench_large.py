"""The measurement of large files, on a small one: every step happens, and the file is what was typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("line", [80, 300_000])
def test_every_step_is_measured(tmp_path: Path, line: int) -> None:
    command = [sys.executable, "-m", "gpt_assistant.commands.bench_large", "--json", "--megabytes", "3"]
    command += ["--line", str(line), "--model", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    steps = {name: each for name, each in found.items() if isinstance(each, dict)}
    assert {"open", "type", "scroll", "undo", "find", "save"} <= set(steps)
    assert all(each["seconds"] >= 0 and each["stall"] >= 0 for each in steps.values())
    assert found["longest_stall_after_opening"] == max(
        each["stall"] for name, each in steps.items() if name != "open"
    )
