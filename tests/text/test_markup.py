"""What of a text is prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpt_assistant.text.markup import kept, prose


def parts(text: str) -> list[str]:
    return [text[block.span.start : block.span.end] for block in prose(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", ["One line."]),
        ("One\ntwo lines.\n\nAnother.", ["One\ntwo lines.", "Another."]),
        ("# Head\n\nText here.\n", ["Text here."]),
        ("Head\n====\n\nText here.\n", ["Text here."]),
        ("A title\n\nText here.\n", ["Text here."]),
        ("only a few words", ["only a few words"]),
        ("- one\n- two\n  goes on\n1. three\n", ["one", "two\n  goes on", "three"]),
        ("- [x] done\n", ["done"]),
        ("```py\ncode here.\n```\nText.", ["Text."]),
        ("~~~\n```\nstill code.\n~~~\nText.", ["Text."]),
        ("```\nnever closed.\n", []),
        ("> said.\n\nText.", ["Text."]),
        ("| a | b |\n|---|---|\n\nText.", ["Text."]),
        ("    code = 1\n\nText.", ["Text."]),
        ("***\n\nText.", ["Text."]),
        ("---\ntitle: x\nday: 1\n---\n\nText.", ["Text."]),
        ("\n \n", []),
        ("Text.\r\n\r\nMore.\r\n", ["Text.", "More."]),
    ],
)
def test_prose(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet="ab .\n#>-`|*1\t", max_size=60))
def test_blocks_are_in_order_and_not_empty(text: str) -> None:
    at = 0
    for block in prose(text):
        assert at <= block.span.start < block.span.end <= len(text)
        assert text[block.span.start : block.span.end].strip()
        at = block.span.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Run `a b` now.", ["`a b`"]),
        ("See https://a.org/x?y=1, then.", ["https://a.org/x?y=1"]),
        ("Ask me@here.org or [them](http://x.y).", ["me@here.org", "[them](http://x.y)"]),
        ("Put it on crates.io, in setup.py. Then go.", ["crates.io", "setup.py"]),
        ('He said "do it" and “go”.', ['"do it"', "“go”"]),
        ("Dear {{ name }}, it's 5\" wide.", ["{{ name }}"]),
        ("Let $x = 1$ be <b>it</b>.", ["$x = 1$", "<b>", "</b>"]),
    ],
)
def test_kept(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in kept(text)] == expected
