"""Why a suggestion: how likely each word of it was, what else might stand there, and what led to it.

It is asked for by the writer and answered within a second, in a session of its own that begins with a copy
of what completion has read. Words are grown as completion grows them, healing, document and own phrases
included, but more of them; so a probability here is the one that the suggestion was shown for. Tokens are
what the model itself sees: their ranks go over the whole vocabulary, or over what spells the letters that
are typed already.

A place that completion has not read (a word taken pages ago) is read from nearer by, for reading takes
2 ms a token: BUDGET tokens are read or weighed for one explanation.

Measured through the model's process with the default model, one thread of two cores that others used too, at
16 places of texts of 2025–26 behind up to 8,000 characters: the words and tokens of a suggestion of up to six
words in 0.23 s (median; 9 of 10 within 0.47 s), what led to it in 0.65 s (0.71 s), both at once in 0.75 s
(0.92 s), a word taken pages ago in 0.15 s (0.47 s).
"""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor

from gpt_assistant.engine import decode
from gpt_assistant.engine.messages import Complete, Explain, Explained, Influence, Odds
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.features import completion
from gpt_assistant.features.candidates import Breadth, Candidates, Word, narrowed
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.explanation_influence import Target, influences, whole
from gpt_assistant.features.gate import Scaling
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import Phrases
from gpt_assistant.text.suggestion import Candidate
from gpt_assistant.text.words import accept_unit

T = TypeVar("T")
Steps = Generator[None, None, T]

BUDGET = 160  # tokens; see above
_CHUNK = 24  # tokens in a pass: a completion waits for one pass at most
_MOST_READ = 200  # tokens; a window that needs more is cut
_NEAR, _NEAR_STRIDE = 700, 200  # characters of the window that is read then
_SHOWN = 6  # alternatives
_MOST_TOKENS = 24  # of a text that is explained; what is beyond is not
_MOST_WORDS = 12
_GENEROUS = Breadth(first=8, width=6, least=0.0005)
_LETTER = re.compile(r"\w")


class Unit(NamedTuple):
    """A word or a run of marks at `start`…`end` of a text; white space before it begins at `lead`."""

    lead: int
    start: int
    end: int


class _Place(NamedTuple):
    """Where a text is explained: behind `context`, which `session` reads."""

    session: Session
    context: Context
    text: str
    sources: tuple[Phrases, ...]


class Explainer:
    """Answers Explain, with the phrases that `completer` has."""

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    def __call__(self, model: LanguageModel, request: Explain) -> Steps[Explained]:
        """Return the explanation; yields before every pass. Nothing is said of a text without a word."""
        context, text = request.context, whole(request.text)
        if not text.strip():
            return Explained(request.id)
        context = replace(context, before=whole(context.before))
        session, context, read = prepared(model, context)
        words: tuple[Odds, ...] = ()
        tokens: tuple[Odds, ...] = ()
        led: tuple[Influence, ...] = ()
        target = Target.of(model.vocabulary, context.window(), text, _MOST_TOKENS)
        if request.alternatives:
            tokens = yield from _tokens(model.vocabulary, session, target, text)
        if request.weigh:
            offset = len(request.context.before) - len(context.window())
            led = yield from influences(model.vocabulary, session, target, offset, BUDGET - read)
        if request.alternatives:
            sources = self._completer.sources(Complete(0, request.context, personal=request.personal))
            words = yield from self._words(model, _Place(session, context, text, sources), tokens)
        return Explained(request.id, words, tokens, led, math.prod(word.p for word in words))

    def _words(
        self, model: LanguageModel, place: _Place, tokens: tuple[Odds, ...]
    ) -> Steps[tuple[Odds, ...]]:
        """Return how likely each word was at its place, and the likeliest words there."""
        found: list[Odds] = []
        judge = self._completer.gate_of(model)
        text, context = place.text, place.context
        for unit in list(units(text))[:_MOST_WORDS]:
            # Behind a whole word the space is given: else what goes on with that word would be among them.
            apart = unit.start if found and _LETTER.match(text, unit.start) else unit.lead
            before = Context(context.before + text[:apart], "", context.offset)
            candidates = Candidates(model.vocabulary, place.session, before, place.sources, _MOST_TOKENS)
            candidates.breadth = _GENEROUS
            here = text[apart : unit.end]
            grown = yield from candidates.first_words(among=here)
            scaling = judge.further if found else judge.first
            found.append(_odds(unit, here, [(word, _calibrated(scaling, word.p)) for word in grown], tokens))
        return tuple(found)


