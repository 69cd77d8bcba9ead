"""The loop on a thread, with small features that say in which order their steps ran, and tiny models.

A step that puts messages into the inbox decides where between two steps they arrive: nothing sleeps.
"""

from __future__ import annotations

import json
import queue
import shutil
import threading
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
import tiny_models
import torch
from held import WAITING, Held
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from threaded import Worker

from gpt_assistant.engine import devices
from gpt_assistant.engine import model as engine_model
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    DeviceChanged,
    Failed,
    Loaded,
    LoadModel,
    Priority,
    Progress,
    Reply,
    Request,
    Suggested,
    Suggesting,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.worker import Cancel, Feature, Features, Loop, Message, Stop
from gpt_assistant.features.registry import features as real_features
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Reason, Suggestion

SECONDS = 20.0  # that a loaded machine may take for what takes a few milliseconds
LOAD = 1000  # the id of the first model's request
GPU = "Some GPU"


@dataclass(frozen=True, slots=True)
class Work(Request):
    """Takes `steps` steps; what happens in them is the feature's business."""

    steps: int = 3


@dataclass(frozen=True, slots=True)
class Check(Request):
    priority: ClassVar[Priority] = Priority.SPELLING


@dataclass(frozen=True, slots=True)
class Mood(Request):
    priority: ClassVar[Priority] = Priority.SENTIMENT


@dataclass(frozen=True, slots=True)
class Idle(Request):
    priority: ClassVar[Priority] = Priority.IDLE


@dataclass(frozen=True, slots=True)
class Done(Reply):
    """The end of the requests above, with what the model was that answered."""

    name: str = ""
    device: str = ""


Steps = Generator[Reply | None, None, Reply]


def answer(model: LanguageModel, request: Request) -> Steps:
    """Say which model answers."""
    yield None
    return Done(request.id, model.description.name, model.description.device)


class Serving:
    """A loop on a thread, and what it said."""

    def __init__(self, features: Callable[[], Features]) -> None:
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.said: list[Reply] = []
        self._replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.loop = Loop(self._replies.put, features)
        self.thread = threading.Thread(target=self.loop.serve, args=(self.inbox,))
        self.thread.start()

    @property
    def model(self) -> LanguageModel:
        assert self.loop.model is not None
        return self.loop.model

    def submit(self, *messages: Message) -> None:
        for message in messages:
            self.inbox.put(message)

    def wait(self, wanted: Callable[[Reply], bool]) -> Reply:
        """Return the first reply from now on that is `wanted`."""
        while True:
            reply = self._replies.get(timeout=SECONDS)
            self.said.append(reply)
            if wanted(reply):
                return reply

    def end_of(self, identity: int) -> Reply:
        """Return the final reply to a request, now or later."""
        for reply in self.said:
            if reply.id == identity and reply.final:
                return reply
        return self.wait(lambda reply: reply.id == identity and reply.final)

    def ask(self, request: Request) -> Reply:
        self.submit(request)
        return self.end_of(request.id)

    def said_to(self, identity: int) -> list[Reply]:
        """Return all that was said about a request; to be asked once everything is."""
        return [reply for reply in self.said if reply.id == identity]

    def stop(self) -> None:
        """End the loop, and take in what it said last."""
        self.submit(Stop())
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()
        while not self._replies.empty():
            self.said.append(self._replies.get())


@pytest.fixture(autouse=True)
def _own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    yield
    for thread in threading.enumerate():
        if thread.name == "fetch":
            thread.join(SECONDS)
            assert not thread.is_alive(), "what was fetched for a cancelled request goes on"


@pytest.fixture
def serve() -> Iterator[Callable[..., Serving]]:
    """Return a function that starts a loop on a thread, without a model."""
    started: list[Serving] = []

    def start(features: Mapping[type[Request], Feature]) -> Serving:
        started.append(Serving(lambda: features))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.saved("llama", tmp_path_factory.mktemp("worker") / "tiny")


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """Return the folder of a model that the test may damage."""
    return shutil.copytree(folder, tmp_path / "own")


def load(source: Path | str, identity: int = LOAD) -> LoadModel:
    return LoadModel(identity, str(source), "cpu", threads=1, offline=True)


@pytest.fixture
def ready(serve: Callable[..., Serving], folder: Path) -> Callable[..., Serving]:
    """Return a function that starts a loop with a tiny model."""

    def start(features: Mapping[type[Request], Feature]) -> Serving:
        serving = serve(features)
        assert isinstance(serving.ask(load(folder)), Loaded)
        return serving

    return start


