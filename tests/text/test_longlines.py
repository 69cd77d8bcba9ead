from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text import longlines
from gpt_assistant.text.longlines import BREAK, LIMIT, Positions, broken, broken_parts, joined

characters = st.sampled_from("ab \n\u0301é😀")
texts = st.lists(
    st.tuples(st.text(characters, max_size=8), st.integers(1, 4000)).map(lambda pair: pair[0] * pair[1]),
    max_size=6,
).map("".join)


@given(texts)
def test_broken_lines_come_back_as_the_lines_they_were(text: str) -> None:
    shown = broken(text)
    assert joined(shown) == text
    assert max(map(len, shown.split("\n"))) <= LIMIT + 1
    if max(map(len, text.split("\n"))) <= LIMIT:
        assert shown == text


@given(texts, st.integers(1, 30_000))
def test_a_text_in_parts_is_broken_into_lines_as_short(text: str, size: int) -> None:
    shown = "".join(broken_parts(text[i : i + size] for i in range(0, len(text), size)))
    assert joined(shown) == text
    assert max(map(len, shown.split("\n"))) <= LIMIT + 1


def test_a_line_is_broken_behind_a_space_and_not_before_an_accent() -> None:
    first, second = broken("word " * 2000).split(BREAK)
    assert first.endswith("word ")
    assert second.startswith("word")
    first, second = broken("x" * (LIMIT - 1) + "e\u0301" * 100).split(BREAK)
    assert not second.startswith("\u0301")


def test_a_line_within_the_limit_stays_whole() -> None:
    assert broken("x" * LIMIT) == "x" * LIMIT
    assert broken("x" * (LIMIT + 1)).count(BREAK) == 1


@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=5))
def test_positions_of_a_joined_text_lead_to_the_same_characters(pieces: list[str]) -> None:
    shown, whole = BREAK.join(pieces), "".join(pieces)
    breaks = [len("".join(pieces[:i])) for i in range(1, len(pieces))]
    places = Positions(breaks)
    for index, character in enumerate(whole):
        assert shown[places.start(index)] == character
        assert shown[places.end(index + 1) - 1] == character


def test_the_mark_takes_one_utf16_unit() -> None:
    assert len(longlines.MARK.encode("utf-16-le")) == 2
