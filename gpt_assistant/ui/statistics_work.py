"""Counts a document for its statistics, part by part: a short one at once, a longer one on a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QTextDocument

from gpt_assistant.text import statistics
from gpt_assistant.text.longlines import joined
from gpt_assistant.text.origin_counts import Tallies, added, tally
from gpt_assistant.text.origins import OriginMap, Run, without_breaks
from gpt_assistant.text.statistics import Statistics
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.snapshot import LARGE, Snapshot, plain_text

_PART = 50_000  # characters, and the rest of the paragraph
_AT_ONCE = 100_000  # 60 ms


@dataclass(frozen=True)
class Counts:
    """What a text is in numbers, and how much of it is of which origin."""

    statistics: Statistics = field(default_factory=Statistics)
    tallies: Tallies = field(default_factory=dict)


class _Thread(QThread):
    """Counts a text; `result` is there when it has finished, None if it was given up."""

    told = Signal(float)  # 0…1

    def __init__(self, texts: Sequence[str], runs: Sequence[Run], parent: QObject) -> None:
        super().__init__(parent)
        self.result: Counts | None = None
        self._texts, self._runs = texts, runs

    def run(self) -> None:
        """Count, unless it is given up meanwhile."""
        parts = [part for text in self._texts for part in _parts(text)]
        self.result = count(parts, self._runs, self._goes_on)

    def _goes_on(self, fraction: float) -> bool:
        self.told.emit(fraction)
        return not self.isInterruptionRequested()


class Counting(QObject):
    """Counts one document: `done(Counts)`, and before it `told(fraction)` where it takes a while."""

    told = Signal(float)
    done = Signal(object)

    def __init__(self, document: QTextDocument, runs: Callable[[], list[Run]], parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._runs = document, runs
        self._snapshot: Snapshot | None = None
        self._thread: _Thread | None = None

    def start(self) -> None:
        """Count the text as it is now."""
        if self._document.characterCount() > LARGE:
            self._snapshot = Snapshot(self._document, self)
            self._snapshot.progressed.connect(lambda done: self.told.emit(0.2 * done))
            self._snapshot.finished.connect(self._count)
        else:
            self._count([plain_text(self._document)])

    def _count(self, texts: list[str]) -> None:
        runs = self._runs()
        if sum(map(len, texts)) <= _AT_ONCE:
            self.done.emit(count(texts, runs))
            return
        self._thread = _Thread(texts, runs, self)
        self._thread.told.connect(lambda done: self.told.emit(0.2 + 0.8 * done))
        self._thread.finished.connect(self._counted)
        self._thread.start(QThread.Priority.LowPriority)

    def _counted(self) -> None:
        if self._thread is not None and self._thread.result is not None:
            self.done.emit(self._thread.result)

    def stop(self) -> None:
        """Give it up, and wait until it is: a part takes some milliseconds."""
        if self._snapshot is not None:
            self._snapshot.stop()
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()


def count(
    parts: Sequence[str], runs: Sequence[Run], goes_on: Callable[[float], bool] = lambda _fraction: True
) -> Counts | None:
    """Return the counts of a text as it is shown, in parts that end with a line; None once it is given up."""
    origins, at = OriginMap(runs), 0
    numbers, tallies = Statistics(), list[Tallies]()
    for number, shown in enumerate(parts):
        if not goes_on(number / len(parts)):
            return None
        length = utf16_length(shown)
        own = origins.slice(min(at, origins.length), min(at + length, origins.length))
        at += length
        numbers += statistics.count(joined(shown))
        tallies.append(tally(joined(shown), without_breaks(own, shown)) if _fits(own, length) else {})
    return Counts(numbers, added(tallies))


def _fits(runs: Sequence[Run], length: int) -> bool:
    """Return whether the runs are of this part: it is not known whose the text is where they are off."""
    return sum(each for each, _ in runs) == length


def _parts(text: str) -> Iterator[str]:
    """Yield the text in parts that end with a blank line, where one is near: no sentence goes on there."""
    start = 0
    while start < len(text):
        at = start + _PART
        end = text.find("\n\n", at, at + _PART) + 1 or text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end
