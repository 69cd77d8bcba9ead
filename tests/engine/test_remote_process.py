"""A server in use by the model's process, for real: the window's messages in, its replies out."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import Answering, ModelServer, model_server, no_headers

from gpt_assistant.engine.messages import (
    Complete,
    Failed,
    KeepRemoteKey,
    ListRemoteModels,
    LoadModel,
    Remote,
    RemoteChanged,
    RemoteKeyKept,
    RemoteModels,
    RemoteTested,
    Reply,
    Request,
    Suggested,
    Suggesting,
    TestRemote,
    UseRemote,
)
from gpt_assistant.engine.process import ModelProcess
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

SECONDS = 60.0
BEFORE = "We were out of bread, so in the morning I went to the"


class Talk:
    """The process, and what it says to each request."""

    def __init__(self) -> None:
        self._said: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._number = 0
        self.process = ModelProcess(self._said.put, "gpt_assistant.features.registry:features")

    def next_id(self) -> int:
        self._number += 1
        return self._number

    def ask(self, request: Request) -> list[Reply]:
        self.process.submit(request)
        found: list[Reply] = []
        while not (found and found[-1].final):
            reply = self._said.get(timeout=SECONDS)
            if reply.id == request.id:
                found.append(reply)
        return found

    def complete(self, before: str = BEFORE) -> list[Reply]:
        return self.ask(Complete(self.next_id(), Context(before)))


@pytest.fixture
def talk(file_keyring: Path) -> Iterator[Talk]:
    made = Talk()
    yield made
    made.process.stop(1.0)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def test_a_server_can_be_looked_at_before_there_is_a_model(talk: Talk, server: ModelServer) -> None:
    remote = Remote(server.address, "steady")
    (models,) = talk.ask(ListRemoteModels(talk.next_id(), remote, "typed-key"))
    assert isinstance(models, RemoteModels)
    assert models.names == ("other", "steady")
    assert server.asked[-1][2]["authorization"] == "Bearer typed-key"
    (kept,) = talk.ask(KeepRemoteKey(talk.next_id(), remote, "kept-key"))
    assert kept == RemoteKeyKept(kept.id, True, server.address.removesuffix("/v1"))
    (tested,) = talk.ask(TestRemote(talk.next_id(), remote))
    assert isinstance(tested, RemoteTested)
    assert tested.text == " store and bought some bread."
    assert tested.probabilities
    assert server.asked[-1][2]["authorization"] == "Bearer kept-key"
    (gone,) = talk.ask(KeepRemoteKey(talk.next_id(), remote, ""))
    assert isinstance(gone, RemoteKeyKept)
    assert not gone.kept
    (failed,) = talk.ask(ListRemoteModels(talk.next_id(), Remote("")))
    assert isinstance(failed, Failed)
    assert "Enter its address" in failed.text


def test_it_answers_fails_and_comes_back(talk: Talk, server: ModelServer, default_model: Path) -> None:
    server.answer = " the| store| and| then| home|."
    remote = Remote(server.address, "steady", mask=Settings())
    talk.process.submit(UseRemote(talk.next_id(), remote))
    talk.ask(LoadModel(talk.next_id(), str(default_model), "cpu", offline=True))
    *_, suggested = talk.complete()
    assert isinstance(suggested, Suggested)
    if not suggested.server:  # the first may be late on a busy machine
        *_, suggested = talk.complete()
    assert isinstance(suggested, Suggested)
    assert suggested.server
    server.fault = no_headers
    said: list[Reply] = []
    for _ in range(3):
        said += talk.complete()
        assert isinstance(said[-1], Suggested)
        assert not said[-1].server
    (news,) = (reply for reply in said if isinstance(reply, RemoteChanged))
    assert "takes too long" in news.text
    asked = len(server.asked)
    talk.complete()
    assert len(server.asked) == asked
    server.fault = None
    changed, _ = talk.ask(UseRemote(talk.next_id(), remote))  # “Try again”
    assert isinstance(changed, RemoteChanged)
    assert changed.server
    replies = talk.complete()
    assert any(isinstance(reply, Suggesting) for reply in replies)
    talk.ask(UseRemote(talk.next_id(), None))
    *_, suggested = talk.complete()
    assert isinstance(suggested, Suggested)
    assert not suggested.server


def test_typing_on_hangs_up(talk: Talk, server: ModelServer, default_model: Path) -> None:
    talk.ask(LoadModel(talk.next_id(), str(default_model), "cpu", offline=True))
    talk.ask(UseRemote(talk.next_id(), Remote(server.address, "steady")))
    talk.complete()  # what takes long at first is done then
    server.fault = drip
    for number in range(3):
        talk.process.submit(Complete(talk.next_id(), Context(BEFORE[: -1 - number])))
        time.sleep(0.1)
    ends = time.monotonic() + SECONDS
    while server.hung_up < 2 and time.monotonic() < ends:
        time.sleep(0.01)
    assert server.hung_up >= 2


def drip(asking: Answering) -> None:
    asking.begin()
    while True:
        asking.wfile.write(b": wait\n")
        time.sleep(0.005)
