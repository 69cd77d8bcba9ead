"""`gpt-assistant translate` as its clients see it: a process, with a model that knows three sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))
import tiny_seq2seq

COMMAND = [sys.executable, "-m", "gpt_assistant", "translate"]
SLOW = 180.0
HOUSE, GARDEN, MORNING = tiny_seq2seq.PAIRS


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        return tiny_seq2seq.marian(tmp_path_factory.mktemp("models") / "marian")


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=SLOW,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )


def test_rows_are_answered_in_order_and_bad_ones_are_told(marian: Path) -> None:
    rows: list[Any] = [
        {"id": 1, "text": GARDEN[0]},
        {"id": "two"},
        {"id": 3, "text": f"- {HOUSE[0]}\n- {MORNING[0]}\n"},
        {"id": 4, "text": MORNING[0], "to": "de"},
        {"id": 5, "text": ""},
    ]
    lines = "\n".join(json.dumps(row) for row in rows) + "\nnothing\n"
    done = run("--jsonl", "--to", "fr", "--from", "en", "--translation-model", str(marian), stdin=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [answer["id"] for answer in answers] == [1, "two", 3, 4, 5, None]
    assert answers[0] == {"id": 1, "text": GARDEN[1], "language": "en", "notes": []}
    assert "text" in answers[1]["error"]
    assert answers[2]["text"] == f"- {HOUSE[1]}\n- {MORNING[1]}\n"
    assert "from English into French only" in answers[3]["error"]
    assert answers[4]["text"] == ""
    assert "JSON" in answers[5]["error"]


def test_a_file_is_translated_by_the_model_of_this_run(marian: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.md"
    file.write_text(f"# {HOUSE[0]}\n\n{GARDEN[0]}\n", encoding="utf-8")
    done = run("--to", "French", "--model", str(marian), str(file))
    assert done.stdout == f"# {HOUSE[1]}\n\n{GARDEN[1]}\n", done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("arguments", [["--to", "klingon"], [], ["--to", "fr", "--from", "klingon"]])
def test_a_language_must_be_one(arguments: list[str]) -> None:
    done = run(*arguments, "Hello.")
    assert done.returncode == 2
    assert "give a language with --" in done.stderr
    assert done.stdout == ""


def test_the_default_model_says_in_one_line_that_it_cannot(default_model: Path) -> None:
    done = run("--to", "fr", "The garden is beautiful.")
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "cannot translate from English into French" in line
    assert "m2m100-418m" in line
