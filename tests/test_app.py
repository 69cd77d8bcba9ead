"""The whole program but for the default model: a real window, the model's own process, tiny models."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import shiboken6
import torch
from engine import loopback, tiny_gguf, tiny_models
from engine.threaded import Worker
from held import WAITING, Held
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gpt_assistant.app import Application
from gpt_assistant.engine import devices, footprint
from gpt_assistant.engine import model as engine_model
from gpt_assistant.engine.messages import Ended, Loaded, Reply, Suggested
from gpt_assistant.features.registry import features
from gpt_assistant.link import Link
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.models_dialog import open_models

# The platform without a display says what it lacks; every other warning of Qt is a failure.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MS = 20_000  # that a loaded machine may take
GPU = "Some GPU"

# Prints what is imported at the first paint of the window, and again once it names the model; then ends.
SCRIPT = """
import sys

from PySide6.QtCore import QEvent, QObject, QTimer

from gpt_assistant.app import make_qt_application, run
from gpt_assistant.ui.window import MainWindow


class Watch(QObject):
    said = ()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window = watched.window()
            if isinstance(window, MainWindow) and window.isVisible():
                self.say("painted")
                if window.status.model.text():
                    self.say(window.status.model.text())
                    QTimer.singleShot(0, window.close)
        return False

    def say(self, what):
        if what not in self.said:
            self.said = (*self.said, what)
            print(what, sorted({"torch", "tokenizers", "transformers", "numpy"} & sys.modules.keys()))


