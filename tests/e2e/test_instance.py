"""Two starts of the real program are one window; two homes are two."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from gpt_assistant.ui import instance as instances
from gpt_assistant.ui.instance import Instance, Opening, Start, opening

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

# The program, but for its model: says which documents are open whenever that changes.
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from gpt_assistant import app
from gpt_assistant.link import Link

class NoModel(Link):
    def submit(self, request):
        return request.id
    def stop(self, seconds=0):
        pass

made, before = [], []

class Watched(app.Application):
    def __init__(self, store):
        super().__init__(store, NoModel(None))
        made.append(self)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(20)
    def look(self):
        window = self.window
        now = [each.title for each in window.documents()], window.isActiveWindow()
        if before[-1:] != [now]:
            before.append(now)
            print(*now[0], "active" if now[1] else "behind", sep=",", flush=True)

app.Application = Watched
code = app.run(sys.argv[2:], {}, new_document=sys.argv[1] == "new")
print("ended", code, bool(made), "torch" in sys.modules, flush=True)
"""


class Program:
    """One start."""

    def __init__(self, home: Path, *files: str, new: bool = False, folder: Path | None = None) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "new" if new else "", *files],
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=os.environ | {"GPT_ASSISTANT_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        )

    def wait_for(self, wanted: str, seconds: float = 20) -> str:
        """Return the first line that has `wanted`."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + seconds
        for line in self.process.stdout:
            if wanted in line:
                return line.strip()
            assert time.monotonic() < deadline, f"no {wanted}"
        raise AssertionError(f"ended without {wanted}")

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Return a function that starts the program, in the test's own home."""
    started: list[Program] = []

    def begin(*files: str, home: str = "home", **rest: object) -> Program:
        started.append(Program(tmp_path / home, *files, **rest))  # type: ignore[arg-type]
        return started[-1]

    yield begin
    for each in started:
        each.end()


def test_a_second_start_hands_over_its_files_and_ends(start: Callable[..., Program], tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    (tmp_path / "two.txt").write_text("2")
    first = start(str(tmp_path / "one.txt"))
    first.wait_for("one.txt")
    second = start("two.txt", "not there yet.md", folder=tmp_path)  # names that count from its own folder
    assert second.wait_for("ended") == "ended 0 False False"
    assert second.process.wait(10) == 0
    first.wait_for("one.txt,two.txt,not there yet.md,active")
    third = start(new=True)
    third.wait_for("ended 0 False")
    first.wait_for("one.txt,two.txt,not there yet.md,Untitled,")


def test_two_homes_are_two_instances(start: Callable[..., Program]) -> None:
    start().wait_for("Untitled")
    start(home="another").wait_for("Untitled")


def test_after_a_crash_the_next_start_is_the_first_one(start: Callable[..., Program], tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    first = start()
    first.wait_for("Untitled")
    first.process.kill()
    first.process.wait()
    second = start()
    second.wait_for("Untitled")
    third = start(str(tmp_path / "one.txt"))
    third.wait_for("ended 0 False")
    second.wait_for("one.txt")


def test_a_hung_instance_keeps_nobody_from_writing(start: Callable[..., Program]) -> None:
    first = start()
    first.wait_for("Untitled")
    first.process.send_signal(signal.SIGSTOP)
    second = start()
    second.wait_for("Untitled", seconds=instances.ANSWER_SECONDS + 15)
    assert second.process.poll() is None


# -- without processes -----------------------------------------------------------------------------


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[Instance]:
    made = Instance(tmp_path)
    assert made.begin(Opening()) is Start.FIRST
    made.listen()
    yield made
    made.end()


def test_names_are_made_absolute_and_the_desktops_token_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "leave")
    assert opening(["a.txt", "/b.txt"], True) == Opening((str(tmp_path / "a.txt"), "/b.txt"), True, "leave")


@pytest.mark.parametrize("line", [b"nonsense\n", b'{"files": 3}\n', b"[]\n", b'{"files": ["a"]}\n'])
def test_what_is_not_understood_is_dropped(qtbot: QtBot, first: Instance, line: bytes) -> None:
    asked: list[Opening] = []
    first.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(first.name)
    assert socket.waitForConnected(1000)
    socket.write(line)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert asked == []


def test_who_connects_and_says_nothing_keeps_nobody_waiting(
    qtbot: QtBot, first: Instance, tmp_path: Path
) -> None:
    silent = [QLocalSocket() for _ in range(3)]
    for socket in silent:
        socket.connectToServer(first.name)
        assert socket.waitForConnected(1000)
    socket = QLocalSocket()
    socket.connectToServer(first.name)
    socket.write(b'{"files": ["/a"], "new_document": false, "token": ""}\n')
    socket.flush()
    with qtbot.waitSignal(first.asked) as asked:
        pass
    assert asked.args == [Opening(("/a",))]


def test_when_the_first_ends_the_next_takes_its_place(first: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path)
    assert other.begin(Opening(), 0.1) is Start.ALONE, "it does not answer: this thread does not run its loop"
    first.end()
    assert other.begin(Opening()) is Start.FIRST
    other.end()
