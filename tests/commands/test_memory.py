"""The memory that `bench` reports."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gpt_assistant.commands.measure.memory import peak_memory_mb

pytest.importorskip("resource")

SMALL = "from gpt_assistant.commands.measure.memory import peak_memory_mb; print(peak_memory_mb())"
LARGE = "held = bytearray(300_000_000); held[::4096] = b'x' * len(held[::4096])"


def test_what_was_held_once_counts() -> None:
    before = peak_memory_mb()
    held = bytearray(50_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert before > 10
    assert peak_memory_mb() >= before


def test_a_small_process_does_not_count_what_its_parent_held() -> None:
    script = f"import subprocess, sys; {LARGE}; subprocess.run([sys.executable, '-c', {SMALL!r}], check=True)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert 5 < float(done.stdout) < 200


def test_a_child_counts_when_it_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", LARGE], check=True)
    assert peak_memory_mb(with_child=True) >= peak_memory_mb() + 250
