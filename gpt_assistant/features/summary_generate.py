"""Summaries in a model's own words, for models that can: every sentence is held against the source.

Whether a model can is measured on it once (probe): three short texts of ours whose points stand at their
ends, so that copying the beginning, which is what small models do, earns little. The figure is the share of
the points that its summaries name, times the share of its sentences that are faithful, 0 where it copies
without shortening. Measured: the default model 0.0, where 0.6 are asked for.

A text longer than the model's window is summarised part by part, and then the summaries together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Generator, Sequence
from typing import TypeVar

from gpt_assistant import paths
from gpt_assistant.engine.chat import prompt, stop_ids
from gpt_assistant.engine.generate import generate
from gpt_assistant.engine.messages import Length
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session
from gpt_assistant.features import ability
from gpt_assistant.features.summary_faithful import Source, faithful
from gpt_assistant.features.summary_layout import Line
from gpt_assistant.features.summary_units import terms_of, words_of
from gpt_assistant.text.cleaning import unmarked
from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[str | None, None, T]

ABILITY = "summary"
GOOD_ENOUGH = 0.6
_WANTED = {
    Length.LINE: "in one sentence of at most 25 words",
    Length.SHORT: "in three or four short sentences",
    Length.LONG: "in eight to twelve sentences",
    Length.BULLETS: 'as a list of four to seven points, one a line, each beginning with "- "',
}
_TOKENS = {Length.LINE: 60, Length.SHORT: 200, Length.LONG: 500, Length.BULLETS: 260}
_WINDOW = 4096  # tokens of a part at most, whatever the model has positions for
_INSTRUCTION = (
    "Summarise the text below {wanted}. Use only what the text says, with its own names and numbers. "
    "Write the summary only.\n\n{text}"
)
Piece = tuple[int, int, str]  # start, end, sentence as shown


def probe(model: LanguageModel, session: Session) -> Steps[float]:
    """Return how well `model` summarises, 0…1: points named times faithful sentences, on three texts."""
    texts = json.loads(paths.resource("summary_probe.json").read_text(encoding="utf-8"))
    total = 0.0
    for entry in texts:
        text, points = entry["text"], entry["points"]
        answer = yield from _answer(model, session, text, Length.SHORT, seed=0)
        shown = [answer[start:end] for start, end in sentences(answer)]
        if not shown or len(answer) > 0.7 * len(text):
            continue
        source, lower = Source(text), answer.lower()
        named = sum(any(word in lower for word in point) for point in points) / len(points)
        total += named * sum(not faithful(s, source) for s in shown) / len(shown)
    return total / len(texts)


def capable(model: LanguageModel, session: Session) -> Steps[bool]:
    """Return whether `model` is good enough at summaries, measured at the first use and then known."""
    value = yield from ability.measured(model.folder, ABILITY, probe(model, session))
    return value >= GOOD_ENOUGH


class Writer:
    """Writes the summary of a text with a model that can; `dropped` counts sentences that were left out."""

    def __init__(
        self, model: LanguageModel, session: Session, pieces: Sequence[Piece], length: Length
    ) -> None:
        self._model, self._session, self._length = model, session, length
        self._pieces = pieces
        self.dropped: list[str] = []

    def write(self) -> Generator[list[Line] | str | None, None, list[Line]]:
        """Return the sentences; yields None before a pass, lines on what is done, the sentences so far."""
        parts = self._parts(self._pieces)
        if len(parts) == 1:
            return (yield from self._sentences(self._pieces, self._length))
        first: list[Line] = []
        for number, part in enumerate(parts, 1):
            yield told("Summarising part {number} of {count}", number=number, count=len(parts))
            first += yield from self._sentences(part, Length.SHORT)
            yield first
        while len(parts) > 1:
            parts = self._parts([(line.start, line.end, line.text) for line in first])
            length = self._length if len(parts) == 1 else Length.SHORT
            again: list[Line] = []
            for part in parts:
                again += yield from self._sentences(part, length)
            if not again or len(again) >= len(first):
                break
            first = again
        return first

    def _parts(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Return `pieces` in runs that fit the model's window."""
        room = min(_WINDOW, self._model.network.max_positions * 3 // 4 - _TOKENS[Length.LONG]) - 200
        parts: list[list[Piece]] = [[]]
        used = 0
        for piece in pieces:
            cost = len(self._model.vocabulary.encode(piece[2])) + 1
            if parts[-1] and used + cost > room:
                parts.append([])
                used = 0
            parts[-1].append(piece)
            used += cost
        return parts

    def _sentences(self, pieces: Sequence[Piece], length: Length) -> Steps[list[Line]]:
        """Return the faithful sentences about `pieces`; what is not is done again once, then dropped."""
        text = " ".join(piece[2] for piece in pieces)
        source = Source(text)
        first = yield from _answer(self._model, self._session, text, length, seed=0)
        kept, bad = _checked(first, source)
        if bad:
            second = yield from _answer(self._model, self._session, text, length, seed=1)
            others, still = _checked(second, source)
            if len(still) * max(1, len(kept)) < len(bad) * max(1, len(others)):
                kept, bad = others, still
        self.dropped += bad
        return [self._placed(sentence, pieces) for sentence in kept]

    def _placed(self, sentence: str, pieces: Sequence[Piece]) -> Line:
        """Return `sentence` with the place of the piece that shares most with it."""
        terms = terms_of(words_of(sentence))

        def common(piece: Piece) -> float:
            theirs = terms_of(words_of(piece[2]))
            return len(terms & theirs) / math.sqrt(len(theirs) + 4)

        start, end, _ = max(pieces, key=common)
        return Line(sentence, start, end)


def _checked(answer: str, source: Source) -> tuple[list[str], list[str]]:
    """Return the sentences of `answer` that are faithful to `source`, and those that are not."""
    shown = [unmarked(answer[start:end]) for start, end in sentences(answer)]
    shown = [sentence for sentence in dict.fromkeys(shown) if len(words_of(sentence)) > 2]
    bad = [sentence for sentence in shown if faithful(sentence, source)]
    return [sentence for sentence in shown if sentence not in bad], bad


def _answer(model: LanguageModel, session: Session, text: str, length: Length, seed: int) -> Steps[str]:
    """Return what `model` writes when asked for a summary; sampled, a little, for any `seed` but 0."""
    asked = _INSTRUCTION.format(wanted=_WANTED[length], text=text)
    ids = prompt(model, [{"role": "user", "content": asked}])
    return (
        yield from generate(
            model,
            session,
            ids,
            max_tokens=_TOKENS[length],
            stop_ids=stop_ids(model),
            temperature=0.6 if seed else 0.0,
            seed=seed,
        )
    )
