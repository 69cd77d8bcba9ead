from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.diff import apply, hunks
from gpt_assistant.text.excerpt import GAP, excerpt
from gpt_assistant.text.merge import changes, merge

BASE = "The quick brown fox jumps.\nIt rained all day.\nThe end.\n"
words = st.lists(st.sampled_from(["one", "two", "three", "\n", "four five", ".", ""]), max_size=12).map(
    " ".join
)


def test_changes_in_different_places_are_both_taken() -> None:
    mine = BASE.replace("quick", "slow")
    theirs = BASE.replace("all day", "all night").replace("The end", "To be continued")
    found = merge(BASE, mine, theirs)
    assert found.mine == "The slow brown fox jumps.\nIt rained all night.\nTo be continued.\n"
    assert found.theirs == found.mine
    assert (found.taken, found.collisions) == (2, 0)


def test_changes_within_one_line_are_both_taken() -> None:
    found = merge(BASE, BASE.replace("quick", "slow"), BASE.replace("jumps", "sleeps"))
    assert found.mine.startswith("The slow brown fox sleeps.")
    assert found.collisions == 0


def test_where_they_collide_each_keeps_its_own() -> None:
    mine = BASE.replace("rained", "snowed").replace("quick", "slow")
    theirs = BASE.replace("rained", "hailed").replace("The end", "To be continued")
    found = merge(BASE, mine, theirs)
    assert found.mine == "The slow brown fox jumps.\nIt snowed all day.\nTo be continued.\n"
    assert found.theirs == "The slow brown fox jumps.\nIt hailed all day.\nTo be continued.\n"
    assert (found.taken, found.collisions) == (1, 1)


def test_the_same_change_on_both_sides_is_no_collision() -> None:
    both = BASE.replace("rained", "snowed")
    assert merge(BASE, both, both).collisions == 0
    assert merge(BASE, both, both).mine == both


def test_two_insertions_in_one_place_collide() -> None:
    found = merge("a b", "a x b", "a y b")
    assert found.collisions == 1
    assert (found.mine, found.theirs) == ("a x b", "a y b")


@given(words, words)
def test_what_only_one_side_changed_is_that_side(base: str, other: str) -> None:
    assert merge(base, base, other).mine == other
    assert merge(base, base, other).theirs == other
    assert merge(base, other, base).mine == other
    assert merge(base, other, other).mine == other


@given(words, words, words)
def test_it_is_the_same_from_both_sides(base: str, one: str, other: str) -> None:
    here, there = merge(base, one, other), merge(base, other, one)
    assert (here.mine, here.theirs) == (there.theirs, there.mine)
    assert here.collisions == there.collisions


@given(words, words)
def test_changes_turn_one_text_into_the_other(old: str, new: str) -> None:
    assert apply(old, changes(old, new)) == new


def test_a_change_in_a_long_text_is_found_at_once() -> None:
    old = "It was a dark and stormy night.\n" * 100_000
    new = old[:1_600_000] + "Suddenly, a shot rang out.\n" + old[1_600_000:]
    started = time.perf_counter()
    (hunk,) = changes(old, new)
    assert time.perf_counter() - started < 1.0
    assert hunk.new.strip() == "Suddenly, a shot rang out."


# -- excerpts --------------------------------------------------------------------------------------


def test_an_excerpt_has_the_changes_and_the_lines_around_them() -> None:
    lines = [f"line {number}\n" for number in range(100)]
    old = "".join(lines)
    lines[50] = "changed\n"
    shown, moved = excerpt(old, hunks(old, "".join(lines)))
    assert shown == f"{GAP}line 48\nline 49\nline 50\nline 51\nline 52\n{GAP}"
    (hunk,) = moved
    assert shown[hunk.start : hunk.end] == hunk.old


def test_a_long_line_is_cut_between_words() -> None:
    old = "word " * 5000
    shown, moved = excerpt(old, hunks(old, old[:12_500] + "new " + old[12_500:]))
    assert len(shown) < 1000
    assert len(moved) == 1


@pytest.mark.parametrize("text", ["", "same\n"])
def test_nothing_changed_is_nothing_to_show(text: str) -> None:
    assert excerpt(text, []) == ("", [])


@given(st.lists(words, max_size=30).map("\n".join), st.lists(words, max_size=30).map("\n".join))
def test_every_change_stands_in_the_excerpt(old: str, new: str) -> None:
    found = hunks(old, new)
    shown, moved = excerpt(old, found)
    assert [hunk.old for hunk in moved] == [hunk.old for hunk in found]
    assert all(shown[hunk.start : hunk.end] == hunk.old for hunk in moved)
