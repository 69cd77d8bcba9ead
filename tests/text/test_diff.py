"""Changes between two texts: they add up, each can be taken alone, and no word or character is split."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpt_assistant.text.diff import Hunk, apply, hunks, units

PIECES = [
    *("the", "cat", "sat", "don't", "3.14", "well-known", "a", "x"),
    *(" ", " ", "  ", "\n", "\n\n", "\r\n", ".", ", ", "“", "\t"),
    *("é", "e\u0301", "नमस्ते", "猫が", "👍🏽", "👩‍👩‍👧", "🇫🇷", "🇫🇷🇩🇪", "\u0301", "𝒳"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
anything = st.text(max_size=60)


def pairs(old: str, new: str) -> list[tuple[str, str]]:
    return [(hunk.old, hunk.new) for hunk in hunks(old, new)]


@settings(max_examples=300, deadline=None)
@given(texts | anything, texts | anything)
def test_all_changes_together_make_the_new_text(old: str, new: str) -> None:
    found = hunks(old, new)
    assert apply(old, found) == new
    assert bool(found) == (old != new)
    for hunk in found:
        assert old[hunk.start : hunk.end] == hunk.old != hunk.new
    assert all(first.end < second.start for first, second in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(texts, texts, st.randoms(use_true_random=False))
def test_any_of_the_changes_can_be_taken(old: str, new: str, chance: random.Random) -> None:
    """Taking some, and the others later where they then stand, makes the new text too."""
    found = hunks(old, new)
    first = [hunk for hunk in found if chance.random() < 0.5]
    text = apply(old, first)
    shift, later = 0, []
    for hunk in found:
        if hunk in first:
            shift += len(hunk.new) - len(hunk.old)
        else:
            later.append(Hunk(hunk.start + shift, hunk.end + shift, hunk.old, hunk.new))
    assert apply(text, later) == new


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_no_word_and_no_character_is_split(old: str, new: str) -> None:
    for hunk in hunks(old, new):
        for at in (hunk.start, hunk.end):
            if 0 < at < len(old):
                assert not category(old[at]).startswith("M")
                assert old[at - 1] != "\u200d"
                assert old[at] not in "\u200d\U0001f3fd"
                assert not (old[at - 1 : at + 1].isascii() and old[at - 1 : at + 1].isalpha())
                assert old[at - 1 : at + 1] != "\r\n"


@given(texts | anything)
def test_units_are_the_whole_text(text: str) -> None:
    assert "".join(units(text)) == text


def test_units() -> None:
    assert units("Don't pay 3.14,\n now") == ["Don't", " ", "pay", " ", "3.14", ",", "\n", " ", "now"]
    assert units("cafe\u0301s 👍🏽🇫🇷") == ["cafe\u0301s", " ", "👍🏽", "🇫🇷"]


def test_only_what_changed_is_a_change() -> None:
    old = "In order to save time, we will utilize the old report.\n\nThe end."
    new = "To save time, we will use the old report.\n\nThe end."
    assert pairs(old, new) == [("In order to", "To"), ("utilize", "use")]


def test_changes_next_to_each_other_are_one() -> None:
    assert pairs("one two of three four", "uno due of tre four") == [("one two of three", "uno due of tre")]
    found = pairs("one of them came again today", "two of them left again today")
    assert found == [("one", "two"), ("came", "left")]


def test_paragraphs_are_changed_one_by_one() -> None:
    assert len(hunks("first line\nsecond line\n", "1st line\n2nd line\n")) == 2
    assert pairs("a b\nc d\n", "a b\nnew words\nc d\n") == [("", "new words\n")]


def test_a_change_made_for_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="is not what"):
        apply("abc", [Hunk(0, 1, "x", "y")])
    with pytest.raises(ValueError, match="is not what"):
        apply("abc", [Hunk(0, 2, "ab", "y"), Hunk(1, 3, "bc", "z")])


@pytest.mark.parametrize("unit", [" ", "\n"])
@pytest.mark.parametrize("share", [0.01, 0.2, 1.0])
def test_ten_thousand_words_are_quick(unit: str, share: float) -> None:
    chance = random.Random(1)
    words = [chance.choice(["the", "of", f"w{chance.randrange(3000)}"]) for _ in range(10_000)]
    other = [f"n{chance.randrange(3000)}" if chance.random() < share else word for word in words]
    old, new = unit.join(words), unit.join(other)
    started = time.process_time()
    found = hunks(old, new)
    assert time.process_time() - started < 2
    assert apply(old, found) == new


def test_a_text_of_one_word_again_and_again_is_quick() -> None:
    started = time.process_time()
    found = hunks("no " * 10_000 + "yes", "yes " + "no " * 9_000)
    assert time.process_time() - started < 2
    assert apply("no " * 10_000 + "yes", found) == "yes " + "no " * 9_000
