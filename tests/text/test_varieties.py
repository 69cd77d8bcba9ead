"""British and American forms."""

from __future__ import annotations

import pytest

from gpt_assistant.text.varieties import american


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("colour", "color"),
        ("organisations", "organizations"),
        ("analysing", "analyzing"),
        ("theatre", "theater"),
        ("travelled", "traveled"),
        ("defence", "defense"),
        ("judgement", "judgment"),
        ("catalogue", "catalog"),
        ("enrol", "enroll"),
    ],
)
def test_a_british_form_gives_its_american_one(british: str, expected: str) -> None:
    assert expected in american(british)


def test_most_words_have_one_form() -> None:
    assert not list(american("window"))
