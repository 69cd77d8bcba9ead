"""Mark-up and the noise of speech taken out of sentences."""

from __future__ import annotations

import pytest

from gpt_assistant.text.cleaning import capitalised, spoken, tightened, unmarked


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**Bold** and *slanted* and ``code``", "Bold and slanted and code"),
        ("a [link](https://x.org/a_(b)) here", "a link here"),
        ("`text <https://x.org>`__ and :func:`json.dumps`", "text and json.dumps"),
        ("as :pep:`609` says [#note]_ so", "as PEP 609 says so"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("- an item\n  goes on", "an item goes on"),
        ("1. First", "First"),
        ("> quoted\n> lines", "quoted lines"),
        ("<b>bold</b> a < b", "bold a < b"),
    ],
)
def test_mark_up(marked: str, plain: str) -> None:
    assert unmarked(marked) == plain


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Um , so I I think it 's {vocalsound} too big .", "I think it's too big."),
        ("The L_C_D_ is uh cheap .", "The LCD is cheap."),
        ("We we need , you know , a button .", "We need, a button."),
        ("It 's on {disfmarker} the price is twelve euros .", "The price is twelve euros."),
        ("Right , okay , we 'll go on , you know .", "We'll go on."),
        ("Hmm .", ""),
        ("m maybe we should stop", "Maybe we should stop"),
    ],
)
def test_speech(said: str, meant: str) -> None:
    assert spoken(said) == meant


def test_spaces_and_capitals() -> None:
    assert tightened("a , b ; . c") == "a, b. c"
    assert capitalised("that's it") == "That's it"
    assert capitalised("iPod users") == "iPod users"
