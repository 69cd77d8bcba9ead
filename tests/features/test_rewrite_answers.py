"""What a model writes by itself is shown if it passes the checks, and if the model can rewrite at all."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from gpt_assistant.engine.messages import Rewrite
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import rewrite_generate
from gpt_assistant.features.ability import known
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.rewrite_checks import changed_fact, problem
from gpt_assistant.features.rewrite_generate import Answers, can_answer, unquoted
from gpt_assistant.features.rewrite_reader import Reader

SOURCE = (
    "The committee decided to postpone the meeting with Ms Okafor until 4 May because three members were ill."
)


@pytest.mark.parametrize(
    ("new", "style", "wrong"),
    [
        (
            "The committee postponed the meeting with Ms Okafor until 4 May as three members were ill.",
            "formal",
            "",
        ),
        ("", "formal", "nothing"),
        (f"Sure, here is the text: {SOURCE}", "formal", "talks about"),
        ("I'm sorry, I can't help with that meeting.", "formal", "refuses"),
        (
            "The committee decided to postpone the meeting until 4 May because three members were ill.",
            "formal",
            "lost or added",
        ),
        (SOURCE.replace("4 May", "5 May"), "formal", "lost or added"),
        (SOURCE.replace("Ms Okafor", "Ms Okafor and Mr Hill"), "formal", "Hill"),
        (SOURCE.replace("three", "3"), "formal", ""),
        (SOURCE.replace("decided", "decided not"), "formal", "opposite"),
        (SOURCE.replace("The committee", "We"), "formal", "somebody else"),
        (SOURCE[:-1], "formal", "does not end"),
        (SOURCE[:-1] + "?", "formal", "question"),
        (SOURCE, "shorter", "too long"),
        (SOURCE, "longer", "too short"),
        (SOURCE + "\nThis is more formal.", "formal", "other lines"),
        (
            "Ms Okafor was told three times on 4 May that a new garden fence needed paint and nails.",
            "formal",
            "else",
        ),
    ],
)
def test_checks(new: str, style: str, wrong: str) -> None:
    found = problem(SOURCE, new, style)
    assert wrong in found if wrong else not found


def test_an_instruction_is_not_part_of_the_answer() -> None:
    instruction = "Write it like a grumpy sailor would"
    assert "instruction" in problem(
        "It rained.", "Like a grumpy sailor would write it: it rained.", "", instruction
    )


def test_facts() -> None:
    assert changed_fact("It cost $1,250.", "It cost $1250.") == ""
    assert changed_fact("Paris is nice.", "It is nice in Paris.") == ""
    assert changed_fact("See “this one” now.", "See that one now.")
    assert changed_fact("It rained.", "It rained in Rome.") == "Rome"


def test_quotation_marks_about_an_answer_are_dropped() -> None:
    assert unquoted('"It rained."', "It was raining.") == "It rained."
    assert unquoted('"Go," he said. "Now."', '"Leave," he said. "Now."') == '"Go," he said. "Now."'


def drive(steps: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


@pytest.fixture(scope="module")
def model(default_model: Path, tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    folder = tmp_path_factory.mktemp("models") / "copy"
    shutil.copytree(default_model, folder, copy_function=lambda a, b: Path(b).symlink_to(a))
    (folder / "abilities-v1.json").unlink(missing_ok=True)
    return LanguageModel.load(folder, device="cpu", threads=1)


def test_the_default_model_is_found_not_to_correct_grammar_by_itself(model: LanguageModel) -> None:
    assert drive(can_answer(model, Reader(model), "grammar")) is False
    measured = known(model.folder, "rewriting grammar")
    assert measured is not None
    assert measured < rewrite_generate.BAR


def test_a_model_that_can_is_asked(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers are written by hand here: no model that small gives them."""

    def one(self: Answers, text: str, temperature: float = 0.0, seed: int = 0) -> Generator[None, None, str]:
        yield
        return {"The dog barked.": "The little dog barked.", "He came in 1998.": "He came in 1999."}[text]

    monkeypatch.setattr(Answers, "one", one)
    monkeypatch.setattr(rewrite_generate, "BAR", 0.0)
    monkeypatch.setattr("gpt_assistant.features.rewrite_generate.measured", lambda *_: iter_value(1.0))
    reply = drive(Rewriter()(model, Rewrite(1, "The dog barked. He came in 1998.", "friendly")))
    assert reply.text == "The little dog barked. He came in 1998."
    [note] = reply.notes
    assert note.startswith("1 of 2 sentences were left as they were")


def iter_value(value: float) -> Generator[None, None, float]:
    yield
    return value


def test_an_own_instruction_is_followed_or_the_text_left(model: LanguageModel) -> None:
    text = "The train to Leeds leaves at 9.40."
    reply = drive(Rewriter()(model, Rewrite(1, text, "", "Say it politely.")))
    assert not changed_fact(text, reply.text)
    assert reply.text != text or reply.notes
