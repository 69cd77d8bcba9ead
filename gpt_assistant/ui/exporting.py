"""Exporting a document: the dialog, the work on a thread of its own, and what is said when it is done.

The text is a snapshot: the writer goes on meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from gpt_assistant.ui.document import Document
from gpt_assistant.ui.export_dialog import ExportDialog
from gpt_assistant.ui.export_work import Exporter, Job, Worker, job_of
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.workbar import WorkBar

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_SHOW_MS = 500


class Exporting(QObject):
    """The export of one window; one at a time."""

    finished = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._thread: Exporter | None = None
        window.closing.connect(self.stop)

    def ask_pdf(self) -> None:
        """Let the writer choose the file of a PDF."""
        self.ask("pdf")

    def ask(self, kind: str = "") -> None:
        """Let the writer choose the format, where it is not `kind`, and then the file."""
        document = self._window.current_document()
        if document is None:
            return
        if self._thread is not None or document.loading:
            running = tr("Another export is still running.")
            still = tr("{title} is still being opened.", title=document.title)
            self._window.status.show_hint(running if self._thread is not None else still)
            return
        dialog = ExportDialog(self._window.store, document.path, document.title, self._window)
        if kind:
            dialog.choose(kind)
        dialog.chosen.connect(lambda kind, target: self.start(document, kind, Path(target)))
        dialog.open()

    def start(self, document: Document, kind: str, target: Path) -> None:
        """Export `document` as it is now."""
        job = job_of(document, self._window.store.current, kind, target)
        self._thread = Exporter(job, self)
        self._thread.done.connect(lambda problem: self._done(document, job, problem))
        self._thread.finished.connect(self._ended)
        show_work(self._thread, document, tr("Exporting {name}…", name=target.name))
        self._thread.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Give it up; the file stays as it was."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def stop(self) -> None:
        """Give it up, and wait until it is."""
        self.cancel()
        if self._thread is not None:
            self._thread.wait()

    def _done(self, document: Document, job: Job, problem: str) -> None:
        status = self._window.status
        if problem:
            status.show_problem(problem, lambda: self._again(document, job), "export")
        else:
            status.clear_problem("export")
            status.show_hint(tr("Exported to {name}.", name=job.target.name))

    def _again(self, document: Document, job: Job) -> None:
        if document in self._window.documents() and self._thread is None:
            self.start(document, job.kind, job.target)

    def _ended(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None
        self.finished.emit()


def show_work(thread: Worker, document: Document, text: str) -> None:
    """Show above the text how far `thread` is, where it takes more than a moment; it can be stopped there."""
    bar = WorkBar(document)
    rows = document.layout()
    assert isinstance(rows, QBoxLayout)
    rows.insertWidget(0, bar)
    thread.told.connect(bar.show_progress)
    thread.finished.connect(bar.deleteLater)
    QTimer.singleShot(_SHOW_MS, bar, lambda: bar.begin(text, thread.requestInterruption))
