"""What typing leaves of a suggestion, and the round of its candidates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion

NOTHING = Suggestion("", Reason.NOT_SURE, ())
letters = st.text("ab ", max_size=6)


def offer(*texts: str) -> Suggestion:
    candidates = tuple(Candidate(text, 0.9 / 2**place) for place, text in enumerate(texts))
    return Suggestion(texts[0], candidates=candidates)


offers = st.lists(letters.filter(bool), min_size=1, max_size=4, unique=True).map(lambda texts: offer(*texts))


def texts_of(suggestion: Suggestion) -> list[str]:
    return [candidate.text for candidate in suggestion.candidates]


def test_typing_what_it_says_shrinks_it_and_its_runners_up():
    rest = offer(" cat sat", " car drove", " dog").after_typing(" ca")
    assert rest.text == "t sat"
    assert texts_of(rest) == ["t sat", "r drove"]
    assert rest.candidates[0].p > rest.candidates[1].p
    assert rest.reason is Reason.NONE


def test_the_best_runner_up_that_matches_takes_over():
    rest = offer(" cat sat", " dog", " car drove", " carpet").after_typing(" car")
    assert rest.text == " drove"
    assert texts_of(rest) == [" drove", "pet"]


def test_a_longer_runner_up_goes_on_where_it_is_typed_to_its_end():
    assert offer(" car", " cart").after_typing(" car").text == "t"


@pytest.mark.parametrize("typed", [" cat", " catx", "c", "  ", "\n", " CA"])
def test_nothing_is_left_when_it_is_used_up_or_left_behind(typed: str):
    assert offer(" cat", " car").after_typing(typed) == NOTHING


def test_a_suggestion_without_candidates_shrinks_too():
    assert Suggestion("hello").after_typing("he") == Suggestion("llo")
    assert Suggestion("hello").after_typing("hello") == NOTHING


def test_what_was_not_shown_does_not_come_up_by_typing():
    silent = Suggestion("", Reason.NOT_SURE, (Candidate(" maybe", 0.01),))
    assert silent.after_typing(" m") == NOTHING


@given(offers)
def test_typing_nothing_changes_nothing(suggestion: Suggestion):
    assert suggestion.after_typing("") == suggestion


@given(offers, letters)
def test_what_is_left_completes_what_was_typed_to_something_that_was_offered(
    suggestion: Suggestion, typed: str
):
    rest = suggestion.after_typing(typed)
    going_on = [text for text in texts_of(suggestion) if text.startswith(typed) and text != typed]
    assert [typed + text for text in texts_of(rest)] == going_on
    assert (typed + rest.text in going_on) == bool(going_on)
    if suggestion.text in going_on:
        assert typed + rest.text == suggestion.text


@given(offers, letters, st.integers(0, 6), st.integers(0, 3))
def test_typing_key_by_key_is_typing_at_once(suggestion: Suggestion, typed: str, cut: int, step: int):
    shown = suggestion.cycled(step)
    step_by_step, at_once = (
        shown.after_typing(typed[:cut]).after_typing(typed[cut:]),
        shown.after_typing(typed),
    )
    assert (step_by_step.text, step_by_step.reason) == (at_once.text, at_once.reason)
    assert texts_of(step_by_step) == texts_of(at_once)


def test_cycling_shows_each_candidate_in_turn():
    suggestion = offer("one", "two", "three")
    shown = [suggestion.text]
    for _ in range(3):
        suggestion = suggestion.cycled(1)
        shown.append(suggestion.text)
    assert shown == ["one", "two", "three", "one"]
    assert suggestion.cycled(-1).text == "three"


@given(offers, st.integers(-9, 9))
def test_cycling_back_undoes_cycling(suggestion: Suggestion, step: int):
    there = suggestion.cycled(step)
    assert there.candidates == suggestion.candidates
    assert there.cycled(-step) == suggestion


def test_typing_keeps_to_the_candidate_that_was_chosen():
    rest = offer(" cat", " car", " cap").cycled(1).after_typing(" ca")
    assert rest.text == "r"
    assert texts_of(rest) == ["t", "r", "p"]
    assert rest.cycled(1).text == "p"


@pytest.mark.parametrize("suggestion", [NOTHING, Suggestion("alone"), offer("only")])
def test_there_is_nothing_to_cycle_through(suggestion: Suggestion):
    assert suggestion.cycled(1) == suggestion


def test_every_reason_says_something_of_its_own():
    said = [reason.value for reason in Reason if reason is not Reason.NONE]
    assert all(said)
    assert len(set(said)) == len(said)
