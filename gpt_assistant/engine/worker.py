"""The one model thread's loop: it always advances the request of highest priority by one step.

Every feature is a generator that yields between passes over the weights, so a summary streams on in
the gaps that typing leaves, and a completion waits for one pass at most. A newer completion replaces
an older one. An exception ends its own request with one `Failed` reply and nothing else.

`serve` knows neither Qt nor threads: messages come from an inbox and replies go to a callable, and all
of them can be pickled, so that the loop runs in a process of its own (process.py). Nothing heavy is
imported before the first LoadModel: importing torch and transformers takes seconds.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import logging
import queue
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from gpt_assistant import connections
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    DeviceChanged,
    Failed,
    Loaded,
    LoadModel,
    Progress,
    Reply,
    Request,
    Suggested,
)
from gpt_assistant.engine.resolving import Step, Waiting, resolving
from gpt_assistant.text.suggestion import Reason, Suggestion
from gpt_assistant.text.told import Told, said, told

if TYPE_CHECKING:
    from gpt_assistant.engine.model import LanguageModel

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the request `id`; it gets a Cancelled reply unless it is finished."""

    id: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the loop."""


@dataclass(frozen=True, slots=True)
class StayOffline:
    """Open no connection from now on, or do so again where it is asked for; ends those that are open."""

    on: bool


Message = Request | Cancel | StayOffline | Stop
Steps = Generator[Step, None, Reply]
# The model may be None for a request that needs none.
Feature = Callable[[Any, Any], Generator[Any, None, Reply]]
Features = Mapping[type[Request], Feature]


class Inbox(Protocol):
    """Where messages come from: queue.SimpleQueue, or multiprocessing's."""

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """Return the next message; raises queue.Empty if none comes in time."""
        ...


@dataclass(slots=True)
class _Task:
    request: Request
    steps: Steps
    number: int
    waiting: Waiting | None = None


