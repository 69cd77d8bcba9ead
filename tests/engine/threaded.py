"""The loop on a thread of the test's own process, where the test can reach into it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from gpt_assistant.engine.messages import Reply
from gpt_assistant.engine.worker import Features, Loop, Message, Stop


class Worker:
    """The loop on a thread. `reply` is called on that thread."""

    def __init__(self, reply: Callable[[Reply], None], features: Callable[[], Features]) -> None:
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._loop = Loop(reply, features)
        # A daemon: a download that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="model", daemon=True)
        self._thread.start()

    def submit(self, message: Message) -> None:
        """Hand a request, Cancel or Stop to the thread; returns at once."""
        self._inbox.put(message)

    def stop(self, seconds: float = 2.0) -> bool:
        """End the thread after its current step; return whether it ended within `seconds`."""
        self.submit(Stop())
        self._thread.join(seconds)
        return not self.running

    @property
    def running(self) -> bool:
        """Return whether the thread is alive."""
        return self._thread.is_alive()

    def _run(self) -> None:
        self._loop.serve(self._inbox)
