"""Which words there are, and which language a text is in."""

from __future__ import annotations

import pytest

from gpt_assistant.features.lexicon import Lexicon, english

ENGLISH = "The boats came in before the sun was up and nobody on the quay said a word about it."
GERMAN = "Die Boote kamen herein bevor die Sonne aufging und niemand am Kai sagte ein Wort darüber."


@pytest.mark.parametrize("word", ["boats", "Boats", "BOATS", "don't", "don’t", "mother's", "colour", "color"])
def test_words_that_there_are(word: str) -> None:
    assert english().knows(word)


@pytest.mark.parametrize("word", ["recieve", "boatss", "", "xq"])
def test_words_that_there_are_not(word: str) -> None:
    assert not english().knows(word)


def test_beginnings() -> None:
    assert all(map(english().completes, ("re", "recei", "boats", "Neigh")))
    assert not any(map(english().completes, ("reciev", "boatsx", "zzzz")))


def test_languages() -> None:
    assert english().speaks(ENGLISH)
    assert not english().speaks(GERMAN)
    assert english().speaks("Thank you")
    assert not english().speaks("Привет, как")


def test_it_is_read_once() -> None:
    assert english() is english()


def test_an_empty_one_judges_no_text() -> None:
    """As on a server that has nothing but torch and transformers."""
    assert not Lexicon([]).speaks("Thank you")
    assert not Lexicon([]).speaks("It was the best of times, it was the worst of times, it was the age.")
