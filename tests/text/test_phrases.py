"""What is remembered of a text, and that counting it piece by piece is counting it at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.phrases import DocumentPhrases, Guess, Phrases, half_word, taken_phrase, tokens

TEXT = "Dave Rayner attended Michigan State. Rayner kicked. The Rayner family met Dave Rayner again."


@pytest.fixture
def phrases() -> Phrases:
    found = Phrases()
    found.add(TEXT)
    return found


@pytest.mark.parametrize(
    ("text", "half"),
    [("I don’t th", "th"), ("well-kn", "well-kn"), ("don'", "don'"), ("word ", ""), ("", ""), ("x1", "")],
)
def test_the_half_word_at_the_end(text: str, half: str) -> None:
    assert half_word(text) == half


def test_a_phrase_ends_with_its_sentence_or_line() -> None:
    assert tokens("One two. Three\nfour, 5 six") == ["One", "two", "\n", "Three", "\n", "four", "six"]


def test_the_longest_context_that_agrees_tells(phrases: Phrases) -> None:
    assert phrases.guess(["met", "Dave"], "") == Guess("Rayner", 1.0, 1.0, 1, 2)
    assert phrases.guess(["old", "Dave"], "") == Guess("Rayner", 1.0, 1.0, 2, 1)
    assert phrases.guess(["The", "Rayner"], "") == Guess("family", 1.0, 1.0, 1, 2)
    assert phrases.guess(["nobody"], "Ra") == Guess("Rayner", 1.0, 4 / 14, 4, 0)


def test_case_does_not_matter_for_finding_and_is_kept(phrases: Phrases) -> None:
    assert phrases.guess(["DAVE"], "ra") == Guess("Rayner", 1.0, 1.0, 2, 1)
    assert phrases.knows("rayner")
    assert phrases.completes("MICH")


def test_nothing_is_guessed_across_a_full_stop_or_from_one_letter(phrases: Phrases) -> None:
    assert phrases.guess(["State", "\n"], "") is None
    assert phrases.guess([], "R") is None
    assert phrases.guess(["Dave"], "Rayner") is None, "there is nothing to add"


def test_the_share_is_that_of_what_fits() -> None:
    phrases = Phrases()
    phrases.add("a green door. a green gate. a green door. a grey dog.")
    assert phrases.guess(["a", "green"], "") == Guess("door", 2 / 3, 1.0, 2, 2)
    assert phrases.guess(["a"], "gre") == Guess("green", 3 / 4, 1.0, 3, 1)


def test_what_fits_is_a_part_of_what_stood_there() -> None:
    phrases = Phrases()
    phrases.add("a door. a dog. a gate. a door.")
    assert phrases.guess(["a"], "do") == Guess("door", 2 / 3, 3 / 4, 2, 1)


def test_clearing_forgets_everything(phrases: Phrases) -> None:
    phrases.clear()
    assert len(phrases) == 0
    assert not phrases.knows("Rayner")
    assert phrases.guess(["Dave"], "") is None


@given(st.lists(st.sampled_from(["red", "Red", "door", "is", ".", "\n", "it's", "7"]), max_size=400))
def test_a_document_counted_as_it_grows_is_counted_whole(words: list[str]) -> None:
    text = "".join(f"{word} " for word in words)
    growing, whole = DocumentPhrases(), DocumentPhrases()
    for end in range(0, len(text), 37):
        growing.of(text[:end])
    one, other = growing.of(text), whole.of(text)
    assert one._words == other._words
    assert one._after == other._after


def test_another_document_is_counted_anew_and_the_last_words_are_left_out() -> None:
    document = DocumentPhrases()
    assert document.of("Rayner kicked. " * 40).knows("Rayner")
    assert not document.of("Somebody else entirely. " * 40).knows("Rayner")
    assert len(document.of("Rayner kicked.")) == 0


@pytest.mark.parametrize(
    ("before", "length", "phrase"),
    [
        ("Thank you very much", 10, "Thank you very much"),
        ("It ended. Thank you very much", 2, "you very much"),
        ("x\nThank", 5, "Thank"),
        ("Hello", 2, "Hello"),
    ],
)
def test_what_was_taken_is_kept_with_two_words_before_it(before: str, length: int, phrase: str) -> None:
    assert taken_phrase(before, length).strip() == phrase
