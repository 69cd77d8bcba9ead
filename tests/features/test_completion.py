"""What is suggested, on the default model: real words, whole words, nothing twice, and why nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.engine.messages import Complete
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.completion import (
    Completer,
    cut_overlap,
    ends_sentence,
    repeats,
    threshold,
)
from gpt_assistant.features.lexicon import english
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import Phrases
from gpt_assistant.text.suggestion import Reason, Suggestion

PROSE = (
    "The letter had been lying on the kitchen table for three days before anybody opened it. It was from the"
    " bank, and it said what letters from the bank always say. My father read it twice, put it back into the"
    " envelope and went out into the garden, where he stayed until it was dark."
)


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


def suggest(
    model: LanguageModel, before: str, after: str = "", eagerness: int = 50, own: Phrases | None = None
) -> Suggestion:
    request = Complete(1, Context(before, after), eagerness=eagerness, personal=own is not None)
    return drive(Completer(own)(model, request))[1].suggestion


def chances(found: Suggestion) -> dict[str, float]:
    return {candidate.text.split()[0]: candidate.p for candidate in found.candidates}


def test_a_half_typed_word_is_completed(model: LanguageModel) -> None:
    found = suggest(model, "Thank you very mu")
    assert re.match(r"ch\b", found.text)
    assert found.candidates[0].text == found.text
    assert found.candidates[0].p >= threshold(50)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("", "", Reason.NO_CONTEXT),
        (" \n", "", Reason.NO_CONTEXT),
        ("Call me on 0171 555", "", Reason.DIGITS),
        ("The neigh", "bourhood is quiet", Reason.INSIDE_WORD),
        (f"{PROSE} I hope you will reciev", "", Reason.MISSPELT),
    ],
)
def test_places_that_are_left_alone(model: LanguageModel, before: str, after: str, reason: Reason) -> None:
    found = suggest(model, before, after, eagerness=100)
    assert (found.text, found.reason) == ("", reason)


def test_a_new_name_is_not_taken_for_misspelt(model: LanguageModel) -> None:
    assert suggest(model, f"{PROSE} Then came Mr Wojciechow").reason is not Reason.MISSPELT


def test_everywhere_a_text_or_a_reason_and_real_words(model: LanguageModel) -> None:
    """Most eagerly, so that only what is never right is withheld."""
    shown = 0
    for end in range(60, len(PROSE), 7):
        found = suggest(model, PROSE[:end], eagerness=100)
        assert bool(found.text) != bool(found.reason)
        if not found.text:
            continue
        shown += 1
        half = re.search(r"[a-z]*\Z", PROSE[:end]).group()
        word = half + re.match(r"[a-z]*", found.text).group()
        if half and found.text[0].isalpha():
            assert english().knows(word), f"{word} is no word"
        assert "\n" not in found.text
        assert not ends_sentence(found.text[:-1].rstrip()), "nothing beyond the sentence"
    assert shown > 20


def test_the_setting_shows_more_or_less(model: LanguageModel) -> None:
    places = [PROSE[:end] for end in range(60, len(PROSE), 11)]
    shown = [sum(bool(suggest(model, place, eagerness=e).text) for place in places) for e in (5, 50, 100)]
    assert shown[0] < shown[1] < shown[2]
    assert [threshold(e) for e in (0, 50, 100)] == sorted((threshold(e) for e in (0, 50, 100)), reverse=True)


def test_what_follows_the_caret_is_not_repeated(model: LanguageModel) -> None:
    before = "Thank you very much for your letter. I am looking forward "
    assert suggest(model, before, eagerness=90).text.startswith("to ")
    assert not suggest(model, before, "to hearing from you soon.", eagerness=90).text.startswith("to")


def test_what_fits_what_follows_comes_first(model: LanguageModel) -> None:
    """Both go on well; only one leads to the text behind."""
    before = f"{PROSE} In the evening he came back into the house and sat down "
    forwards = [c.text for c in suggest(model, before, "", eagerness=100).candidates]
    ranked = [
        [c.text for c in suggest(model, before, after, eagerness=100).candidates]
        for after in ("the table to write an answer.", "tell my mother what the bank had said.")
    ]
    assert any(order[0].split()[0] != forwards[0].split()[0] for order in ranked)


def test_the_first_words_come_early_and_stay(model: LanguageModel) -> None:
    request = Complete(1, Context("Thank you very much for your letter. I am looking forw"), eagerness=80)
    said, final = drive(Completer()(model, request))
    assert said
    assert all(final.suggestion.text.startswith(early.suggestion.text) for early in said)
    assert final.ms_first < final.ms_total


def test_a_name_of_the_document_is_completed_far_from_where_it_stood(model: LanguageModel) -> None:
    """The window of the model no longer reaches it."""
    filler = (PROSE + "\n\n") * 12
    named = f"We met Ottilie Brandtner at the station. Ottilie Brandtner had a red hat.\n\n{filler}"
    asked = "Nobody but Ottilie Bran"
    assert suggest(model, named + asked).text.startswith("dtner")
    assert not suggest(model, filler + asked).text.startswith("dtner")


def test_what_the_writer_took_before_is_likelier(model: LanguageModel) -> None:
    own = Phrases()
    for _ in range(3):
        own.add("with warmest wishes from Skibbereen")
    before = f"{PROSE}\n\nThat is all for today. With warmest "
    with_own = chances(suggest(model, before, own=own))
    without = chances(suggest(model, before))
    assert with_own["wishes"] > without.get("wishes", 0.0) + 0.05


def test_the_writers_phrases_are_not_used_unless_allowed(model: LanguageModel) -> None:
    own = Phrases()
    own.add("zanzibarian zanzibarians")
    request = Complete(1, Context(f"{PROSE} He was a zanzibar"), eagerness=100, personal=False)
    found = drive(Completer(own)(model, request))[1].suggestion
    assert "zanzibarian" not in f"zanzibar{found.text}"


@pytest.mark.parametrize(
    ("text", "after", "left"),
    [(" the end", " end.", " the"), ("abc", "abc", ""), ("abc", "x", "abc"), ("abc", "", "abc")],
)
def test_overlap(text: str, after: str, left: str) -> None:
    assert cut_overlap(text, after) == left


def test_a_third_time_in_a_row() -> None:
    assert repeats("no no", " no")
    assert not repeats("no", " no")
    assert not repeats("piano no", " no")
    assert not repeats("no yes", " no")


@pytest.mark.parametrize(("text", "ends"), [("end.", True), ('end."', True), ("end", False), ("end,", False)])
def test_ends_of_sentences(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends
