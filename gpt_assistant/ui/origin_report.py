"""Saves a report of who wrote what in a document: the question where to, and the work on a thread."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QThread, QTimer
from PySide6.QtWidgets import QBoxLayout, QFileDialog

from gpt_assistant.export.origins_report import FORMATS, Report, write_report
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.longlines import joined
from gpt_assistant.text.origins import Run, without_breaks
from gpt_assistant.text.told import mark
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.snapshot import LARGE, Snapshot, plain_text
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.workbar import WorkBar

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_SHOW_MS = 500
_FILTERS = {"html": mark("Web page (*.html)"), "json": mark("JSON (*.json)")}


class _Writer(QThread):
    """Writes one report; `problem` is one line, "" if there was none."""

    def __init__(self, title: str, shown: str, runs: list[Run], target: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.target = target
        self.problem = ""
        self._title, self._shown, self._runs = title, shown, runs

    def run(self) -> None:
        """Write it, unless it is given up before the file is replaced."""
        try:
            runs = without_breaks(self._runs, self._shown)
            report = Report(self._title, joined(self._shown), runs, datetime.now().astimezone())
            kind = self.target.suffix.lower().removeprefix(".")
            language = QLocale().bcp47Name()
            data = write_report(report, kind if kind in FORMATS else "html", tr, language)
            if not self.isInterruptionRequested():
                write_atomically(self.target, data)
        except (OSError, MemoryError) as error:
            self.problem = localised(error) or type(error).__name__


class Reporting(QObject):
    """The reports of one window; one at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._writer: _Writer | None = None
        self._snapshot: Snapshot | None = None
        window.closing.connect(self.stop)

    def ask(self) -> None:
        """Let the writer choose the file, and write the report of the document in front."""
        document, window = self._window.current_document(), self._window
        if document is None:
            return
        if not document.editor.origins.on:
            window.status.show_hint(
                tr("Who wrote what is not remembered: it is switched off in the settings.")
            )
            return
        if document.loading:
            window.status.show_hint(tr("{title} is still being opened.", title=document.title))
            return
        folder = document.path.parent if document.path else Path.home()
        dialog = QFileDialog(window, tr("Save report"), str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr(each) for each in _FILTERS.values()])
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(
            lambda text: dialog.setDefaultSuffix("json" if "*.json" in text else "html")
        )
        stem = document.path.stem if document.path else document.title
        dialog.selectFile(tr("{title} – who wrote what", title=stem) + ".html")
        dialog.fileSelected.connect(lambda name: self.start(document, Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def start(self, document: Document, target: Path) -> None:
        """Write the report of `document` as it is now to `target`, whose name ends in its format."""
        if self._writer is not None or self._snapshot is not None:
            self._window.status.show_hint(tr("Another report is still being written."))
            return
        text = document.editor.document()
        if text.characterCount() <= LARGE:
            self._write(document, [plain_text(text)], target)
            return
        self._snapshot = Snapshot(text, self)
        self._snapshot.finished.connect(lambda parts: self._write(document, parts, target))

    def _write(self, document: Document, parts: list[str], target: Path) -> None:
        self._snapshot = None
        runs = document.editor.origins.map.runs()
        writer = self._writer = _Writer(document.title, "".join(parts), runs, target, self)
        writer.finished.connect(lambda: self._written(writer))
        bar = WorkBar(document)
        rows = document.layout()
        assert isinstance(rows, QBoxLayout)
        rows.insertWidget(0, bar)
        writer.finished.connect(bar.deleteLater)
        told = tr("Writing {name}…", name=target.name)
        QTimer.singleShot(_SHOW_MS, bar, lambda: bar.begin(told, writer.requestInterruption))
        writer.start(QThread.Priority.LowPriority)

    def _written(self, writer: _Writer) -> None:
        self._writer = None
        status = self._window.status
        if writer.problem:
            status.show_problem(writer.problem, about="report")
        elif not writer.isInterruptionRequested():
            status.clear_problem("report")
            status.show_hint(tr("The report was saved as {name}.", name=writer.target.name))
        writer.deleteLater()

    def stop(self) -> None:
        """Give it up, and wait until it is."""
        if self._snapshot is not None:
            self._snapshot.stop()
        if self._writer is not None:
            self._writer.requestInterruption()
            self._writer.wait()
