"""Rewriting on the default model: what must stay stays, what the style asks for changes, and at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.engine.messages import Progress, Rewrite, Writing
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import ability
from gpt_assistant.features.rewrite import STYLES, Rewriter

LETTER = """# Our offer

Dear Ms Okafor,

It is important to note that the committee (which met on a regular basis) utilized approximately 300 vehicles
in order to transport the guests. We don't have sufficient time, but Anna Brandt will call you on 4 May.

- In order to save time, we purchased the tickets at https://example.org/in-order-to for $1,250.
- She said: "I ain't gonna utilize it in order to win."

```
in order to  utilize
```

> In order to utilize it, purchase it.
"""
KEPT = (
    *("# Our offer\n\n", "300", "Anna Brandt", "4 May", "$1,250", "https://example.org/in-order-to"),
    '"I ain\'t gonna utilize it in order to win."',
    "```\nin order to  utilize\n```\n\n> In order to utilize it, purchase it.\n",
)


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture(autouse=True)
def _measured_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the model out of it that is asked for whole answers: test_rewrite_answers.py."""
    monkeypatch.setattr(ability, "known", lambda folder, name: 0.0)


def rewritten(model: LanguageModel, text: str, style: str) -> str:
    return drive(Rewriter()(model, Rewrite(1, text, style)))[1].text


@pytest.mark.parametrize("style", STYLES)
def test_structure_numbers_names_and_quotations_stay(model: LanguageModel, style: str) -> None:
    new = rewritten(model, LETTER, style)
    for kept in KEPT:
        assert kept in new
    if style not in ("bullets", "simpler"):
        assert new.count("\n") == LETTER.count("\n")


@pytest.mark.parametrize(
    ("style", "text", "there", "gone"),
    [
        ("shorter", "Due to the fact that it rained, we stayed at home.", "Because it rained", "the fact"),
        (
            "shorter",
            "I would like to take this opportunity to thank you.",
            "I want to thank you.",
            "opportunity",
        ),
        ("shorter", "He stopped for a period of three days in order to rest.", " to rest.", "in order"),
        ("simpler", "We do not have sufficient time to assist you.", "enough time", "sufficient"),
        ("simpler", "She purchased a house and they commenced the work.", "bought a house", "purchased"),
        (
            "formal",
            "I can't come, and he's ill. Don't you know him?",
            "I cannot come, and he is ill. Do you not",
            "'",
        ),
        ("formal", "We've got lots of problems with the kids.", "We have", "kids"),
        (
            "friendly",
            "We do not know him. It is late, and they have left.",
            "We don't know him. It's late",
            "do not",
        ),
        ("friendly", "Please do not hesitate to call me.", "Feel free to call me", "hesitate"),
        ("longer", "We'll bring food, e.g. bread.", "We will bring food, for example bread.", "e.g."),
    ],
)
def test_a_style_changes_what_it_should(
    model: LanguageModel, style: str, text: str, there: str, gone: str
) -> None:
    new = rewritten(model, text, style)
    assert there in new
    assert gone not in new


def test_a_long_sentence_becomes_two_plain_ones(model: LanguageModel) -> None:
    text = (
        "The old bridge over the river was closed for repairs in the spring, and it will not be opened again"
        " before the end of the year."
    )
    assert "in the spring. It will not be" in rewritten(model, text, "simpler")


@pytest.mark.parametrize(
    "text",
    [
        "The cat sat on the mat and looked out of the window.",
        "If it rains, and it often does, we stay at home and play cards.",
        "He would rather stay than go, and it is not very far.",
        "The very man who wrote it as quickly as he could was here.",
        "This kind of bread is what I like most.",
    ],
)
@pytest.mark.parametrize("style", ["shorter", "grammar"])
def test_what_is_good_is_left_alone(model: LanguageModel, style: str, text: str) -> None:
    _, reply = drive(Rewriter()(model, Rewrite(1, text, style)))
    assert reply.text == text
    assert reply.notes


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("He don't know where the keys is.", "He doesn't know where the keys are."),
        ("She bought a umbrella because it was raining.", "She bought an umbrella because it was raining."),
        ("They could of told us the the truth .", "They could have told us the truth."),
        ("i dont think its a good idea, im tired.", "I don't think it's a good idea, I'm tired."),
        ("The dog wagged it's tail.", "The dog wagged its tail."),
        ("My brother is much taller then me.", "My brother is much taller than me."),
        ("He did not went home with his two dog.", "He did not go home with his two dogs."),
        ("We was waiting for you yesterday.", "We were waiting for you yesterday."),
        ("Yesterday I have went to the cinema on monday.", "Yesterday I have gone to the cinema on Monday."),
    ],
)
def test_grammar(model: LanguageModel, wrong: str, right: str) -> None:
    assert rewritten(model, wrong, "grammar") == right


def test_bullets(model: LanguageModel) -> None:
    text = "However, we were late. We need three things: bread, milk, and eggs. Is it open?\n\n- It stays.\n"
    assert rewritten(model, text, "bullets") == (
        "- We were late\n- We need three things:\n  - bread\n  - milk\n  - eggs\n"
        "- Is it open?\n\n- It stays.\n"
    )


def test_passages_lead_to_their_sentences(model: LanguageModel) -> None:
    _, reply = drive(Rewriter()(model, Rewrite(1, LETTER, "formal")))
    pairs = [(reply.text[p.start : p.end], LETTER[p.source_start : p.source_end]) for p in reply.passages]
    assert ("Dear Ms Okafor,", "Dear Ms Okafor,") in pairs
    assert any(new.startswith("We do not have") and old.startswith("We don't have") for new, old in pairs)
    assert [p.start for p in reply.passages] == sorted(p.start for p in reply.passages)


def test_what_is_written_so_far_is_shown(model: LanguageModel) -> None:
    said, reply = drive(Rewriter()(model, Rewrite(7, LETTER, "shorter")))
    shown = [step for step in said if isinstance(step, Writing)]
    assert shown
    assert all(reply.text.startswith(step.text) for step in shown)
    progress = [step for step in said if isinstance(step, Progress)]
    assert [step.fraction for step in progress] == sorted(step.fraction for step in progress)
    assert all(step.id == 7 for step in said)


def test_it_stops_between_two_passes(model: LanguageModel) -> None:
    steps = Rewriter()(model, Rewrite(1, LETTER * 50, "grammar"))
    for _ in range(5):
        next(steps)
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


@pytest.mark.parametrize("text", ["", "\n\n", "```\ncode\n```\n", "# Title\n"])
def test_nothing_to_rewrite(model: LanguageModel, text: str) -> None:
    _, reply = drive(Rewriter()(model, Rewrite(1, text, "shorter")))
    assert reply.text == text
    assert reply.notes == ("There is no prose to rewrite here.",)


def test_another_language_is_left_alone(model: LanguageModel) -> None:
    text = "Wir haben die Fahrkarten gekauft, um Zeit zu sparen, und danach sind wir nach Hause gegangen."
    _, reply = drive(Rewriter()(model, Rewrite(1, text, "shorter")))
    assert reply.text == text
    assert "English" in reply.notes[0]


def test_a_style_that_there_is_not(model: LanguageModel) -> None:
    with pytest.raises(ValueError, match="no style"):
        next(Rewriter()(model, Rewrite(1, "Hello.", "poetic")))
