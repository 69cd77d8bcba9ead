from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.fuzzy import match

MENU = [
    "Save",
    "Save as…",
    "Save all",
    "Select all",
    "Summarise: Short",
    "Rewrite: Shorter",
    "Zoom in",
    "Café",
]


def ranked(pattern: str) -> list[str]:
    found = [(match(pattern, text), text) for text in MENU]
    return [text for hit, text in sorted(found, key=lambda pair: -(pair[0].score if pair[0] else 0)) if hit]


def letters(pattern: str, text: str) -> str:
    found = match(pattern, text)
    assert found is not None
    return "".join(text[place] for place in found.positions)


def test_the_letters_must_be_there_in_order() -> None:
    assert match("svz", "Save as…") is None
    assert match("evas", "Save") is None
    assert letters("svas", "Save as…") == "Svas"


def test_word_starts_come_before_letters_inside() -> None:
    assert ranked("sa")[0] == "Save"
    assert ranked("sall")[0] in ("Save all", "Select all")
    assert ranked("short")[0] == "Summarise: Short"
    assert match("sh", "Rewrite: Shorter").positions == (9, 10)  # type: ignore[union-attr]


def test_words_in_any_order_without_accents_and_capitals() -> None:
    assert ranked("short rewr") == ["Rewrite: Shorter"]
    assert ranked("CAFE") == ["Café"]


def test_the_empty_pattern_fits_everything() -> None:
    assert ranked("  ") == MENU


def test_letters_together_are_preferred_to_letters_apart() -> None:
    assert match("all", "a large hall all").positions == (13, 14, 15)  # type: ignore[union-attr]


@given(st.text(max_size=30), st.data())
def test_any_subsequence_is_found_and_spelt_by_its_positions(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(text)))))) if text else []
    pattern = "".join(text[place] for place in places if not text[place].isspace())
    found = match(pattern, text)
    assert found is not None
    assert list(found.positions) == sorted(set(found.positions))
    assert bool(found.positions) == bool(pattern)
