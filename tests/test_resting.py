"""The model is put to rest while nobody writes, and comes back: the real window, the model's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from engine import tiny_models
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_app import Running

from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    Devices,
    ListDevices,
    Loaded,
    LoadModel,
    Reply,
    Request,
    Suggested,
)
from gpt_assistant.engine.worker import Message
from gpt_assistant.link import Link
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Reason, Suggestion

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    folder = tiny_models.saved("llama", tmp_path / "tiny")
    started = Running(qtbot, folder, mood=False, spelling=False)
    started.named("tiny")
    yield started
    started.end()


def fall_asleep(running: Running) -> None:
    """Let the minutes pass, again and again while something is at work."""

    def rests() -> bool:
        if not running.app.link.resting:
            running.app.model.idle._elapsed()
        return running.app.link.resting

    running.wait(rests)


def test_it_gives_its_memory_back_and_comes_with_the_next_key(running: Running) -> None:
    running.type("Some words")
    running.wait(lambda: running.app.link.running)
    fall_asleep(running)
    running.wait(lambda: not running.app.link.running)
    assert running.status.model.text().endswith("asleep")
    assert running.app.model.loaded is not None
    before = len(running.replies)
    QTest.keyClicks(running.editor, " and more")
    assert running.editor.toPlainText() == "Some words and more", "typing is not held up"
    running.wait(lambda: any(isinstance(reply, Suggested) for reply in running.replies[before:]))
    later = running.replies[before:]
    loaded = next(i for i, reply in enumerate(later) if isinstance(reply, Loaded))
    answer = next(reply for reply in later if isinstance(reply, Suggested))
    assert later.index(answer) > loaded
    assert answer.suggestion.reason is not Reason.NO_MODEL
    assert not running.app.link.resting
    assert running.status.model.text().startswith("tiny · ")
    assert not running.status.model.text().endswith("asleep")


def test_it_falls_asleep_again(running: Running) -> None:
    for _ in range(2):
        running.type("Some words ")
        fall_asleep(running)
        running.wait(lambda: not running.app.link.running)
        QTest.keyClicks(running.editor, "x")
        running.wait(lambda: running.app.link.running and not running.app.link.resting)
        running.named("tiny")


def test_the_setting(running: Running) -> None:
    timer = running.app.model.idle.timer
    assert timer.interval() == 15 * 60_000
    assert timer.isActive()
    running.app.store.change(unload_after=0)
    running.type("Some words")
    assert not timer.isActive()
    running.app.store.change(unload_after=2)
    assert timer.interval() == 2 * 60_000
    assert timer.isActive()


class Slow:
    """In the place of the model's process: it answers when the test says so."""

    def __init__(self, reply: Callable[[Reply], None]) -> None:
        self.reply, self.messages, self.running, self.rests = reply, [], True, 0

    def submit(self, message: Message) -> None:
        self.messages.append(message)

    def rest(self) -> None:
        self.rests += 1

    def stop(self, _seconds: float) -> bool:
        self.running = False
        return True

    def asked(self) -> list[Request]:
        return [message for message in self.messages if isinstance(message, Request)]


