"""Which words of a text are checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.spellable import left_out, words


def checked(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A well-known fact, isn't it?", ["well", "known", "fact", "isn't", "it"]),
        ("Run `make tset` or ``mkae`` now.", ["Run", "or", "now"]),
        ("See https://exmaple.org/pgae and me@exmaple.org today.", ["See", "and", "today"]),
        ("Open setpu.py, ~/docs/notse.md and C:\\tmep now.", ["Open", "and", "now"]),
        ("Call snake_caes, camelCaes and foo() here.", ["Call", "and", "here"]),
        ("NASA sent 3rd PDFs to iPhone users.", ["sent", "to", "users"]),
        ("@nmae wrote #tgaline with --otpion.", ["wrote", "with"]),
        ("The [lnik](https://a.bc/xyzz) is heer.", ["The", "lnik", "is", "heer"]),
        ("Use {{vraiable}} and %(nmae)s, $x_y$.", ["Use", "and"]),
        ("Push $thier, pull $htat and $a + b$.", ["Push", "thier", "pull", "htat", "and"]),
        ('He said "[w]hile [here] it rained".', ["He", "said", "here", "it", "rained"]),
        ("e.g. the U.S. army", ["the", "army"]),
        ("Größe, café and naïve", ["Größe", "café", "and", "naïve"]),
    ],
)
def test_code_addresses_and_names_of_things_are_left_out(text: str, expected: list[str]) -> None:
    assert checked(text) == expected


def test_a_block_of_code_is_left_out_and_text_behind_it_is_not() -> None:
    assert checked("Before\n\n```python\nimprot os\n```\n\nAfter") == ["Before", "After"]
    assert checked("Before\n\n~~~\nnever closed") == ["Before"]
    assert checked("---\ntitel: x\n---\nText") == ["Text"]


@given(st.text(max_size=200))
def test_words_stand_where_they_say_and_outside_what_is_left_out(text: str) -> None:
    spans = left_out(text)
    last = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= last
        last = word.end
        assert not any(span.start < word.end and word.start < span.end for span in spans)