def refusal(reply: Reply) -> str:
    """Return the one line of a Failed reply."""
    assert isinstance(reply, Failed), reply
    assert reply.text.strip() == reply.text != ""
    assert len(reply.text.splitlines()) == 1
    return reply.text


# -- which step is next ----------------------------------------------------------------------------


def test_a_completion_overtakes_a_task_between_its_steps(ready: Callable[..., Serving]) -> None:
    order: list[str] = []

    def task(_model: LanguageModel, request: Work) -> Steps:
        for step in range(4):
            order.append(f"task {step}")
            if step == 1:
                serving.submit(Complete(2))
            yield Progress(request.id, step / 4)
        return Done(request.id)

    def completion(_model: LanguageModel, request: Complete) -> Steps:
        for step in range(3):
            order.append(f"completion {step}")
            yield Suggesting(request.id)
        return Suggested(request.id)

    serving = ready({Work: task, Complete: completion})
    assert serving.ask(Work(1)) == Done(1)
    assert order == [
        "task 0", "task 1", "completion 0", "completion 1", "completion 2", "task 2", "task 3",
    ]  # fmt: skip
    fractions = [Progress(1, step / 4) for step in range(4)]
    assert [reply for reply in serving.said if reply.id != LOAD] == [
        *fractions[:2], *[Suggesting(2)] * 3, Suggested(2), *fractions[2:], Done(1),
    ]  # fmt: skip


def test_every_step_goes_to_the_most_urgent_and_among_equals_to_the_oldest(
    ready: Callable[..., Serving],
) -> None:
    order: list[int] = []

    def three(_model: LanguageModel, request: Request) -> Steps:
        for step in range(3):
            order.append(request.id)
            if request.id == 1 and step == 0:  # all arrive at once, the least urgent first
                serving.submit(Idle(2), Work(3), Mood(4), Check(5), Complete(6), Check(7))
            if request.id == 4 and step == 1:
                serving.submit(Check(8))
            yield None
        return Done(request.id)

    serving = ready(dict.fromkeys((Work, Idle, Mood, Check, Complete), three))
    serving.submit(Work(1))
    serving.end_of(2)
    assert order == [1, *[6] * 3, *[5] * 3, *[7] * 3, 4, 4, *[8] * 3, 4, 1, 1, *[3] * 3, *[2] * 3]
    assert [reply.id for reply in serving.said if reply.id != LOAD] == [6, 5, 7, 8, 4, 1, 3, 2]


def test_a_newer_completion_takes_the_place_of_an_older(ready: Callable[..., Serving]) -> None:
    order: list[str] = []

    def completion(_model: LanguageModel, request: Complete) -> Steps:
        try:
            order.append(f"begin {request.id}")
            if request.id == 1:
                serving.submit(Complete(2), Complete(3), Work(4))
            yield None
            order.append(f"end {request.id}")
        finally:
            order.append(f"close {request.id}")
        return Suggested(request.id)

    serving = ready({Complete: completion, Work: answer})
    serving.submit(Complete(1))
    serving.end_of(4)
    assert serving.said_to(1) == [Cancelled(1)]
    assert serving.said_to(2) == [Cancelled(2)]
    assert serving.said_to(3) == [Suggested(3)]
    assert order == ["begin 1", "close 1", "begin 3", "end 3", "close 3"]


def test_other_requests_do_not_replace_each_other(ready: Callable[..., Serving]) -> None:
    def work(model: LanguageModel, request: Work) -> Steps:
        if request.id == 1:
            serving.submit(Work(2), Complete(3))
        return (yield from answer(model, request))

    serving = ready({Work: work, Complete: answer})
    serving.submit(Work(1))
    serving.end_of(2)
    assert [type(serving.end_of(identity)) for identity in (1, 2, 3)] == [Done] * 3


# -- cancelling and stopping -----------------------------------------------------------------------


def test_a_cancelled_request_is_closed_and_says_so_once(ready: Callable[..., Serving]) -> None:
    closed: list[int] = []

    def work(_model: LanguageModel, request: Work) -> Steps:
        try:
            serving.submit(Cancel(request.id), Cancel(request.id))
            yield None
        finally:
            closed.append(request.id)
        return Done(request.id)

    serving = ready({Work: work, Idle: answer})
    assert serving.ask(Work(1)) == Cancelled(1)
    assert closed == [1]
    serving.submit(Cancel(1), Cancel(99), Idle(2))
    serving.end_of(2)
    assert serving.said_to(1) == [Cancelled(1)]
    assert serving.said_to(99) == []


