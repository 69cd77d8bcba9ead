"""Finding or fetching a model on a thread of its own while the model thread goes on answering."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gpt_assistant.engine.messages import Progress, Reply

if TYPE_CHECKING:
    from gpt_assistant.engine.model_cache import ModelFolder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a step yields when it has nothing to compute yet, only to wait (for a download, say).

    It is looked at again after `seconds` at the latest.
    """

    seconds: float = 0.05


Step = Reply | Waiting | None


def resolving(identity: int, source: str, *, offline: bool) -> Generator[Step, None, ModelFolder]:
    """Return the folder of the model `source` (sources.resolve); yields Progress and Waiting meanwhile.

    `identity` is that of the request that the progress belongs to. Closing the generator ends the
    fetching. Raises what resolve raises.
    """
    from gpt_assistant.engine.sources import resolve  # noqa: PLC0415 (fetching imports a lot)

    notes: queue.SimpleQueue[Progress] = queue.SimpleQueue()
    cancelled = threading.Event()

    def fetch() -> ModelFolder:
        return resolve(
            source,
            offline=offline,
            progress=lambda text, fraction: notes.put(Progress(identity, fraction, text)),
            cancelled=cancelled.is_set,
        )

    steps = on_a_thread(fetch, "fetch")
    try:
        while True:
            try:
                waiting = next(steps)
            except StopIteration as stop:
                found: ModelFolder = stop.value
                return found
            while not notes.empty():
                yield notes.get()
            yield waiting
    finally:
        cancelled.set()


def on_a_thread(work: Callable[[], T], name: str) -> Generator[Waiting, None, T]:
    """Return what `work` returns, run on a thread called `name`; raises what it raises."""
    outcome: list[T | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    while not outcome:
        thread.join(0.002)
        yield Waiting()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]
