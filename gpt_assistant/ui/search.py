"""Searching a text in another process, so that no pattern and no document can freeze the window."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from gpt_assistant.text.longlines import BREAK, MARK, Positions
from gpt_assistant.text.told import mark
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui import search_worker
from gpt_assistant.ui.search_worker import Query
from gpt_assistant.ui.tr import tr

_PATIENCE_PER_MILLION = 1_000
_ON_THE_WAY = 1 << 20  # bytes of a text that wait to be written to the process
_SLICE = 0.01  # seconds
# What Python says of an expression most often; the rest stays in English.
_COMPLAINTS = (
    mark("nothing to repeat"),
    mark("multiple repeat"),
    mark("missing ), unterminated subpattern"),
    mark("unbalanced parenthesis"),
    mark("unterminated character set"),
    mark("bad escape (end of pattern)"),
    mark("look-behind requires fixed-width pattern"),
)
TOO_LONG = mark("This search took too long and was stopped; try a simpler expression.")


@dataclass(frozen=True, slots=True)
class Found:
    """The matches of one search, in order, as (start, length) in UTF-16 units.

    `replacements` is parallel to `matches` if the query had one. `problem` says why it is incomplete.
    """

    query: Query
    revision: int
    matches: list[tuple[int, int]] = field(default_factory=list)
    replacements: list[str] = field(default_factory=list)
    problem: str = ""


def _line(problem: search_worker.Problem | None) -> str:
    if problem is None:
        return ""
    template, values = problem
    if "why" in values:
        values["why"] = tr(str(values["why"]))
    return tr(template, **values)


def _without_breaks(parts: list[str]) -> tuple[list[str], Positions | None]:
    """Return the text without breaks in long lines, and where these were, None if there are none."""
    if not any(MARK in part for part in parts):
        return list(parts), None
    breaks, whole, units = [], [], 0
    for part in parts:
        *broken, rest = part.split(BREAK)
        for piece in broken:
            units += utf16_length(piece)
            breaks.append(units)
        units += utf16_length(rest)
        whole.append("".join((*broken, rest)))
    return whole, Positions(breaks)


def _placed(match: tuple[int, int], places: Positions) -> tuple[int, int]:
    start = places.start(match[0])
    return start, (places.end(sum(match)) if match[1] else start) - start


class Searcher(QObject):
    """Runs one search at a time; a new one ends the one before, which then reports nothing."""

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.patience_ms = 5_000  # and a second more for each million characters
        self._process: QProcess | None = None
        self._query, self._revision = Query(""), 0
        self._waiting: list[str] = []  # parts of the text that the process has not got yet
        self._fed = False  # the process has all of the text
        self._places: Positions | None = None
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)

    def start(self, query: Query, parts: list[str], revision: int) -> None:
        """Search a text in parts; `done` brings a Found unless another search or `cancel` comes first.

        Breaks in long lines (text/longlines.py) are not there for the search; what is found has its place
        in the text with them.
        """
        self.cancel()
        self._waiting, self._places = _without_breaks(parts)
        self._fed = False
        length = sum(map(len, parts))
        self._query, self._revision = query, revision
        process = QProcess(self)
        self._process = process
        process.finished.connect(lambda: self._finished(process))
        process.errorOccurred.connect(lambda error: self._failed(process, error))
        # -I and -S: nothing of the writer's environment is looked at, which is what takes time.
        process.start(sys.executable, ["-I", "-S", str(Path(search_worker.__file__))])
        process.bytesWritten.connect(lambda _count: self._feed(process))
        process.write(search_worker.job(query))
        self._feed(process)
        self._patience.start(self.patience_ms + _PATIENCE_PER_MILLION * length // 1_000_000)

    def _feed(self, process: QProcess) -> None:
        """Give the process what it can take soon: all of a large text at once would stall the window."""
        if process is not self._process or self._fed:
            return
        end = time.perf_counter() + _SLICE
        while self._waiting and process.bytesToWrite() < _ON_THE_WAY and time.perf_counter() < end:
            process.write(self._waiting.pop(0).encode("utf-8", "surrogatepass"))
        if not self._waiting:
            self._fed = True
            process.closeWriteChannel()

    def cancel(self) -> None:
        """End the search under way; it reports nothing."""
        self._patience.stop()
        self._waiting = []
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _finished(self, process: QProcess) -> None:
        if process is not self._process:
            return
        answer = bytes(process.readAllStandardOutput().data())
        self._patience.stop()
        self._process = None
        process.deleteLater()
        try:
            matches, replacements, problem = search_worker.result(answer)
        except ValueError:
            self._report(problem=tr("The search failed; try a simpler expression."))
            return
        if self._places is not None:
            matches = [_placed(match, self._places) for match in matches]
        self._report(matches, replacements, _line(problem))

    def _failed(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if process is self._process and error == QProcess.ProcessError.FailedToStart:
            self._process = None
            process.deleteLater()
            self._report(problem=tr("Searching is not possible: {why}", why=process.errorString()))

    def _give_up(self) -> None:
        self.cancel()
        self._report(problem=tr(TOO_LONG))

    def _report(
        self,
        matches: list[tuple[int, int]] | None = None,
        replacements: list[str] | None = None,
        problem: str = "",
    ) -> None:
        self.done.emit(Found(self._query, self._revision, matches or [], replacements or [], problem))
