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
from typing import Any, Protocol, TypeVar

from gpt_assistant import paths
from gpt_assistant.engine.chat import prompt, stop_ids
from gpt_assistant.engine.generate import generate, silently
from gpt_assistant.engine.messages import Length
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.engine.session import Session
from gpt_assistant.features import ability
from gpt_assistant.features.remote_author import RemoteAuthor, cost
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
_TEMPERATURE = 0.6  # of a second try
_ENDS = ".!?…\n"
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


class Author(Protocol):
    """What writes summaries: `room` is how many tokens of a text it takes at once."""

    room: int

    def cost(self, text: str) -> int:
        """Return how many tokens `text` has."""
        ...

    def answer(self, text: str, length: Length, seed: int) -> Generator[Any, None, str]:
        """Return a summary of `text`, a little different for any `seed` but 0; yields it as it grows."""
        ...


class LocalAuthor:
    """Writes with the model here."""

    def __init__(self, model: LanguageModel, session: Session) -> None:
        self._model, self._session = model, session
        self.room = min(_WINDOW, model.network.max_positions * 3 // 4 - _TOKENS[Length.LONG]) - 200

    def cost(self, text: str) -> int:
        """Return how many tokens `text` has."""
        return len(self._model.vocabulary.encode(text))

    def answer(self, text: str, length: Length, seed: int) -> Steps[str]:
        """Return a summary of `text`."""
        return (yield from _answer(self._model, self._session, text, length, seed))


class ServerAuthor:
    """Writes with a server. Raises RemoteFailed."""

    room = _WINDOW - 1000  # what every server has room for beside the answer

    def __init__(self, author: RemoteAuthor) -> None:
        self._author = author

    def cost(self, text: str) -> int:
        """Return about how many tokens `text` has."""
        return cost(text)

    def answer(self, text: str, length: Length, seed: int) -> Generator[str | Waiting, None, str]:
        """Return a summary of `text`."""
        hidden = self._author.hide(text)
        return (
            yield from self._author.answer(
                _messages(hidden.texts[0], length),
                hidden,
                _TOKENS[length],
                temperature=_TEMPERATURE if seed else 0.0,
                seed=seed,
            )
        )


class Writer:
    """Writes the summary of a text with an author who can; `dropped` counts sentences that were left out."""

    def __init__(self, author: Author, pieces: Sequence[Piece], length: Length) -> None:
        self._author, self._pieces, self._length = author, pieces, length
        self.dropped: list[str] = []

    def write(self) -> Generator[list[Line] | Waiting | str | None, None, list[Line]]:
        """Return the sentences; yields None before a pass, lines on what is done, the sentences so far."""
        parts = self._parts(self._pieces)
        if len(parts) == 1:
            return (yield from self._sentences(self._pieces, self._length))
        first: list[Line] = []
        for number, part in enumerate(parts, 1):
            yield told("Summarising part {number} of {count}", number=number, count=len(parts))
            first += yield from self._sentences(part, Length.SHORT, tuple(first))
            yield first
        while len(parts) > 1:
            parts = self._parts([(line.start, line.end, line.text) for line in first])
            length = self._length if len(parts) == 1 else Length.SHORT
            again: list[Line] = []
            for part in parts:
                again += yield from self._sentences(part, length, tuple(again))
            if not again or len(again) >= len(first):
                break
            first = again
        return first

    def _parts(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Return `pieces` in runs that the author takes at once."""
        parts: list[list[Piece]] = [[]]
        used = 0
        for piece in pieces:
            cost = self._author.cost(piece[2]) + 1
            if parts[-1] and used + cost > self._author.room:
                parts.append([])
                used = 0
            parts[-1].append(piece)
            used += cost
        return parts

    def _sentences(
        self, pieces: Sequence[Piece], length: Length, before: tuple[Line, ...] = ()
    ) -> Generator[list[Line] | Waiting | None, None, list[Line]]:
        """Return the faithful sentences about `pieces`; what is not is done again once, then dropped.

        Yields them behind those `before` as they are written.
        """
        text = " ".join(piece[2] for piece in pieces)
        source = Source(text)
        written = ""
        steps = self._author.answer(text, length, seed=0)
        while True:
            try:
                step = next(steps)
            except StopIteration as stop:
                kept, bad = _checked(stop.value, source)
                break
            if not isinstance(step, str):
                yield step
                continue
            written += step
            whole = written[: _whole(written)] if any(mark in step for mark in _ENDS) else ""
            yield [*before, *(self._placed(s, pieces) for s in _checked(whole, source)[0])] if whole else None
        if bad:
            second = yield from silently(self._author.answer(text, length, seed=1))
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


def _whole(written: str) -> int:
    """Return where the last whole sentence of `written` ends."""
    return 1 + max(written.rfind(mark) for mark in _ENDS)


def _messages(text: str, length: Length) -> list[dict[str, str]]:
    """Return what whoever is to summarise `text` is told."""
    return [{"role": "user", "content": _INSTRUCTION.format(wanted=_WANTED[length], text=text)}]


def _answer(model: LanguageModel, session: Session, text: str, length: Length, seed: int) -> Steps[str]:
    """Return what `model` writes when asked for a summary; sampled, a little, for any `seed` but 0."""
    return (
        yield from generate(
            model,
            session,
            prompt(model, _messages(text, length)),
            max_tokens=_TOKENS[length],
            stop_ids=stop_ids(model),
            temperature=_TEMPERATURE if seed else 0.0,
            seed=seed,
        )
    )
