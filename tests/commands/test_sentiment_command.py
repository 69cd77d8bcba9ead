"""`gpt-assistant sentiment` as its clients see it: a process with the real model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "gpt_assistant", "sentiment"]
TEXT = "The bus 🚌 stops next to the church. I love this wonderful old town."


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.usefixtures("default_model")
def test_rows_are_answered_in_order_and_a_bad_one_does_not_end_it() -> None:
    rows = [
        {"id": 1, "text": TEXT, "words": True},
        {"id": "b", "text": 7},
        {"id": 3, "text": "x", "words": "yes"},
        {"id": 4, "text": ""},
        {"id": 5, "text": "This is the worst hotel I know."},
    ]
    done = run("--jsonl", stdin="".join(json.dumps(row) + "\n" for row in rows) + "nothing\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "b", 3, 4, 5, None]
    first = answers[0]
    assert set(first) == {"id", "label", "scores", "sentences"}
    assert set(first["scores"]) == {"positive", "neutral", "negative"}
    assert sum(first["scores"].values()) == pytest.approx(1, abs=0.001)
    plain, good = first["sentences"]
    assert TEXT[good["start"] : good["end"]] == "I love this wonderful old town."
    assert (good["label"], plain["label"]) == ("positive", "neutral")
    heaviest = max(good["words"], key=lambda word: float(word["weight"]))
    assert TEXT[heaviest["start"] : heaviest["end"]] == "love"
    assert all(set(word) == {"start", "end", "weight"} for word in good["words"])
    assert "string" in answers[1]["error"]
    assert "words" in answers[2]["error"]
    assert (answers[3]["label"], answers[3]["sentences"]) == ("neutral", [])
    assert answers[4]["label"] == "negative"
    assert "words" not in answers[4]["sentences"][0]
    assert "JSON" in answers[5]["error"]


@pytest.mark.usefixtures("default_model")
def test_people_get_a_line_a_sentence_and_the_words_below(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(TEXT, encoding="utf-8")
    two.write_text("I hate this noise.\n", encoding="utf-8")
    done = run("--words", str(one), str(two))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"{one}:"
    at = next(i for i, line in enumerate(lines) if "wonderful old town" in line)
    assert "positive" in lines[at]
    assert lines[at + 1].strip().startswith("love +0.")
    assert any("(the whole text)" in line for line in lines)
    assert "negative" in lines[lines.index(f"{two}:") + 1]


def test_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x")
    done = run(str(tmp_path / "one.txt"), str(tmp_path / "no.txt"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no.txt" in done.stderr
