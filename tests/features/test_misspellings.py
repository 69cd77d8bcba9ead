"""The list of common misspellings: what it says of words that are there, and of those that are not."""

from __future__ import annotations

import pytest

from gpt_assistant.features import misspellings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieve", ("receive",)),
        ("similary", ("similarly",)),
        ("ther", ("there", "their", "the", "other")),
        ("receive", ()),
        ("", ()),
        ("recieve->receive", ()),
        ("größe", ()),
    ],
)
def test_what_is_listed(typed: str, meant: tuple[str, ...]) -> None:
    assert misspellings.meant_by(typed) == meant


def test_every_line_is_understood() -> None:
    lines = misspellings._listed().decode().split("\n")
    assert len(lines) > 50_000
    for line in [each for each in lines if "->" in each][::500]:
        typed, first = line.split("->")
        assert ", ".join(misspellings.meant_by(typed)) == first.rstrip(",")


def test_without_the_list_nothing_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misspellings, "find_spec", lambda _name: None)
    misspellings._listed.cache_clear()
    try:
        assert misspellings.meant_by.__wrapped__("recieve") == ()
    finally:
        misspellings._listed.cache_clear()
