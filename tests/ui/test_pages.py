"""Where pages end."""

from __future__ import annotations

import itertools

import pytest

from gpt_assistant.ui.pages import Piece, cut


def lines(*keeps: bool, height: float = 10) -> list[Piece]:
    return [Piece(n * height, (n + 1) * height, keep) for n, keep in enumerate(keeps)]


def test_a_page_ends_between_lines() -> None:
    assert cut(lines(*[False] * 5), 25) == [(0, 20), (20, 40), (40, 50)]
    assert cut(lines(*[False] * 2), 25) == [(0, 20)]
    assert cut([], 25) == [(0, 0)]


def test_what_is_kept_together_goes_on_together() -> None:
    assert cut(lines(False, True, False, False), 25) == [(0, 10), (10, 30), (30, 40)]
    assert cut(lines(False, True, True, False), 35) == [(0, 10), (10, 40)]


def test_what_is_too_high_to_keep_together_is_parted() -> None:
    assert cut(lines(True, True, True, False), 25) == [(0, 20), (20, 40)]
    assert cut([Piece(0, 60), Piece(60, 70)], 25) == [(0, 25), (25, 50), (50, 70)]


def test_space_between_pieces_is_left_at_the_end_of_a_page() -> None:
    assert cut([Piece(0, 10), Piece(20, 30), Piece(40, 50)], 30) == [(0, 30), (40, 50)]


@pytest.mark.parametrize("height", [15, 21, 33, 100])
def test_nothing_is_lost_and_nothing_is_twice(height: float) -> None:
    pieces = lines(*(number % 3 == 0 for number in range(50)))
    found = cut(pieces, height)
    assert found[0][0] == 0
    assert found[-1][1] == 500
    for (_, end), (begin, _) in itertools.pairwise(found):
        assert end == begin
    assert all(0 < end - begin <= height for begin, end in found)
