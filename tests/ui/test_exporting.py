"""Export from the real window: the dialog, the files, progress, cancelling and errors."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListView
from pytestqt.qtbot import QtBot
from windows import dialog, open_window

from gpt_assistant.ui.export_dialog import ExportDialog
from gpt_assistant.ui.window import MainWindow
from gpt_assistant.ui.workbar import WorkBar

sys.path.append(str(Path(__file__).parents[1] / "export"))

from sample import SAMPLE, write_picture

Export = Callable[[str], bytes]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    write_picture(tmp_path)
    (tmp_path / "sample.md").write_text(SAMPLE, encoding="utf-8")
    return open_window(qtbot, [tmp_path / "sample.md"])


@pytest.fixture
def export(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Export:
    """Return a function that exports the document in front, and returns what is in the file."""

    def run(kind: str) -> bytes:
        document = window.current_document()
        assert document is not None
        target = tmp_path / f"out.{kind}"
        with qtbot.waitSignal(window.exporting.finished, timeout=20_000):
            window.exporting.start(document, kind, target)
        assert window.status.message.whole == f"Exported to out.{kind}."
        return target.read_bytes()

    return run


def words(data: bytes) -> str:
    """Return the words of a PDF; spans of another style begin a line of their own in what pypdf finds."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_pdf_has_the_words_in_their_order_and_the_picture(export: Export) -> None:
    data = export("pdf")
    text = words(data)
    places = [
        text.index(each)
        for each in (
            "A fine title",
            "slanted",
            "nested",
            "3. three",
            "deeper",
            "number",
            "if x < 1:",
            "1. anew",
        )
    ]
    assert places == sorted(places)
    assert "What is noted" in text[places[-1] :]
    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "A fine title"
    assert len(reader.pages[0].images) == 1


def test_pdf_takes_paper_and_margins_from_the_settings(window: MainWindow, export: Export) -> None:
    window.store.change(paper="A5", page_margin=15)
    box = PdfReader(io.BytesIO(export("pdf"))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (pytest.approx(420, abs=2), pytest.approx(595, abs=2))


def test_pdf_of_many_pages_keeps_headings_with_their_text(window: MainWindow, export: Export) -> None:
    document = window.current_document()
    assert document is not None
    text = "".join(f"## Part {n}\n\n{'Some words to fill it. ' * (20 + n % 7)}\n\n" for n in range(60))
    document.editor.setPlainText(text)
    pages = [page.extract_text().split("\n") for page in PdfReader(io.BytesIO(export("pdf"))).pages]
    assert len(pages) > 4
    for number, lines in enumerate(pages, 1):
        kept = [line.strip() for line in lines if line.strip()]
        assert kept[-1] == str(number), "the number of the page is below its text"
        assert not kept[-2].startswith("Part")
    whole = "\n".join(line for lines in pages for line in lines)
    assert re.findall(r"Part\s(\d+)", whole) == [str(number) for number in range(60)]


def test_pdf_is_dark_on_light_in_a_dark_window(window: MainWindow, export: Export) -> None:
    window.store.change(theme="light")
    light = export("pdf")
    window.store.change(theme="dark")
    drawn = [PdfReader(io.BytesIO(each)).pages[0].get_contents() for each in (light, export("pdf"))]
    assert drawn[0] is not None
    assert drawn[1] is not None
    assert drawn[0].get_data() == drawn[1].get_data()


@pytest.mark.parametrize(("kind", "member"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_word_processors_get_their_files(export: Export, kind: str, member: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(kind))) as package:
        assert "noted" in "".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist()
        )
        assert b"deeper" in package.read(member)


def test_a_text_file_is_exported_as_it_is(
    qtbot: QtBot, window: MainWindow, export: Export, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("# one\n*two*")
    window.open_path(tmp_path / "notes.txt")
    assert "<p># one<br>*two*</p>" in export("html").decode()
    assert words(export("pdf")) == "# one *two*"


def test_the_dialog_asks_for_the_format_and_then_for_the_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.actions_table["export"].trigger()
    asked = dialog(qtbot, window, ExportDialog)
    assert asked.kind == "pdf"
    asked.choose("html")
    assert not asked.paper.isEnabled()
    asked.choose("odt")
    assert asked.paper.isEnabled()
    QTest.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    files = dialog(qtbot, asked, QFileDialog)
    assert Path(files.selectedFiles()[0]) == tmp_path / "sample.odt"
    name = files.findChild(QLineEdit, "fileNameEdit")

    def typed() -> bool:  # the dialog reads folders in a thread, and then puts its own choice there
        name.setText(str(tmp_path / "other.html"))
        files.findChild(QListView, "listView").clearSelection()
        QTest.qWait(60)
        return files.selectedFiles() == [str(tmp_path / "other.html")]

    qtbot.waitUntil(typed)
    with qtbot.waitSignal(window.exporting.finished, timeout=20_000):
        files.accept()
    assert (tmp_path / "other.html").read_bytes().startswith(b"<!DOCTYPE html>"), "the name decides"
    assert window.store.current.export_format == "odt", "the choice is remembered"


def test_an_error_is_one_line_and_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    document = window.current_document()
    assert document is not None
    folder = tmp_path / "new"
    with qtbot.waitSignal(window.exporting.finished, timeout=20_000):
        window.exporting.start(document, "html", folder / "out.html")
    assert window.status.message.whole.startswith("Cannot save out.html: the folder or file does not exist.")
    folder.mkdir()
    with qtbot.waitSignal(window.exporting.finished, timeout=20_000):
        QTest.mouseClick(window.status.retry, Qt.MouseButton.LeftButton)
    assert (folder / "out.html").exists()
    assert window.status.message.whole == "Exported to out.html."


def test_a_long_one_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    document = window.current_document()
    assert document is not None
    document.editor.setPlainText("Words *and* `more` of **them** again.\n\n" * 60_000)
    target = tmp_path / "out.docx"
    target.write_bytes(b"the old one")
    window.exporting.start(document, "docx", target)

    def bar() -> WorkBar | None:
        return next((each for each in document.findChildren(WorkBar) if each.isVisible()), None)

    qtbot.waitUntil(lambda: bar() is not None, timeout=20_000)
    shown = bar()
    assert shown is not None
    assert shown.label.text() == "Exporting out.docx…"
    qtbot.waitUntil(lambda: shown.bar.value() > 0, timeout=20_000)
    QTest.keyClicks(document.editor, "the writer goes on")
    with qtbot.waitSignal(window.exporting.finished, timeout=20_000):
        QTest.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.glob(".out*")) == []
    assert document.editor.toPlainText().startswith("the writer goes on")
    qtbot.waitUntil(lambda: bar() is None)


def test_closing_the_window_stops_it(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document = window.current_document()
    assert document is not None
    document.editor.setPlainText("Words *and* more.\n\n" * 30_000)
    window.exporting.start(document, "docx", tmp_path / "out.docx")
    window.end_keeping_work()
    assert not (tmp_path / "out.docx").exists()
