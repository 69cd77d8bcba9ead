"""`gpt-assistant explain` as its clients see it: a process with the real model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "gpt_assistant", "explain"]


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        encoding="utf-8",
    )


def test_lines_in_and_lines_out(default_model: Path) -> None:
    rows = [
        {"id": 1, "before": "Thank you very mu", "text": "ch"},
        {"id": 2, "before": "Thank you", "text": " "},
        {"id": 3, "before": "Thank you"},
        {"id": 4, "before": "The quick brown fox jumps over the lazy", "text": " dog"},
    ]
    lines = [json.dumps(row) for row in rows]
    lines.insert(1, "no JSON")
    done = run("--jsonl", "--model", str(default_model), stdin="\n".join(lines))
    assert done.returncode == 0
    first, bad, empty, missing, last = map(json.loads, done.stdout.splitlines())
    assert [each["id"] for each in (first, bad, empty, missing, last)] == [1, None, 2, 3, 4]
    assert all("error" in each for each in (bad, empty, missing))
    assert set(first) == {"id", "tokens", "words", "weights", "p"}
    assert first["tokens"][0]["rank"] == 1
    assert {"p", "rank", "alternatives", "start", "end", "text", "weights"} == set(first["tokens"][0])
    assert len(first["tokens"][0]["weights"]) == 3
    assert [each["word"] for each in first["weights"]] == ["Thank", "you", "very"]
    assert last["words"][0]["alternatives"][0]["text"] == " dog"


def test_a_table_for_people(default_model: Path) -> None:
    done = run("Thank you very mu", "ch", "--model", str(default_model))
    assert done.returncode == 0
    head, row, *rest = done.stdout.splitlines()
    assert head.split() == ["word", "p", "rank", "instead"]
    assert row.startswith("ch")
    assert any(line.startswith("very") for line in rest)
    assert not done.stderr