watch = Watch()
make_qt_application().installEventFilter(watch)
sys.exit(run([], {"model": sys.argv[1], "device": "cpu", "threads": 1}))
"""


class Running:
    """A started application, as the writer sees it."""

    def __init__(self, qtbot: QtBot, model: Path | str, link: Link | None = None, **changes: Any) -> None:
        self._qtbot = qtbot
        store = SettingsStore()
        store.change(**{"model": str(model), "device": "cpu", "threads": 1, "offline": True} | changes)
        self.app = Application(store, link)
        self.status = self.app.window.status
        self.replies: list[Reply] = []
        self.app.link.replied.connect(self.replies.append)
        self.app.start()
        qtbot.waitExposed(self.app.window)

    def wait(self, true: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=MS)

    def named(self, name: str) -> None:
        """Wait until the status bar names the model."""
        self.wait(lambda: self.status.model.text().startswith(f"{name} · "))

    @property
    def editor(self) -> Editor:
        editor = self.app.window.current_editor()
        assert editor is not None
        return editor

    def type(self, text: str) -> Suggested:
        """Type, check that it is in the text, and return the answer to the last key.

        Its `ms_total` is 0 if there was no model; what a random model says is of no interest.
        """
        before, asked = self.editor.toPlainText(), self.app.link.next_id()
        QTest.keyClicks(self.editor, text)
        assert self.editor.toPlainText() == before + text
        last = asked + len(text)  # a request for each key
        self.wait(lambda: any(reply.id == last and reply.final for reply in self.replies))
        (reply,) = (reply for reply in self.replies if reply.id == last and reply.final)
        assert isinstance(reply, Suggested), reply
        return reply

    def end(self) -> None:
        self.app.window.end_keeping_work()
        self.wait(lambda: not self.app.link.running)
        # Not left to Python: its collector may run on the next test's model thread, where Qt forbids it.
        shiboken6.delete(self.app.window)
        shiboken6.delete(self.app)


@pytest.fixture(scope="module", autouse=True)
def _no_garbage_of_others() -> None:
    gc.collect()  # see Running.end


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Running]]:
    """Return a function that starts the application."""
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    started: list[Running] = []

    def begin(model: Path | str, link: Link | None = None, **changes: Any) -> Running:
        started.append(Running(qtbot, model, link, **changes))
        return started[-1]

    yield begin
    for each in started:
        each.end()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.saved("llama", tmp_path_factory.mktemp("app") / "tiny")


@pytest.fixture
def held(start: Callable[..., Running], tmp_path: Path) -> Held:
    return Held(tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "other.gguf"))


def test_the_process_of_the_window_never_imports_torch(folder: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    painted, named = done.stdout.splitlines()
    assert painted == "painted []"
    assert named == "tiny · cpu · int8 []", "nor any other library of models"


def test_progress_is_shown_and_then_the_model_and_its_device(
    start: Callable[..., Running], held: Held
) -> None:
    running = start(held.source)
    status = running.status
    running.wait(lambda: status.message.whole == WAITING)
    assert status.bar.isVisible()
    assert status.model.text() == ""
    assert running.app.model.loaded is None
    assert running.type("Thank").suggestion.reason == "no model is loaded"
    held.release()
    running.wait(status.model.text)
    assert status.model.text() == "other · cpu · int8", "named after its file, not after where it is kept"
    assert not status.bar.isVisible()
    assert not status.retry.isVisible()
    assert status.message.whole not in (WAITING, "Loading the model…")
    assert running.type(" you").ms_total > 0


def test_a_missing_model_is_one_line_with_a_way_on(start: Callable[..., Running], tmp_path: Path) -> None:
    missing = tmp_path / "tiny"
    running = start(missing)
    status = running.status
    running.wait(status.retry.isVisible)
    problem = status.message.whole
    assert str(missing) in problem
    assert len(problem.splitlines()) == 1
    assert not status.bar.isVisible()
    assert running.type("Still").suggestion.reason == "no model is loaded"
    running.wait(lambda: "no model is loaded" in status.model.toolTip())  # so the assistant heard
    assert status.message.whole == problem, "it stays until it is solved"
    assert running.app.link.running

    tiny_models.saved("llama", missing)
    QTest.mouseClick(status.retry, Qt.MouseButton.LeftButton)
    running.named("tiny")
    assert not status.retry.isVisible()
    assert status.message.whole != problem
    assert running.type(" here").ms_total > 0


def test_another_model_is_loaded_while_the_old_one_serves(
    start: Callable[..., Running], folder: Path, held: Held
) -> None:
    running = start(folder)
    running.named("tiny")
    running.app.store.change(model=held.source)
    running.wait(lambda: running.status.message.whole == WAITING)
    assert running.type("Thank you").ms_total > 0
    assert running.status.model.text().startswith("tiny · ")
    held.release()
    running.named("other")
    assert isinstance(running.app.model.loaded, Loaded)
    assert running.app.model.loaded.name == "other"
    assert running.type(" very").ms_total > 0


def test_loading_is_cancelled_from_the_status_bar(
    start: Callable[..., Running], folder: Path, held: Held
) -> None:
    running = start(held.source)
    running.wait(lambda: running.status.message.whole == WAITING)
    QTest.mouseClick(running.status.cancel, Qt.MouseButton.LeftButton)
    running.wait(running.status.retry.isVisible)
    assert running.status.message.whole == "Loading the model was cancelled."
    assert not running.status.cancel.isVisible()
    running.app.store.change(model=str(folder))
    running.named("tiny")
    running.app.store.change(model=held.source)
    running.wait(lambda: running.status.message.whole == WAITING)
    QTest.mouseClick(running.status.cancel, Qt.MouseButton.LeftButton)
    running.wait(lambda: running.app.store.current.model == str(folder))
    assert running.type("Thank you").ms_total > 0, "the one before goes on"
    assert not running.status.retry.isVisible()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"model": "{folder}/nowhere"}, "nowhere"),
        ({"model": "{folder}/broken"}, "could not be read"),
        ({"device": "cuda:9"}, "This machine has no device"),
    ],
    ids=str,
)
def test_the_old_model_stays_when_the_other_cannot_be_loaded(
    start: Callable[..., Running], folder: Path, tmp_path: Path, wanted: dict[str, str], said: str
) -> None:
    broken = tiny_models.saved("llama", tmp_path / "broken")
    (broken / "tokenizer.json").write_text("{}")
    running = start(folder)
    running.named("tiny")
    (name, value) = next((key, text.format(folder=tmp_path)) for key, text in wanted.items())
    before = getattr(running.app.store.current, name)
    running.app.store.change(**{name: value})
    assert running.type("Thank you").ms_total > 0
    running.wait(running.status.retry.isVisible)
    assert running.status.model.text().startswith("tiny · ")
    problem = running.status.message.whole
    assert said in problem
    assert problem.endswith("tiny goes on.")
    assert "\n" not in problem
    assert getattr(running.app.store.current, name) == before, "the settings say what runs"
    assert getattr(SettingsStore().current, name) == before
    assert running.type(" very much").ms_total > 0
    first = running.app.model.loading
    QTest.mouseClick(running.status.retry, Qt.MouseButton.LeftButton)
    assert getattr(running.app.store.current, name) == value
    running.wait(running.status.retry.isVisible)
    assert running.app.model.loading != first
    assert getattr(running.app.store.current, name) == before


def test_a_model_that_does_not_fit_can_be_tried_anyway(
    start: Callable[..., Running], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footprint, "free_memory", lambda _device: 1000)
    in_this_process = Link(None, lambda reply: Worker(reply, features))
    running = start(folder, in_this_process, check_memory=False)
    running.named("tiny")
    other = tiny_models.saved("llama", tmp_path / "large")
    running.app.store.change(check_memory=True)
    running.app.store.change(model=str(other))
    running.wait(running.status.other.isVisible)
    assert running.status.message.whole.endswith("tiny goes on.")
    assert running.app.store.current.model == str(folder)
    assert running.type("Thank you").ms_total > 0
    assert running.status.other.text() == "Try anyway"
    QTest.mouseClick(running.status.other, Qt.MouseButton.LeftButton)
    running.named("large")
    assert running.app.store.current.model == str(other)
    assert running.type(" very much").ms_total > 0


def test_a_model_is_fetched_while_the_writer_types_and_then_used(
    start: Callable[..., Running], folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From the window of models, over a real connection, by the real process."""
    made = tiny_models.saved("qwen3", tmp_path / "made")
    with loopback.serving() as server:
        for name in [name for name in os.environ if name.startswith("HF_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hub-cache"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        server.add_repository("org/other", {path.name: path.read_bytes() for path in made.iterdir()})
        server.slow = 3.0
        running = start(folder, offline=False)
        running.named("tiny")
        machine = running.app.window.machine
        models = open_models(running.app.window)
        models.add_model("org/other")
        running.wait(lambda: machine.running("org/other") and "of" in machine.downloads["org/other"].text)
        models.close()
        assert running.type("Thank you").ms_total > 0
        assert machine.running("org/other"), "it goes on behind the text"
        running.wait(lambda: not machine.running("org/other"))
        assert machine.downloads == {}
        models = open_models(running.app.window)
        running.wait(lambda: machine.info("org/other") is not None)
        models._choose("org/other")
        QTest.mouseClick(models.details.use, Qt.MouseButton.LeftButton)
        models.close()
        assert running.type(" very much").ms_total > 0
        running.named("org/other")
        assert running.app.store.current.model == "org/other"


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"threads": 2}, True),
        ({"dtype": "float32"}, True),
        ({"eagerness": 80}, False),
        ({"theme": "dark"}, False),
    ],
    ids=str,
)
def test_only_what_concerns_the_model_loads_it_again(
    start: Callable[..., Running], folder: Path, changes: Mapping[str, Any], again: bool
) -> None:
    running = start(folder)
    running.named("tiny")
    before = running.app.model.loading
    running.app.store.change(**changes)
    assert (running.app.model.loading != before) == again
    if again:
        running.wait(lambda: any(isinstance(r, Loaded) and r.id > before for r in running.replies))


