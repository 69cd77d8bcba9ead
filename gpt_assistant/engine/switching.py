"""One model takes the place of another: the old one answers until the new one is ready.

The new one is loaded on a thread of its own, for that takes seconds where transformers has to be imported or
weights packed; its first pass is made on the model thread, where a GPU's recordings belong. Two loads never
run at once: the second waits for a first that nobody wants any more, which cannot be ended half way.

Both have to fit the memory for that. Where they do not and the new one alone would, the old one is given up
first, and loaded again if the new one cannot be. On a GPU that is short of memory the CPU takes over.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from gpt_assistant.engine import devices, footprint
from gpt_assistant.engine.footprint import NotFitting
from gpt_assistant.engine.job import ResolveCancelled
from gpt_assistant.engine.messages import DeviceChanged, LoadModel, Progress, Reply
from gpt_assistant.engine.model_cache import ModelFolder
from gpt_assistant.engine.resolving import Step, on_a_thread
from gpt_assistant.text.told import told

if TYPE_CHECKING:
    from gpt_assistant.engine.model import LanguageModel

log = logging.getLogger(__name__)

_one_at_a_time = threading.Lock()


def out_of_memory(error: BaseException) -> bool:
    """Return whether torch has no memory left on a GPU."""
    return type(error).__name__ == "OutOfMemoryError"


@dataclass(frozen=True, slots=True)
class Serving:
    """What the model thread has, and may give up: `drop` forgets the model, `reply` says something."""

    model: LanguageModel | None
    request: LoadModel | None  # by which it was loaded
    drop: Callable[[], None]
    take: Callable[[LanguageModel], None]
    reply: Callable[[Reply], None]


def switched(
    request: LoadModel, found: ModelFolder, serving: Serving
) -> Generator[Step, None, LanguageModel]:
    """Return the model of the folder `found`, loaded and warm.

    Raises NotFitting, or what loading raises; the old model serves then.
    """
    switch = _Switch(request, found, serving)
    try:
        return (yield from switch.load())
    except GeneratorExit:  # a newer request goes on from here: nothing serves, and it takes back if it fails
        raise
    except BaseException:
        if switch.gave_up:
            yield from switch.take_back()
        raise


class _Switch:
    """The loading of one model."""

    def __init__(self, request: LoadModel, found: ModelFolder, serving: Serving) -> None:
        self._request, self._found, self._serving = request, found, serving
        self._old: LanguageModel | None = serving.model
        self._count = footprint.counted(found)
        self.gave_up = serving.model is None and serving.request is not None  # by one that was cancelled

    def load(self) -> Generator[Step, None, LanguageModel]:
        device = devices.choose_device(self._request.device)
        try:
            yield from self._make_room(device)
            return (yield from self._loaded(device))
        except Exception as error:
            if device == "cpu" or not (out_of_memory(error) or isinstance(error, NotFitting)):
                raise
            error.__traceback__ = None  # its frames hold the weights
        if self._old is not None and self._old.description.device != "cpu":
            yield from self._give_up()
            with contextlib.suppress(Exception):
                return (yield from self._loaded(device))
        text = told("The model does not fit the GPU's memory; it runs on the CPU.")
        self._serving.reply(DeviceChanged(self._request.id, "cpu", text))
        yield from self._make_room("cpu")
        return (yield from self._loaded("cpu"))

    def _make_room(self, device: str) -> Generator[Step, None, None]:
        """Give the old model up if there is no room for both; raise NotFitting if that is not enough."""
        if self._request.anyway or self._count is None:
            return
        check = partial(footprint.check, self._found.name, self._count, device, self._request.dtype)
        try:
            check()
        except NotFitting:
            on_cpu = self._old is not None and self._old.description.device == "cpu"
            if self._old is None or on_cpu != (device == "cpu"):
                raise
            check(freed=self._old.description.memory)
            yield from self._give_up()

    def _give_up(self) -> Generator[Step, None, None]:
        text = told("There is no room for two models: suggestions pause until the new one is ready.")
        yield Progress(self._request.id, -1.0, text)
        self.gave_up, self._old = True, None
        self._serving.drop()

    def _loaded(self, device: str) -> Generator[Step, None, LanguageModel]:
        from gpt_assistant.engine.model import LanguageModel, set_threads  # noqa: PLC0415 (imports torch)

        wanted = self._request
        load = partial(
            LanguageModel.load, self._found.path, device=device, dtype=wanted.dtype, threads=wanted.threads
        )
        if self._old is None and not self.gave_up:  # nobody is kept waiting, and a thread would take longer
            model = load()
        else:
            model = yield from _beside(load)
            set_threads(wanted.threads)  # of this thread, too
        devices.make_current(device)
        yield None
        model.warm_up()
        return model

    def take_back(self) -> Generator[Step, None, None]:
        """Load the model again that was given up."""
        old = self._serving.request
        if old is None:
            return
        from gpt_assistant.engine.sources import resolve  # noqa: PLC0415 (imports a lot)

        yield Progress(self._request.id, -1.0, told("Going back to the model before…"))
        try:
            found = resolve(old.source, offline=True, progress=lambda *_: None, cancelled=lambda: False)
            switch = _Switch(old, found, self._serving)
            switch._old = None
            self._serving.take((yield from switch._loaded(devices.choose_device(old.device))))
        except Exception as error:
            log.warning("the model before could not be loaded again: %s", error)


def _beside(load: Callable[[], LanguageModel]) -> Generator[Step, None, LanguageModel]:
    """Return what `load` returns, run on a thread of its own, and alone."""
    unwanted = threading.Event()

    def alone() -> LanguageModel:
        with _one_at_a_time:
            if unwanted.is_set():
                raise ResolveCancelled
            return load()

    try:
        return (yield from on_a_thread(alone, "load"))
    finally:
        unwanted.set()
