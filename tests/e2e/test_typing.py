"""The real program on a real display: keys are pressed, and files are looked at."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xvfb
from xvfb import Display

pytestmark = pytest.mark.skipif(not xvfb.installed(), reason="Xvfb is not installed (Debian's package xvfb)")

SENTENCE = "The first boats came in before the sun was up."
SLOW = 60.0  # seconds that a loaded machine may take for what usually takes one


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    with xvfb.display() as found:
        yield found


class Program:
    """The running program, as seen by who looks at the screen and at the log."""

    def __init__(self, screen: Display, process: subprocess.Popen[bytes], log: Path) -> None:
        self.screen, self.process, self._log = screen, process, log

    def log(self, pattern: str) -> list[str]:
        return re.findall(pattern, self._log.read_text())

    def wait(self, true: Callable[[], object], seconds: float = SLOW) -> bool:
        end = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, self._log.read_text()
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def come_up(self, title: str) -> None:
        """Wait until the window is there, and give it the keyboard."""
        assert self.wait(lambda: self.screen.window(title)), self._log.read_text()
        self.screen.focus(self.screen.window(title))
        time.sleep(0.3)

    def provoke(self, continuation: str) -> str:
        """Type on until a suggestion comes; returns what was typed for it."""
        for number, character in enumerate(continuation, 1):
            self.screen.press("Esc")
            before = len(self.log("shown"))
            self.screen.press(character)
            if self.wait(lambda before=before: len(self.log("shown")) > before, 3):
                self.settle()
                return continuation[:number]
        pytest.fail(f"no suggestion in {continuation!r}: {self._log.read_text()}")

    def settle(self) -> None:
        """Wait until nothing is added to what is suggested."""
        picture = b""
        while different(picture, picture := self.screen.pixels()) > 40:  # a caret is less
            time.sleep(0.6)

    def saved(self, file: Path, text: str) -> bool:
        self.screen.press("Ctrl+s")
        return self.wait(lambda: file.exists() and file.read_text() == text, 10)


def different(one: bytes, other: bytes) -> int:
    """Return how many pixels differ."""
    if len(one) != len(other):
        return max(len(one), len(other)) // 4
    return sum(a != b for a, b in zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True))


@contextmanager
def program(screen: Display, *arguments: str, **environment: str) -> Iterator[Program]:
    log = Path(os.environ["GPT_ASSISTANT_HOME"]).with_suffix(".log")
    own = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}
    command = [sys.executable, "-m", "gpt_assistant", "--verbose", *arguments]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, env=os.environ | own | environment, stderr=errors)
        try:
            yield Program(screen, process, log)
        finally:
            process.kill()
            process.wait()


def test_what_is_typed_and_taken_is_what_is_saved(
    screen: Display, tmp_path: Path, default_model: Path
) -> None:
    file = tmp_path / "draft.md"
    with program(screen, str(file)) as running:
        running.come_up("draft.md")
        empty = screen.pixels()
        typed = f"{SENTENCE} Nobody said a word.\n\nIt was cold, and the first boats came "
        screen.type(typed)
        assert different(empty, screen.pixels()) > 500
        assert running.saved(file, typed)
        assert running.wait(lambda: running.log("model loaded"))

        typed += running.provoke("in before the sun was up")
        with_ghost = screen.pixels()
        assert running.saved(file, typed), "a suggestion is not part of the text"
        screen.press("Tab")
        assert running.wait(lambda: running.log("accepted"))
        taken = sum(map(int, running.log(r"accepted (\d+) characters")))
        screen.press("Ctrl+s")
        assert running.wait(lambda: len(file.read_text()) > len(typed), 10)
        whole = file.read_text()
        assert whole.startswith(typed)
        assert len(whole) == len(typed) + taken > len(typed) + 1

        screen.press("Ctrl+z")
        assert running.saved(file, typed), "one step takes the suggestion back, and nothing else"
        time.sleep(1)
        assert different(with_ghost, screen.pixels()) > 40, "nothing is suggested after undo"

        screen.press("Ctrl+q")
        assert running.process.wait(SLOW) == 0


def test_the_next_start_goes_on_where_the_last_one_ended(
    screen: Display, tmp_path: Path, default_model: Path
) -> None:
    file = tmp_path / "letter.md"
    file.write_text(SENTENCE)
    with program(screen, str(file)) as running:
        running.come_up("letter.md")
        screen.type(" One.")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SLOW) == 0
    assert file.read_text() == SENTENCE, "nothing is saved unasked"
    with program(screen) as running:
        running.come_up("Unsaved work was found")
        screen.press("Return")
        assert running.wait(lambda: not screen.window("Unsaved work was found"))
        running.come_up("letter.md")
        assert running.saved(file, f" One.{SENTENCE}"), "what was typed is there again"
        assert running.wait(lambda: running.log("model loaded"))


def test_without_a_model_it_is_an_editor_all_the_same(screen: Display, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    with program(screen, "--offline", str(file), GPT_ASSISTANT_MODELS=str(tmp_path / "none")) as running:
        running.come_up("note.txt")
        screen.type("Two words\n")
        screen.press("Tab")
        screen.type("(more)")
        assert running.saved(file, "Two words\n\t(more)")
        screen.press("Ctrl+z")
        assert running.saved(file, "") or file.read_text() != "Two words\n\t(more)"
