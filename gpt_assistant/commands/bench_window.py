"""How long the window takes to show a key and a suggestion, measured in the real window.

`python -m gpt_assistant.commands.bench_window --words 100000 --json`

A key is due at a fixed time, and its latency counts from there, not from when the window got round to it:
otherwise a stall would hide the keys that wait behind it. "Painted" is when the window has handed its
picture to the platform, seen by an event that the painting itself puts behind it. Both phases type the
same kind of text in the middle of a document of `words` words:

- steady: a key every 80 ms whatever happens, while the model computes;
- answered: the next key comes when the model has answered, so that slow answers count as well.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

from gpt_assistant import paths
from gpt_assistant.commands.driving import Driver, own_home, report
from gpt_assistant.commands.measure.memory import peak_memory_mb
from gpt_assistant.engine.messages import Reply, Suggested, Suggesting
from gpt_assistant.settings import Settings

KEY_SECONDS = 0.080
_TICK_SECONDS = 0.005
_ANSWER_SECONDS = 5.0
_PAINTED = QEvent.Type(QEvent.registerEventType())
_STEADY = (
    "It was a long way to the next town, and nobody had thought of bringing water. "
    "She looked at the map for the third time that morning, but it was no use. "
    "There were two roads on it, and both of them ended in the middle of nowhere. "
)
_ANSWERED = (
    "The old house had three floors and only one lamp that worked. At night my uncle carried it up the "
    "stairs, and we followed him through the dark, counting every step aloud. When the wind came from the "
    "north, the roof sang like a kettle. Nobody slept much, yet in the morning the kitchen was warm again "
    "and there was always somebody who had baked a loaf or mended a chair before breakfast. "
)


def measure(settings: Settings, words: int = 100, keys: int = 150) -> dict[str, Any]:
    """Return what was measured in a document of `words` words with `keys` keys in each phase, in ms.

    `glyph` and `ghost` are p50, p90, p99, the largest and the number of values: from the key to its letter
    and to the suggestion on screen (first words; only where the model was asked). `stall` and
    `loading_stall` are the longest that a timer of 5 ms in the window's thread was late, while keys were
    pressed and between the first paint and the loaded model; `peak_memory_mb` is the window's and the
    model's together. Raises CannotDrive if there is no model.
    """
    with own_home() as home:
        file = home / "measured.md"
        file.write_text(prose(words), encoding="utf-8")
        driver = Driver(settings, [file])
        try:
            ticker = Ticker()
            driver.editor.about_to_paint.connect(ticker.start)
            loaded = driver.wait_for_model()
            driver.editor.about_to_paint.disconnect(ticker.start)
            ticker.stop()
            driver.pump(500)  # counting words and the like
            _go_to_middle(driver)
            meter = Meter(driver)
            meter.type_steadily(_letters(_STEADY, keys))
            glyph, stall, busy = tuple(meter.glyph), meter.ticker.longest, meter.asked / max(1, keys)
            driver.pump(1000)
            meter.type_answered(_letters(_ANSWERED, keys))
        finally:
            driver.close()
    return {
        "words": words,
        "model": f"{loaded.name} on {loaded.device}, {loaded.dtype}",
        "glyph": percentiles(glyph),
        "stall": round(stall, 1),
        "loading_stall": round(ticker.longest, 1),
        "peak_memory_mb": peak_memory_mb(with_child=True),
        "asked_per_key": round(busy, 2),
        "ghost": percentiles(meter.ghost),
        "nothing": percentiles(meter.nothing),
    }


def prose(words: int) -> str:
    """Return `words` words in paragraphs, the same each time: sentences of the sample, shuffled."""
    sentences = [
        sentence + "."
        for paragraph in paths.resource("sample.md").read_text(encoding="utf-8").split("\n\n")[1:-1]
        for sentence in paragraph.replace("\n", " ").strip().rstrip(".").split(". ")
    ]
    chance = random.Random(words)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        paragraph = " ".join(chance.choices(sentences, k=chance.randint(3, 6)))
        count += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join([*paragraphs, ""])


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return p50, p90, p99 and the largest of `values`, rounded, and how many there are."""
    if len(values) < 2:
        return {"n": len(values)} | ({"p50": round(values[0], 1)} if values else {})
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    shown = {"p50": cuts[49], "p90": cuts[89], "p99": cuts[98], "max": max(values)}
    return {name: round(value, 1) for name, value in shown.items()} | {"n": len(values)}


