"""Measures models on texts, one after the other, each in a process of its own that goes last on the machine.

The process is the program's own `bench --documents` (commands/measure/documents.py); it gets the texts on its
standard input, so that they come onto no disk, and says what it finds line by line.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, Signal

from gpt_assistant.settings import Settings
from gpt_assistant.text import measuring
from gpt_assistant.text.measured import Candidate, Measured
from gpt_assistant.text.told import told

_KILL_MS = 3000
_LOADING_SECONDS = 5.0  # about; the time that is left is said by it until one has been loaded


class MeasuringRun(QObject):
    """One run over all candidates. `changed(number)` when a row of `rows` is; `ended` at the end, or when
    stopped.
    """

    changed = Signal(int)
    ended = Signal()

    def __init__(
        self,
        texts: Sequence[str],
        candidates: Sequence[Candidate],
        settings: Settings,
        seconds: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts, self._seconds = list(texts), seconds
        self._chosen = ["--threads", str(settings.threads), "--eagerness", str(settings.eagerness)]
        self._chosen += ["--max-words", str(settings.max_words)]
        self.rows = [Measured(candidate) for candidate in candidates]
        self.at, self._share = -1, 0.0
        self._process: QProcess | None = None
        self._clock = QElapsedTimer()

    @property
    def running(self) -> bool:
        """Return whether something is being measured."""
        return self._process is not None

    @property
    def fraction(self) -> float:
        """Return how far it is, 0…1."""
        return (max(0, self.at) + self._share) / max(1, len(self.rows))

    @property
    def seconds_left(self) -> float:
        """Return about how long it will take yet."""
        each = self._seconds + _LOADING_SECONDS
        spent = self._clock.elapsed() / 1000 if self.running else 0.0
        behind = max(0, len(self.rows) - self.at - 1)
        return max(0.0, each - spent) + behind * each

    def start(self) -> None:
        """Measure the first; the others follow."""
        self._next()

    def stop(self) -> None:
        """End what is being measured; what was found stays."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.waitForFinished(_KILL_MS)
        process.deleteLater()
        self.ended.emit()

    def _next(self) -> None:
        self.at += 1
        self._share = 0.0
        if self.at >= len(self.rows):
            self._process = None
            self.ended.emit()
            return
        self._clock.start()
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.finished.connect(lambda code, _status: self._finished(process, code))
        process.errorOccurred.connect(lambda error: self._not_started(process, error))
        self._process = process
        own = [] if getattr(sys, "frozen", False) else ["-m", "gpt_assistant"]
        candidate = self.rows[self.at].candidate
        process.start(sys.executable, [*own, *measuring.arguments(candidate, self._seconds), *self._chosen])
        process.write(json.dumps(self._texts).encode())
        process.closeWriteChannel()

    def _read(self, process: QProcess) -> None:
        if process is not self._process:
            return
        while process.canReadLine():
            line = bytes(process.readLine().data()).decode(errors="replace")
            self.rows[self.at], share = measuring.taken(self.rows[self.at], line)
            self._share = max(self._share, share)
            self.changed.emit(self.at)

    def _finished(self, process: QProcess, code: int) -> None:
        if process is not self._process:
            return
        self._read(process)
        error = bytes(process.readAllStandardError().data()).decode(errors="replace")
        self._end_row(measuring.ended(self.rows[self.at], code, error))

    def _not_started(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if process is self._process and error is QProcess.ProcessError.FailedToStart:
            problem = told("It could not be started: {why}.", why=process.errorString())
            self._end_row(measuring.with_problem(self.rows[self.at], problem))

    def _end_row(self, row: Measured) -> None:
        assert self._process is not None
        self._process.deleteLater()
        self.rows[self.at] = row
        self.changed.emit(self.at)
        self._next()


def _environment() -> QProcessEnvironment:
    """Return this process's environment, in which the program is found that runs here."""
    found = QProcessEnvironment.systemEnvironment()
    root = str(Path(__file__).parents[2])
    found.insert("PYTHONPATH", os.pathsep.join(filter(None, (root, found.value("PYTHONPATH", "")))))
    return found
