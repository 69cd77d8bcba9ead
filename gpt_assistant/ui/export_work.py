"""What export and print share: a snapshot of the text, and the threads that make something of it.

Measured with 114,000 words, in seconds of one slow core: PDF 1.5, DOCX 2.9, ODT 1.0, HTML 0.6. The threads
share Python's lock with the window; no call holds it for long, so typing goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QObject, QSizeF, QThread, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from gpt_assistant.export.formats import read, render
from gpt_assistant.export.structure import PAPER_SIZES, Cancelled, Paper, Structure
from gpt_assistant.settings import Settings
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.pages import Pages
from gpt_assistant.ui.printed import Look, lay_out
from gpt_assistant.ui.tr import localised

_NOTICED = 0.01  # of the work; each paragraph would be thousands of signals
_READING = 0.3  # the share of the work that reading the marks is
_OF_LETTERS = QLocale.MeasurementSystem.ImperialUSSystem


@dataclass(frozen=True)
class Job:
    """What is to come on paper or into a file, and how: a snapshot that no thread changes."""

    text: str
    title: str
    markdown: bool
    folder: Path | None
    look: Look
    kind: str = ""
    target: Path = Path()


class Worker(QThread):
    """Does one job: `told(fraction)`, then `done("")` or `done(problem)`, one line; nothing if cancelled."""

    told = Signal(float)
    done = Signal(str)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self._last = 0.0

    def run(self) -> None:
        """Do it, unless it is given up meanwhile."""
        try:
            self.work(self._read())
        except Cancelled:
            return
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            self.done.emit(localised(error) or type(error).__name__)
        else:
            self.done.emit("")

    def work(self, structure: Structure) -> None:
        """Make of `structure` what is wanted."""
        raise NotImplementedError

    def step(self, fraction: float) -> None:
        """Tell how far the writing is, 0 to 1. Raises Cancelled once it was given up."""
        self._step(_READING + (1 - _READING) * fraction)

    def _read(self) -> Structure:
        job = self.job
        return read(job.text, job.title, job.markdown, lambda share: self._step(_READING * share))

    def _step(self, fraction: float) -> None:
        if self.isInterruptionRequested():
            raise Cancelled
        if abs(fraction - self._last) >= _NOTICED:
            self._last = fraction
            self.told.emit(fraction)


class Exporter(Worker):
    """Writes a file."""

    def work(self, structure: Structure) -> None:
        """Write in the format, and put the file in its place."""
        job = self.job
        if job.kind == "pdf":
            data = make_pdf(structure, job, self.step)
        else:
            data = render(structure, job.kind, job.folder, self.step, job.look.paper)
        self.step(1.0)
        write_atomically(job.target, data)


class Composer(Worker):
    """Makes the document that is to be printed; it belongs to the window's thread when it is done."""

    document: QTextDocument

    def work(self, structure: Structure) -> None:
        """Compose it, and hand it over."""
        self.document = lay_out(structure, self.job.folder, self.job.look, self.step)
        self.document.moveToThread(self.thread())


def make_pdf(structure: Structure, job: Job, step: Callable[[float], object]) -> bytes:
    """Return the document as PDF."""
    document = lay_out(structure, job.folder, job.look, lambda share: step(0.2 * share))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(structure.title)
    writer.setCreator("GPT Assistant")
    writer.setPageLayout(page_layout(job.look.paper))
    pages = Pages(document, writer, lambda share: step(0.2 + 0.3 * share))
    painter = QPainter(writer)
    try:
        for number in range(pages.count):
            step(0.5 + 0.5 * number / pages.count)
            if number:
                writer.newPage()
            pages.paint(painter, number)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def page_layout(paper: Paper) -> QPageLayout:
    """Return the sheet for Qt."""
    size = QPageSize(QSizeF(paper.width * 10, paper.height * 10), QPageSize.Unit.Millimeter)
    margin = paper.margin * 10
    return QPageLayout(
        size,
        QPageLayout.Orientation.Portrait,
        QMarginsF(margin, margin, margin, margin),
        QPageLayout.Unit.Millimeter,
    )


def paper_of(settings: Settings) -> Paper:
    """Return the sheet that the settings name."""
    name = settings.paper
    if name == "system":
        name = "Letter" if QLocale().measurementSystem() == _OF_LETTERS else "A4"
    return Paper(*PAPER_SIZES[name], settings.page_margin / 10)


def look_of(settings: Settings) -> Look:
    """Return what the settings say of paper and of the fonts on it."""
    font = QApplication.font()
    if settings.font_family:
        font.setFamily(settings.font_family)
    font.setPointSizeF(settings.print_size)
    # Qt writes a ligature into a PDF as one character: who searches for “fine” would not find it.
    font.setFeature(QFont.Tag("liga"), 0)
    return Look(paper_of(settings), font, QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))


def job_of(document: Document, settings: Settings, kind: str = "", target: Path = Path()) -> Job:
    """Return `document` as it is now."""
    title = document.path.stem if document.path else document.title
    folder = document.path.parent if document.path else None
    return Job(document.text(), title, document.markdown, folder, look_of(settings), kind, target)
