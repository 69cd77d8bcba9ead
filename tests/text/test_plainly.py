from __future__ import annotations

import pytest

from gpt_assistant.text.plainly import plainly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("it 's a charming , often affecting journey .", "it's a charming, often affecting journey."),
        ("does n't work -lrb- at all -rrb- , does it ?", "doesn't work (at all), does it?"),
        ('in a word , " awesome " is it .', 'in a word, "awesome" is it.'),
        ("@anna see https://example.org/a?b=c now", "@user see http now"),
        ("write to anna@example.org", "write to anna@example.org"),
        ("so sad :-( but ok :)", "so sad :-( but ok :)"),
        ("one\n  two\tthree ", "one two three"),
        ("at 3 .5 and .NET", "at 3 .5 and .NET"),
        ("Don't touch it, it's 'new'.", "Don't touch it, it's 'new'."),
        ("", ""),
        ("很好。", "很好。"),
    ],
)
def test_only_what_says_nothing_is_changed(text: str, plain: str) -> None:
    assert plainly(text) == plain
    assert plainly(plain) == plain
