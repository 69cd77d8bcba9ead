"""How fast completions are while a long text is summarised, and how soon a cancelled summary ends."""

from __future__ import annotations

import queue
import random
import time

from gpt_assistant.commands.measure.statistics import Figures, percentiles
from gpt_assistant.engine.messages import (
    Complete,
    Failed,
    Length,
    LoadModel,
    Reply,
    Suggested,
    Summarise,
)
from gpt_assistant.engine.process import ModelProcess
from gpt_assistant.engine.worker import Cancel
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

_FEATURES = "gpt_assistant.features.registry:features"
_KEY_SECONDS = 0.08
_WORDS = 60_000
_KEYS = 120
_CANCELS = 10
_PATIENCE = 120.0


class NoAnswer(Exception):  # noqa: N818 (named for what happened)
    """The model's process could not do its part; one line says why."""


def measure_meanwhile(settings: Settings, text: str) -> Figures:
    """Return percentiles of completions in ms, alone and while `text` is summarised, and their ratio.

    The keys of both come in turns, ten alone and ten meanwhile. Cancelling is timed from the request to its
    reply, at ten moments of a summary. Raises NoAnswer if there is no model.
    """
    talk = _Talk()
    try:
        talk.ask(
            LoadModel(
                talk.next_id(),
                settings.model,
                settings.device,
                settings.dtype,
                settings.threads,
                settings.offline,
            )
        )
        times: dict[bool, list[float]] = {False: [], True: []}
        typed = 0
        talk.complete(text, typed, settings)  # reads the text before the caret
        while len(times[True]) < _KEYS:
            for busy in (False, True):
                summary = talk.start_summary(text) if busy else 0
                for _ in range(10):
                    typed += 1
                    times[busy].append(talk.complete(text, typed, settings))
                if summary:
                    talk.cancel(summary)
        cancels = [talk.time_cancel(text, moment / _CANCELS) for moment in range(_CANCELS)]
    finally:
        talk.process.stop(0.5)
    alone, meanwhile = percentiles(times[False]), percentiles(times[True])
    return {
        "alone_ms": alone,
        "meanwhile_ms": meanwhile,
        "p90_ratio": round(meanwhile["p90"] / max(0.1, alone["p90"]), 2),
        "cancel_ms": {"p50": percentiles(cancels)["p50"], "max": round(max(cancels), 1)},
    }


def long_text(sample: str) -> str:
    """Return a text of some 60,000 words made from the sentences of `sample`."""
    sentences = sample.replace("\n", " ").split(". ")
    chance = random.Random(1)
    parts: list[str] = []
    words = 0
    while words < _WORDS:
        parts.append(". ".join(chance.choices(sentences, k=5)) + ".")
        words += len(parts[-1].split())
    return "\n\n".join(parts)


class _Talk:
    """The model's process, asked one thing at a time."""

    def __init__(self) -> None:
        self._said: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._ids = 0
        self._ended: set[int] = set()
        self.process = ModelProcess(self._said.put, _FEATURES)

    def next_id(self) -> int:
        self._ids += 1
        return self._ids

    def ask(self, request: Complete | LoadModel) -> Reply:
        """Return the final reply to `request`; those of others are dropped."""
        self.process.submit(request)
        return self._final(request.id)

    def complete(self, text: str, place: int, settings: Settings) -> float:
        """Return how many ms completing behind `place` further characters takes; waits for the next key."""
        start = len(text) // 2
        request = Complete(
            self.next_id(),
            Context(text[start - 2000 : start + place]),
            settings.max_words,
            0,
            settings.eagerness,
        )
        began = time.perf_counter()
        if not isinstance(self.ask(request), Suggested):
            raise NoAnswer("The model did not answer.")
        taken = time.perf_counter() - began
        time.sleep(max(0.0, _KEY_SECONDS - taken))
        return taken * 1000

    def start_summary(self, text: str) -> int:
        identity = self.next_id()
        self.process.submit(Summarise(identity, text, Length.LONG))
        return identity

    def cancel(self, identity: int) -> float:
        """Return how long it took until the request had ended, in ms."""
        began = time.perf_counter()
        self.process.submit(Cancel(identity))
        self._final(identity)
        return (time.perf_counter() - began) * 1000

    def time_cancel(self, text: str, after: float) -> float:
        identity = self.start_summary(text)
        time.sleep(after)
        return self.cancel(identity)

    def _final(self, identity: int) -> Reply:
        last = Reply(identity)
        while identity not in self._ended:
            try:
                reply = self._said.get(timeout=_PATIENCE)
            except queue.Empty as error:
                raise NoAnswer("The model did not answer.") from error
            if reply.final:
                self._ended.add(reply.id)
                last = reply
        if isinstance(last, Failed):
            raise NoAnswer(last.text)
        return last