def _letters(text: str, keys: int) -> str:
    return (text * (keys // len(text) + 1))[:keys]


def _go_to_middle(driver: Driver) -> None:
    """Start a paragraph in the middle of the document."""
    editor = driver.editor
    document = editor.document()
    block = document.findBlockByNumber(document.blockCount() // 2)
    while block.text():
        block = block.next()
    cursor = editor.textCursor()
    cursor.setPosition(block.position())
    editor.setTextCursor(cursor)
    driver.type("\n")
    driver.pump(500)


class Ticker(QObject):
    """A timer of 5 ms that notes by how much it was late at most, `longest`, in ms."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._ticked_at = 0.0
        self._timer = QTimer(self, interval=round(_TICK_SECONDS * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin, unless it runs."""
        if not self._timer.isActive():
            self._ticked_at = 0.0
            self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._ticked_at:
            self.longest = max(self.longest, (now - self._ticked_at - _TICK_SECONDS) * 1000)
        self._ticked_at = now


class Meter(QObject):
    """Presses keys in the driver's window and takes the times."""

    def __init__(self, driver: Driver) -> None:
        super().__init__()
        self._driver = driver
        self.glyph: list[float] = []
        self.ghost: list[float] = []
        self.nothing: list[float] = []
        self.ticker = Ticker()
        self.asked = 0
        self._due: list[float] = []  # keys that are handled but not painted yet
        self._on_the_way = False
        self._key_at = 0.0
        self._from_model = self._answered = False
        editor = driver.editor
        editor.about_to_paint.connect(self._mark_paint)
        editor.ghost_painted.connect(self._on_ghost)
        driver.application.assistant.reason.connect(self._on_nothing)
        driver.application.link.replied.connect(self._on_reply)

    def type_steadily(self, text: str) -> None:
        """Press a key every 80 ms."""
        start = time.perf_counter() + 0.1
        self.ticker.start()
        for number, character in enumerate(text):
            self._press(character, start + number * KEY_SECONDS)
        self._driver.pump(500)
        self.ticker.stop()

    def type_answered(self, text: str) -> None:
        """Press a key, wait for the answer, and then a little."""
        for character in text:
            self._from_model = self._answered = False
            self._press(character, time.perf_counter())
            if not self._driver.editor.has_ghost:  # else it goes on fitting: the model is not asked
                self._driver.wait_until(lambda: self._answered, _ANSWER_SECONDS)
            self._driver.pump(KEY_SECONDS * 1000)

    def _press(self, character: str, due: float) -> None:
        if (wait := due - time.perf_counter()) > 0:
            self._driver.pump(wait * 1000)
        self._key_at = due
        self._due.append(due)
        self._driver.type(character)

    def _mark_paint(self) -> None:
        """Put an event behind what is being painted now: it arrives when the platform has the picture."""
        if self._due and not self._on_the_way:
            self._on_the_way = True
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.HighEventPriority.value)

    def customEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the time of every key that is on screen now."""
        if event.type() == _PAINTED:
            now = time.perf_counter()
            self._on_the_way = False
            self.glyph += [(now - due) * 1000 for due in self._due]
            self._due.clear()

    def _on_ghost(self) -> None:
        if self._from_model and not self._answered:
            self.ghost.append((time.perf_counter() - self._key_at) * 1000)
        self._answered = True

    def _on_nothing(self, _reason: str) -> None:
        if self._from_model and not self._answered:
            self.nothing.append((time.perf_counter() - self._key_at) * 1000)
        self._answered = True

    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, Suggested | Suggesting):
            self._from_model = True
        if reply.final:
            self.asked += 1


def main() -> int:
    """Measure with the default settings and print what came of it."""
    parser = argparse.ArgumentParser(prog="bench_window", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--words", type=int, default=100, help="length of the document")
    parser.add_argument("--keys", type=int, default=150, help="keys in each phase")
    parser.add_argument("--model", default="default")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    args = parser.parse_args()
    settings = Settings(model=args.model, device=args.device, threads=args.threads)
    return report("bench_window", lambda: measure(settings, args.words, args.keys), args.json)


if __name__ == "__main__":
    sys.exit(main())