class Bare:
    """A link alone, whose replies are kept."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.link = Link(None, self._start)
        self.replies: list[Reply] = []
        self.woken = 0
        self.link.replied.connect(self.replies.append)
        self.link.woken.connect(self._count)

    def _start(self, reply: Callable[[Reply], None]) -> Slow:
        self.worker = Slow(reply)
        return self.worker

    def _count(self) -> None:
        self.woken += 1

    def answer(self, reply: Reply) -> None:
        self.worker.reply(reply)
        self._qtbot.waitUntil(lambda: reply in self.replies)


@pytest.fixture
def bare(qtbot: QtBot) -> Iterator[Bare]:
    made = Bare(qtbot)
    yield made
    shiboken6.delete(made.link)


def test_what_is_at_work_is_not_put_to_rest(bare: Bare) -> None:
    bare.link.submit(Complete(1, Context("a")))
    assert not bare.link.rest()
    assert not bare.worker.rests
    bare.answer(Suggested(1, Suggestion("b")))
    assert bare.link.rest()
    assert bare.worker.rests == 1
    assert bare.link.resting


def test_what_is_asked_for_meanwhile_waits_for_the_model(bare: Bare) -> None:
    assert bare.link.rest()
    for identity in (1, 2, 3):
        bare.link.submit(Complete(identity, Context("a" * identity)))
    assert bare.woken
    assert not bare.worker.asked()
    bare.link.submit(LoadModel(4))
    bare.link.submit(Complete(5, Context("aaaa")))
    assert [request.id for request in bare.worker.asked()] == [4]
    bare.answer(Loaded(4, "tiny"))
    assert [request.id for request in bare.worker.asked()] == [4, 5], "of completions the newest only"
    for identity in (1, 2, 3):
        assert Cancelled(identity) in bare.replies
    bare.answer(Suggested(5))
    assert bare.link.rest()


def test_a_held_request_can_be_cancelled(bare: Bare, qtbot: QtBot) -> None:
    bare.link.rest()
    bare.link.submit(Complete(1, Context("a")))
    bare.link.cancel(1)
    qtbot.waitUntil(lambda: Cancelled(1) in bare.replies)
    bare.link.submit(LoadModel(2))
    bare.answer(Loaded(2, "tiny"))
    assert [request.id for request in bare.worker.asked()] == [2]


def test_another_model_chosen_while_it_wakes(bare: Bare) -> None:
    bare.link.rest()
    bare.link.submit(Complete(1, Context("a")))
    bare.link.submit(LoadModel(2))
    bare.link.submit(LoadModel(3, "other"))
    bare.answer(Cancelled(2))
    assert [request.id for request in bare.worker.asked()] == [2, 3]
    bare.answer(Loaded(3, "other"))
    assert [request.id for request in bare.worker.asked()] == [2, 3, 1]


def test_what_needs_no_model_wakes_none(bare: Bare) -> None:
    bare.link.rest()
    bare.link.submit(ListDevices(1))
    assert not bare.woken
    assert [request.id for request in bare.worker.asked()] == [1]
    bare.answer(Devices(1))
    assert bare.link.rest(), "and its process ends again"
    assert bare.worker.rests == 2


def test_another_model_that_cannot_be_loaded_while_it_sleeps(running: Running, tmp_path: Path) -> None:
    running.type("Some words")
    fall_asleep(running)
    running.app.store.change(model=str(tmp_path / "missing"))
    running.wait(running.status.retry.isVisible)
    problem = running.status.message.whole
    assert "missing" in problem
    assert "goes on" not in problem, "nothing does"
    before = len(running.replies)
    running.wait(lambda: any(isinstance(reply, Loaded) for reply in running.replies[before:]))
    assert running.app.store.current.model == str(tmp_path / "tiny")
    assert running.status.message.whole == problem, "it stays until it is solved"
    assert running.type(" more").suggestion.reason is not Reason.NO_MODEL


@pytest.mark.parametrize("asleep", [False, True])
def test_what_waits_for_a_model_goes_on_when_its_process_has_ended(running: Running, asleep: bool) -> None:
    """Ended while it slept: what comes back is the same model, yet it was taken for gone."""
    running.type("Some words")
    if asleep:
        fall_asleep(running)
    said: list[bool] = []
    running.app.model.ready.connect(said.append)
    running.app.store.change(offline=True)
    running.app.store.change(offline=False)
    running.wait(lambda: said == [False, True])
    running.named("tiny")


def test_the_memory_goes_back(running: Running) -> None:
    """All of it: the process is gone."""
    worker: Any = running.app.link._worker
    pid = worker.pid
    assert pid
    fall_asleep(running)
    running.wait(lambda: not worker.running)
    assert worker.pid == 0