def test_cancelling_what_is_finished_says_nothing(ready: Callable[..., Serving]) -> None:
    serving = ready({Work: answer, Idle: answer})
    serving.ask(Work(1))
    serving.submit(Cancel(1))
    serving.ask(Idle(2))
    assert [type(reply) for reply in serving.said_to(1)] == [Done]


def test_stop_cancels_what_is_pending(ready: Callable[..., Serving]) -> None:
    closed: list[int] = []

    def work(_model: LanguageModel, request: Work) -> Steps:
        try:
            serving.submit(Work(2), Idle(3), Stop(), Work(4))
            yield None
        finally:
            closed.append(request.id)
        return Done(request.id)

    serving = ready({Work: work, Idle: answer})
    serving.submit(Work(1))
    serving.thread.join(SECONDS)
    assert not serving.thread.is_alive()
    serving.stop()
    assert [reply for reply in serving.said if reply.id != LOAD] == [Cancelled(1), Cancelled(2), Cancelled(3)]
    assert closed == [1]


# -- failing ---------------------------------------------------------------------------------------


class Panic(BaseException):
    """As pyo3's PanicException, which is no Exception either."""


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("the first line\nand a second"), "ValueError: the first line"),
        (ValueError("\n\n  the first line\r\nand a second"), "ValueError: the first line"),
        (RuntimeError(), "RuntimeError"),
        (ModelUnavailable("It is not here. Fetch it.\nReally."), "It is not here. Fetch it."),
        (Panic("called unwrap() on a None value"), "Panic: called unwrap() on a None value"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("step", [0, 2])
def test_an_exception_ends_its_own_request_alone(
    ready: Callable[..., Serving], error: BaseException, line: str, step: int
) -> None:
    def work(_model: LanguageModel, request: Work) -> Steps:
        serving.submit(Idle(2))
        for _ in range(step):
            yield None
        raise error

    serving = ready({Work: work, Idle: answer})
    assert refusal(serving.ask(Work(1))) == line
    assert serving.end_of(2) == Done(2, "tiny", "cpu")
    assert serving.said_to(1) == [Failed(1, line)]
    assert serving.ask(Idle(3)) == Done(3, "tiny", "cpu")


def test_an_exception_while_a_request_is_closed_hurts_nobody(ready: Callable[..., Serving]) -> None:
    def work(_model: LanguageModel, request: Work) -> Steps:
        serving.submit(Cancel(request.id))
        try:
            yield None
        finally:
            raise OSError("the file cannot be closed")

    serving = ready({Work: work, Idle: answer})
    assert serving.ask(Work(1)) == Cancelled(1)
    assert serving.ask(Idle(2)) == Done(2, "tiny", "cpu")


def test_a_request_that_no_feature_answers_fails(ready: Callable[..., Serving]) -> None:
    serving = ready({Work: answer})
    refusal(serving.ask(Mood(1)))
    assert isinstance(serving.ask(Work(2)), Done)


Sent = tuple[str, int, bool]


def test_every_request_ends_with_exactly_one_final_reply(ready: Callable[..., Serving]) -> None:
    """Whatever arrives, is cancelled, replaced or fails, and wherever between the steps."""
    scripts: dict[int, Sent] = {}
    later: list[Message] = []
    numbers = iter(range(1, 10**6))
    kinds: dict[str, type[Request]] = {"work": Work, "check": Check, "complete": Complete}

    def scripted(_model: LanguageModel, request: Request) -> Steps:
        _, steps, fails = scripts[request.id]
        for _ in range(steps):
            if later:
                serving.submit(later.pop(0))
            yield Progress(request.id)
        if fails:
            raise ValueError("as the script has it")
        return Done(request.id)

    serving = ready(dict.fromkeys(kinds.values(), scripted) | {Idle: answer})
    sent = st.tuples(st.sampled_from([*kinds, "cancel"]), st.integers(0, 4), st.booleans())

    @settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    @given(at_once=st.lists(sent, min_size=1, max_size=5), afterwards=st.lists(sent, max_size=8))
    def check(at_once: list[Sent], afterwards: list[Sent]) -> None:
        serving.said.clear()
        scripts.clear()
        messages: list[Message] = []
        for each in [*at_once, *afterwards]:
            if each[0] == "cancel":
                messages.append(Cancel(max(scripts, default=0) - each[1]))
            else:
                identity = next(numbers)
                scripts[identity] = each
                messages.append(kinds[each[0]](identity))
        later[:] = messages[len(at_once) :]
        serving.submit(*messages[: len(at_once)])
        serving.ask(Idle(next(numbers)))  # runs when nothing else can
        serving.submit(*later)
        later.clear()
        serving.ask(Idle(next(numbers)))
        for identity, (kind, _, fails) in scripts.items():
            finals = [reply for reply in serving.said_to(identity) if reply.final]
            assert len(finals) == 1
            assert serving.said_to(identity)[-1] is finals[0]
            assert type(finals[0]) in ((Cancelled, Failed) if fails else (Cancelled, Done)), kind

    check()


# -- without a model -------------------------------------------------------------------------------


def test_without_a_model_nothing_is_imported_and_everything_answered(
    serve: Callable[..., Serving], folder: Path
) -> None:
    called: list[str] = []

    def features() -> Features:
        called.append("features")
        return {Complete: answer, Work: answer}

    serving = serve({})
    serving.loop.features = features
    assert serving.ask(Complete(1)) == Suggested(1, Suggestion("", Reason.NO_MODEL))
    assert "No model is loaded" in refusal(serving.ask(Work(2)))
    refusal(serving.ask(load(folder / "nowhere", 3)))
    assert serving.ask(Complete(4)) == Suggested(4, Suggestion("", Reason.NO_MODEL))
    assert called == []
    serving.ask(load(folder, 5))
    serving.ask(load(folder, 6))
    assert called == ["features"]
    assert serving.ask(Work(7)) == Done(7, "tiny", "cpu")


# -- loading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["llama", "gpt2"])
def test_a_model_is_loaded_with_progress_and_answers(
    serve: Callable[..., Serving], tmp_path: Path, name: str
) -> None:
    serving = serve(real_features())
    loaded = serving.ask(load(tiny_models.saved(name, tmp_path / f"my {name}")))
    model = tiny_models.cached_model(name)
    assert isinstance(loaded, Loaded)
    assert loaded == Loaded(
        LOAD, f"my {name}", type(model).__name__, "cpu", "int8", model.num_parameters(),
        loaded.memory, loaded.seconds,
    )  # fmt: skip
    assert 0 < loaded.memory < 4 * loaded.parameters, "packed"
    assert 0 < loaded.seconds < SECONDS
    *progress, last = serving.said
    assert last is loaded
    assert [type(reply) for reply in progress] == [Progress] * len(progress)
    assert progress[0] == Progress(LOAD, -1.0, "Starting the model…")
    assert progress[-1] == Progress(LOAD, -1.0, "Loading the model…")
    found = serving.ask(Complete(1, Context("Thank you very mu"), eagerness=100))
    assert isinstance(found, Suggested)
    assert found.ms_total > 0, "a real feature ran on a real model"


def _no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _half_the_weights(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _no_json(folder: Path) -> None:
    (folder / "config.json").write_text("{\n\n")


def _panic(folder: Path) -> None:
    """Make tokenizers panic: it indexes the vocabulary by a merge that is not in it."""
    file = folder / "tokenizer.json"
    tokenizer = json.loads(file.read_text())
    tokenizer["model"] |= {"vocab": {"a": 0, "b": 5}, "merges": [["a", "b"]]}
    file.write_text(json.dumps(tokenizer))


@pytest.mark.parametrize("damage", [shutil.rmtree, _no_weights, _half_the_weights, _no_json, _panic])
def test_a_broken_model_fails_and_the_old_one_goes_on(
    ready: Callable[..., Serving], own_folder: Path, damage: Callable[[Path], None]
) -> None:
    for packed in own_folder.glob("packed-*"):
        packed.unlink()
    damage(own_folder)
    serving = ready({Work: answer})
    before = serving.model
    refusal(serving.ask(load(own_folder, 1)))
    assert serving.loop.model is before
    assert serving.ask(Work(2)) == Done(2, "tiny", "cpu")


def test_the_old_model_answers_until_the_new_one_is_there(
    ready: Callable[..., Serving], own_folder: Path, tmp_path: Path
) -> None:
    serving = ready({Work: answer, Complete: answer})
    other = Held(tmp_path / "other.gguf", b"GGUF, as far as this test goes")
    serving.submit(load(other.source, 1))
    serving.wait(lambda reply: reply == Progress(1, -1.0, WAITING))
    for identity in range(2, 6):
        assert serving.ask(Work(identity)) == Done(identity, "tiny", "cpu")
    assert serving.ask(Complete(6)) == Done(6, "tiny", "cpu")
    assert not any(reply.final for reply in serving.said_to(1))
    assert isinstance(serving.ask(load(own_folder, 7)), Loaded)
    assert serving.said_to(1)[-1] == Cancelled(1), "a newer model takes the place of an older"
    assert sum(reply.final for reply in serving.said_to(1)) == 1
    assert serving.ask(Work(8)) == Done(8, "own", "cpu")


def test_loading_can_be_cancelled(ready: Callable[..., Serving], tmp_path: Path) -> None:
    serving = ready({Work: answer})
    held = Held(tmp_path / "held.gguf", b"GGUF, as far as this test goes")
    serving.submit(load(held.source, 1))
    serving.wait(lambda reply: reply == Progress(1, -1.0, WAITING))
    serving.submit(Cancel(1))
    assert serving.end_of(1) == Cancelled(1)
    assert serving.ask(Work(2)) == Done(2, "tiny", "cpu")


# -- out of memory ---------------------------------------------------------------------------------


def out_of_memory() -> torch.OutOfMemoryError:
    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.\nSee the documentation.")


def as_if_on_gpu(serving: Serving) -> None:
    serving.model.description = replace(serving.model.description, device=GPU)


def starved(model: LanguageModel, request: Request) -> Steps:
    """Run out of memory on the GPU, and answer on the CPU."""
    session = model.session("starved")
    yield None
    if model.description.device == GPU:
        raise out_of_memory()
    assert session is model.session("starved")
    return Done(request.id, model.description.name, model.description.device)


def test_out_of_memory_moves_the_model_and_the_request_is_answered(ready: Callable[..., Serving]) -> None:
    began: list[str] = []

    def work(model: LanguageModel, request: Work) -> Steps:
        began.append(model.description.device)
        if model.description.device == GPU:
            serving.submit(Complete(2), Check(3))
        yield None
        return Done(request.id, model.description.name, model.description.device)

    serving = ready({Work: work, Complete: starved, Check: answer})
    as_if_on_gpu(serving)
    before = serving.model
    serving.submit(Work(1))
    assert serving.end_of(2) == Done(2, "tiny", "cpu")
    assert serving.end_of(1) == Done(1, "tiny", "cpu")
    assert serving.end_of(3) == Done(3, "tiny", "cpu")
    assert began == [GPU, "cpu"], "what was under way begins again"
    changed, done = serving.said_to(2)
    assert (type(changed), done.final) == (DeviceChanged, True)
    assert isinstance(changed, DeviceChanged)
    assert changed.device == "cpu"
    assert "out of memory" in changed.text
    assert len(serving.said_to(1)) == len(serving.said_to(3)) == 1
    assert serving.model is not before
    assert serving.model.description.device == "cpu"
    assert serving.ask(Complete(4)) == Done(4, "tiny", "cpu")
    assert serving.said_to(4) == [Done(4, "tiny", "cpu")], "the device changes once"


def test_the_weights_are_let_go_before_the_gpu_gives_its_memory_back(
    ready: Callable[..., Serving], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the sessions of requests nor the traceback may hold them then."""
    serving = ready({Work: answer, Complete: starved})
    as_if_on_gpu(serving)
    network = weakref.ref(serving.model.network)
    held: list[bool] = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: held.append(network() is not None))
    assert serving.ask(Complete(1)) == Done(1, "tiny", "cpu")
    assert held == [False]


def test_out_of_memory_on_the_cpu_fails_like_anything_else(ready: Callable[..., Serving]) -> None:
    def hungry(_model: LanguageModel, _request: Work) -> Steps:
        yield None
        raise out_of_memory()

    serving = ready({Work: hungry, Idle: answer})
    before = serving.model
    assert "out of memory" in refusal(serving.ask(Work(1)))
    assert [type(reply) for reply in serving.said_to(1)] == [Failed]
    assert serving.ask(Idle(2)) == Done(2, "tiny", "cpu")
    assert serving.model is before


def test_a_model_that_cannot_be_moved_is_lost_and_the_thread_is_not(
    serve: Callable[..., Serving], own_folder: Path, folder: Path
) -> None:
    def work(model: LanguageModel, request: Work) -> Steps:
        if model.description.device == GPU:
            serving.submit(Complete(2))
        return (yield from answer(model, request))

    serving = serve({Work: work, Complete: starved})
    serving.ask(load(own_folder))
    as_if_on_gpu(serving)
    shutil.rmtree(own_folder)  # the other program that needs the GPU tidied up, say
    serving.submit(Work(1))
    assert str(own_folder) in refusal(serving.end_of(2))
    assert "No model is loaded" in refusal(serving.end_of(1))
    assert serving.ask(Complete(3)) == Suggested(3, Suggestion("", Reason.NO_MODEL))
    assert isinstance(serving.ask(load(folder, 4)), Loaded)
    assert serving.ask(Complete(5)) == Done(5, "tiny", "cpu")


@pytest.mark.parametrize("when", ["weights", "warm-up"])
def test_a_model_too_large_for_the_gpu_is_loaded_onto_the_cpu(
    serve: Callable[..., Serving], folder: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    real = engine_model._network

    def full(*_: Any, **__: Any) -> Any:
        raise out_of_memory()

    def network(folder: Path, config: Mapping[str, Any], device: str, *rest: Any) -> Any:
        if device == "cpu":
            return real(folder, config, device, *rest)
        if when == "weights":
            raise out_of_memory()
        made = real(folder, config, "cpu", *rest)
        made.forward = full
        return made

    monkeypatch.setattr(engine_model, "_network", network)
    monkeypatch.setattr(devices, "choose_device", lambda wanted: wanted)
    monkeypatch.setattr(devices, "device_name", lambda device: device if device == "cpu" else GPU)
    serving = serve({Work: answer})
    loaded = serving.ask(replace(load(folder), device="cuda"))
    assert isinstance(loaded, Loaded)
    assert loaded.device == "cpu"
    (changed,) = (reply for reply in serving.said if isinstance(reply, DeviceChanged))
    assert (changed.id, changed.device) == (LOAD, "cpu")
    assert "does not fit" in changed.text
    assert serving.ask(Work(1)) == Done(1, "tiny", "cpu")


def test_a_log_never_holds_the_writers_text(
    serve: Callable[..., Serving], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_model: LanguageModel, _request: Complete) -> Steps:
        yield None
        raise RuntimeError("out of luck")

    serving = serve({Complete: fails})
    serving.ask(load(folder))
    failed = serving.ask(Complete(7, Context("my secret diary")))
    assert isinstance(failed, Failed)
    assert "Complete 7 failed" in caplog.text
    assert "out of luck" in caplog.text
    assert "secret" not in caplog.text


# -- on a thread ---------------------------------------------------------------------


def test_worker_replies_on_its_own_thread_and_ends() -> None:
    replies: queue.SimpleQueue[tuple[Reply, str]] = queue.SimpleQueue()
    worker = Worker(lambda reply: replies.put((reply, threading.current_thread().name)), dict)
    assert worker.running
    worker.submit(Complete(1))
    reply, thread = replies.get(timeout=SECONDS)
    assert reply == Suggested(1, Suggestion("", Reason.NO_MODEL))
    assert thread == "model"
    assert worker.stop(SECONDS)
    assert not worker.running
    assert worker.stop(), "again does no harm"


def test_stopping_does_not_wait_for_a_step_longer_than_it_was_told(folder: Path) -> None:
    began, go_on = threading.Event(), threading.Event()
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()

    def stuck(_model: LanguageModel, request: Work) -> Steps:
        began.set()
        go_on.wait(SECONDS)
        yield None
        return Done(request.id)

    worker = Worker(replies.put, lambda: {Work: stuck})
    worker.submit(load(folder))
    while not isinstance(reply := replies.get(timeout=SECONDS), Loaded):
        assert isinstance(reply, Progress), reply
    worker.submit(Work(1))
    assert began.wait(SECONDS)
    assert not worker.stop(0.01)
    assert worker.running
    go_on.set()
    assert worker.stop(SECONDS)
    said = [replies.get() for _ in range(replies.qsize())]
    assert said == [Cancelled(1)], "the step ends, the request is cancelled"
