"""How much a sentence says of its text: terms that come again, place, cues; no model.

A sentence is worth the terms that it brings and the summary does not have yet, each weighted by how much of
the text speaks of it (Nenkova & Vanderwende 2005, SumBasic; Gillick & Favre 2009, coverage of concepts),
over a power of its length, times the exponential of a weighted sum of features (Edmundson 1969: place,
titles, cue words). The weights of each genre are in resources/summary.json. packaging/train_summary.py
learns them, but what it found on half of 91 documents took ROUGE-1 there from 36.5 to 38.9 and on the other
half from 37.3 to 37.7 only; so what is kept are its larger weights, rounded, and small ones against
sentences that read badly alone. Those of plain text are set by hand and were measured on nothing: they
follow what is known of news, whose first sentences are hard to beat.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gpt_assistant import paths
from gpt_assistant.features.lexicon import english
from gpt_assistant.features.summary_units import Section, Unit
from gpt_assistant.text.structure import Genre, Kind

_SHORTEST, _LONGEST = 5, 48  # words

_SELF = r"(?:this|the present|our) (?:paper|proposal|document|article|report|study|work|specification|"
r"standard|guide|"
_CUE = re.compile(
    rf"\b(?:{_SELF}note|essay|project|approach|method|change|feature|[A-Z]{{3,5}})|we (?:propose|present|"
    rf"introduce|"
    r"describe|show|find|argue|conclude|define)|(?:proposes?|introduces?|specif(?:y|ies)|defines?|aims?"
    r" to|intends? to|"
    r"in (?:summary|conclusion|short)|conclu(?:des?|sion)|as a result|the (?:goal|purpose|aim|result)|"
    r"most important|in particular|decided|agreed|announced)\b)",
)
_STIGMA = re.compile(
    r"\A(?:for (?:example|instance)|e\.g\.|note that|see also|see |in this (?:section|example)|the"
    r" following|as (?:shown|"
    r"described|mentioned|noted)|similarly|additionally|furthermore|also|but|and|or|moreover|likewise|"
    r"instead|otherwise|"
    r"finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|conversely|hence|then|in addition|nevertheless|next)\b",
    re.I,
)
_BACK = re.compile(r"\A(?:it|they|he|she|these|those|such|that|this|his|her|their|its|there|here)\b", re.I)
_PERSONAL = re.compile(r"\A(?:he|she|they|his|her|their)\b", re.I)
_DANGLING = 0.4  # the worth of a sentence about "them" without the one before it, to the same
_NEXT = 3  # characters between sentences that follow one another
_PLAN = re.compile(
    r"\b(?:we(?:'re| are|'ve| have)?|i(?:'m| am)?) (?:should|need|have to|want|will|going to|gonna|"
    r"decided?|agreed?|"
    r"discuss\w*|talk\w* about|could|would|must|propos\w+|suggest\w*)\b|\b(?:meeting|agenda|presentation|"
    r"decision|"
    r"question is|idea is|problem is|point is|important|requirement)\b",
    re.I,
)
_ADDRESS = re.compile(r"\b(?:thank(?:s| you)|welcome|sorry|please|good morning|hello|hi|bye|excuse)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|my|me|you|your)\b", re.I)
# What web pages put between the sentences of an article.
_FURNITURE = re.compile(
    r"\A(?:by [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:,.*)?\.?\Z|(?:published|updated|last updated|"
    r"created|posted)\b.{0,3}\d|"
    r"(?:published|updated)\s*:|scroll (?:down|to)|click (?:here|to)|follow (?:us|@)|share (?:this|on)|"
    r"read more|see also|"
    r"advertisement|photo(?:graph)?s?:|image:|video:|copyright|all rights reserved|story highlights|"
    r"editor's note|"
    r"related:|watch:|sign up|subscribe|\d+ (?:shares|comments)|(?:e-?mail|contact) )",
    re.I,
)
_ENDS = (".", "!", "?", "…", '."', ".'", ".”", ".)", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Weights:
    """How sentences of one genre are chosen.

    A short summary stops at `words`, the last sentence up to `slack` behind it; `power` is that of the
    length that the terms of a sentence are divided by.
    """

    words: int
    power: float
    features: Mapping[str, float]
    slack: int = 12


@cache
def weights(genre: Genre) -> Weights:
    """Return the weights of `genre`, from resources/summary.json."""
    stored = json.loads(paths.resource("summary.json").read_text(encoding="utf-8"))[genre]
    return Weights(int(stored["words"]), float(stored["power"]), stored["features"], int(stored["slack"]))


def worth_showing(unit: Unit) -> bool:
    """Return whether a sentence can stand in a summary at all."""
    return (
        _SHORTEST <= len(unit.words) <= _LONGEST
        and len(unit.terms) >= 2
        and not unit.text.endswith((":", ",", "-"))
        and not _FURNITURE.match(unit.text)
        and sum(c.isalpha() or c.isspace() for c in unit.text) > 0.75 * len(unit.text)
    )


def term_weights(units: Sequence[Unit]) -> dict[str, float]:
    """Return how much of a text speaks of each term: log(1 + blocks that have it), 0 for only one."""
    blocks: dict[int, set[str]] = {}
    for unit in units:
        blocks.setdefault(unit.block, set()).update(unit.terms)
    counts: Counter[str] = Counter()
    for terms in blocks.values():
        counts.update(terms)
    if len(blocks) < 8:  # a text of a few paragraphs: by sentences
        counts = Counter(term for unit in units for term in unit.terms)
    return {term: math.log1p(count) if count > 1 else 0.1 for term, count in counts.items()}


def describe(
    units: Sequence[Unit],
    sections: Sequence[Section],
    length: int,
    weight: Mapping[str, float],
    part: slice = slice(None),
) -> None:
    """Fill in the features of the `part` of `units`, in 0…1 each; `length` is that of the text."""
    title = frozenset[str]().union(*(section.terms for section in sections[:3]))
    lead = frozenset[str]().union(*(unit.terms for unit in units[:2]))
    for index, unit in enumerate(units[part], part.start or 0):
        heading = sections[unit.section].terms if unit.section < len(sections) else frozenset()
        text = unit.text
        unit.features = {
            "late": unit.start / max(1, length),
            "early": 1 / (1 + index),
            "opens": 1 / (1 + unit.place),
            "inside": min(1.0, unit.inside / 4),
            "heading": _share(unit.terms, heading, weight),
            "title": _share(unit.terms, title, weight),
            "lead": _share(unit.terms, lead, weight),
            "item": float(unit.kind is Kind.ITEM),
            "cue": float(bool(_CUE.search(text))),
            "stigma": float(bool(_STIGMA.match(text))),
            "back": float(bool(_BACK.match(text))),
            "plan": float(bool(_PLAN.search(text))),
            "address": float(bool(_ADDRESS.search(text))),
            "person": min(1.0, len(_FIRST_PERSON.findall(text)) / 4),
            "question": float("?" in text),
            "open": float(not text.endswith(_ENDS)),
            "quote": float(text[:1] in "\"'“‘«" or text.count('"') >= 2 or "“" in text),
            "broken": float(unit.kind is Kind.TURN and _broken(unit.words)),
            "long": max(0.0, len(unit.words) - 25) / 25,
        }


def _broken(words: Sequence[str]) -> bool:
    """Return whether a spoken sentence has a word that was broken off."""
    return any(1 < len(word) < 5 and word.isalpha() and not english().knows(word) for word in words)


def _share(terms: frozenset[str], of: frozenset[str], weight: Mapping[str, float]) -> float:
    """Return the weighted share of `of` that `terms` has, the geometric mean of both directions."""
    common = sum(weight.get(term, 0.1) for term in terms & of)
    if not common:
        return 0.0
    mine, theirs = (sum(weight.get(term, 0.1) for term in side) for side in (terms, of))
    return common / math.sqrt(mine * theirs)


def rate(units: Sequence[Unit], chosen: Weights) -> None:
    """Set the `score` of units that have features: the factor on the terms that they bring."""
    for unit in units:
        total = sum(chosen.features.get(name, 0.0) * value for name, value in unit.features.items())
        unit.score = math.exp(total) / len(unit.words) ** chosen.power


def gain(unit: Unit, weight: Mapping[str, float], covered: Collection[str]) -> float:
    """Return what `unit` adds to a summary that has the terms `covered`."""
    return unit.score * sum(weight.get(term, 0.0) for term in unit.terms if term not in covered)


def select(
    units: Sequence[Unit], weight: Mapping[str, float], words: int, *, most: int = 1 << 30, slack: int = 12
) -> list[Unit]:
    """Return the units of a summary of about `words` words, best first, chosen greedily.

    Greedy choice of covered concepts is within 1 - 1/e of the best there is (Lin & Bilmes 2011). The last
    one may go `slack` words over.
    """
    left, chosen = list(units), list[Unit]()
    covered: set[str] = set()
    count = 0
    while left and count < words and len(chosen) < most:
        fitting = [unit for unit in left if count + len(unit.words) <= words + slack]
        worth = {
            id(unit): gain(unit, weight, covered) * (_DANGLING if _dangles(unit, chosen) else 1.0)
            for unit in fitting
        }
        best = max(fitting, key=lambda unit: worth[id(unit)], default=None)
        if best is None or worth[id(best)] <= 0:
            break
        chosen.append(best)
        covered |= best.terms
        count += len(best.words)
        left = [unit for unit in left if unit is not best and not _same(unit, best)]
    return chosen


def _dangles(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Return whether a sentence begins with a person whom nothing that is `chosen` has named just before."""
    if not _PERSONAL.match(unit.text):
        return False
    return not any(0 <= unit.start - before.end <= _NEXT for before in chosen)


def _same(a: Unit, b: Unit) -> bool:
    """Return whether two sentences say nearly the same."""
    common = len(a.terms & b.terms)
    return common >= 0.7 * min(len(a.terms), len(b.terms))
