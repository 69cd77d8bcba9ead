"""`gpt-assistant rewrite` as its clients see it: a process with the real model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "gpt_assistant", "rewrite"]
TEXT = "I can't come, because it's late.\n"


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.usefixtures("default_model")
def test_a_file_a_text_and_standard_input_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(TEXT)
    for done in (run("--style", "bullets", str(file)), run("--style", "bullets", stdin=TEXT)):
        assert (done.returncode, done.stdout) == (0, "- I can't come, because it's late\n")


@pytest.mark.usefixtures("default_model")
def test_rows_are_answered_in_order_and_a_bad_one_does_not_end_it() -> None:
    rows = [
        {"id": 1, "text": "Is it there?\n\n- a\n", "style": "bullets"},
        {"id": 2, "text": "x", "style": "poetic"},
        {"id": "c", "style": "formal"},
        {"id": 4, "text": "We were late. However, it was open.", "style": "bullets"},
    ]
    done = run("--jsonl", stdin="".join(json.dumps(row) + "\n" for row in rows))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, "c", 4]
    assert answers[0]["text"] == "- Is it there?\n\n- a\n"
    assert "no style" in answers[1]["error"]
    assert "text" in answers[2]["error"]
    assert answers[3]["text"] == "- We were late\n- It was open"


def test_without_a_style_it_says_what_to_give() -> None:
    done = run("Hello.")
    assert done.returncode == 2
    assert "--style" in done.stderr
