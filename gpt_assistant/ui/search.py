"""Searching a text in another process, so that no pattern and no document can freeze the window."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from gpt_assistant.ui import search_worker
from gpt_assistant.ui.search_worker import Query

_PATIENCE_PER_MILLION = 1_000
TOO_LONG = "This search took too long and was stopped; try a simpler expression."


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


class Searcher(QObject):
    """Runs one search at a time; a new one ends the one before, which then reports nothing."""

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.patience_ms = 5_000  # and a second more for each million characters
        self._process: QProcess | None = None
        self._query, self._revision = Query(""), 0
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)

    def start(self, query: Query, text: str, revision: int) -> None:
        """Search `text`; `done` brings a Found unless another search or `cancel` comes first."""
        self.cancel()
        self._query, self._revision = query, revision
        process = QProcess(self)
        self._process = process
        process.finished.connect(lambda: self._finished(process))
        process.errorOccurred.connect(lambda error: self._failed(process, error))
        # -I and -S: nothing of the writer's environment is looked at, which is what takes time.
        process.start(sys.executable, ["-I", "-S", str(Path(search_worker.__file__))])
        process.write(search_worker.job(query, text))
        process.closeWriteChannel()
        self._patience.start(self.patience_ms + _PATIENCE_PER_MILLION * len(text) // 1_000_000)

    def cancel(self) -> None:
        """End the search under way; it reports nothing."""
        self._patience.stop()
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
            self._report(problem="The search failed; try a simpler expression.")
            return
        self._report(matches, replacements, problem)

    def _failed(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if process is self._process and error == QProcess.ProcessError.FailedToStart:
            self._process = None
            process.deleteLater()
            self._report(problem=f"Searching is not possible: {process.errorString()}")

    def _give_up(self) -> None:
        self.cancel()
        self._report(problem=TOO_LONG)

    def _report(
        self,
        matches: list[tuple[int, int]] | None = None,
        replacements: list[str] | None = None,
        problem: str = "",
    ) -> None:
        self.done.emit(Found(self._query, self._revision, matches or [], replacements or [], problem))
