"""Print and its preview; the printer is a PDF, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from windows import answer, dialog, open_window

from gpt_assistant.ui.export_dialog import ExportDialog
from gpt_assistant.ui.printing import paint
from gpt_assistant.ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path = tmp_path / "letter.md"
    path.write_text("# Dear reader\n\n" + "Some words.\n\n" * 120, encoding="utf-8")
    return open_window(qtbot, [path], theme="dark")


def test_without_a_printer_it_says_so_and_offers_a_pdf(qtbot: QtBot, window: MainWindow) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this machine has a printer")
    window.actions_table["print"].trigger()
    said = answer(qtbot, window, "Export as PDF…")
    assert "There is no printer." in said
    asked = dialog(qtbot, window, ExportDialog)
    assert asked.kind == "pdf"
    asked.reject()
    assert not window.findChildren(QMessageBox)


def test_the_preview_shows_pages_of_paper(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.printing.ready, timeout=20_000):
        window.actions_table["print_preview"].trigger()
    preview = dialog(qtbot, window, QPrintPreviewDialog)
    QTest.qWait(200)
    image = preview.grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() - 60)
    assert middle.lightness() > 240, "paper is white in a dark window too"
    preview.reject()


def test_pages_are_sent_to_the_printer(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document = window.current_document()
    assert document is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setDocName("letter.md")
    with qtbot.waitSignal(window.printing.ready, timeout=20_000):
        window.printing.compose(document, lambda made: window.printing.print(made, printer))
    assert window.status.message.whole == "letter.md was sent to the printer."
    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) > 3
    assert "Dear" in pages[0].extract_text()


def test_only_the_pages_that_are_wanted(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document = window.current_document()
    assert document is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)
    with qtbot.waitSignal(window.printing.ready, timeout=20_000):
        window.printing.compose(document, lambda made: paint(made, printer))
    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) == 2
    assert "Dear" not in pages[0].extract_text()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_it_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document = window.current_document()
    assert document is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "no" / "folder.pdf"))
    printer.setDocName("letter.md")
    with qtbot.waitSignal(window.printing.ready, timeout=20_000):
        window.printing.compose(document, lambda made: window.printing.print(made, printer))
    assert window.status.message.whole.startswith("letter.md was not printed.")
