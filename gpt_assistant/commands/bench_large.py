"""What a large file costs the window: opening, scrolling, typing, finding and saving, in the real window.

`python -m gpt_assistant.commands.bench_large --megabytes 100 --json`

The file is made of sentences in lines of about 80 characters, the worst kind, for Qt takes its time by the
paragraph; `--line 1000000` makes it of lines that long. For each thing done there are `seconds` until it
is done and `stall`, the longest that a timer of 5 ms in the window's thread was late meanwhile, in ms.
Keys are pressed one at a time, as a person would. `cpu` is the longest that the window's thread itself
worked in one go, in ms, and `cpu_seconds` what it worked in all: where these are much smaller than `stall`
and `seconds`, other programs had the processor.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from gpt_assistant.commands.bench_window import prose
from gpt_assistant.commands.driving import CannotDrive, Driver, own_home, report
from gpt_assistant.commands.measure.memory import peak_memory_mb
from gpt_assistant.settings import Settings
from gpt_assistant.ui.document import Document

LINE = 80
_SAMPLE_WORDS = 20_000
_TICK_MS = 5
_PATIENCE = 300.0  # seconds
_REST_MS = 300


def measure(settings: Settings, megabytes: int = 100, line: int = LINE) -> dict[str, Any]:
    """Return what was measured with a file of `megabytes` (10^6 bytes) in lines of about `line` characters.

    Raises CannotDrive if something never came to its end.
    """
    with own_home() as home:
        file = home / "large.txt"
        _write(file, megabytes, line)
        driver = Driver(settings)
        try:
            with contextlib.suppress(CannotDrive):  # without a model there are no suggestions, that is all
                driver.wait_for_model()
            driver.pump(2 * _REST_MS)
            return _Session(driver, file).measured() | {
                "megabytes": megabytes,
                "line": line,
                "peak_memory_mb": peak_memory_mb(),
            }
        finally:
            driver.close()


def _write(file: Path, megabytes: int, line: int) -> None:
    words = prose(_SAMPLE_WORDS).split()
    chance = random.Random(line)
    lines, size = [], 0
    while size < min(1_000_000, megabytes * 1_000_000):
        made = ""
        while len(made) < line:
            made += " ".join(chance.choices(words, k=1 + line // 8)) + " "
        lines.append(made[:line])
        size += len(lines[-1].encode()) + 1
    block = ("\n".join(lines) + "\n").encode()
    with file.open("wb") as out:
        written = 0
        while written < megabytes * 1_000_000:
            written += out.write(block)


class _Session:
    """One run through a file, from opening to saving."""

    def __init__(self, driver: Driver, file: Path) -> None:
        self._driver, self._file = driver, file
        self._document: Document | None = None

    @property
    def document(self) -> Document:
        assert self._document is not None
        return self._document

    def measured(self) -> dict[str, Any]:
        driver, keys = self._driver, self._keys
        found = {
            "open": self._timed(self._open, lambda: not self.document.loading),
            "first_key": self._timed(lambda: driver.type("x")),  # the journal writes the text down
            "type": self._timed(lambda: keys(*"and so it goes on and on")),
            "end": self._timed(lambda: driver.press("Ctrl+End")),
            "type_at_end": self._timed(lambda: keys(*"the end", "\n")),
            "home": self._timed(lambda: driver.press("Ctrl+Home")),
            "page_down": self._timed(lambda: self._presses("PgDown", 20)),
            "scroll": self._timed(self._scroll),
            "type_in_the_middle": self._timed(lambda: keys(*"in the middle")),
            "undo": self._timed(lambda: driver.press("Undo")),
            "find": self._timed(self._find, self._found),
            "save": self._timed(lambda: driver.press("Save"), lambda: not self.document.saving),
        }
        if self.document.modified:
            raise CannotDrive("The file was not saved.")
        found["count"] = self._timed(lambda: None, lambda: self.document.counter.complete)
        after = [each["stall"] for name, each in found.items() if name != "open"]
        return found | {"longest_stall_after_opening": max(after)}

    def _timed(
        self, act: Callable[[], object], done: Callable[[], object] = lambda: True
    ) -> dict[str, float]:
        stalls = _Stalls()
        started = time.perf_counter()
        act()
        if not self._driver.wait_until(done, _PATIENCE):
            raise CannotDrive("It took too long.")
        seconds = time.perf_counter() - started
        self._driver.pump(_REST_MS)
        return {"seconds": round(seconds, 2)} | stalls.stop()

    def _open(self) -> None:
        self._document = self._driver.window.open_path(self._file)
        if self._document is None:
            raise CannotDrive("The file was not opened.")

    def _keys(self, *characters: str) -> None:
        for character in characters:
            self._driver.type(character)
            self._driver.pump(2 * _TICK_MS)

    def _presses(self, key: str, times: int) -> None:
        for _ in range(times):
            self._driver.press(key)
            self._driver.pump(2 * _TICK_MS)

    def _scroll(self) -> None:
        bar = self._driver.editor.verticalScrollBar()
        for step in (*range(40), 20):
            bar.setValue(bar.maximum() * step // 40)
            self._driver.pump(2 * _TICK_MS)
        editor = self._driver.editor
        editor.setTextCursor(editor.cursorForPosition(editor.viewport().rect().center()))

    def _find(self) -> None:
        self._driver.press("Find")
        self._driver.window.find_bar.pattern.setText("in the middle")

    def _found(self) -> bool:
        return self._driver.window.find_bar.count.text().strip("…") != ""


class _Stalls(QObject):
    """Notes by how much a timer was late at most, and how long its thread worked in one go."""

    def __init__(self) -> None:
        super().__init__()
        self._late = self._worked = 0.0
        self._began = time.thread_time()
        self._at, self._cpu = time.perf_counter(), self._began
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        at, cpu = time.perf_counter(), time.thread_time()
        self._late = max(self._late, (at - self._at) * 1000 - _TICK_MS)
        self._worked = max(self._worked, (cpu - self._cpu) * 1000)
        self._at, self._cpu = at, cpu

    def stop(self) -> dict[str, float]:
        """Return the figures."""
        self._timer.stop()
        total = time.thread_time() - self._began
        return {
            "stall": round(self._late, 1),
            "cpu": round(self._worked, 1),
            "cpu_seconds": round(total, 2),
        }


def main() -> int:
    """Measure and print what came of it."""
    parser = argparse.ArgumentParser(prog="bench_large", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=int, default=100, help="size of the file")
    parser.add_argument("--line", type=int, default=LINE, help="characters in a line")
    parser.add_argument("--model", default="default")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    args = parser.parse_args()
    return report(
        "bench_large", lambda: measure(Settings(model=args.model), args.megabytes, args.line), args.json
    )


if __name__ == "__main__":
    sys.exit(main())
