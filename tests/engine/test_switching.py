"""One model takes the place of another, in a real loop with tiny models; and the lists of both."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tiny_gguf
import tiny_models

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, footprint, housekeeping
from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    Devices,
    Failed,
    Fetched,
    FetchModel,
    ListDevices,
    ListModels,
    Loaded,
    LoadModel,
    Models,
    Progress,
    Removed,
    RemoveModel,
    Reply,
    Request,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.worker import Cancel, Features, Loop, Message, Stop
from gpt_assistant.features.registry import features as real_features

SECONDS = 60.0
NO_ROOM = "There is no room for two models"


class Serving:
    """A loop on a thread, and what it says."""

    def __init__(self, features: Features) -> None:
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.said: list[Reply] = []
        self.loop = Loop(self.replies.put, lambda: features)
        self.thread = threading.Thread(target=self.loop.serve, args=(self.inbox,), daemon=True)
        self.thread.start()

    def end_of(self, identity: int) -> Reply:
        """Return the final reply to a request."""
        while True:
            for reply in self.said:
                if reply.id == identity and reply.final:
                    return reply
            self.said.append(self.replies.get(timeout=SECONDS))

    def ask(self, request: Request) -> Reply:
        self.inbox.put(request)
        return self.end_of(request.id)

    def told_of(self, identity: int) -> list[str]:
        return [str(each.text) for each in self.said if isinstance(each, Progress) and each.id == identity]


def answer(model: LanguageModel, request: Request) -> Generator[None, None, Reply]:
    """Say which model answers."""
    yield None
    return Loaded(request.id, model.description.name)


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    return paths.models_folder()


@pytest.fixture
def serve() -> Iterator[Callable[[], Serving]]:
    started: list[Serving] = []

    def start() -> Serving:
        started.append(Serving({**real_features(), Complete: answer}))
        return started[-1]

    yield start
    for serving in started:
        serving.inbox.put(Stop())
        serving.thread.join(SECONDS)
        assert not serving.thread.is_alive()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return tiny_models.saved("llama", tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return tiny_models.saved("qwen3", tmp_path / "second")


@pytest.fixture
def ready(serve: Callable[[], Serving], first: Path) -> Serving:
    """Return a loop that has loaded the first model."""
    serving = serve()
    assert isinstance(serving.ask(LoadModel(1, str(first))), Loaded)
    return serving


def who(serving: Serving, identity: int) -> str:
    """Return which model answers now."""
    reply = serving.ask(Complete(identity))
    assert isinstance(reply, Loaded)
    return reply.name


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold every load until the event is set."""
    go = threading.Event()
    real = LanguageModel.load.__func__  # type: ignore[attr-defined]

    def load(cls: type[LanguageModel], folder: Path, **options: Any) -> LanguageModel:
        assert go.wait(SECONDS)
        made: LanguageModel = real(cls, folder, **options)
        return made

    monkeypatch.setattr(LanguageModel, "load", classmethod(load))
    return go


def test_the_old_model_answers_while_the_new_one_is_loaded(
    ready: Serving, second: Path, held: threading.Event
) -> None:
    ready.inbox.put(LoadModel(2, str(second)))
    assert [who(ready, identity) for identity in range(10, 20)] == ["first"] * 10
    held.set()
    assert isinstance(ready.end_of(2), Loaded)
    assert who(ready, 20) == "second"


def test_of_two_that_are_asked_for_the_later_one_is_taken(
    ready: Serving, first: Path, second: Path, held: threading.Event
) -> None:
    ready.inbox.put(LoadModel(2, str(second)))
    while not ready.told_of(2) or "Loading" not in ready.told_of(2)[-1]:
        ready.said.append(ready.replies.get(timeout=SECONDS))
    ready.inbox.put(LoadModel(3, str(first), dtype="float32"))
    assert ready.end_of(2) == Cancelled(2)
    held.set()
    loaded = ready.end_of(3)
    assert isinstance(loaded, Loaded)
    assert (loaded.name, loaded.dtype) == ("first", "float32")
    assert who(ready, 20) == "first"


@pytest.mark.parametrize("device", ["cuda:7", "xpu", "mps"])
def test_a_device_that_is_not_there_changes_nothing(ready: Serving, second: Path, device: str) -> None:
    failed = ready.ask(LoadModel(2, str(second), device))
    assert isinstance(failed, Failed)
    assert device in failed.text
    assert not failed.memory
    assert who(ready, 3) == "first"


