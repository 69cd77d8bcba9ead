"""The bridge between the window and the model: the only file that knows both Qt and the worker.

Requests go into the queue of the model's process (engine/process.py). Replies are emitted as a signal on
the thread that receives them and arrive, through Qt's queued connection, on the window's.

While nobody writes the process may be put to rest. The first request that needs a model wakes it (`woken`:
whoever knows the settings loads one), and what is asked for until that is loaded waits here, of completions
the newest only, as in the worker.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from gpt_assistant.engine.messages import Cancelled, Complete, Failed, LoadModel, Reply, Request
from gpt_assistant.engine.process import ModelProcess
from gpt_assistant.engine.worker import Cancel, Message, StayOffline

_FEATURES = "gpt_assistant.features.registry:features"


class Worker(Protocol):
    """What answers requests elsewhere; see engine.process.ModelProcess."""

    def submit(self, message: Message) -> None:
        """Hand over a message; returns at once."""

    def stop(self, seconds: float) -> bool:
        """End after the current step; return whether that took less than `seconds`."""

    @property
    def running(self) -> bool:
        """Return whether it is alive."""

    def rest(self) -> None:
        """End when convenient; a later message starts it again. Returns at once."""


def model_process(reply: Callable[[Reply], None], offline: bool = False) -> Worker:
    """Return the model's process, started; with `offline` it opens no connection."""
    return ModelProcess(reply, _FEATURES, offline)


class RequestFailed(Exception):  # noqa: N818 (named for what happened)
    """A request ended with Failed; the text is one line for the person."""


class Link(QObject):
    """Sends requests and emits replies on the thread that it lives on.

    `start` makes what answers them, given what to call with a reply, on whatever thread.
    """

    replied = Signal(object)
    woken = Signal()
    _arrived = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        start: Callable[[Callable[[Reply], None]], Worker] = model_process,
    ) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._open: set[int] = set()
        self._held: dict[int, Request] = {}
        self._resting, self._waking = False, 0
        self._worker = start(self._arrived.emit)

    def next_id(self) -> int:
        """Return an id for a new request."""
        return next(self._ids)

    def submit(self, request: Request) -> int:
        """Send a request; return its id. Its replies come by `replied`."""
        self._open.add(request.id)
        if isinstance(request, LoadModel):
            self._waking = request.id if self._resting or self._waking else 0
            self._resting = False
        elif (self._resting or self._waking) and request.needs_model:
            self._hold(request)
            return request.id
        self._worker.submit(request)
        return request.id

    def rest(self) -> bool:
        """End the model's process until it is needed; return False, and do nothing, if it is at work."""
        if self._open:
            return False
        self._resting, self._waking = True, 0
        self._worker.rest()
        return True

    @property
    def resting(self) -> bool:
        """Return whether no model is there because nobody writes."""
        return self._resting

    def cancel(self, identity: int) -> None:
        """End a request; it gets a Cancelled reply unless it is finished."""
        if self._held.pop(identity, None) is not None:
            self._arrived.emit(Cancelled(identity))
        else:
            self._worker.submit(Cancel(identity))

    def set_offline(self, on: bool) -> None:
        """Keep the model's process from opening connections, or no longer: then its model is to be loaded."""
        self._worker.submit(StayOffline(on))

    async def run(self, request: Request) -> Reply:
        """Send a request and return its final reply, for what the person starts once.

        Cancelling the task ends the request. Raises RequestFailed with one line for the person, and
        asyncio.CancelledError when something else cancelled the request.
        """
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[request.id] = future
        self.submit(request)
        try:
            reply = await future
        except asyncio.CancelledError:
            self.cancel(request.id)
            raise
        finally:
            self._waiting.pop(request.id, None)
        if isinstance(reply, Failed):
            raise RequestFailed(reply.text)
        if isinstance(reply, Cancelled):
            raise asyncio.CancelledError
        return reply

    def stop(self, seconds: float = 2.0) -> bool:
        """End the model's process; return whether it ended by itself within `seconds`."""
        return self._worker.stop(seconds)

    @property
    def running(self) -> bool:
        """Return whether the model's process is alive."""
        return self._worker.running

    def _hold(self, request: Request) -> None:
        """Keep a request until a model is there to answer it."""
        if isinstance(request, Complete):
            for other in [held.id for held in self._held.values() if isinstance(held, Complete)]:
                self.cancel(other)
        self._held[request.id] = request
        if self._resting:
            self.woken.emit()

    def _send_held(self) -> None:
        held, self._held, self._waking = self._held, {}, 0
        for request in held.values():
            self._worker.submit(request)

    def _deliver(self, reply: Reply) -> None:
        if reply.final:
            self._open.discard(reply.id)
            if reply.id == self._waking:
                self._send_held()
        future = self._waiting.get(reply.id)
        if reply.final and future is not None and not future.done():
            future.set_result(reply)
        self.replied.emit(reply)
