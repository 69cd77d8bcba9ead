"""The bridge, on a real event loop of Qt as app.py has it, with a tiny model."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import shiboken6
from engine import tiny_models
from held import WAITING, Held
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    Failed,
    Loaded,
    LoadModel,
    Progress,
    Reply,
    Suggested,
)
from gpt_assistant.link import Link, RequestFailed
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Reason, Suggestion

T = TypeVar("T")
SECONDS = 20.0


class Log:
    """What a link emitted, and on which threads."""

    def __init__(self, link: Link) -> None:
        self.replies: list[Reply] = []
        self.threads: set[int] = set()
        link.replied.connect(self._note)

    def _note(self, reply: Reply) -> None:
        self.replies.append(reply)
        self.threads.add(threading.get_ident())

    def said_to(self, identity: int) -> list[Reply]:
        return [reply for reply in self.replies if reply.id == identity]


@pytest.fixture(scope="module", autouse=True)
def _no_garbage_of_others() -> None:
    gc.collect()  # Qt forbids that a window of an earlier test is collected on the model thread


@pytest.fixture
def link(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Link]:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    made = Link()
    yield made
    assert made.stop(SECONDS)
    shiboken6.delete(made)


@pytest.fixture
def log(link: Link) -> Log:
    return Log(link)


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Callable[[Coroutine[Any, Any, T]], T]]:
    """Return a function that runs a coroutine on Qt's event loop."""
    loop = QEventLoop(qapp)
    with loop:
        yield lambda coroutine: loop.run_until_complete(asyncio.wait_for(coroutine, SECONDS))
    shiboken6.delete(loop._timer)  # not left to the collector, with the timers that were cancelled


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.saved("llama", tmp_path_factory.mktemp("link") / "tiny")


@pytest.fixture
def held(link: Link, tmp_path: Path) -> Held:
    return Held(tmp_path / "held.gguf", b"GGUF, as far as these tests go")


def load(link: Link, source: Path | str) -> LoadModel:
    return LoadModel(link.next_id(), str(source), "cpu", threads=1, offline=True)


async def waits(link: Link, request: LoadModel) -> asyncio.Task[Reply]:
    """Start loading a held model; return its task once it waits for the other process."""
    waiting = asyncio.get_running_loop().create_future()
    wanted = Progress(request.id, -1.0, WAITING)

    def note(reply: Reply) -> None:
        if reply == wanted and not waiting.done():
            waiting.set_result(None)

    link.replied.connect(note)
    task = asyncio.ensure_future(link.run(request))
    await waiting
    link.replied.disconnect(note)
    return task


def test_replies_arrive_on_the_thread_of_the_window(qtbot: QtBot, link: Link, log: Log) -> None:
    identity = link.submit(Complete(link.next_id()))
    assert log.replies == [], "not before Qt's events are handled"
    qtbot.waitUntil(lambda: bool(log.replies))
    assert log.replies == [Suggested(identity, Suggestion("", Reason.NO_MODEL))]
    assert log.threads == {threading.get_ident()}


def test_ids_are_never_given_twice(link: Link) -> None:
    assert len({link.next_id() for _ in range(100)}) == 100


def test_run_returns_the_final_reply_after_all_others_were_emitted(
    link: Link, log: Log, run: Callable[..., Any], folder: Path
) -> None:
    request = load(link, folder)
    loaded = run(link.run(request))
    assert isinstance(loaded, Loaded)
    assert loaded.name == "tiny"
    *progress, last = log.said_to(request.id)
    assert last is loaded
    assert {type(reply) for reply in progress} == {Progress}
    found = run(link.run(Complete(link.next_id(), Context("Thank you very mu"), eagerness=100)))
    assert isinstance(found, Suggested)
    assert found.ms_total > 0, "the features are those of the product"


def test_several_at_once_get_their_own_replies(link: Link, run: Callable[..., Any], folder: Path) -> None:
    run(link.run(load(link, folder)))
    first, second = Complete(link.next_id(), Context("Thank")), load(link, folder)

    async def both() -> list[Reply]:
        return await asyncio.gather(link.run(first), link.run(second))

    replies = run(both())
    assert [(type(reply), reply.id) for reply in replies] == [(Suggested, first.id), (Loaded, second.id)]


def test_run_raises_what_failed(link: Link, log: Log, run: Callable[..., Any], tmp_path: Path) -> None:
    request = load(link, tmp_path / "nowhere")
    with pytest.raises(RequestFailed, match="There is no model") as caught:
        run(link.run(request))
    assert log.said_to(request.id)[-1] == Failed(request.id, str(caught.value))


def test_cancelling_the_task_ends_the_request(
    qtbot: QtBot, link: Link, log: Log, run: Callable[..., Any], held: Held
) -> None:
    request = load(link, held.source)

    async def cancel() -> None:
        task = await waits(link, request)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(cancel())
    qtbot.waitUntil(lambda: Cancelled(request.id) in log.replies)
    assert sum(reply.final for reply in log.said_to(request.id)) == 1


def test_a_request_that_another_replaced_cancels_its_task(
    link: Link, run: Callable[..., Any], held: Held, folder: Path
) -> None:
    async def replaced() -> Reply:
        task = await waits(link, load(link, held.source))
        newer = await link.run(load(link, folder))
        assert task.done()
        assert task.cancelled()
        return newer

    assert isinstance(run(replaced()), Loaded)


def test_cancel_ends_what_was_submitted(qtbot: QtBot, link: Link, log: Log, held: Held) -> None:
    identity = link.submit(load(link, held.source))
    qtbot.waitUntil(lambda: Progress(identity, -1.0, WAITING) in log.replies)
    link.cancel(identity)
    qtbot.waitUntil(lambda: Cancelled(identity) in log.replies)
    assert link.running


def test_stop_ends_the_thread_and_what_is_waited_for(link: Link, run: Callable[..., Any], held: Held) -> None:
    assert link.running

    async def stop() -> None:
        task = await waits(link, load(link, held.source))
        assert link.stop(SECONDS)
        assert not link.running
        with pytest.raises(asyncio.CancelledError):
            await task

    run(stop())
