"""How a model of each kind is made to translate a sentence: candidates of a Seq2Seq or a LanguageModel.

A base model goes on with a list of worked examples; a chat model is asked by its template. Either way
several translations are sampled side by side (they share every pass over the weights) and the first is the
likeliest one. The examples stay the same through a text, so that they are read once; the sentence before
and its translation follow them, as one more example: they say what "it" is, and the tone.

Measured with Gemma 3 270M on 100 sentences of news and encyclopaedia each (chrF, English to French / French
to English): 45.5 / 55.2, where three examples and one translation gave 39.7 / 49.5. On 20 of them, nine
examples and the likeliest tokens alone gave 42.5 / 52.1, what eight samples agree on 44.6 / 52.2. Log
probability as a part of the choice changed nothing that 20 sentences could tell.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from torch import Tensor

from gpt_assistant.engine import chat
from gpt_assistant.engine.branches import Branches, Twig
from gpt_assistant.engine.generate import silently
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.seq2seq import Seq2Seq
from gpt_assistant.engine.session import Session
from gpt_assistant.features.languages import NAMES
from gpt_assistant.features.remote_author import RemoteAuthor, cost
from gpt_assistant.features.translation_choice import Candidate
from gpt_assistant.features.translation_examples import Pair, examples

T = TypeVar("T")
Steps = Generator[Any, None, T]

SESSION = "translation"
_CHUNK, _SMALL_CHUNK = 32, 8  # tokens read in a pass; fewer by a model that takes long for one
_LARGE = 200_000_000  # weights
SAMPLES = 8  # as many rows as the packed kernels take in one pass (engine/quantize.py)
_TEMPERATURE, _NUCLEUS, _TOP = 0.6, 0.9, 64
_LONGEST_CONTEXT = 400  # characters


class Sentences(Protocol):
    """What translates one sentence."""

    def candidates(self, text: str, before: Pair | None, count: int) -> Steps[list[Candidate]]:
        """Return up to `count` translations of `text`, which comes after the sentence `before`."""
        ...


@dataclass(frozen=True, slots=True)
class Direct:
    """Translates with an encoder-decoder model. These were trained on single sentences."""

    model: Seq2Seq
    source: str
    target: str

    def candidates(self, text: str, before: Pair | None, count: int) -> Steps[list[Candidate]]:
        """Return the translations of a beam, best first."""
        found = yield from self.model.translate(text, self.source, self.target)
        return [Candidate(text, -float(rank), sampled=False) for rank, text in enumerate(found)]


class ByServer:
    """Translates with a server, asked as in a talk. Raises RemoteFailed."""

    def __init__(self, author: RemoteAuthor, source: str, target: str) -> None:
        self._author, self._source, self._target = author, source, target
        self._examples = examples(source, target)[:2]

    def candidates(self, text: str, before: Pair | None, count: int) -> Steps[list[Candidate]]:
        """Return one translation; a server is trusted with its likeliest."""
        pair = before if before is not None and _short(before) else Pair("", "")
        hidden = self._author.hide(text, pair.source, pair.target)
        shown, *said_before = hidden.texts
        talk = _talk(
            self._source, self._target, [*self._examples, *([Pair(*said_before)] if pair.source else [])]
        )
        messages = [*talk, {"role": "user", "content": shown}]
        steps = self._author.answer(messages, hidden, 24 + 3 * cost(text), stop=["\n"])
        answer = yield from silently(steps)
        return [Candidate(answer.strip(), sampled=False)]


def _short(pair: Pair) -> bool:
    return len(pair.source) + len(pair.target) <= _LONGEST_CONTEXT


def _talk(source: str, target: str, pairs: Sequence[Pair]) -> list[dict[str, str]]:
    """Return what is said to who translates, with the examples `pairs`."""
    order = (
        f"Translate from {NAMES[source]} into {NAMES[target]}."
        " Keep numbers, and marks such as [1], as they are. Answer with the translation only."
    )
    talk = [{"role": "system", "content": order}]
    for pair in pairs:
        talk.append({"role": "user", "content": pair.source})
        talk.append({"role": "assistant", "content": pair.target})
    return talk


class Prompted:
    """Translates with a causal model: by `templated` messages, or by worked examples."""

    def __init__(self, model: LanguageModel, source: str, target: str, *, templated: bool) -> None:
        self._model, self._source, self._target, self._templated = model, source, target, templated
        self._examples = examples(source, target)
        self._stops = self._stop_mask()

    def candidates(self, text: str, before: Pair | None, count: int) -> Steps[list[Candidate]]:
        """Return `count` samples, of which the first takes the likeliest token everywhere."""
        session = _session(self._model)
        yield from session.read(self._prompt(text, before))
        tokens = len(self._model.vocabulary.encode(text))
        return (yield from _sample(self._model, self._stops, count, 24 + 2 * tokens))

    def _prompt(self, text: str, before: Pair | None) -> list[int]:
        before = before if before is not None and _short(before) else None
        return self._messages(text, before) if self._templated else self._list(text, before)

    def _list(self, text: str, before: Pair | None) -> list[int]:
        source, target = NAMES[self._source], NAMES[self._target]
        pairs = self._examples + ([before] if before else [])
        shown = "".join(f"{source}: {pair.source}\n{target}: {pair.target}\n\n" for pair in pairs)
        vocabulary = self._model.vocabulary
        return vocabulary.start_ids + vocabulary.encode(f"{shown}{source}: {text}\n{target}:")

    def _messages(self, text: str, before: Pair | None) -> list[int]:
        pairs = self._examples[:2] + ([before] if before else [])
        talk = _talk(self._source, self._target, pairs)
        return chat.prompt(self._model, [*talk, {"role": "user", "content": text}])

    def _stop_mask(self) -> Tensor:
        """Return which tokens end a translation: what breaks the line, and control tokens."""
        tokens = self._model.vocabulary.tokens
        return torch.from_numpy(np.fromiter((not t or b"\n" in t for t in tokens), dtype=np.bool_))


def _session(model: LanguageModel) -> Session:
    about = model.description
    slow = about.device == "cpu" and about.parameters > _LARGE
    return model.session(SESSION, _SMALL_CHUNK if slow else _CHUNK)


def _sample(model: LanguageModel, stops: Tensor, count: int, most: int) -> Steps[list[Candidate]]:
    """Return `count` continuations of what the session has read, up to a stop or `most` tokens."""
    session = _session(model)
    random = torch.Generator().manual_seed(len(session.prefix))  # the same text, the same translation
    log_p = session.log_probabilities()[None].expand(count, -1)
    alive = [(Twig(), 0.0, row == 0) for row in range(count)]
    done: list[Candidate] = []
    branches = Branches(session)
    try:
        for _ in range(min(most, branches.room)):
            tokens = _draw(log_p, [greedy for *_, greedy in alive], random)
            grown = []
            for (twig, total, greedy), token, row in zip(alive, tokens, log_p, strict=True):
                sum_ = total + float(row[token])
                if stops[token]:
                    done.append(_candidate(model, twig, sum_, finished=True))
                else:
                    grown.append((twig, token, sum_, greedy))
            alive = [(twig, total, greedy) for twig, _, total, greedy in grown]
            if not grown:
                break
            twigs, log_p = yield from branches.extend([(twig, token) for twig, token, *_ in grown])
            alive = [(twig, total, greedy) for twig, (_, total, greedy) in zip(twigs, alive, strict=True)]
    finally:
        branches.close()
    return done + [_candidate(model, twig, total, finished=False) for twig, total, _ in alive]


def _draw(log_p: Tensor, greedy: list[bool], random: torch.Generator) -> list[int]:
    """Return a token of each row: the likeliest where `greedy`, else one of the nucleus (Holtzman 2020)."""
    values, ids = log_p.topk(_TOP)
    p = (values / _TEMPERATURE).softmax(-1)
    p = p.masked_fill(p.cumsum(-1) - p > _NUCLEUS, 0.0)
    chosen = torch.multinomial(p, 1, generator=random)[:, 0]
    chosen[torch.tensor(greedy)] = 0
    tokens: list[int] = ids.gather(1, chosen[:, None])[:, 0].tolist()
    return tokens


def _candidate(model: LanguageModel, twig: Twig, total: float, *, finished: bool) -> Candidate:
    text = model.vocabulary.decode(list(twig.tokens)).decode("utf-8", errors="replace").strip()
    return Candidate(text, total / max(1, len(twig.tokens)), finished)
