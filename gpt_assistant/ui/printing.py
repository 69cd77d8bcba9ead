"""Printing, after a look at the pages.

The dialogs are Qt's. The document is composed on a thread; its pages are painted for the preview in the
window's, for QPrintPreviewDialog knows no other. That takes 6 ms a page on a slow core.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QMessageBox

from gpt_assistant.ui.document import Document
from gpt_assistant.ui.export_work import Composer, job_of, look_of, page_layout
from gpt_assistant.ui.exporting import show_work
from gpt_assistant.ui.pages import Pages
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import bold

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


class Printing(QObject):
    """The printing of one window."""

    ready = Signal()  # the pages are composed, and the preview or the printer has them

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._thread: Composer | None = None
        self._previewed: QPrinter | None = None
        window.closing.connect(self.stop)

    def ask(self) -> None:
        """Print the document in front; where there is no printer, say so and offer a PDF."""
        document = self._window.current_document()
        if document is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._say_there_is_none()
            return
        printer = self._printer(document)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(tr("Print"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.compose(document, lambda made: self.print(made, printer)))
        QDialog.open(dialog)  # its own would want an object and the name of a slot

    def preview(self) -> None:
        """Show the pages; they can be printed from there."""
        if (document := self._window.current_document()) is not None:
            self.compose(document, lambda made: self._show(document, made))

    def compose(self, document: Document, then: Callable[[QTextDocument], object]) -> None:
        """Compose `document` as it is now on a thread, and call `then` with what comes of it."""
        if self._thread is not None or document.loading:
            return
        thread = Composer(job_of(document, self._window.store.current), self)
        self._thread = thread
        thread.done.connect(lambda problem: self._composed(thread, problem, then))
        thread.finished.connect(self._ended)
        show_work(thread, document, tr("Preparing the pages…"))
        thread.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Give it up, and wait until it is."""
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()

    def _composed(self, thread: Composer, problem: str, then: Callable[[QTextDocument], object]) -> None:
        if problem:
            self._window.status.show_problem(problem, about="print")
        else:
            then(thread.document)
        self.ready.emit()

    def _ended(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None

    def _show(self, document: Document, made: QTextDocument) -> None:
        self._previewed = self._printer(document)  # the dialog does not own it
        dialog = QPrintPreviewDialog(self._previewed, self._window)
        dialog.setWindowTitle(tr("Print preview"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The field for the zoom is low: with the frame of our own fields nothing of its text would be left.
        dialog.setStyleSheet("QComboBox QLineEdit { border: none; padding: 0; }")
        dialog.paintRequested.connect(lambda printer: paint(made, printer))
        dialog.resize(self._window.size())
        dialog.open()

    def _say_there_is_none(self) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(tr("Print"))
        box.setText(bold(tr("There is no printer.")))
        box.setInformativeText(
            tr("Add one in the settings of the system, or make a PDF and print that elsewhere.")
        )
        export = box.addButton(tr("Export as PDF…"), QMessageBox.ButtonRole.AcceptRole)
        export.clicked.connect(self._window.exporting.ask_pdf)
        box.setDefaultButton(export)
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _printer(self, document: Document) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(document.title)
        printer.setCreator("GPT Assistant")
        printer.setPageLayout(page_layout(look_of(self._window.store.current).paper))
        return printer

    def print(self, made: QTextDocument, printer: QPrinter) -> None:
        """Send the pages to `printer`, and say how it went."""
        status, title = self._window.status, printer.docName()
        if paint(made, printer):
            status.clear_problem("print")
            status.show_hint(tr("{title} was sent to the printer.", title=title))
        else:
            told = tr("{title} was not printed. Is the printer on? Try again.", title=title)
            status.show_problem(told, self.ask, "print")


def paint(document: QTextDocument, printer: QPrinter) -> bool:
    """Paint the pages that are wanted; return whether the printer took them."""
    pages = Pages(document, printer)
    first = max(printer.fromPage() - 1, 0)
    last = min(printer.toPage() or pages.count, pages.count)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number in range(first, last):
        if number > first:
            printer.newPage()
        pages.paint(painter, number)
    return painter.end()
