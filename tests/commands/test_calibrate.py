"""The fit finds the scaling that made the data, and the command learns from texts on the real model."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from gpt_assistant.cli import main
from gpt_assistant.commands.calibrate import Example, Examples, _comes, fit, read_texts, report
from gpt_assistant.features.gate import Gate, Scaling

TEXT = (
    "Thank you very much for your letter of last week. I am sorry to hear that the parcel was late and that"
    " you had to wait for it at home. We will of course pay the cost of the delivery. Please let me know"
    " whether the second parcel has come in the meantime, and whether everything was in good order. I am"
    " looking forward to hearing from you, and I wish you a very happy new year. "
)


def drawn(truth: Scaling, count: int) -> list[Example]:
    chance = random.Random(11)
    rows = []
    for _ in range(count):
        p, mark = chance.random(), chance.random() < 0.3
        rows.append(Example(p, mark, chance.random() < truth.estimate(p, mark)))
    return rows


def test_the_fit_finds_what_made_the_data() -> None:
    truth = Scaling(slope=0.6, bias=-0.8, mark=1.2)
    found = fit(drawn(truth, 20_000))
    assert found.slope == pytest.approx(truth.slope, abs=0.06)
    assert found.bias == pytest.approx(truth.bias, abs=0.08)
    assert found.mark == pytest.approx(truth.mark, abs=0.12)


def test_the_report_tells_what_scaling_brought() -> None:
    truth = Scaling(slope=0.5, bias=-1.0)
    rows = drawn(truth, 3000)
    lines = report(Gate(truth, truth), Examples(first=rows))
    loss, before = (float(part.split()[-1]) for part in lines[0].split(",")[1:])
    assert loss < before - 0.05
    assert "first words: 3000" in lines[0]
    assert sum(int(line.rsplit(" ", 1)[1]) for line in lines[1:]) == 3000


@pytest.mark.parametrize(
    ("text", "proposed", "comes"),
    [("and then", "and", True), ("andante", "and", False), ("and, so", "and", True), ("or", "and", False)],
)
def test_only_whole_words_are_right(text: str, proposed: str, comes: bool) -> None:
    assert _comes(text, 0, proposed) is comes


def test_texts_and_lines_of_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.jsonl").write_text('{"text": "two"}\n{"text": "three", "id": 3}\n')
    assert list(read_texts([tmp_path / "a.txt", tmp_path / "b.jsonl"])) == ["one", "two", "three"]
    (tmp_path / "b.jsonl").write_text("[]\n")
    with pytest.raises(ValueError, match=r"b\.jsonl:1"):
        list(read_texts([tmp_path / "b.jsonl"]))


def test_the_command(default_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "gate.json"
    text.write_text(TEXT)
    assert main(["calibrate", str(text), "--skip", "20", "--characters", "140", "--out", str(out)]) == 0
    assert "first words" in capsys.readouterr().out
    assert Gate.from_json(json.loads(out.read_text())).first.slope > 0


def test_too_little_to_learn_from(
    default_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "gate.json"
    text.write_text(TEXT)
    assert main(["calibrate", str(text), "--characters", "1", "--out", str(out)]) == 2
    assert "too little text" in capsys.readouterr().err
    assert not out.exists()
