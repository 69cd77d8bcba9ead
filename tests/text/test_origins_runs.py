"""Runs of origins: spliced, carried over changes, counted; against a list with one origin a unit."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.longlines import BREAK, MARK, broken, joined
from gpt_assistant.text.origin_counts import Tally, added, code_point_runs, tally
from gpt_assistant.text.origins import (
    EXPLAINED,
    NAMES_OF_ORIGINS,
    Origin,
    OriginMap,
    Run,
    carried,
    differences,
    normal,
    overlaid,
    packed,
    spliced,
    unpacked,
    with_breaks,
    without_breaks,
)
from gpt_assistant.text.statistics import Statistics, count
from gpt_assistant.text.words import count_words, utf16_length, word_spans

KINDS = list(Origin)
T, C, P, X = Origin.TYPED, Origin.COMPLETED, Origin.PASTED, Origin.EARLIER
runs_of = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(KINDS[:3])), max_size=3)
splices = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), runs_of), max_size=30)
texts = st.text(alphabet=st.sampled_from(list("ab c—,.\n中かー'😀-_1")), max_size=40)


def flat(runs: list[Run]) -> list[Origin]:
    return [origin for length, origin in runs for _ in range(length)]


@given(splices)
def test_a_map_is_what_a_list_would_be(doings: list[tuple[int, int, list[Run]]]) -> None:
    found, plain = OriginMap(), list[Origin]()
    for at, gone, runs in doings:
        start = min(at, len(plain))
        removed = min(gone, len(plain) - start)
        assert flat(found.splice(start, removed, runs)) == plain[start : start + removed]
        plain[start : start + removed] = flat(runs)
        assert flat(found.runs()) == plain
        assert found.runs() == normal(found.runs())
        assert found.length == len(plain)
        assert [found.at(place) for place in range(len(plain) + 1)] == [*plain, None]
        assert flat(found.slice(start, len(plain))) == plain[start:]


@pytest.mark.parametrize(("position", "removed"), [(-1, 0), (4, 0), (0, 4), (2, 2)])
def test_what_is_not_in_the_text_is_refused_and_changes_nothing(position: int, removed: int) -> None:
    found = OriginMap([(3, T)])
    with pytest.raises(IndexError):
        found.splice(position, removed, [(1, C)])
    assert found.runs() == [(3, T)]


def test_far_jumps_in_many_runs() -> None:
    chance = random.Random(1)
    runs = [(chance.randint(1, 9), KINDS[number % 2]) for number in range(3000)]
    found, plain = OriginMap(runs), flat(runs)
    for _ in range(300):
        place = chance.randint(0, len(plain))
        found.splice(place, 0, [(2, P)])
        plain[place:place] = [P, P]
    assert flat(found.runs()) == plain


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(KINDS)), max_size=8), st.data())
def test_many_edits_at_once_are_what_a_map_makes_of_them_one_by_one(
    runs: list[Run], data: st.DataObject
) -> None:
    length, at, edits = sum(each for each, _ in runs), 0, []
    while at <= length and len(edits) < 6:
        start = data.draw(st.integers(at, length))
        removed = data.draw(st.integers(0, length - start))
        edits.append((start, removed, data.draw(runs_of)))
        at = start + removed + 1
    found = OriginMap(runs)
    for edit in reversed(edits):
        found.splice(*edit)
    assert spliced(runs, edits) == found.runs()


def test_a_key_costs_nothing_in_a_long_text() -> None:
    found = OriginMap([(5, KINDS[number % 2]) for number in range(20_000)])
    start = time.perf_counter()
    for place in range(500):
        found.splice(50_000 + place, 0, [(1, P)])
    assert (time.perf_counter() - start) / 500 < 0.001  # 14 µs on the machine it was written on


def test_a_large_file_is_one_run() -> None:
    found = OriginMap([(100_000_000, X)])
    found.splice(70_000_000, 10, [(3, T)])
    assert found.runs() == [(70_000_000, X), (3, T), (29_999_990, X)]
    assert found.known
    assert not OriginMap([(5, X)]).known


@given(texts, texts)
def test_differences_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    units, at = old.encode("utf-16-le"), 0
    wanted = new.encode("utf-16-le")
    for start, removed, put in reversed(differences(old, new)):
        assert 0 <= removed <= utf16_length(old)
        units = units[: 2 * start] + b"?\0" * put + units[2 * (start + removed) :]
    assert len(units) == len(wanted)
    for at in range(0, len(units), 2):
        assert units[at : at + 2] in (b"?\0", wanted[at : at + 2])


@given(texts, texts, st.data())
def test_what_is_carried_fits_the_new_text(old: str, new: str, data: st.DataObject) -> None:
    length = utf16_length(old)
    cuts = sorted(data.draw(st.lists(st.integers(0, length), max_size=4)))
    pieces = zip([0, *cuts], [*cuts, length], strict=True)
    runs = [(b - a, data.draw(st.sampled_from(KINDS))) for a, b in pieces]
    found = carried(runs, old, new)
    assert sum(length for length, _ in found) == utf16_length(new)
    assert carried(runs, old, old) == normal(runs)


def test_what_is_the_same_keeps_its_origin() -> None:
    old, new = "one two three\nfour", "one 2 three\nnew line\nfour five"
    runs = [(4, T), (4, C), (6, T), (4, P)]
    shown = dict(zip("tcp.", (T, C, P, X), strict=True))
    letters = "".join(
        next(k for k, v in shown.items() if v is each) for each in flat(carried(runs, old, new))
    )
    assert letters == "tttt.ctttttt" + "." * 9 + "pppp" + "....."


def test_long_stretches_are_not_compared_word_by_word() -> None:
    chance = random.Random(3)
    old = " ".join(str(chance.random()) for _ in range(20_000))
    new = old.replace("7", "8")
    start = time.perf_counter()
    found = carried([(len(old), T)], old, new)
    assert time.perf_counter() - start < 1
    assert sum(length for length, _ in found) == len(new)


def test_overlaid() -> None:
    assert overlaid([(2, T), (3, X)], [(1, P), (3, C), (1, X)]) == [(2, T), (2, C), (1, X)]


def test_breaks_of_long_lines_are_left_out_and_put_in() -> None:
    text = "word " * 4000 + "\nshort"
    shown = broken(text)
    assert MARK in shown
    assert joined(shown) == text
    runs = [(9_000, T), (6_000, P), (len(text) - 15_000, X)]
    there = with_breaks(runs, shown)
    assert sum(length for length, _ in there) == len(shown)
    assert without_breaks(there, shown) == runs
    assert with_breaks(runs[:1], "x" * 9_000) == runs[:1]
    assert BREAK not in text


@given(runs_of)
def test_stored_and_read_again(runs: list[Run]) -> None:
    assert unpacked(packed(runs)) == normal(runs)


def test_what_a_later_version_knows_is_not_known() -> None:
    assert unpacked("typed 3 telepathy 2") == [(3, T), (2, X)]
    for broken_text in ("typed", "typed x"):
        with pytest.raises(ValueError, match=r"a run|invalid"):
            unpacked(broken_text)


def test_every_origin_has_a_name_and_an_explanation() -> None:
    assert set(NAMES_OF_ORIGINS) == set(EXPLAINED) == set(Origin)


# -- counts ------------------------------------------------------------------------------------------


@given(texts)
def test_the_words_that_are_found_are_those_that_are_counted(text: str) -> None:
    assert len(list(word_spans(text))) == count_words(text)


@given(texts, st.data())
def test_the_counts_add_up(text: str, data: st.DataObject) -> None:
    length = utf16_length(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, length), max_size=5)))
    runs = normal(
        (b - a, data.draw(st.sampled_from(KINDS))) for a, b in zip([0, *cuts], [*cuts, length], strict=True)
    )
    total = sum(tally(text, runs).values(), Tally())
    assert (total.characters, total.words) == (len(text), count_words(text))


def test_a_word_belongs_to_most_of_its_letters() -> None:
    found = tally("hello 😀 world", [(2, T), (3, C), (1, T), (2, P), (6, T)])
    assert found == {T: Tally(9, 1), C: Tally(3, 1), P: Tally(1, 0)}
    assert code_point_runs("a😀b", [(1, T), (2, P), (1, C)]) == [(1, T), (1, P), (1, C)]
    assert added([found, {P: Tally(1, 1)}])[P] == Tally(2, 1)


def test_statistics_of_parts_add_up() -> None:
    text = "A heading\n\nTwo sentences here. And a second one!\n你好。\n"
    assert count(text) == Statistics(len(text), 11, 11, 4, 3)
    parts = text.splitlines(keepends=True)
    assert sum(map(count, parts), Statistics()) == count(text)
    assert count("word " * 476).minutes == 2
