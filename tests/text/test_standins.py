from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text import standins
from gpt_assistant.text.longlines import MARK


def decoded(data: bytes, encoding: str = "utf-8") -> str:
    return standins.finished(data.decode(encoding, standins.HANDLER), encoding)


@given(st.binary(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "ascii"]))
def test_any_bytes_come_back(data: bytes, encoding: str) -> None:
    text = decoded(data, encoding)
    assert standins.encode(text, encoding) == data


@given(st.binary())
def test_what_stands_in_is_valid_everywhere(data: bytes) -> None:
    text = decoded(data)
    assert json.loads(json.dumps(text)) == text
    assert text.encode("utf-16-le").decode("utf-16-le") == text


def test_bad_bytes_are_seen_one_by_one() -> None:
    text = decoded(b"caf\xe9 \xff\xfe!")
    assert text == "caf" + standins.stand_in(b"\xe9") + " " + standins.stand_in(b"\xff\xfe") + "!"
    assert standins.count_stand_ins(text) == 3
    assert standins.first_stand_in(text) == 3
    assert standins.count_stand_ins("café") == 0
    assert standins.first_stand_in("café") == -1


@pytest.mark.parametrize("character", ["\u2029", "\ufdd0", "\ufdd1", MARK, "\U0010fe41"])
def test_a_character_with_a_meaning_here_is_kept_as_bytes(character: str) -> None:
    data = f"a{character}b".encode()
    text = decoded(data)
    assert character not in text
    assert standins.encode(text, "utf-8") == data


def test_a_character_that_the_encoding_lacks_is_named_with_its_place_in_the_whole() -> None:
    text = f"a{standins.stand_in(b'x')}b→"
    with pytest.raises(UnicodeEncodeError) as caught:
        standins.encode(text, "cp1252")
    assert (caught.value.start, caught.value.object[caught.value.start]) == (3, "→")
