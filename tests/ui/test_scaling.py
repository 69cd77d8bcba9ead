"""The window at 100 to 300 per cent, on a screen of 1920 × 1080: nothing is cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("in_scale.py")


@pytest.mark.parametrize("factor", ["1", "1.5", "2", "3"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_off(factor: str, language: str, tmp_path: Path) -> None:
    environment = os.environ | {
        "QT_SCALE_FACTOR": factor,
        "QT_QPA_PLATFORM": "offscreen",
        "GPT_ASSISTANT_HOME": str(tmp_path),
    }
    size = [str(round(1920 / float(factor))), str(round(1080 / float(factor)))]
    command = [sys.executable, str(SCRIPT), *size, language]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    *cut, ratio = done.stdout.strip().splitlines()
    assert ratio == f"ratio {factor}"
    assert not cut
