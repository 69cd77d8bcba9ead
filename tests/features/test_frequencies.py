"""The list of words and their frequencies, packed into one mapped file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant import paths
from gpt_assistant.features.frequencies import Damaged, Frequencies, frequencies, packed

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(st.lists(WORDS, max_size=5), max_size=5))
def test_every_form_has_the_frequency_of_its_bucket(buckets: list[list[str]]) -> None:
    listed: dict[str, int] = {}
    for i, bucket in enumerate(buckets):
        for form in bucket:
            listed.setdefault(form, i)
    apart = [[form for form in listed if listed[form] == i] for i in range(len(buckets))]
    table = Frequencies(packed(apart))
    assert len(table) == len(listed)
    assert {form for form, _ in table} == set(listed)
    for form, i in listed.items():
        if form == form.lower().replace("’", "'"):
            assert table.zipf(form) == pytest.approx(min(9 - i / 100, 255 / 30), abs=0.04)
    assert table.zipf("not in any of them") == 0


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: b"x" + d[1:], lambda d: d[:5], lambda d: b""])
def test_a_damaged_list_is_refused(damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Damaged):
        Frequencies(damage(packed([["one"], ["two"]])))


def test_english_is_packed_once_and_a_damaged_file_is_made_again() -> None:
    table = frequencies("en")
    assert table.zipf("the") > 7 > table.zipf("house") > 4 > table.zipf("recieve") > 0
    [file] = (paths.cache_folder() / "words").iterdir()
    file.write_bytes(b"nonsense")
    assert frequencies("en").zipf("the") > 7
    assert file.stat().st_size > 1_000_000


def test_a_language_without_a_list_has_an_empty_one() -> None:
    assert len(frequencies("cy")) == 0