def test_running_out_of_the_gpus_memory_is_shown(
    start: Callable[..., Running], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = engine_model._network
    on_gpu: list[Any] = []

    def network(folder: Path, config: Mapping[str, Any], device: str, *rest: Any) -> Any:
        made = real(folder, config, "cpu", *rest)
        if device == "cuda":
            on_gpu.append(made)
        return made

    def full(*_: Any, **__: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(engine_model, "_network", network)
    monkeypatch.setattr(devices, "choose_device", lambda wanted: wanted)
    monkeypatch.setattr(devices, "device_name", lambda device: device if device == "cpu" else GPU)
    in_this_process = Link(None, lambda reply: Worker(reply, features))
    running = start(folder, in_this_process, device="cuda")
    running.named("tiny")
    assert GPU in running.status.model.text()
    (network_on_gpu,) = on_gpu
    network_on_gpu.forward = full
    assert running.type("Thank you ").ms_total > 0, "answered on the CPU"
    assert "out of memory" in running.status.message.whole
    assert running.status.model.text().startswith("tiny · cpu")
    assert running.app.model.loaded is not None
    assert running.app.model.loaded.device == "cpu"


def kill_model(running: Running) -> int:
    """Kill the model's process; return its number."""
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)
    return pid


def children() -> list[int]:
    """Return the processes that this one has started and that are alive."""
    tasks = Path("/proc/self/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_a_killed_model_costs_a_line_in_the_status_bar(start: Callable[..., Running], folder: Path) -> None:
    running = start(folder)
    running.named("tiny")
    running.type("Thank you")
    loads = running.app.model.loading
    killed = kill_model(running)
    QTest.keyClicks(running.editor, " very much")
    running.wait(lambda: any(isinstance(reply, Ended) for reply in running.replies))
    assert running.editor.toPlainText() == "Thank you very much"
    running.wait(lambda: running.app.model.loading != loads)
    running.wait(
        lambda: any(isinstance(r, Loaded) and r.id == running.app.model.loading for r in running.replies)
    )
    assert "SIGKILL" in running.status.message.whole
    assert not running.status.retry.isVisible(), "it was solved without the writer"
    assert children() != [killed]
    assert running.type(" indeed").ms_total > 0, "the next process answers"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_a_model_that_keeps_stopping_is_left_alone(start: Callable[..., Running], folder: Path) -> None:
    running = start(folder)
    for count in range(1, 4):
        wanted = running.app.model.loading
        running.wait(lambda n=wanted: any(isinstance(r, Loaded) and r.id == n for r in running.replies))
        kill_model(running)
        running.wait(lambda n=count: sum(isinstance(r, Ended) for r in running.replies) == n)
    running.wait(running.status.retry.isVisible)
    assert "SIGKILL" in running.status.message.whole
    assert not running.app.link.running
    QTest.mouseClick(running.status.retry, Qt.MouseButton.LeftButton)
    wanted = running.app.model.loading
    running.wait(lambda: any(isinstance(r, Loaded) and r.id == wanted for r in running.replies))
    assert running.type("Still here").ms_total > 0


def test_closing_the_window_ends_the_models_process(start: Callable[..., Running], folder: Path) -> None:
    running = start(folder)
    running.named("tiny")
    assert running.app.link.running
    running.app.window.close()
    running.wait(lambda: not running.app.link.running)
