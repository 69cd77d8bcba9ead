"""`summarize` on the command line, as any client drives it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TEXT = (
    "The school in Marlow got a new bell on Monday. It was paid for by parents, who had collected 800"
    " pounds. The"
    " old bell had cracked in the frost. Pupils heard the new one for the first time at nine o'clock."
)


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gpt_assistant", "summarize", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_rows(default_model: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "text": TEXT},
        {"id": 2, "text": TEXT, "length": "line"},
        {"id": 3, "text": TEXT, "length": "huge"},
        {"id": 4},
        {"id": 5, "text": ""},
    ]
    done = run("--jsonl", text="\n".join(json.dumps(row) for row in rows))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, 5]
    assert answers[0]["summary"].startswith("The school in Marlow")
    for part in answers[0]["parts"]:
        assert part["text"] in answers[0]["summary"]
        assert TEXT[part["start"] : part["end"]].startswith(part["text"][:20])
    assert len(answers[1]["summary"].split()) <= 25
    assert "must be one of line, short, long, bullets" in answers[2]["error"]
    assert "must be a string" in answers[3]["error"]
    assert answers[4]["summary"] == ""
    assert done.stderr == ""


def test_a_file(default_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "bell.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run(str(file), "--length", "bullets")
    assert done.returncode == 0
    assert done.stdout.startswith("- The school in Marlow")


def test_nothing_to_summarise(default_model: Path) -> None:
    done = run(text=" ")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing" in done.stderr
