"""The slips by which one word became another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.edits import NAMES, slips

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz'é ", max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant", "kinds"),
    [
        ("teh", "the", ("swapped",)),
        ("untill", "until", ("doubled",)),
        ("comitted", "committed", ("undoubled",)),
        ("seperate", "separate", ("vowel",)),
        ("dont", "don't", ("apostrophe",)),
        ("alot", "a lot", ("space",)),
        ("fsir", "fair", ("beside",)),
        ("enviroment", "environment", ("left",)),
        ("hous", "house", ("left_e",)),
        ("ord", "word", ("left", "first")),
        ("cafe", "café", ("accent",)),
        ("right", "right", ()),
    ],
)
def test_each_kind_of_slip_is_named(typed: str, meant: str, kinds: tuple[str, ...]) -> None:
    assert slips(typed, meant) == kinds


def test_several_slips_are_found_in_the_order_of_the_word() -> None:
    assert slips("recieveing", "receiving") == ("swapped", "put_vowel")


@given(LETTERS, LETTERS)
def test_only_equal_words_have_no_slips_and_all_kinds_are_known(one: str, other: str) -> None:
    found = slips(one, other)
    assert bool(found) == (one != other)
    assert set(found) <= set(NAMES)
    assert len(found) <= len(one) + len(other) + 1
