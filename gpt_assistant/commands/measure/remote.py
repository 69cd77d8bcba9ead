"""How much later a server's first words come by way of this program than to a bare client.

Each round the server reads the text first, so that neither of the two waits for that. Then both ask it for
the same suggestion, the one or the other first in turns: a bare client of the same library, and this
program's own way, from the request to the model's process to its reply, the hiding of names included. Both
send the same text.
"""

from __future__ import annotations

import queue
import random
import time
from collections.abc import Iterator
from dataclasses import replace

from gpt_assistant import paths
from gpt_assistant.commands.measure.statistics import Figures, percentiles
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import (
    Complete,
    Failed,
    LoadModel,
    Remote,
    Reply,
    Request,
    Suggested,
    Suggesting,
    UseRemote,
)
from gpt_assistant.engine.process import ModelProcess
from gpt_assistant.engine.remote_bare import Bare
from gpt_assistant.features.remote_hiding import hide
from gpt_assistant.features.remote_words import Answer, cut
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

_EAGER = 100  # so that nothing the server says is thought too unlikely to be timed
_TOKENS = 8
_PATIENCE = 120.0
_LEAST, _MOST = 100, 600  # characters before the caret


class _Program:
    """The model's process with the server in use, as the window has it. Raises ModelUnavailable."""

    def __init__(self, settings: Settings) -> None:
        self._said: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._number = 0
        self.process = ModelProcess(self._said.put, "gpt_assistant.features.registry:features")
        self._final(
            LoadModel(1, settings.model, settings.device, settings.dtype, settings.threads, settings.offline)
        )
        self._final(UseRemote(2, Remote.of(settings)))
        self._number = 2

    def ask(self, before: str) -> float:
        """Return the seconds to the server's first words, 0 if what is shown is not the server's."""
        self._number += 1
        request = Complete(self._number, Context(before), 3, _TOKENS, _EAGER)
        began, first = time.perf_counter(), 0.0
        for reply in self._replies(request):
            if isinstance(reply, Suggesting):
                first = first or time.perf_counter() - began
            elif isinstance(reply, Suggested):
                return (first or time.perf_counter() - began) if reply.server else 0.0
        return 0.0

    def _final(self, request: Request) -> None:
        for reply in self._replies(request):
            if isinstance(reply, Failed):
                raise ModelUnavailable(reply.text)

    def _replies(self, request: Request) -> Iterator[Reply]:
        """Send `request` and yield its replies up to the final one."""
        self.process.submit(request)
        while True:
            try:
                reply = self._said.get(timeout=_PATIENCE)
            except queue.Empty:
                raise ModelUnavailable("The model did not answer.") from None
            if reply.id == request.id:
                yield reply
                if reply.final:
                    return


def figures(settings: Settings, rounds: int) -> Figures:
    """Return percentiles in ms, of the server alone and by way of this program, and of what that adds.

    Raises ModelUnavailable if there is no model here, RemoteFailed for no address.
    """
    remote = Remote.of(settings)
    settings = replace(settings, remote_wait=800)
    text = paths.resource("sample.md").read_text(encoding="utf-8") * 4
    bare, program = Bare(remote), _Program(settings)
    chance = random.Random(1)
    rows: list[tuple[float, float, float]] = []
    try:
        for number in range(rounds):
            end = 1 + text.index(" ", chance.randrange(_MOST, len(text) - 100))
            before = text[end - chance.randrange(_LEAST, _MOST) : end]
            _bare(bare, before, remote, 1)
            times = _bare(bare, before, remote) if number % 2 else None
            own = program.ask(before)
            token, word = times or _bare(bare, before, remote)
            if own and word:
                rows.append((token, word, own))
    finally:
        program.process.stop(0.5)
        bare.close()
    return {
        "asked": rounds,
        "suggested_by_the_server": len(rows),
        "first_token_bare_ms": percentiles([1000 * token for token, _, _ in rows]),
        "first_word_bare_ms": percentiles([1000 * word for _, word, _ in rows]),
        "first_word_here_ms": percentiles([1000 * own for *_, own in rows]),
        "added_to_first_word_ms": percentiles([1000 * (own - word) for _, word, own in rows]),
        "behind_first_token_ms": percentiles([1000 * (own - token) for token, _, own in rows]),
    }


def _bare(bare: Bare, before: str, remote: Remote, tokens: int = _TOKENS) -> tuple[float, float]:
    """Return the seconds to the first token and to the first whole word of an answer, 0 for none.

    One that does not go on with a word counts as none: the program would ask a second time.
    """
    window = cut(before)
    answer, first, word = Answer(window.lead), 0.0, 0.0
    for seconds, piece in bare.ask(hide((window.prompt,), remote.mask).texts[0], tokens):
        first = first or seconds
        answer.add(piece)
        if not word and any(found.ended for found in answer.words()):
            word = seconds
    return first, word if answer.fits else 0.0
