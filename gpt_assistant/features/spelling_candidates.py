"""What a misspelt word may have been meant to be, each with how likely it is to be typed that way.

Candidates are the words within two edits, two frequent words run together ("alot"), the irregular form where
a regular one was made ("runned", "childs"), what a list of common misspellings says (misspellings.py), and,
if there is nothing else, what Hunspell proposes by sound.
How likely a slip is, log P(typed | meant), is a sum over the kinds of its steps (text/edits.py); the weights
are learnt by packaging/train_spelling.py from pairs of learners, as is that of the word's frequency, so that
both together rank as the noisy channel does (Kernighan, Church and Gale 1990, "A spelling correction program
based on a noisy channel model"). On pairs not learnt from, that alone puts the right word first in 90 of 100
and among the first five in 99; what stands around it decides the rest (features/spelling_judging.py).
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any, NamedTuple

from gpt_assistant import paths
from gpt_assistant.features.lexicons import Lexicon
from gpt_assistant.features.misspellings import meant_by
from gpt_assistant.text.edits import slips
from gpt_assistant.text.inflection import irregular_verbs, third, verb

_PART = 3.5  # how frequent two words are, by the Zipf scale, that are taken to be run together
_TWO_WORDS = 1.5  # how much rarer than its rarer part a pair of words is
_IRREGULAR_NOUNS = {
    "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth", "mouse": "mice",
    "goose": "geese", "person": "people", "wife": "wives", "life": "lives", "knife": "knives",
    "leaf": "leaves",
    "half": "halves", "wolf": "wolves", "shelf": "shelves", "loaf": "loaves", "thief": "thieves",
    "ox": "oxen", "criterion": "criteria", "phenomenon": "phenomena", "analysis": "analyses",
    "crisis": "crises", "basis": "bases", "hypothesis": "hypotheses", "thesis": "theses",
}  # fmt: skip


class Candidate(NamedTuple):
    """A word that may be meant, in lower case; `channel` is log P(typed | it), `zipf` its frequency.

    `listed` is its share of what a list of common misspellings gives, 0 if that gives others or nothing.
    """

    text: str
    channel: float
    zipf: float
    listed: float = 0.0

    @property
    def prior(self) -> float:
        """Return how likely it is whatever stands around it, in nats up to a constant."""
        table = weights()["channel"]
        return self.channel + float(table["zipf"]) * self.zipf + float(table["listed"]) * self.listed


@cache
def weights() -> dict[str, Any]:
    """Return what packaging/train_spelling.py has learnt."""
    found: dict[str, Any] = json.loads(paths.resource("spelling.json").read_text("utf-8"))
    return found


def candidates(lexicon: Lexicon, word: str, most: int = 8) -> list[Candidate]:
    """Return what `word` may be meant to be, the likeliest first."""
    typed = plain(word)
    listed = meant_by(typed) if lexicon.language == "en" else ()
    meant = dict.fromkeys([*irregular(typed), *lexicon.near(typed), *_split(lexicon, typed), *listed])
    if not meant and word.islower():  # slow, and a name that nothing is like is a name
        meant = dict.fromkeys(each.lower() for each in lexicon.suggestions(word)[:most])
    share = 1 / max(1, len(listed))
    found = [
        Candidate(each, channel(typed, each), zipf(lexicon, each), share * (each in listed))
        for each in meant
        if each != typed
    ]
    return sorted(found, key=lambda each: -each.prior)[:most]


def plain(word: str) -> str:
    """Return `word` as the lexicons have it: in lower case, with straight apostrophes."""
    return word.lower().replace("’", "'")


def channel(typed: str, meant: str) -> float:
    """Return log P(`typed` | `meant`) of two words in lower case, up to a constant."""
    if typed in _irregular_forms() and meant in _irregular_forms()[typed]:
        return float(weights()["irregular"])
    table = weights()["channel"]
    return math.fsum(table[kind] for kind in slips(typed, meant))


def zipf(lexicon: Lexicon, words: str) -> float:
    """Return how frequent a word is, or two words together are, by the Zipf scale."""
    parts = words.split()
    return min(map(lexicon.zipf, parts)) - _TWO_WORDS * (len(parts) - 1)


def irregular(typed: str) -> tuple[str, ...]:
    """Return the irregular forms that are meant by a regular one that there is not: "ran" for "runned"."""
    return _irregular_forms().get(typed, ())


@cache
def _irregular_forms() -> dict[str, tuple[str, ...]]:
    """Return what is meant by the regular forms of words that have none: runned, goed, childs."""
    found: dict[str, tuple[str, ...]] = {}
    for forms in irregular_verbs():
        for regular in {
            forms.base + "ed",
            verb(forms.base).gerund.removesuffix("ing") + "ed",
            forms.base + "d",
        }:
            found[regular] = tuple(dict.fromkeys((forms.past, forms.participle)))
    for noun, plural in _IRREGULAR_NOUNS.items():
        found[third(noun)] = (plural,)
        found.setdefault(plural + "s", (plural,))
    return found


def _split(lexicon: Lexicon, typed: str) -> list[str]:
    """Return the pairs of frequent words that `typed` is when a space is put in."""
    found = []
    for at in range(1, len(typed)):
        first, second = typed[:at], typed[at:]
        if all(_stands_alone(lexicon, part) for part in (first, second)):
            found.append(f"{first} {second}")
    return found


def _stands_alone(lexicon: Lexicon, part: str) -> bool:
    if len(part) == 1 and part not in "ai":
        return False
    return lexicon.zipf(part) > _PART and lexicon.knows(part)
