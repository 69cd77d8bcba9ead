"""What a source says: numbers however they are written, names in their order, quotations to the letter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gpt_assistant.features.summary_faithful import Source, faithful, names, numbers

SOURCE = Source(
    "In March 2021, John Smith and Peter Miller of the European Central Bank paid 1,200 dollars, about 3.5"
    ' million yen, for twenty-five cats. He said: "We love cats." The U.S. agreed. One hundred people came at'
    " 10:30."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "John Smith paid $1200 for 25 cats.",
        "They paid 3,500,000 yen in March 2021.",
        "The European Central Bank said 100 people came.",
        "“We love cats,” he said.",
        "The U.S. agreed at 10:30.",
        "Nobody else came.",
        "Twenty-five cats cost 1\u00a0200 dollars.",
    ],
)
def test_faithful(sentence: str) -> None:
    assert faithful(sentence, SOURCE) == ()


@pytest.mark.parametrize(
    ("sentence", "invented"),
    [
        ("They paid 1,300 dollars.", ("1300",)),
        ("They paid 3.5 billion yen.", ("3500000000",)),
        ("John Miller paid.", ("John Miller",)),
        ("It was in April.", ("April",)),
        ("It was in London.", ("London",)),
        ('He said "We love dogs."', ("We love dogs.",)),
        ("The European Bank paid.", ("European Bank",)),
        ("NATO agreed.", ("NATO",)),
        ("Zorblax came.", ("Zorblax",)),
        ("London agreed.", ("London",)),
        ("They came in 2022.", ("2022",)),
        ("They came at 10:40.", ("10:40",)),
    ],
)
def test_invented(sentence: str, invented: tuple[str, ...]) -> None:
    assert faithful(sentence, SOURCE) == invented


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234.5", {"1234.5"}),
        ("two million", {"2", "2000000"}),
        ("2.5m people", {"2.5", "2500000"}),
        ("three hundred and five", {"3", "305", "5"}),
        ("no one and nobody", set()),
        ("05", {"5"}),
    ],
)
def test_values(text: str, values: set[str]) -> None:
    assert numbers(text) == {Decimal(value).normalize() for value in values}


def test_names_end_with_the_sentence() -> None:
    assert names("They met the EU. Then came Anna Lee. But who is Dr. Bell?") == ["EU", "Anna Lee", "Dr Bell"]
