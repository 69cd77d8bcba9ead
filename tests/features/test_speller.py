"""Spelling on the default model: what is wrong is found, put right in its sentence, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.engine.messages import Issue, Mistake, Progress, Rewrite, Spell, Spelt
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.spelling import Speller, corrected

CLEAN = """# Minutes of the garden committee

Dr Okonkwo opened the meeting at seven and thanked everyone for coming out in the rain. The colour of the new
shed was organised by Priya's team; the theatre group's lorry brought the boards from Llandrindod.

- The `mkae_beds()` script lives at https://example.org/scrpits and in ~/gardn.py.
- Nobody objected, although it isn't cheap.

The next meeting is on 3 March. Bring your own gloves, and don't forget the keys to the lower gate.
"""


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller()


def check(speller: Speller, model: LanguageModel, text: str, **options: object) -> Spelt:
    reply = drive(speller(model, Spell(1, text, **options)))[1]  # type: ignore[arg-type]
    for issue in reply.issues:
        assert text[issue.start : issue.end] == issue.word
    return reply


def first(issue: Issue) -> str:
    return issue.suggestions[0].text if issue.suggestions else ""


def test_misspelt_words_are_found_and_put_right(speller: Speller, model: LanguageModel) -> None:
    text = "I recieved your leter yesterday, and I will anser it as soon as posible."
    reply = check(speller, model, text)
    assert [(issue.word, first(issue)) for issue in reply.issues] == [
        ("recieved", "received"),
        ("leter", "letter"),
        ("anser", "answer"),
        ("posible", "possible"),
    ]
    assert all(issue.kind is Mistake.NONWORD for issue in reply.issues)
    assert corrected(text, reply.issues) == (
        "I received your letter yesterday, and I will answer it as soon as possible."
    )


def test_the_sentence_decides_what_was_meant(speller: Speller, model: LanguageModel) -> None:
    [one] = check(speller, model, "She put the coin back in her poket.").issues
    [other] = check(speller, model, "The space agency launched a new roket.").issues
    assert (first(one), first(other)) == ("pocket", "rocket")
    [ate] = check(speller, model, "We sailed on a small bost across the lake.").issues
    assert first(ate) == "boat"


def test_a_word_that_is_another_is_found(speller: Speller, model: LanguageModel) -> None:
    [issue] = check(speller, model, "She walked form the station to the office every morning.").issues
    assert (issue.word, issue.kind, first(issue)) == ("form", Mistake.REALWORD, "from")
    assert issue.suggestions[0].score > 3
    assert not check(speller, model, "Please fill in the form and send it to the office.").issues


def test_words_twice_and_run_together(speller: Speller, model: LanguageModel) -> None:
    reply = check(speller, model, "He gave the the book to a friend, which helped alot.")
    assert [(i.word, i.kind, first(i)) for i in reply.issues] == [
        ("the the", Mistake.REPEATED, "the"),
        ("alot", Mistake.NONWORD, "a lot"),
    ]


def test_clean_text_stays_clean(speller: Speller, model: LanguageModel) -> None:
    assert [issue.word for issue in check(speller, model, CLEAN).issues] == []


def test_case_does_not_matter(speller: Speller, model: LanguageModel) -> None:
    text = "my freind from london said that i should definately visit germany in the sumer ."
    fixed = corrected(text, check(speller, model, text).issues)
    assert fixed == "my friend from london said that i should definitely visit germany in the summer ."
    assert first(check(speller, model, "Freinds of mine came over.").issues[0]) == "Friends"


def test_own_words_and_names_used_again_and_again_are_left_alone(
    speller: Speller, model: LanguageModel
) -> None:
    assert check(speller, model, "We went to the shoppe.").issues
    assert not check(speller, model, "We went to the shoppe.", own=frozenset(["shoppe"])).issues
    name = "Frends of the park met. I saw that Frends paid, and so did the other Frends."
    assert "Frends" not in [issue.word for issue in check(speller, model, name).issues]


def test_one_kind_of_english_can_be_asked_for(speller: Speller, model: LanguageModel) -> None:
    text = "The colour of the center was organized."
    found = {
        v: [(i.word, first(i)) for i in check(speller, model, text, variety=v).issues] for v in ("US", "GB")
    }
    assert found["US"] == [("colour", "color")]
    assert ("organized", "organised") in found["GB"]


def test_several_languages_stand_in_one_text(speller: Speller, model: LanguageModel) -> None:
    text = (
        "This paragraph is in English and has one misteak in it.\n\n"
        "Dieser Absatz ist auf Deutsch geschrieben, und ich bin damit sehr zufriden gewesen.\n\n"
        "Ce paragraphe est écrit en français et tout va très bien."
    )
    words = [issue.word for issue in check(speller, model, text).issues]
    assert words == ["misteak", "zufriden"]


def test_only_what_changed_is_read_again(model: LanguageModel) -> None:
    speller = Speller()
    text = "The first sentence is here. The second one is here too."
    check(speller, model, text)
    session = model.session("spelling-0")
    before = session.passes
    check(speller, model, text)
    assert session.passes == before
    check(speller, model, text.replace("second", "third"))
    assert 0 < session.passes - before < 8


def test_a_text_is_checked_in_steps_and_says_how_far_it_is(model: LanguageModel) -> None:
    speller = Speller()
    text = "It rained all day, and nobody wanted to go out into the wet garden. " * 3
    text += " ".join(f"Number {n} of the sentences is a little different from all others." for n in range(12))
    said, reply = drive(speller(model, Spell(1, text)))
    assert isinstance(reply, Spelt)
    assert all(0 <= each.fraction <= 1 for each in said if isinstance(each, Progress))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "123 + 456", "`code`", "x" * 5000, "😀 " * 50, "a" * 30 + " b" * 3000]
)
def test_odd_texts_do_no_harm(speller: Speller, model: LanguageModel, text: str) -> None:
    assert isinstance(check(speller, model, text), Spelt)


def test_a_whole_text_is_corrected_as_a_rewriting(speller: Speller, model: LanguageModel) -> None:
    text = "I recieved it.\n\nIt was a beutiful day, and everbody was happy."
    reply = drive(Rewriter(speller)(model, Rewrite(1, text, "spelling")))[1]
    assert reply.text == "I received it.\n\nIt was a beautiful day, and everybody was happy."
    assert reply.passages[-1].end == len(reply.text)
    assert reply.passages[-1].source_end == len(text)
    again = drive(Rewriter(speller)(model, Rewrite(2, reply.text, "spelling")))[1]
    assert again.notes == ("No mistake was found.",)


def test_several_sentences_at_a_time_give_the_same(model: LanguageModel) -> None:
    text = " ".join(
        f"Number {number} was sent to the office, and we recieved {number * 7} leters form them."
        for number in range(12)
    )
    [alone, together] = [check(Speller(workers), model, text) for workers in (1, 3)]
    assert alone == together
    assert sum(issue.word == "recieved" for issue in together.issues) == 12


def test_stopping_several_sentences_leaves_a_speller_that_works(model: LanguageModel) -> None:
    speller = Speller(workers=2)
    steps = speller(model, Spell(1, " ".join(f"He has {n} lettres here." for n in range(40))))
    for step in steps:
        if isinstance(step, Progress):
            break
    steps.close()
    [issue] = check(speller, model, "He has the lettres here.").issues
    assert issue.word == "lettres"
