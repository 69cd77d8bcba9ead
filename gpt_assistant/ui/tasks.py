"""What runs about a passage: asks the model thread, follows its replies, and ends it at once.

There is one at a time. Replies to what was cancelled or replaced are dropped by their id; the window does
not wait for the thread to say that it has stopped. No widgets here: review.py shows what this tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from gpt_assistant.engine.messages import (
    Cancelled,
    Failed,
    Passage,
    Progress,
    Reply,
    Writing,
    Written,
)
from gpt_assistant.settings import Settings
from gpt_assistant.text.told import told
from gpt_assistant.ui.anchor import Anchor
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.asking import Ask, Kind, request, translation

# How often a text that is being written is shown anew: often enough to be read, seldom enough for typing.
_SHOW_MS = 100


@dataclass(frozen=True, slots=True)
class Result:
    """What has been written so far, or in the end."""

    text: str = ""
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = ""
    finished: bool = False


@dataclass(slots=True)
class Task:
    """Something asked about a passage, and what has come of it. `problem` is one line, "" for none."""

    ask: Ask
    anchor: Anchor
    title: str  # of the document
    whole: bool = False  # about all of the text
    started: float = field(default_factory=time.monotonic)
    result: Result = Result()
    back: Result = Result()  # the translation, translated back
    progress: Progress | None = None
    problem: str = ""
    running: bool = True

    @property
    def seconds(self) -> float:
        """Return how long it has been running."""
        return time.monotonic() - self.started


class Tasks(Asker):
    """Asks one thing at a time.

    Signals, each with the Task: `started`; `changed`, its progress or its text; `ended`, because it is
    written, has failed or was cancelled. `back_changed` tells of the translation back.
    """

    started = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    back_changed = Signal(object)

    def __init__(self, settings: Callable[[], Settings], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.task: Task | None = None
        self._id = self._back_id = 0  # 0 for no request
        self._waiting: Result | None = None
        self._show = QTimer(self, singleShot=True, interval=_SHOW_MS)
        self._show.timeout.connect(self._show_waiting)

    @property
    def running(self) -> bool:
        """Return whether an answer is being waited for."""
        return bool(self._id or self._back_id)

    def ask(self, ask: Ask, anchor: Anchor, title: str, whole: bool = False) -> Task:
        """Ask about the passage of `anchor`; what ran until now is cancelled."""
        self.cancel()
        anchor.origin = ask.origin
        task = self.task = Task(ask, anchor, title, whole)
        self.started.emit(task)
        self._id = self._send(ask, anchor.text)
        if not self._id:
            self._end(task, told("There is no model to ask."))
        return task

    def again(self, ask: Ask | None = None) -> Task | None:
        """Ask about the same passage again, as it is now; or ask something else about it."""
        if (task := self.task) is None:
            return None
        anchor = task.anchor
        if anchor.alive and not anchor.unchanged and len(set(anchor.range)) > 1:
            anchor = Anchor(anchor.editor, *anchor.range)
        return self.ask(ask or task.ask, anchor, task.title, task.whole)

    def ask_back(self) -> None:
        """Translate the translation back into the language of the passage."""
        task = self.task
        if task is None or task.ask.kind is not Kind.TRANSLATION or not task.result.finished:
            return
        self._stop_back()
        source = task.result.language or "en"
        task.back = Result()
        self._back_id = self._send(translation(source), task.result.text, task.ask.option)
        self.back_changed.emit(task)

    def cancel(self) -> bool:
        """End what runs, at once; return whether anything did. What is written so far stays."""
        stopped = self._stop_back()
        if not self._id:
            return stopped
        identity, self._id = self._id, 0
        self._cancel(identity)
        assert self.task is not None
        self._show_waiting()
        self._end(self.task)
        return True

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others are ignored."""
        if reply.id and reply.id == self._id:
            self._on_answer(reply)
        elif reply.id and reply.id == self._back_id:
            self._on_back(reply)

    def _send(self, ask: Ask, text: str, source: str = "") -> int:
        """Send a request; return its id, 0 if there is nobody to send it to."""
        if self._submit is None:
            return 0
        identity = self._next_id()
        self._submit(request(ask, identity, text, self._settings(), source))
        return identity

    def _on_answer(self, reply: Reply) -> None:
        task = self.task
        assert task is not None
        if isinstance(reply, Progress):
            task.progress = reply
            self.changed.emit(task)
        elif isinstance(reply, Writing):
            self._waiting = Result(reply.text, reply.passages)
            if not task.result.text:
                self._show_waiting()  # the first words at once
            elif not self._show.isActive():
                self._show.start()
        elif isinstance(reply, Written):
            self._finish(task, _result(reply))
        elif isinstance(reply, Failed | Cancelled):
            self._show_waiting()
            self._end(task, reply.text if isinstance(reply, Failed) else told("It was cancelled."))

    def _show_waiting(self) -> None:
        self._show.stop()
        if self._waiting is not None and self.task is not None:
            self.task.result, self._waiting = self._waiting, None
            began = time.perf_counter()
            self.changed.emit(self.task)
            # A long text takes longer to show: a tenth of the window's time at most.
            self._show.setInterval(max(_SHOW_MS, round(10_000 * (time.perf_counter() - began))))

    def _finish(self, task: Task, result: Result) -> None:
        self._show.stop()
        self._waiting = None
        task.result = result
        self._end(task)

    def _end(self, task: Task, problem: str = "") -> None:
        self._id = 0
        task.running, task.problem, task.progress = False, problem, None
        self.ended.emit(task)

    def _on_back(self, reply: Reply) -> None:
        task = self.task
        assert task is not None
        if isinstance(reply, Writing):
            task.back = Result(reply.text)
        elif isinstance(reply, Written):
            task.back = _result(reply)
        elif isinstance(reply, Failed | Cancelled):
            note = reply.text if isinstance(reply, Failed) else told("It was cancelled.")
            task.back = replace(task.back, notes=(note,), finished=True)
        else:
            return
        if reply.final:
            self._back_id = 0
        self.back_changed.emit(task)

    def _stop_back(self) -> bool:
        if not self._back_id:
            return False
        identity, self._back_id = self._back_id, 0
        self._cancel(identity)
        return True


def _result(reply: Written) -> Result:
    return Result(reply.text, reply.passages, reply.notes, reply.language, True)
