"""Words that are words, but another is meant: "from" for "form", "there" for "their", "follow" for "follows".

Around each word of a sentence stand others that it may be a slip for: those one edit away, those that are
mixed up, its own other forms, and itself run together with its neighbour or apart. The model has read the
sentence, so what each would gain at best is known without a pass; the few that promise something are read in
their place. Then a logistic model, learnt by packaging/train_spelling.py, weighs how much likelier the
sentence becomes against how seldom such a slip is. Clean text must stay clean: it asks for odds that leave
most real slips of grammar alone rather than flag one right word in a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gpt_assistant.features import rewrite_grammar as grammar
from gpt_assistant.features.lexicons import Lexicon
from gpt_assistant.features.spelling_candidates import channel, plain, weights, zipf
from gpt_assistant.features.spelling_reader import Reading, SentenceReader
from gpt_assistant.text.edits import slips
from gpt_assistant.text.spellable import Word

HOPE = 3.0  # nats that a wording must gain at best to be compared
RELIEF = 3.0  # nats that what follows may become likelier
_MUCH = 8.0
_MOST_OPTIONS = 3
_FREQUENT = 3.0  # Zipf scale; a rarer word is not what was meant
_RULES = ("mixed", "agree", "form", "point", "near", "join")


class Other(NamedTuple):
    """Another wording of `start`…`end`, why it may be meant, and what it gains, in nats."""

    start: int
    end: int
    typed: str
    meant: str
    rule: str
    channel: float
    typed_zipf: float
    meant_zipf: float
    own: float = 0.0
    rest: float = 0.0

    @property
    def gain(self) -> float:
        """Return how much likelier the sentence is with it, in nats."""
        return self.own + self.rest


class Options(NamedTuple):
    """What may be meant instead of `typed` at `start`…`end`, each with the rule that says so."""

    start: int
    end: int
    typed: str
    meant: dict[str, str]


def others(lexicon: Lexicon, sentence: str, words: Sequence[Word]) -> Iterator[Options]:
    """Yield what may be meant instead of the `words` of `sentence`, which are all known ones."""
    for i, word in enumerate(words):
        if _is_name(sentence, word):
            continue
        typed = plain(word.text)
        yield Options(word.start, word.end, typed, _options(lexicon, typed))
        if i + 1 < len(words) and sentence[word.end : words[i + 1].start] == " ":
            second = plain(words[i + 1].text)
            joined = typed + second
            if lexicon.zipf(joined) >= _FREQUENT and lexicon.knows(joined):
                yield Options(word.start, words[i + 1].end, f"{typed} {second}", {joined: "join"})


def promising(
    reader: SentenceReader, reading: Reading, lexicon: Lexicon, found: Iterator[Options]
) -> list[list[Other]]:
    """Return those of `found` that may gain enough, by place, the last place first, few for each."""
    places = []
    least = float(weights()["thresholds"]["realword"])
    for here in found:
        typed = reading.text[here.start : here.end]
        shown = [cased(typed, meant) for meant in here.meant]
        hopes = reader.hopes(reading, here.start, here.end, shown) if shown else []
        good = []
        for hope, (meant, rule) in zip(hopes, here.meant.items(), strict=True):
            if hope >= HOPE:  # few are: what else is to be known of them is looked up now
                other = _other(lexicon, here, meant, rule)
                if log_odds(other._replace(own=hope, rest=RELIEF)) >= least:
                    good.append((hope, other))
        if good:
            best = sorted(good, key=lambda each: -each[0])[:_MOST_OPTIONS]
            places.append([other for _, other in best])
    return sorted(places, key=lambda each: (each[0].start, each[0].end), reverse=True)


def compared(
    reader: SentenceReader, reading: Reading, here: Sequence[Other]
) -> Generator[None, None, list[Other]]:
    """Return the wordings of one place with what they gain."""
    start, end = here[0].start, here[0].end
    shown = [cased(reading.text[start:end], other.meant) for other in here]
    present, scores = yield from reader.compare(reading, start, end, shown)
    return [
        other._replace(own=score.own - present.own, rest=score.rest - present.rest)
        for other, score in zip(here, scores, strict=True)
    ]


def evidence(other: Other) -> dict[str, float]:
    """Return the pieces of evidence that `other` was meant, by their names in resources/spelling.json."""
    near = other.rule == "near"
    return {
        "own": max(-10.0, min(10.0, other.own)),
        "rest": max(-10.0, min(10.0, other.rest)),
        "channel": other.channel,
        "rarer": other.typed_zipf,
        "meant_zipf": other.meant_zipf,
        "near_rarer": near * other.typed_zipf,
        "near_own": near * max(-10.0, min(10.0, other.own)),
        "near_rest": near * max(-10.0, min(10.0, other.rest)),
        "much": max(0.0, min(12.0, other.gain - _MUCH)),
        "possessive": float(("'" in other.meant) != ("'" in other.typed)),
        **{rule: float(other.rule == rule) for rule in _RULES},
    }


def log_odds(other: Other) -> float:
    """Return the log odds that `other` was meant."""
    w = weights()["realword"]
    return math.fsum(w.get(name, 0.0) * value for name, value in evidence(other).items())


def cased(typed: str, meant: str) -> str:
    """Return `meant` with a capital where `typed` has one."""
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


def _other(lexicon: Lexicon, here: Options, meant: str, rule: str) -> Other:
    typed = here.typed
    return Other(
        here.start,
        here.end,
        typed,
        meant,
        rule,
        channel(typed, meant),
        zipf(lexicon, typed),
        zipf(lexicon, meant),
    )


def _is_name(sentence: str, word: Word) -> bool:
    return word.text[:1].isupper() and bool(sentence[: word.start].strip(" \"'“‘(*"))


@lru_cache(maxsize=20_000)
def _options(lexicon: Lexicon, typed: str) -> dict[str, str]:
    """Return what `typed` may be a slip for, each with the rule that says so; the first rule counts."""
    found: dict[str, str] = {}
    if lexicon.language == "en":
        for meant, rule in grammar.alternatives(typed):
            found.setdefault(meant, rule)
    for meant in lexicon.near(typed, 1):
        if lexicon.zipf(meant) >= _FREQUENT and _one_slip(typed, meant):
            found.setdefault(meant, "near")
    return found


def _one_slip(typed: str, meant: str) -> bool:
    kinds = slips(typed, meant)
    return len(kinds) - ("first" in kinds) == 1