def prepared(model: LanguageModel, context: Context) -> tuple[Session, Context, int]:
    """Return a session that has read as much of `context` as completion has, and how many tokens are left.

    The context comes back shorter where reading all of its window would take too long.
    """
    known = model.session(completion.SESSION)

    def missing(shortened: Context) -> int:
        ids = decode.heal(model.vocabulary, shortened.window()).ids
        read = known.prefix
        common = next((i for i, pair in enumerate(zip(ids, read, strict=False)) if pair[0] != pair[1]), None)
        return len(ids) - (min(len(ids), len(read)) if common is None else common)

    context = narrowed(model.vocabulary, context, known.room)
    new = missing(context)
    if new > _MOST_READ:
        near = context.window(_NEAR, _NEAR_STRIDE)
        context = Context(near, context.after)
        new = missing(context)
    return known.fork(_CHUNK), context, new


def units(text: str) -> Iterator[Unit]:
    """Yield the words of `text` and the runs of marks between them, as they are taken one at a time."""
    at = 0
    while at < len(text):
        unit = accept_unit(text[at:])
        start = at + len(unit) - len(unit.lstrip())
        if start < at + len(unit):
            yield Unit(at, start, at + len(unit))
        at += max(1, len(unit))


def _calibrated(scaling: Scaling, p: float) -> float:
    """Return the probability that is shown for `p`; a scaling that changes nothing would still clip it."""
    return p if scaling == Scaling() else scaling.estimate(p)


def _odds(unit: Unit, here: str, grown: list[tuple[Word, float]], tokens: tuple[Odds, ...]) -> Odds:
    """Return the odds of the word `here`, one of those `grown` at its place if it could be spelt."""
    shown = tuple(Candidate(word.text, p) for word, p in grown)
    texts = [each.text for each in shown]
    hardest = max(
        (each.rank for each in tokens if unit.start < each.end and each.start < unit.end), default=1
    )
    if here not in texts:
        return Odds(unit.start, unit.end, 0.0, max(hardest, len(texts) + 1), shown[:_SHOWN])
    place = texts.index(here)
    # The last of the list is there because it was asked for: words that were not grown may be likelier.
    rank = max(hardest, place + 1) if place >= min(_SHOWN, len(texts) - 1) else place + 1
    listed = shown[:_SHOWN] if place < _SHOWN else (*shown[: _SHOWN - 1], shown[place])
    return Odds(unit.start, unit.end, shown[place].p, rank, listed, grown[place][0].phrase)


def _tokens(vocabulary: Vocabulary, session: Session, target: Target, text: str) -> Steps[tuple[Odds, ...]]:
    """Return the odds of each token of the text; those that only spell what is typed already are left out."""
    yield from session.read(target.prefix)
    found: list[Odds] = []
    typed, said = target.typed, text.encode()
    at = -len(typed)
    if target.path[:-1]:
        yield from session.expand([target.path[:-1]])
    for i, token in enumerate(target.path):
        row = session.log_probabilities(target.path[:i])
        spelt = vocabulary.tokens[token]
        start, end = max(0, at), at + len(spelt)
        if end > 0:
            left = typed[at + len(typed) :] if at < 0 else b""
            found.append(_token(vocabulary, row, token, left, (_index(said, start), _index(said, end))))
        at = end
    return tuple(found)


def _token(vocabulary: Vocabulary, row: Tensor, token: int, left: bytes, span: tuple[int, int]) -> Odds:
    """Return the odds of `token` by the log p of all tokens, among those that spell what is `left` typed."""
    ids = torch.from_numpy(vocabulary.covering(left)) if left else None
    among = row if ids is None else row[ids]
    whole = 0.0 if ids is None else float(among.logsumexp(0))
    own = float(row[token])
    best = among.topk(min(_SHOWN, len(among)))
    numbers = best.indices if ids is None else ids[best.indices]
    alternatives = tuple(
        Candidate(vocabulary.tokens[i][len(left) :].decode("utf-8", "replace"), math.exp(value - whole))
        for i, value in zip(numbers.tolist(), best.values.tolist(), strict=True)
    )
    return Odds(*span, math.exp(min(0.0, own - whole)), int((among > own).sum()) + 1, alternatives)


def _index(said: bytes, at: int) -> int:
    """Return the code point that the byte `at` belongs to the end of."""
    return len(said[:at].decode("utf-8", "ignore"))
