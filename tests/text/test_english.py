"""The forms of English words: verbs, articles, contractions."""

from __future__ import annotations

import pytest

from gpt_assistant.text.contractions import contractions, expansions
from gpt_assistant.text.inflection import article, irregular_verbs, third, verb


@pytest.mark.parametrize(
    "forms",
    [
        "use uses used used using",
        "try tries tried tried trying",
        "play plays played played playing",
        "stop stops stopped stopped stopping",
        "visit visits visited visited visiting",
        "commit commits committed committed committing",
        "fix fixes fixed fixed fixing",
        "see sees saw seen seeing",
        "die dies died died dying",
        "go goes went gone going",
        "begin begins began begun beginning",
        "be is was been being",
    ],
)
def test_verbs(forms: str) -> None:
    assert " ".join(verb(forms.split(maxsplit=1)[0])) == forms


def test_verbs_of_several_words() -> None:
    assert verb("find out").past == "found out"
    assert verb("be sorry").third == "is sorry"
    assert third("box") == "boxes"
    assert len(irregular_verbs()) > 100


@pytest.mark.parametrize(
    "word", ["hour", "apple", "honest", "umbrella", "uninteresting", "FBI", "IBM", "8", "18", "heir", "X-ray"]
)
def test_an(word: str) -> None:
    assert article(word) == "an"


@pytest.mark.parametrize(
    "word", ["user", "house", "one", "once", "university", "European", "US", "1", "180", "NATO", "ufo"]
)
def test_a(word: str) -> None:
    assert article(word) == "a"


def first(sentence: str, made: bool = False) -> str:
    places = list(contractions(sentence) if made else expansions(sentence))
    for start, end, options in reversed(places):
        sentence = sentence[:start] + options[0] + sentence[end:]
    return sentence


@pytest.mark.parametrize(
    ("sentence", "written_out"),
    [
        ("I can't.", "I cannot."),
        ("Won't it?", "Will it not?"),
        ("Don't you go? They’re here.", "Do you not go? They are here."),
        ("Let's go; it's late.", "Let us go; it is late."),
        ("Anna's dog isn't hers.", "Anna's dog is not hers."),
        ("I'd go. We've been, you'll see.", "I would go. We have been, you will see."),
        ("It ain't so.", "It ain't so."),
        ("the '90s", "the '90s"),
    ],
)
def test_expansions(sentence: str, written_out: str) -> None:
    assert first(sentence) == written_out


@pytest.mark.parametrize(
    ("sentence", "contracted"),
    [
        ("I do not know. You cannot.", "I don't know. You can't."),
        ("It is late, but here it is.", "It's late, but here it is."),
        ("We have a car. We have seen it.", "We have a car. We've seen it."),
        ("Will not you come? I will not.", "Will not you come? I won't."),
        ("Let us go. They let us go.", "Let's go. They let us go."),
        ("It’s fine; I am glad.", "It’s fine; I’m glad."),
    ],
)
def test_contractions(sentence: str, contracted: str) -> None:
    assert first(sentence, made=True) == contracted
