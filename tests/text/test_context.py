"""Where the model's window starts: it stays put, and it starts where a reader would."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.context import STRIDE_CHARACTERS, WINDOW_CHARACTERS, Context, window_start

SIZE, STRIDE = 60, 20  # small, so that short texts cross many cells
PIECES = ["a", "word ", "longer ", "end. ", "Stop!” ", "\n", "\n\n  ", "x" * 30, "é… ", "😀 "]
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def cell(end: int) -> int:
    """Return the first start at which a window up to `end` is no longer than SIZE, on the grid of strides."""
    return next(edge for edge in range(0, end + STRIDE, STRIDE) if end - edge <= SIZE)


def start_of(text: str) -> int:
    return window_start(text, 0, SIZE, STRIDE)


def test_a_text_that_fits_is_read_whole():
    text = "x " * (WINDOW_CHARACTERS // 2)
    assert Context(text).window() == text
    assert Context("").window() == ""


@given(texts)
def test_a_window_is_a_tail_of_the_text_and_never_too_long(text: str):
    window = Context(text).window(SIZE, STRIDE)
    assert text.endswith(window)
    assert len(window) <= SIZE
    # Half a cell is the most that a nice start may cost.
    assert len(window) >= min(len(text), SIZE - STRIDE - STRIDE // 2)


@given(texts)
def test_the_start_stays_while_the_caret_moves_within_a_stride(text: str):
    starts: dict[int, set[int]] = {}
    for end in range(len(text) + 1):
        starts.setdefault(cell(end), set()).add(start_of(text[:end]))
    assert all(len(found) == 1 for found in starts.values())
    ordered = [found.pop() for _, found in sorted(starts.items())]
    assert ordered == sorted(ordered)


def test_the_start_moves_once_a_stride_while_a_novel_is_typed():
    text = "It was a long way to the next town. " * 200
    windows = [Context(text[:end]).window() for end in range(len(text))]
    starts = [end - len(window) for end, window in enumerate(windows)]
    moves = sum(before != after for before, after in pairwise(starts))
    assert moves == -(-(len(text) - 1 - WINDOW_CHARACTERS) // STRIDE_CHARACTERS)


@pytest.mark.parametrize(
    ("inside", "starts_with"),
    [
        ("ab cd. Ef\n", "next "),  # a paragraph, though a word and a sentence start before it
        ("ab\n \n", "next "),
        ("ab cd. Ef", "Ef"),  # a sentence, though a word starts before it
        ("ab cd?” E", "E"),
        ("ab cd… E", "E"),
        ("ab cd) E", "cd"),  # no sentence ends there
        ("a 3.14, b", "3.14"),
        ("ab cd ef", "cd"),
        ("abcdefgh", "abcdefgh"),  # no start at all: the cell's own edge
    ],
)
def test_it_starts_at_a_paragraph_else_a_sentence_else_a_word(inside: str, starts_with: str):
    head = "y" * 2 * STRIDE
    text = f"{head}{inside}next {'z' * 90}"[: 2 * STRIDE + SIZE]
    assert text[start_of(text) :].startswith(starts_with)


@given(texts)
def test_no_word_is_cut_where_a_whole_one_starts_in_the_cell(text: str):
    start, edge = start_of(text), cell(len(text))
    if start and any(character.isspace() for character in text[edge : edge + STRIDE // 2]):
        assert text[start - 1].isspace()


@given(texts, st.data())
def test_a_snapshot_gives_the_window_of_the_whole_text(text: str, data: st.DataObject):
    # A snapshot is long enough when it has as many characters as the window may have.
    offset = data.draw(st.integers(0, max(0, len(text) - SIZE)))
    snapshot = Context(text[offset:], offset=offset)
    assert snapshot.window(SIZE, STRIDE) == Context(text).window(SIZE, STRIDE)


def test_a_snapshot_that_is_too_short_is_read_from_its_first_whole_word():
    assert Context("ort and sweet", offset=10_000).window() == "and sweet"


@given(texts, texts)
def test_what_follows_the_caret_does_not_matter(before: str, after: str):
    assert Context(before, after).window(SIZE, STRIDE) == Context(before).window(SIZE, STRIDE)
