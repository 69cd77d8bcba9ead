"""Which of several candidate translations to take.

A small model's likeliest translation is often a bad one: it copies, stops early or runs in circles. What
most of several samples agree on is better (minimum Bayes risk decoding, Eikema and Aziz 2022, "Sampling-
based approximations"; the measure of agreement is chrF, Popović 2015). Before that, whatever is plainly
wrong is put behind: the source copied, another language, a number or a stand-in lost, a phrase repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gpt_assistant.features import languages
from gpt_assistant.text.placeholders import numbers

_ORDER = 6
_BETA = 2.0
_LOOP = re.compile(r"(\b\w[^\n]{6,60}?)(?:\s*\1){2,}|(.)\2{9,}")
# What a candidate loses for a fault, in the units of chrF (0…1).
_COPIED, _FOREIGN, _NUMBER, _LOST, _LOOPS, _UNFINISHED = 0.6, 0.4, 0.1, 0.8, 0.5, 0.3
_SURE_OF_LANGUAGE = 20  # letters; fewer say too little


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation that a model offers: `log_p` is that of its tokens, the mean; `finished` if it ended.

    `sampled` ones are judged by what they agree on; those of a beam differ in little but their faults.
    """

    text: str
    log_p: float = 0.0
    finished: bool = True
    sampled: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a translation is to be: of `text`, from `source` into `target`; `intact` checks stand-ins."""

    text: str
    source: str
    target: str
    intact: Callable[[str], bool] = lambda _: True


def choose(candidates: Sequence[Candidate], wanted: Wanted) -> Candidate | None:
    """Return the best candidate, or None if there is none that says anything."""
    said = [candidate for candidate in candidates if candidate.text.strip()]
    if not said:
        return None
    counts = {c.text: _grams(c.text) for c in said}
    faults = {text: fault(text, wanted) for text in counts}

    def worth(candidate: Candidate) -> tuple[float, float]:
        own = counts[candidate.text]
        others = [_score(own, counts[other.text]) for other in said if other.sampled]
        agreed = sum(others) / len(others) if others else 0.0
        unfinished = 0.0 if candidate.finished else _UNFINISHED
        return agreed - faults[candidate.text] - unfinished, candidate.log_p

    return max(said, key=worth)


def fault(text: str, wanted: Wanted) -> float:
    """Return how wrong a translation plainly is: 0 if nothing can be said against it."""
    total = 0.0
    if not wanted.intact(text):
        total += _LOST
    missing = numbers(wanted.text) - numbers(text)
    total += _NUMBER * min(3, missing.total())
    if _LOOP.search(text) and not _LOOP.search(wanted.text):
        total += _LOOPS
    letters = sum(character.isalpha() for character in text)
    if letters >= _SURE_OF_LANGUAGE:
        if chrf(text, wanted.text) > 0.9:
            total += _COPIED
        elif _in_another_language(text, wanted):
            total += _FOREIGN
    return total


def chrf(text: str, reference: str) -> float:
    """Return how alike two texts are, 0…1: chrF with n-grams of up to 6 characters and β = 2."""
    return _score(_grams(text), _grams(reference))


def _in_another_language(text: str, wanted: Wanted) -> bool:
    return languages.probability(text, wanted.target) < languages.probability(text, wanted.source)


def _grams(text: str) -> list[Counter[str]]:
    """Return the counts of the n-grams of each length; white space does not count."""
    bare = "".join(text.split())
    return [Counter(bare[i : i + n] for i in range(len(bare) - n + 1)) for n in range(1, _ORDER + 1)]


def _score(own: Sequence[Counter[str]], reference: Sequence[Counter[str]]) -> float:
    precisions, recalls = [], []
    for mine, theirs in zip(own, reference, strict=True):
        if not mine or not theirs:
            continue  # shorter than n
        shared = (mine & theirs).total()
        precisions.append(shared / mine.total())
        recalls.append(shared / theirs.total())
    if not precisions:
        return float(own == reference)
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    if not precision + recall:
        return 0.0
    return (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)
