"""Writing on from a prompt, token by token: greedily, or sampled with a seed.

One pass over the weights a step, so that a completion can run between two tokens and a cancelled request
stops within one. transformers' generate() can do neither.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Generator, Sequence
from typing import TypeVar

import torch
from torch import Tensor

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.relaying import relayed
from gpt_assistant.engine.session import Session

T = TypeVar("T")
W = TypeVar("W")  # what is yielded to wait
# Given the tokens written so far: which may come next, bool (vocabulary,), or None for any.
Constraint = Callable[[Sequence[int]], Tensor | None]


def generate(
    model: LanguageModel,
    session: Session,
    ids: Sequence[int],
    *,
    max_tokens: int,
    stop_ids: Collection[int],
    stop_texts: Sequence[str] = (),
    temperature: float = 0.0,
    seed: int = 0,
    constraint: Constraint | None = None,
) -> Generator[str | None, None, str]:
    """Return what the model writes behind `ids`; yields None before a pass, and the text as it grows.

    It ends at one of `stop_ids`, before the first of `stop_texts` (looked for in the whole text), after
    `max_tokens`, or where the model has no more positions. Text that may turn out to begin a stop text is
    held back until it is known. `temperature` 0 takes the likeliest token. A character is yielded when all
    its bytes are there. Raises TooLong, as Session.read does, if `ids` alone do not fit.
    """
    chooser = _Chooser(model, stop_ids, temperature, seed, constraint)
    text = _Text(stop_texts)
    yield from session.read(ids)
    written: list[int] = []
    room = model.network.max_positions - 1 - len(ids)
    for step in range(min(max_tokens, room)):
        token = chooser.choose(session.log_probabilities(), written)
        if token in stop_ids:
            break
        written.append(token)
        if delta := text.add(model.vocabulary.tokens[token]):
            yield delta
        if text.stopped:
            return text.whole
        if step + 1 < min(max_tokens, room):
            yield from session.read([*ids, *written])
    if delta := text.finish():
        yield delta
    return text.whole


def silently(steps: Generator[str | W, None, T]) -> Generator[W | None, None, T]:
    """Return what `steps` returns, keeping the text that it yields to ourselves."""
    return (yield from relayed(steps, lambda step: None if isinstance(step, str) else step))


class _Chooser:
    """Chooses the next token."""

    def __init__(
        self,
        model: LanguageModel,
        stop_ids: Collection[int],
        temperature: float,
        seed: int,
        constraint: Constraint | None,
    ) -> None:
        # Control tokens other than those that end the answer stand for no text.
        self._never = torch.from_numpy(model.vocabulary.is_control.copy())
        self._never[[i for i in stop_ids if i < len(self._never)]] = False
        self._temperature, self._constraint = temperature, constraint
        self._random = torch.Generator().manual_seed(seed)

    def choose(self, log_p: Tensor, written: Sequence[int]) -> int:
        allowed = log_p.masked_fill(self._never[: len(log_p)], -torch.inf)
        if self._constraint is not None and (mask := self._constraint(written)) is not None:
            allowed = allowed.masked_fill(~mask, -torch.inf)
        if self._temperature <= 0:
            return int(allowed.argmax())
        p = (allowed / self._temperature).softmax(-1)
        return int(torch.multinomial(p, 1, generator=self._random))


class _Text:
    """The text of the tokens so far, whole characters only, up to a stop text."""

    def __init__(self, stop_texts: Sequence[str]) -> None:
        self._stops = [stop for stop in stop_texts if stop]
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""
        self.whole = ""
        self.stopped = False

    def add(self, data: bytes) -> str:
        """Return what is sure to belong to the text, now that `data` came."""
        self._held += self._decoder.decode(data)
        ends = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if ends:
            self.stopped = True
            return self._release(min(ends))
        return self._release(len(self._held) - self._doubtful())

    def finish(self) -> str:
        """Return what was held back. Half a character is dropped."""
        return self._release(len(self._held))

    def _release(self, end: int) -> str:
        sure, self._held = self._held[:end], self._held[end:]
        self.whole += sure
        return sure

    def _doubtful(self) -> int:
        """Return how many characters at the end may begin a stop text."""
        return max(
            (n for stop in self._stops for n in range(1, len(stop)) if self._held.endswith(stop[:n])),
            default=0,
        )