@dataclass
class Loop:
    """The state of the model thread. `features` is called once, after the heavy imports are due anyway."""

    reply: Callable[[Reply], None]
    features: Callable[[], Features]
    model: LanguageModel | None = None
    _tasks: dict[int, _Task] = field(default_factory=dict)
    _numbers: Any = field(default_factory=itertools.count)
    _loaded: Features | None = None
    _current: LoadModel | None = None  # by which the model was loaded

    def serve(self, inbox: Inbox) -> None:
        """Answer messages from `inbox` until Stop."""
        while True:
            for message in self._messages(inbox):
                if isinstance(message, Stop):
                    self._end_all()
                    return
                self._accept(message)
            self._advance()

    def _messages(self, inbox: Inbox) -> list[Message]:
        """Return what has come in; wait for it only while there is nothing to compute."""
        messages: list[Message] = []
        idle = all(task.waiting for task in self._tasks.values())
        with contextlib.suppress(queue.Empty):
            if idle:
                waits = (task.waiting.seconds for task in self._tasks.values() if task.waiting)
                messages.append(inbox.get(timeout=min(waits, default=None)))
            while True:
                messages.append(inbox.get(block=False))
        return messages

    def _accept(self, message: Request | Cancel | StayOffline) -> None:
        if isinstance(message, StayOffline):
            connections.set_offline(message.on)
            return
        if isinstance(message, Cancel):
            loading = isinstance(getattr(self._tasks.get(message.id), "request", None), LoadModel)
            self._cancel(message.id)
            if loading:
                self._go_back()
            return
        if isinstance(message, Complete | LoadModel):
            for task in list(self._tasks.values()):
                if type(task.request) is type(message):
                    self._cancel(task.request.id)
        self._tasks[message.id] = _Task(message, self._start(message), next(self._numbers))

    def _start(self, request: Request) -> Steps:
        if isinstance(request, LoadModel):
            return self._load(request)
        return self._feature(request)

    def _feature(self, request: Request) -> Steps:
        yield None
        if self._loaded is None and not request.needs_model:
            self._loaded = self.features()
        if self._loaded is None or (self.model is None and request.needs_model):
            if isinstance(request, Complete):
                return Suggested(request.id, Suggestion("", Reason.NO_MODEL))
            text = told("No model is loaded yet. Wait for it, or choose one in the settings.")
            return Failed(request.id, text)
        return (yield from self._loaded[type(request)](self.model, request))

    def _cancel(self, identity: int) -> None:
        if task := self._tasks.pop(identity, None):
            _close(task)
            self.reply(Cancelled(identity))

    def _go_back(self) -> None:
        """Load the model again that was given up for one whose loading has been cancelled."""
        if self.model is None and self._current is not None:
            self._accept(replace(self._current, offline=True, anyway=True))  # as it was, from this disk

    def _end_all(self) -> None:
        for identity in list(self._tasks):
            self._cancel(identity)

    def _advance(self) -> None:
        """Run one step of the most urgent task that has something to compute, and look at those waiting."""
        ready = sorted(self._tasks.values(), key=lambda t: (bool(t.waiting), t.request.priority, t.number))
        for task in ready:
            if task is ready[0] or task.waiting:
                self._step(task)

    def _step(self, task: _Task) -> None:
        identity = task.request.id
        try:
            step = next(task.steps)
        except StopIteration as stop:
            self._tasks.pop(identity, None)
            self.reply(stop.value)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a panic of tokenizers, over a broken file say, is no Exception
            self._failed(task, error)
        else:
            task.waiting = step if isinstance(step, Waiting) else None
            if isinstance(step, Reply):
                self.reply(step)

    def _failed(self, task: _Task, error: BaseException) -> None:
        if _out_of_memory(error):
            try:
                if self._leave_gpu(task, error):
                    return
            except Exception as another:
                error = another
        expected = isinstance(error, ModelUnavailable)  # it says what to do, and to whom it concerns
        log.warning("%s failed: %s", _named(task), error, exc_info=None if expected else error)
        self._tasks.pop(task.request.id, None)
        little = type(error).__name__ == "NotFitting"  # whose module imports what the first load is for
        self.reply(Failed(task.request.id, _one_line(error), memory=little))

    def _leave_gpu(self, task: _Task, error: BaseException) -> bool:
        """Free the GPU, load the model on the CPU and begin the task again; False if it was there already.

        Raises what loading raises; there is no model then.
        """
        if self.model is None or self.model.description.device == "cpu":
            return False
        model, self.model = self.model, None
        log.warning("%s moves the model to the CPU: %s", _named(task), error)
        text = told("The GPU ran out of memory; going on on the CPU.")
        self.reply(DeviceChanged(task.request.id, "cpu", text))
        error.__traceback__ = None  # its frames hold the weights
        for other in self._tasks.values():
            _close(other)
        try:
            self.model = model.moved_to_cpu()
        finally:
            for other in self._tasks.values():
                other.steps, other.waiting = self._start(other.request), None
        return True

    def _load(self, request: LoadModel) -> Steps:
        """Fetch the model on a thread of its own while the old one goes on answering, then load it."""
        started = time.perf_counter()
        yield Progress(request.id, -1.0, told("Starting the model…"))
        found = yield from resolving(request.id, request.source, offline=request.offline)
        yield Progress(request.id, -1.0, told("Loading the model…"))
        if self._loaded is None:
            self._loaded = self.features()
        from gpt_assistant.engine.switching import Serving, switched  # noqa: PLC0415 (imports torch)

        serving = Serving(self.model, self._current, self._drop, self._take_back, self.reply)
        model = yield from switched(request, found, serving)
        self.model, self._current = model, request
        about = model.description
        return Loaded(  # its folder may be named after a hash
            request.id, found.name, about.architecture, about.device, about.dtype, about.parameters,
            about.memory, time.perf_counter() - started,
        )  # fmt: skip

    def _drop(self) -> None:
        """Forget the model, so that its memory is free for another."""
        self.model = None
        gc.collect()

    def _take_back(self, model: LanguageModel) -> None:
        self.model = model


def _named(task: _Task) -> str:
    """Return what a log may say of a request: never its text."""
    return f"{type(task.request).__name__} {task.request.id}"


def _out_of_memory(error: BaseException) -> bool:
    return type(error).__name__ == "OutOfMemoryError"


def _close(task: _Task) -> None:
    """End a task's steps; what its clearing up raises is its own affair."""
    try:
        task.steps.close()
    except Exception:
        log.warning("%s did not end cleanly", _named(task), exc_info=True)


def _one_line(error: BaseException) -> str:
    text = said(error)
    line = text if isinstance(text, Told) else next(iter(text.strip().splitlines()), "")
    name = type(error).__name__
    known = type(error).__module__.startswith("gpt_assistant.")
    return (line if known else f"{name}: {line}") if line else name
