"""The estimate is a scaled probability, is read from where it should be, and a broken file is no gate."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from gpt_assistant import paths
from gpt_assistant.features import gate
from gpt_assistant.features.gate import Gate, Scaling


def test_without_a_scaling_it_is_the_probability_itself() -> None:
    for p in (0.01, 0.3, 0.97):
        assert Scaling().estimate(p) == pytest.approx(p)


def test_a_scaling_by_hand() -> None:
    judge = Scaling(slope=2.0, bias=0.5, mark=-1.0)
    x = math.log(0.7 / 0.3)
    assert judge.estimate(0.7) == pytest.approx(1 / (1 + math.exp(-(2 * x + 0.5))))
    assert judge.estimate(0.7, mark=True) == pytest.approx(1 / (1 + math.exp(-(2 * x - 0.5))))
    assert 0 < judge.estimate(0.0) < judge.estimate(1.0) < 1


def test_it_survives_being_written(tmp_path: Path) -> None:
    kept = Gate(Scaling(1.5, -0.25, 0.0), Scaling(0.5, 1.0, 0.125))
    (tmp_path / gate.FILE).write_text(json.dumps(kept.to_json()))
    assert gate.load(tmp_path) == kept


def test_a_model_that_was_not_calibrated_gets_the_one_that_comes_along(tmp_path: Path) -> None:
    stored = json.loads(paths.resource(gate.FILE).read_bytes())
    assert gate.load(tmp_path) == Gate.from_json(stored)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": 99}', '{"format": 1, "first": 3, "further": 4}',
     '{"format": 1, "first": {"slope": "x"}, "further": {}}',
     '{"format": 1, "first": {"slope": NaN}, "further": {}}',
     '{"format": 1, "first": {"slope": -1}, "further": {}}',
     '{"format": 1, "first": {"unheard of": 1}, "further": {}}'],
)  # fmt: skip
def test_a_broken_file_is_passed_over(content: str, tmp_path: Path, caplog) -> None:
    (tmp_path / gate.FILE).write_text(content)
    assert gate.load(tmp_path) == gate.load(tmp_path / "nothing here")
    assert "gate ignored" in caplog.text
