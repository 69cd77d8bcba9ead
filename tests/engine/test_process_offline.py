""" "Stay offline" for the model's process, below all libraries; a server on loopback stands for the world."""

from __future__ import annotations

import queue
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_models

from gpt_assistant import seal
from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    Connected,
    Loaded,
    LoadModel,
    Reply,
    Request,
    Rewrite,
    Written,
)
from gpt_assistant.engine.process import ModelProcess
from gpt_assistant.engine.worker import StayOffline
from gpt_assistant.text.context import Context

SECONDS = 60.0
BELOW = "refused" if seal.can_seal() else "opened"  # the hook alone hears of Python only


class Talk:
    """A process, what it says, and the server that it may call."""

    def __init__(self, folder: Path, offline: bool) -> None:
        self.said: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.connected: list[Connected] = []
        self.folder = folder
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.server.getsockname()[1])
        self.process = ModelProcess(self.said.put, "prying:features", offline)

    def final(self, identity: int) -> Reply:
        while True:
            reply = self.said.get(timeout=SECONDS)
            if isinstance(reply, Connected):
                self.connected.append(reply)
            elif reply.id == identity and reply.final:
                return reply

    def ask(self, request: Request) -> Reply:
        self.process.submit(request)
        return self.final(request.id)

    def load(self, identity: int) -> None:
        request = LoadModel(identity, str(self.folder), "cpu", threads=1)
        assert isinstance(self.ask(request), Loaded)

    def pry(self, identity: int) -> str:
        reply = self.ask(Rewrite(identity, text=self.port))
        assert isinstance(reply, Written), reply
        return reply.text

    def outcomes(self) -> list[tuple[str, bool]]:
        return [(each.connection.why, each.connection.allowed) for each in self.connected]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.saved("llama", tmp_path_factory.mktemp("offline") / "tiny")


@pytest.fixture
def talk(folder: Path, request: pytest.FixtureRequest) -> Iterator[Talk]:
    made = Talk(folder, offline=bool(getattr(request, "param", False)))
    yield made
    made.process.stop(0.1)
    made.server.close()


@pytest.mark.parametrize("talk", [True], indirect=True)
def test_a_process_that_is_started_offline_reaches_nothing_until_that_ends(talk: Talk) -> None:
    talk.load(1)
    assert talk.pry(2) == f"NotPermitted, {BELOW}, {BELOW}"
    assert talk.outcomes() == [("prying", False)]
    before = talk.process.pid
    talk.process.submit(StayOffline(False))
    talk.load(3)
    assert talk.process.pid != before, "it was sealed for good"
    assert talk.pry(4) == "connected, opened, opened"
    assert talk.outcomes() == [("prying", False), ("prying", True)]


def test_turned_on_it_ends_what_is_open_in_the_middle_of_a_step(talk: Talk) -> None:
    talk.load(1)
    assert talk.pry(2) == "connected, opened, opened"
    talk.process.submit(Complete(3, Context(talk.port)))
    talk.server.settimeout(SECONDS)
    talk.server.accept()[0].close()  # that of before
    held, _ = talk.server.accept()
    talk.process.submit(StayOffline(True))
    reply = talk.final(3)
    assert isinstance(reply, Written)
    assert reply.text == "ended"
    held.close()
    assert talk.pry(4) == f"NotPermitted, {BELOW}, {BELOW}"
    assert talk.process.running, "the same process goes on, its model loaded"


@pytest.mark.parametrize("talk", [True], indirect=True)
def test_what_is_open_when_it_is_turned_off_is_answered(talk: Talk) -> None:
    talk.process.submit(Rewrite(1, text=talk.port))
    talk.process.submit(StayOffline(False))
    assert isinstance(talk.final(1), Reply)
    talk.process.submit(StayOffline(False))
    talk.load(2)


def test_a_fetch_that_runs_ends_with_one_line(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.process.stop()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{talk.port}")
    talk.process = ModelProcess(talk.said.put, "prying:features")
    talk.process.submit(LoadModel(1, "org/model"))
    talk.server.settimeout(SECONDS)
    accepted, _ = talk.server.accept()  # and says nothing
    talk.process.submit(StayOffline(True))
    failed = talk.final(1)
    accepted.close()
    assert "Stay offline" in str(failed)
    assert "\n" not in str(failed)
    assert not isinstance(failed, Cancelled)
    assert [(each.connection.host, each.connection.why) for each in talk.connected] == [
        ("127.0.0.1", "fetching org/model")
    ]
