"""What a translation carries through: found, put back where it was, and missed when it is gone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.placeholders import mask, numbers


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Write to ann.lee@example.org, please.", ["ann.lee@example.org"]),
        ("See https://example.org/a_(b)?x=1&y=2.", ["https://example.org/a_(b)?x=1&y=2"]),
        ("Run `make -j2`, then `ls`.", ["`make -j2`", "`ls`"]),
        ("Dear {name}, %d of %(all)s and ${HOME}.", ["{name}", "%d", "%(all)s", "${HOME}"]),
        ("It is **very** and *quite* _old_.", ["**", "**", "*", "*", "_", "_"]),
        ("Read [the book](b.md) now.", ["[", "](b.md)"]),
        ("![a cat](cat.png) sleeps", ["![a cat](cat.png)"]),
        ("<b>Stop</b>&nbsp;here", ["<b>", "</b>", "&nbsp;"]),
        ("It is in /usr/local/bin or C:\\Users\\ann.", ["/usr/local/bin", "C:\\Users\\ann."]),
        ("As shown before [3] and [^note].", ["[3]", "[^note]"]),
    ],
)
def test_what_is_protected(text: str, kept: list[str]) -> None:
    masked = mask(text)
    assert list(masked.kept) == kept
    assert not any(item in masked.text for item in kept if len(item) > 3)
    assert masked.intact(masked.text)
    assert masked.restore(masked.text) == text


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "snake_case_name", "It costs $5 and $6.", "100% sure", "a/b", ""]
)
def test_what_is_not(text: str) -> None:
    assert mask(text).kept == ()


def test_a_translation_that_lost_or_doubled_one_is_not_intact() -> None:
    masked = mask("Write to a@b.org or c@d.org.")
    assert masked.intact("Écrivez à [2] ou [1].")
    assert masked.restore("Écrivez à [2] ou [1].") == "Écrivez à c@d.org ou a@b.org."
    assert not masked.intact("Écrivez à [1].")
    assert not masked.intact("Écrivez à [1], [2] ou [2].")
    assert not masked.intact("Écrivez à [1], [2] ou [3].")


def test_marks_that_enclose_keep_their_order_and_lose_no_space() -> None:
    masked = mask("It is **very old** today.")
    assert (
        masked.restore("Aujourd'hui c'est [1] très vieux [2] ici.") == "Aujourd'hui c'est **très vieux** ici."
    )
    assert not masked.intact("C'est [2]très vieux[1].")


def test_stand_ins_do_not_clash_with_notes_of_the_text() -> None:
    masked = mask("As [1] says, ask a@b.org.")
    assert (
        masked.restore(masked.text.replace("says, ask", "dit, demandez")) == "As [1] dit, demandez a@b.org."
    )


def test_pieces_join_to_the_text() -> None:
    text = "Ask **Ann** at a@b.org `now`!"
    pieces = mask(text).pieces()
    assert "".join(pieces) == text
    assert pieces[1::2] == ["**", "**", "a@b.org", "`now`"]


@given(st.text(alphabet="ab *_`[]()<>{}%$./@:h1\n", max_size=60))
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    masked = mask(text)
    assert masked.intact(masked.text)
    assert "".join(masked.pieces()) == text


def test_numbers_without_what_separates_thousands() -> None:
    assert numbers("1,200 people, 1 200, 1.200 and 3.5 or 2009") == Counter(
        {"1200": 3, "3": 1, "5": 1, "2009": 1}
    )
    assert numbers("See [12].") == Counter()
