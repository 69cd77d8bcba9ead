"""Which model is recommended, and what the process that measures says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gpt_assistant.text import measuring
from gpt_assistant.text.measured import Candidate, Measured, Place, recommend

GIGABYTE = 1_000_000_000


def row(name: str, *keys: int, memory: float = 1.0, ms: float = 50.0, **changes: Any) -> Measured:
    """Return what a model needed for places of a hundred characters."""
    places = tuple(Place(100, each, 10, 2) for each in keys)
    values = {"places": places, "first": (ms,) * 10, "memory": int(memory * GIGABYTE), "device": "cpu"}
    return Measured(Candidate(name, name.lower()), **(values | changes))


def test_what_saves_most_is_recommended() -> None:
    found = recommend([row("Small", 80, 81, 79, 80), row("Large", 60, 61, 59, 60, memory=4)])
    assert found.row is not None
    assert found.row.name == "Large"
    assert found.why == "Large saves 40% of the keys in your texts, more than Small with 20%."


def test_of_two_as_good_the_smaller_one() -> None:
    """One saves more here, the other there: a text or two more might turn it round."""
    found = recommend([row("Small", 70, 75, 60, 72), row("Large", 66, 68, 74, 62, memory=4)])
    assert found.row is not None
    assert found.row.name == "Small"
    assert found.why == (
        "Small saves 31% of the keys in your texts, as good as Large with 32%, and takes 1.0 GB of memory"
        " where that takes 4.0."
    )


def test_a_small_difference_that_is_there_everywhere_counts() -> None:
    found = recommend([row("Small", *[70] * 9), row("Large", *[67] * 9, memory=4)])
    assert found.row is not None
    assert found.row.name == "Large"


def test_a_slow_one_is_compared_on_what_it_has_got_through() -> None:
    slow = row("Slow", 50, 55, memory=8, ms=190)
    found = recommend([row("Quick", 60, 66, 20, 20, 20), slow])
    assert found.row is slow


def test_what_comes_too_late_is_said_so() -> None:
    found = recommend([row("Quick", 60, 61), row("Slow", 95, 96, memory=8, ms=400)])
    assert found.row is not None
    assert found.row.name == "Quick"
    assert "comes too late" in found.why


def test_one_alone() -> None:
    found = recommend([row("Small", 80), row("Broken", problem="It is broken.")])
    assert found.row is not None
    assert found.why == "Small saves 20% of the keys in your texts."


def test_the_same_model_twice_is_told_apart() -> None:
    found = recommend([row("Small", 60, form="int4"), row("Small", 90, form="int8")])
    assert found.row is not None
    assert found.row.form == "int4"
    assert found.why.startswith("Small (cpu, int4) saves 40%")
    assert found.why.endswith("more than Small (cpu, int8) with 10%.")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "None of the models could be measured."),
        ([row("A", problem="No memory.")], "None of the models could be measured."),
        ([row("A")], "None of the models could be measured."),
        ([row("A", 100), row("B", 104)], "None of the models saves keys in these texts."),
    ],
)
def test_none(rows: list[Measured], said: str) -> None:
    found = recommend(rows)
    assert found.row is None
    assert found.why == said


def test_the_figures() -> None:
    found = row("Small", 80, 60, first=tuple(map(float, range(1, 101))), bits=1.2345, form="int4")
    assert found.characters == 200
    assert found.saved() == pytest.approx(0.3)
    assert found.saved(1) == pytest.approx(0.2)
    assert found.right() == pytest.approx(0.8)
    assert found.figures() == {
        "name": "Small",
        "model": "small",
        "device": "auto",
        "dtype": "auto",
        "ran_on": "cpu",
        "precision": "int4",
        "characters": 200,
        "keystrokes_saved": 0.3,
        "right_when_shown": 0.8,
        "first_word_ms": {"p50": 51.0, "p90": 91.0},
        "bits_per_character": 1.234,
        "memory_mb": 1000,
        "load_seconds": 0.0,
    }
    broken = row("Small", problem="It is broken.")
    assert broken.figures()["problem"] == "It is broken."
    assert broken.right() == broken.milliseconds(50) * 0 == 0


def test_what_a_process_says() -> None:
    found = Measured(Candidate("Small", "small"))
    lines: list[dict[str, Any]] = [
        {"state": "loading"},
        {"loaded": {"device": "cpu", "form": "int4", "seconds": 1.5}},
        {
            "place": {"characters": 60, "keys": 40, "shown": 5, "wrong": 1, "first": [10.0, 20.5]},
            "done": 0.25,
        },
        {"place": {"characters": 50, "keys": 40, "shown": 0, "wrong": 0, "first": []}, "done": 0.5},
        {"finished": {"bits": 1.5, "memory": 5}},
    ]
    shares = []
    for line in lines:
        found, share = measuring.taken(found, json.dumps(line))
        shares.append(share)
    assert shares == [-1.0, 0.0, 0.25, 0.5, 1.0]
    assert found.places == (Place(60, 40, 5, 1), Place(50, 40, 0, 0))
    assert found.first == (10.0, 20.5)
    assert (found.device, found.form, found.load_seconds) == ("cpu", "int4", 1.5)
    assert (found.bits, found.memory) == (1.5, 5)
    assert measuring.ended(found, 0, "") is found


@pytest.mark.parametrize(
    "line",
    ["", "nonsense", "[1]", "5", '{"place": 5}', '{"loaded": {}}', '{"place": {"keys": "x"}, "done": 1}'],
)
def test_what_is_no_such_line_is_left_aside(line: str) -> None:
    before = row("Small", 80)
    assert measuring.taken(before, line) == (before, -1.0)


def test_a_process_that_ends_too_early() -> None:
    begun = row("Small", 80, memory=0)
    assert (
        measuring.ended(begun, 2, "log\ngpt-assistant: There is no model.\n").problem == "There is no model."
    )
    assert "(-9)" in measuring.ended(begun, -9, "").problem
    said, _ = measuring.taken(begun, '{"failed": "Too large."}')
    assert measuring.ended(said, 2, "something else").problem == "Too large."


def test_the_arguments_hold_no_text() -> None:
    given = measuring.arguments(Candidate("Small", "/a folder/model", "cuda:0", "int8"), 30)
    assert given[:4] == ["bench", "--documents", "-", "--alone"]
    assert "--model=/a folder/model" in given
    assert "--device=cuda:0" in given
    assert "--dtype=int8" in given
