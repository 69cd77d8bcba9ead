"""How predictable a text is: the rank and the surprisal of every word, and of every sentence.

After GLTR (Gehrmann et al. 2019, "GLTR: Statistical Detection and Visualization of Generated Text"): a word
whose rank is low again and again is what anybody would have written, one far down the list is a slip or a
find. A word is as hard to foresee as its hardest token, so its rank is the worst of theirs; its surprisal
(−log2 p) is the sum of theirs. What is asked about is read behind a little of what stands before it: the
first words of a paragraph are not surprising for want of a context.

1,000 words take 4 s of one core with the default model, a pass of 16 tokens at a time.
"""

from __future__ import annotations

import itertools
import math
import re
import time
from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from gpt_assistant.engine.messages import Foreseen, Predict, Predicted, Progress, SentenceSurprise
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Step
from gpt_assistant.engine.session import Session
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.features.explanation_influence import spelling, whole
from gpt_assistant.text.context import Context
from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.told import told
from gpt_assistant.text.words import word_spans

T = TypeVar("T")
Steps = Generator[Step, None, T]

SESSION = "predictability"
_CHUNK = 16  # tokens in a pass: a completion waits for one pass at most
_BEFORE, _BEFORE_STRIDE = 400, 200  # characters that are read before the text
_WINDOW = 1600  # characters that a word is read behind, at most…
_STRIDE = 800  # …and by how many that moves in a long text
_SHOW_EVERY = 0.25  # seconds
_SPACE = re.compile(r"\s")
_INSIDE = re.compile(r"\w(?:[^\s]*\w)?")


class _Token(NamedTuple):
    """A token at the bytes `start`…`end` of the text, its rank and its surprisal."""

    start: int
    end: int
    rank: int
    bits: float


class Predictor:
    """Answers Predict, one request at a time in the session that is kept for it."""

    def __init__(self) -> None:
        self._at_work = False

    def __call__(self, model: LanguageModel, request: Predict) -> Steps[Predicted]:
        """Return ranks and surprisals; yields before every pass, and how far it is."""
        shared, self._at_work = not self._at_work, True
        session = model.session(SESSION, _CHUNK) if shared else Session(model.network, _CHUNK)
        try:
            text, before = whole(request.text), whole(request.before)
            tokens = yield from _tokens(model.vocabulary, session, replace(request, text=text, before=before))
        finally:
            if shared:
                self._at_work = False
        return Predicted(request.id, *_measured(text, tokens))


def _tokens(vocabulary: Vocabulary, session: Session, request: Predict) -> Steps[list[_Token]]:
    text, tokens = request.text, list[_Token]()
    before = Context(request.before).window(_BEFORE, _BEFORE_STRIDE)
    shown = time.perf_counter()
    at = 0
    for start, end in itertools.pairwise(_cuts(text)):
        lead = Context(before + text[:start]).window(_WINDOW, _STRIDE)
        read = yield from _read(vocabulary, session, lead, text[start:end])
        for token, rank, bits in read:
            size = len(vocabulary.tokens[token])
            tokens.append(_Token(at, at + size, rank, bits))
            at += size
        if time.perf_counter() - shown > _SHOW_EVERY:
            shown = time.perf_counter()
            yield Progress(request.id, end / len(text), told("Reading the text"))
    return tokens


def _cuts(text: str) -> list[int]:
    """Return where a text is cut into parts that are read one after the other: before white space."""
    cuts = [0]
    while len(text) - cuts[-1] > _STRIDE:
        space = _SPACE.search(text, cuts[-1] + _STRIDE // 2, cuts[-1] + _STRIDE)
        cuts.append(space.start() if space else cuts[-1] + _STRIDE)
    return [*cuts, len(text)]


def _read(
    vocabulary: Vocabulary, session: Session, lead: str, part: str
) -> Steps[list[tuple[int, int, float]]]:
    """Return the tokens of `part` behind `lead`, each with its rank and its surprisal."""
    ids, begin = _joined(vocabulary, lead, part)
    if len(ids) > session.room and lead:  # a model of few positions reads less before a word
        return (yield from _read(vocabulary, session, _half(lead), part))
    if len(ids) > session.room and len(part) > 1:
        first, second = part[: len(part) // 2], part[len(part) // 2 :]
        begun = yield from _read(vocabulary, session, "", first)
        return begun + (yield from _read(vocabulary, session, first, second))
    found: list[tuple[int, int, float]] = []
    for at in range(begin, len(ids), _CHUNK):
        yield from session.read(ids[:at])
        piece = tuple(ids[at : at + _CHUNK])
        yield from session.expand([piece])
        for i, token in enumerate(piece):
            row = session.log_probabilities(piece[:i])
            own = row[token]
            found.append((token, int((row > own).sum()) + 1, -float(own) / math.log(2)))
    return found


def _half(lead: str) -> str:
    """Return the second half of what is read before a word, from a word's start where there is one."""
    return Context(lead).window(len(lead) // 2, max(1, len(lead) // 6))


def _joined(vocabulary: Vocabulary, lead: str, part: str) -> tuple[list[int], int]:
    """Return the tokens of both, and where those of `part` begin.

    They are made in one piece: two line breaks at the end of a text are another token than the same two
    before a word, and behind that one the default model expects anything but a word.
    """
    start, behind = vocabulary.start_ids, part.encode()
    ids = vocabulary.encode(lead + part)
    size = sum(len(vocabulary.tokens[token]) for token in ids) - len(behind)
    begin = 0
    while begin < len(ids) and size > 0:
        size -= len(vocabulary.tokens[ids[begin]])
        begin += 1
    if size == 0 and vocabulary.decode(ids[begin:]) == behind:
        return [*start, *ids], len(start) + begin
    read = [*start, *vocabulary.encode(lead)]
    return [*read, *spelling(vocabulary, behind)], len(read)


def _measured(
    text: str, tokens: Sequence[_Token]
) -> tuple[tuple[Foreseen, ...], tuple[SentenceSurprise, ...]]:
    """Return the words and the sentences of `text` with what their tokens say."""
    spans = [span for start, end in word_spans(text) if (span := _trimmed(text, start, end))]
    words = tuple(
        Foreseen(*span, max(each.rank for each in within), sum(each.bits for each in within))
        for span, within in zip(spans, _overlapping(text, spans, tokens), strict=True)
        if within
    )
    found: list[SentenceSurprise] = []
    ends = [word.end for word in words]
    spoken = sentences(text)
    for span, within in zip(spoken, _overlapping(text, spoken, tokens), strict=True):
        count = bisect_right(ends, span.end) - bisect_right(ends, span.start)
        if count:
            found.append(SentenceSurprise(*span, sum(each.bits for each in within), count))
    return words, tuple(found)


def _overlapping(
    text: str, spans: Sequence[tuple[int, int]], tokens: Sequence[_Token]
) -> Iterator[list[_Token]]:
    """Yield for each span of code points, in order, the tokens that have a part in it."""
    first = at = byte = 0
    for start, end in spans:
        begin = byte + len(text[at:start].encode())
        stop = begin + len(text[start:end].encode())
        at, byte = end, stop
        while first < len(tokens) and tokens[first].end <= begin:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < stop:
            last += 1
        yield list(tokens[first:last])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a word without the marks around it."""
    match = _INSIDE.search(text, start, end)
    return match.span() if match else None
