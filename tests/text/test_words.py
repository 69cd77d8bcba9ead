"""Units taken one at a time, UTF-16 offsets, word counts."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.words import accept_unit, count_words, index_to_utf16, utf16_length, utf16_to_index

FAMILY = "👩‍👩‍👧"
THUMB = "👍🏽"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def units(text: str) -> list[str]:
    found = []
    while text:
        unit = accept_unit(text)
        assert unit, text
        found.append(unit)
        text = text[len(unit) :]
    return found


@pytest.mark.parametrize(
    ("ghost", "expected"),
    [
        ("", []),
        ("llo world", ["llo", " world"]),
        (" the quick", [" the", " quick"]),
        ("end. Next", ["end", ".", " Next"]),
        ("one, two; three:", ["one", ",", " two", ";", " three", ":"]),
        ("four! five?", ["four", "!", " five", "?"]),
        ("really?! yes", ["really", "?!", " yes"]),
        ("wait... no", ["wait", "...", " no"]),
        ("don't well-known it’s", ["don't", " well-known", " it’s"]),
        ("at 12:30, 3.14 or 1,000.", ["at", " 12:30", ",", " 3.14", " or", " 1,000", "."]),
        ('"Yes," she said', ['"Yes', ",", '"', " she", " said"]),
        ("one\ntwo", ["one", "\n", "two"]),
        ("end.\n\n    Next", ["end", ".", "\n\n    ", "Next"]),
        ("a \r\n b", ["a", " \r\n ", "b"]),
        ("   ", ["   "]),
        ("  \n", ["  \n"]),
        (f"hi {FAMILY}{THUMB} there", ["hi", f" {FAMILY}{THUMB}", " there"]),
        ("e\u0301te\u0301 fini", ["e\u0301te\u0301", " fini"]),
        ("!\u0301a", ["!\u0301", "a"]),
        (f"go {SCOTLAND}!", ["go", f" {SCOTLAND}", "!"]),
        ("你好。世界", ["你", "好", "。", "世", "界"]),
        ("私はカメラ", ["私", "はカメラ"]),
        ("مرحبا بالعالم!", ["مرحبا", " بالعالم", "!"]),
        ("हिन्दी भाषा", ["हिन्दी", " भाषा"]),
    ],
)
def test_units_are_words_punctuation_and_breaks(ghost: str, expected: list[str]):
    assert units(ghost) == expected


def test_an_ideograph_keeps_its_variation_selector():
    assert accept_unit("葛\U000e0100城") == "葛\U000e0100"


@given(
    st.text(
        st.sampled_from([*"ab .,!'-\n\t漢か", "\u0301", "\u200d", "👍", "\U0001f3fd", "\ufe0f"]), min_size=1
    )
)
def test_units_always_advance_and_never_split_what_belongs_together(text: str):
    taken = units(text)
    assert "".join(taken) == text
    for left, right in pairwise(taken):
        assert not left.endswith("\u200d")
        assert right[0] not in "\u0301\u200d\U0001f3fd\ufe0f"


@given(st.text(), st.integers(-3, 60))
def test_offsets_agree_with_the_encoding(text: str, index: int):
    text = text.encode("utf-16-le", "ignore").decode("utf-16-le")
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    inside = min(max(index, 0), len(text))
    offset = index_to_utf16(text, index)
    assert offset == len(text[:inside].encode("utf-16-le")) // 2
    assert utf16_to_index(text, offset) == inside


def test_the_middle_of_a_pair_is_its_character():
    assert [utf16_to_index("a😀b", offset) for offset in range(-1, 6)] == [0, 0, 1, 1, 2, 3, 3]


def test_lone_surrogates_have_a_length():
    assert utf16_length("\ud83d") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("   \n ", 0),
        ("one two\nthree", 3),
        ("don't well-known it’s", 3),
        ("word—another – third", 3),
        ("-- *** ... ____ !", 0),
        ("3.14 and 1,000", 3),
        ("हिन्दी भाषा", 2),
        ("Это слово", 2),
        ("你好 world", 3),
        ("(hello), 'there'", 2),
        ("😀 yes", 1),
    ],
)
def test_words_are_counted_as_word_processors_do(text: str, expected: int):
    assert count_words(text) == expected


@pytest.mark.parametrize("text", ["=" * 200_000, "a" * 200_000, "_ " * 100_000, "word " * 40_000])
def test_counting_is_linear(text: str):
    begin = time.perf_counter()
    count_words(text)
    assert time.perf_counter() - begin < 1.0
