"""Short sentences with negation and contrast, made from lists, each with the rating it should get.

Rated reviews and messages have few plain ones ("I am not happy with it"), and what was fitted to them alone
saw the "happy" in that. Which of two clauses counts in a contrast is what raters do: the second, mostly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_GOOD = _words(
    "good great nice useful interesting funny comfortable reliable delicious clear helpful fair safe "
    "beautiful wonderful exciting fresh clean perfect charming clever easy"
)
_BAD = _words(
    "bad awful rude boring terrible ugly dirty useless painful unfair dangerous slow horrible stupid broken "
    "confusing annoying weak noisy disappointing"
)
_GLAD = _words("happy pleased satisfied impressed delighted thrilled content comfortable glad proud")
_SORRY = _words("unhappy disappointed angry annoyed bored upset frustrated worried ashamed sad")
_LIKE = _words("like love enjoy recommend trust admire")
_DISLIKE = _words("hate regret dislike despise")
_THINGS = _words(
    "food hotel film book service phone meeting plan room story camera idea teacher letter concert car shop "
    "answer game road offer speech garden result law house song team"
)
_WHO = ("I", "I", "I", "We", "They", "My parents", "Most people")
_PLAIN = ("is", "was")
_NOT = ("is not", "isn't", "was not", "wasn't", "is never", "was hardly", "is anything but", "is not at all")

_PARTS = _words(
    "file list server window page table key value test script job network user message thread folder package"
)
# What sounds bad in a letter and is nothing but a fact in a manual.
_MANUAL = (
    "The {one} is removed when the {other} ends.",
    "A warning is shown if the {one} is missing.",
    "The call fails with an error unless the {one} exists.",
    "Abort the {one} and start the {other} again.",
    "Kill the {one} if the {other} does not respond.",
    "Press Escape to cancel the {one}.",
    "The {one} is invalid if its {other} is empty.",
    "An exception is thrown for a {one} without a {other}.",
    "Version 3 fixes a crash in the {one}.",
    "The {one} is no longer used by the {other}.",
    "Delete the {one} before you close the {other}.",
    "The {one} was locked by another {other}.",
    "Bad requests are written to the {one}.",
    "If the {one} is lost, the {other} is read again.",
    "The {one} does not depend on the {other}.",
    "The {one} supports every kind of {other}.",
    "Add the {one} to the {other} and save it.",
    "A good default for the {one} is 20.",
)

GOOD, BAD, NOT_GOOD, NOT_BAD = 2.0, -2.0, -1.5, 0.8
_FIRST, _SECOND = 0.3, 0.8


def composed(count: int, seed: int = 11) -> list[tuple[str, float]]:
    """Return `count` different sentences with their ratings."""
    draw = random.Random(seed)
    found: dict[str, float] = {}
    kinds = (
        *(_clause, _clause, _person, _person, _myself, _myself, _myself, _verb, _verb),
        *(_contrast, _contrast, _denied, _asked, _technical),
    )
    while len(found) < count:
        text, rating = draw.choice(kinds)(draw)
        found[text[0].upper() + text[1:]] = rating
    return list(found.items())


def _clause(draw: random.Random) -> tuple[str, float]:
    text, rating = _stated(draw)
    return f"{text}{draw.choice('..!')}", rating


def _stated(draw: random.Random) -> tuple[str, float]:
    good, negated = draw.random() < 0.5, draw.random() < 0.6
    word = draw.choice(_GOOD if good else _BAD)
    what = draw.choice(("it", "this", f"the {draw.choice(_THINGS)}"))
    verb = draw.choice(_NOT if negated else _PLAIN)
    return f"{what} {verb} {word}", _rating(good, negated)


def _rating(good: bool, negated: bool) -> float:
    if negated:
        return NOT_GOOD if good else NOT_BAD
    return GOOD if good else BAD


def _person(draw: random.Random) -> tuple[str, float]:
    good, negated = draw.random() < 0.5, draw.random() < 0.6
    who = draw.choice(_WHO)
    forms = {"I": ("I am", "I'm", "I was")}.get(who, (f"{who} are", f"{who} were"))
    subject = draw.choice(forms)
    word = draw.choice(_GLAD if good else _SORRY)
    about = draw.choice(
        ("", " with it", " with this", f" about the {draw.choice(_THINGS)}", " at all", " today")
    )
    if about == " at all" and not negated:
        about = ""
    middle = draw.choice((" not", " not", " never", " not very") if negated else ("", " very", " really"))
    return f"{subject}{middle} {word}{about}.", _rating(good, negated)


def _myself(draw: random.Random) -> tuple[str, float]:
    """What is said most and understood least: what one is not."""
    good, negated = draw.random() < 0.5, draw.random() < 0.7
    start = draw.choice(("I am", "I am", "I'm")) + (draw.choice((" not", " not very")) if negated else "")
    if draw.random() < 0.3:
        word, thing = draw.choice(_GOOD if good else _BAD), draw.choice(_THINGS)
        sure = draw.choice(("convinced", "sure", "certain"))
        return f"{start} {sure} that the {thing} is {word}.", 0.8 * _rating(good, negated)
    about = draw.choice(
        ("", " with it", " with this", " with them", f" with the {draw.choice(_THINGS)}", " here")
    )
    return f"{start} {draw.choice(_GLAD if good else _SORRY)}{about}.", _rating(good, negated)


def _verb(draw: random.Random) -> tuple[str, float]:
    good, negated = draw.random() < 0.6, draw.random() < 0.6
    word = draw.choice(_LIKE if good else _DISLIKE)
    helper = draw.choice(("don't", "did not", "would not", "can't", "no longer", "will never"))
    what = draw.choice(("it", "this", f"the {draw.choice(_THINGS)}", f"this {draw.choice(_THINGS)}"))
    middle = f" {helper} " if negated else draw.choice((" ", " really ", " still "))
    return f"{draw.choice(_WHO)}{middle}{word} {what}.", _rating(good, negated)


def _contrast(draw: random.Random) -> tuple[str, float]:
    (first, one), (second, other) = _stated(draw), _stated(draw)
    between = draw.choice((", but ", ", but ", ", yet ", "; however, "))
    if one * other > 0:
        between = draw.choice((" and ", ", and "))
    return f"{first}{between}{second}.", _FIRST * one + _SECOND * other


def _denied(draw: random.Random) -> tuple[str, float]:
    good = draw.random() < 0.5
    word, thing = draw.choice(_GOOD if good else _BAD), draw.choice(_THINGS)
    frame = draw.choice(
        (
            "I don't think that the {thing} is {word}.",
            "Nobody found the {thing} {word}.",
            "There is nothing {word} about the {thing}.",
            "The {thing} could not be called {word}.",
            "I can't say that the {thing} was {word}.",
        )
    )
    return frame.format(thing=thing, word=word), _rating(good, negated=True) * 0.8


def _asked(draw: random.Random) -> tuple[str, float]:
    word, thing = draw.choice((*_GOOD, *_BAD)), draw.choice(_THINGS)
    frame = draw.choice(("Is the {thing} {word}?", "Was it {word}?", "Do you know if the {thing} is {word}?"))
    return frame.format(thing=thing, word=word), 0.0


def _technical(draw: random.Random) -> tuple[str, float]:
    frame = draw.choice(_MANUAL)
    one, other = draw.sample(_PARTS, 2)
    return frame.format(one=one, other=other), 0.0


def main() -> Iterator[str]:
    """Yield a few, to look at."""
    for text, rating in composed(40):
        yield f"{rating:+.1f} {text}"


if __name__ == "__main__":
    print("\n".join(main()))
