"""Placeholders are put back however a model writes them, and in streams cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.masked import Masked, Restorer, placeholder, restored, taken

MAP = {"[NAME_1]": "Anna Berg", "[NAME_1_LAST]": "Berg", "[NAME_12]": "Jo", "[ORG_2]": "Acme, Ltd."}


@pytest.mark.parametrize(
    "written",
    [
        *("[NAME_1]", "[name_1]", "[Name 1]", "[NAME-1]", "[ NAME_1 ]", "<NAME_1>", "{NAME_1}", "NAME_1"),
        *(r"\[NAME\_1\]", r"NAME\_1"),
    ],
)
def test_a_placeholder_is_known_however_it_is_written(written: str) -> None:
    assert restored(f"Dear {written}, hello.", MAP) == "Dear Anna Berg, hello."


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("[NAME_1]'s house", "Anna Berg's house"),
        ("Mrs [NAME_1_LAST] and [NAME_12]", "Mrs Berg and Jo"),
        ("([NAME_1])", "(Anna Berg)"),
        ("**[ORG_2]**", "**Acme, Ltd.**"),
        ("[NAME_12][NAME_1]", "JoAnna Berg"),
        ("[NAME_3] stays, and so does NAME_123", "[NAME_3] stays, and so does NAME_123"),
        ("my name 1, name_1 and MY_NAME_1", "my name 1, name_1 and MY_NAME_1"),
        ("", ""),
    ],
)
def test_only_what_is_a_placeholder_is_put_back(answer: str, wanted: str) -> None:
    assert restored(answer, MAP) == wanted


PIECES = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "NAME",
            "_",
            "1",
            "12",
            "LAST",
            "[NAME_1]",
            "name 1]",
            "\\",
            "<",
            ">",
            " ",
            "x",
            "ORG_2",
            "A",
            "é",
            "-",
        ]
    ),
    max_size=25,
)


@given(PIECES, st.data())
def test_a_stream_says_what_the_whole_says(pieces: list[str], data: st.DataObject) -> None:
    whole = "".join(pieces)
    restorer, at, said = Restorer(Masked("", (), tuple(MAP.items()))), 0, ""
    while at < len(whole):
        size = data.draw(st.integers(1, 6))
        said += restorer.feed(whole[at : at + size])
        at += size
    assert said + restorer.end() == restored(whole, MAP)


def test_a_stream_holds_back_no_more_than_a_placeholder() -> None:
    restorer = Restorer(Masked("", (), tuple(MAP.items())))
    assert restorer.feed("It is fine") == "It is fine"
    assert restorer.feed(". ") == ". "
    assert restorer.feed("[NAM") == ""
    assert restorer.feed("E_1") == ""
    assert restorer.feed("] said") == "Anna Berg said"
    assert restorer.feed(" so. [and then it goes on and on for long").startswith(" so. [and then it")


def test_without_placeholders_a_stream_goes_through_at_once() -> None:
    restorer = Restorer(Masked("text"))
    assert [restorer.feed(piece) for piece in ("[NAME", "_1]")] == ["[NAME", "_1]"]


def test_what_a_text_has_itself_is_taken() -> None:
    assert taken("See [NAME_3] and NAME_4, name_5 and {org 2}.") == {("NAME", 3), ("ORG", 2), ("NAME", 4)}
    assert placeholder("NAME", 1, "LAST") == "[NAME_1_LAST]"