# -- memory ------------------------------------------------------------------------------------------


def have(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let `free` bytes be had."""
    monkeypatch.setattr(footprint, "free_memory", lambda _device: free)


def test_what_clearly_does_not_fit_is_refused_and_may_be_tried_anyway(
    ready: Serving, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have(monkeypatch, 1000)
    failed = ready.ask(LoadModel(2, str(second), "cpu"))
    assert isinstance(failed, Failed)
    assert failed.memory
    assert "\n" not in failed.text
    assert "second needs about" in failed.text
    assert who(ready, 3) == "first"
    assert isinstance(ready.ask(LoadModel(4, str(second), "cpu", anyway=True)), Loaded)
    assert who(ready, 5) == "second"


def test_a_number_format_that_fits_is_named(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = footprint.of_folder(first)
    have(monkeypatch, footprint._needed(count, "cpu", "bfloat16"))
    with pytest.raises(footprint.NotFitting, match="choose the number format bfloat16, or a smaller model"):
        footprint.check("first", count, "cpu", "float32")
    have(monkeypatch, 1)
    with pytest.raises(footprint.NotFitting, match="choose a smaller model, or close other programs"):
        footprint.check("first", count, "cpu", "float32")
    have(monkeypatch, 0)  # not known
    footprint.check("first", count, "cpu", "float32")


def room_for_one(monkeypatch: pytest.MonkeyPatch, serving: Serving, folder: Path) -> None:
    """Leave room for the new model only once the old one is gone."""
    assert serving.loop.model is not None
    needed = footprint._needed(footprint.of_folder(folder), "cpu", "auto")
    old = serving.loop.model.description.memory
    monkeypatch.setattr(
        footprint, "free_memory", lambda _device: needed - (old // 2 if serving.loop.model else 0)
    )
    monkeypatch.setattr(footprint, "_needed", lambda *_: needed)


def test_where_both_do_not_fit_the_old_one_goes_first(
    ready: Serving, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for_one(monkeypatch, ready, second)
    assert isinstance(ready.ask(LoadModel(2, str(second))), Loaded)
    assert any(NO_ROOM in text for text in ready.told_of(2))
    assert who(ready, 3) == "second"


def test_the_old_one_comes_back_if_the_new_one_cannot_be_loaded(
    ready: Serving, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for_one(monkeypatch, ready, second)
    (second / "tokenizer.json").write_text("{}")
    failed = ready.ask(LoadModel(2, str(second)))
    assert isinstance(failed, Failed)
    told = ready.told_of(2)
    assert any(NO_ROOM in text for text in told)
    assert "Going back" in told[-1]
    assert who(ready, 3) == "first"


def without_a_model(serving: Serving, second: Path) -> None:
    """Have the first model give way to a second one whose loading is held."""
    serving.inbox.put(LoadModel(2, str(second)))
    while not any(NO_ROOM in text for text in serving.told_of(2)):
        serving.said.append(serving.replies.get(timeout=SECONDS))
    while serving.loop.model is not None:
        threading.Event().wait(0.01)


def test_the_old_one_comes_back_if_a_later_one_cannot_be_loaded_either(
    ready: Serving, second: Path, tmp_path: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for_one(monkeypatch, ready, second)
    without_a_model(ready, second)
    third = tiny_models.saved("llama", tmp_path / "third")
    (third / "tokenizer.json").write_text("{}")
    ready.inbox.put(LoadModel(3, str(third)))
    assert ready.end_of(2) == Cancelled(2)
    held.set()
    assert isinstance(ready.end_of(3), Failed)
    assert "Going back" in ready.told_of(3)[-1]
    assert who(ready, 4) == "first"


def test_the_old_one_comes_back_if_the_new_one_is_cancelled(
    ready: Serving, second: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_for_one(monkeypatch, ready, second)
    without_a_model(ready, second)
    ready.inbox.put(Cancel(2))
    assert ready.end_of(2) == Cancelled(2), "at once: the second is still being loaded"
    ready.said.clear()
    held.set()
    assert isinstance(ready.end_of(1), Loaded)
    assert who(ready, 3) == "first"


# -- lists, fetching, removing -----------------------------------------------------------------------


def test_models_and_devices_are_listed_before_any_model_is_loaded(serve: Callable[[], Serving]) -> None:
    serving = serve()
    devices = serving.ask(ListDevices(1))
    assert isinstance(devices, Devices)
    assert devices.devices[-1].id == "cpu"
    assert devices.automatic in [each.id for each in devices.devices]
    listed = serving.ask(ListModels(2))
    assert isinstance(listed, Models)
    assert [row.id for row in listed.models] == [entry.id for entry in catalogue.entries()]
    assert listed.free > 0
    assert listed.folder == str(paths.models_folder())
    assert not any(row.installed for row in listed.models)
    for row in listed.models:
        assert bool(row.memory) == (row.kind in ("completion", "chat"))


def test_a_file_of_the_writers_is_prepared_listed_and_removed(
    serve: Callable[[], Serving], tmp_path: Path, models: Path
) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "mine.gguf")
    serving = serve()
    fetched = serving.ask(FetchModel(1, str(gguf)))
    assert isinstance(fetched, Fetched)
    assert fetched.name == "mine"
    assert fetched.size > 0
    assert serving.told_of(1)
    listed = serving.ask(ListModels(2))
    assert isinstance(listed, Models)
    (row,) = (row for row in listed.models if row.installed)
    assert (row.id, row.origin, row.size, row.kind) == (str(gguf), "gguf", fetched.size, row.kind)
    assert [name for name, _ in row.memory] == list(footprint.PRECISIONS)
    assert isinstance(serving.ask(LoadModel(3, str(gguf))), Loaded)
    removed = serving.ask(RemoveModel(4, str(gguf)))
    assert isinstance(removed, Removed)
    assert removed.freed >= fetched.size
    assert gguf.exists()
    assert isinstance(serving.ask(RemoveModel(5, str(gguf))), Failed)


def test_a_folder_elsewhere_is_listed_when_it_is_named(serve: Callable[[], Serving], first: Path) -> None:
    listed = serve().ask(ListModels(1, also=(str(first), "/nowhere", "default")))
    assert isinstance(listed, Models)
    (row,) = (row for row in listed.models if row.installed)
    assert (row.id, row.name, row.origin) == (str(first), "first", "folder")


def test_fetching_what_has_terms_needs_them_accepted(serve: Callable[[], Serving]) -> None:
    serving = serve()
    entry = next(entry for entry in catalogue.entries() if entry.terms)
    failed = serving.ask(FetchModel(1, entry.id, offline=True))
    assert isinstance(failed, Failed)
    assert "terms to accept first" in failed.text
    failed = serving.ask(FetchModel(2, entry.id, accepted=True, offline=True))
    assert isinstance(failed, Failed)
    assert "Stay offline" in failed.text
    assert catalogue.accepted(entry)


def test_fetching_can_be_cancelled(
    serve: Callable[[], Serving], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def wait(_source: str, *, cancelled: Callable[[], bool], **_: Any) -> Any:
        began.set()
        while not cancelled():
            threading.Event().wait(0.01)
        raise RuntimeError("cancelled")

    monkeypatch.setattr("gpt_assistant.engine.sources.resolve", wait)
    serving = serve()
    serving.inbox.put(FetchModel(1, "org/name"))
    assert began.wait(SECONDS)
    serving.inbox.put(Cancel(1))
    assert serving.end_of(1) == Cancelled(1)


def test_what_a_model_is_for_is_read_off_its_files(first: Path) -> None:
    assert housekeeping._kind(first) == "completion"
    (first / "tokenizer_config.json").write_text('{"chat_template": "x"}')
    assert housekeeping._kind(first) == "chat"
    (first / "config.json").write_text('{"is_encoder_decoder": true}')
    assert housekeeping._kind(first) == "translation"


def test_a_bundled_model_is_said_to_have_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = replace(catalogue.entries()[0])
    monkeypatch.setattr(paths, "bundled_models", lambda: tmp_path / "along")
    place = tmp_path / "along" / entry.id
    place.mkdir(parents=True)
    (place / entry.file_name).write_bytes(b"")
    row = housekeeping.of_entry(entry)
    assert (row.origin, row.download) == ("bundled", 0)
