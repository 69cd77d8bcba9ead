from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from windows import answer, choose_file, crash, dialog, editor_of, open_window, type_text

from gpt_assistant.storage.history import History
from gpt_assistant.ui.history_dialog import HistoryDialog
from gpt_assistant.ui.recovery import RecoveryDialog
from gpt_assistant.ui.window import MainWindow

Open = Callable[[MainWindow], HistoryDialog]


def settled(qtbot: QtBot, window: MainWindow) -> History:
    """Wait until everything that was handed over is kept."""
    done: list[object] = []
    window.keeping.ask(lambda history: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    return window.keeping.history


def kept(qtbot: QtBot, window: MainWindow, key: str) -> list[str]:
    history = settled(qtbot, window)
    return [f"{version.reason}: {history.text(version.id)}" for version in history.versions(key)]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("The first text.\n")
    return path


@pytest.fixture
def show(qtbot: QtBot) -> Open:
    def open_it(window: MainWindow) -> HistoryDialog:
        settled(qtbot, window)
        window.actions_table["history"].trigger()
        found = dialog(qtbot, window, HistoryDialog)
        settled(qtbot, window)
        qtbot.waitUntil(lambda: found.documents.count() > 0)
        settled(qtbot, window)
        return found

    return open_it


def choose(qtbot: QtBot, found: HistoryDialog, row: int) -> None:
    found.list.setCurrentRow(row)
    qtbot.waitUntil(found.open_copy.isEnabled)


def save(window: MainWindow) -> None:
    window.actions_table["save"].trigger()


def test_what_was_opened_saved_reloaded_and_discarded_is_kept(
    qtbot: QtBot, letter: Path, tmp_path: Path
) -> None:
    window = open_window(qtbot, [letter])
    type_text(window, "One. ")
    settled(qtbot, window)
    save(window)
    type_text(window, "Two. ")
    letter.write_text("Written by another.\n")
    document = window.current_document()
    assert document is not None
    document.reload()
    type_text(window, "Three. ")
    window.close()
    answer(qtbot, window, "Discard")
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_window(qtbot)
    newest, *rest = kept(qtbot, again, str(letter))
    assert rest == [
        "on disk: Written by another.\n",
        "before reload: One. Two. The first text.\n",
        "saved: One. The first text.\n",
        "opened: The first text.\n",
    ]
    assert newest.startswith("discarded: ")
    assert "Three. " in newest


def test_looking_at_a_file_keeps_nothing(qtbot: QtBot, letter: Path) -> None:
    window = open_window(qtbot, [letter])
    assert kept(qtbot, window, str(letter)) == []
    assert not settled(qtbot, window).path.exists()


def test_an_earlier_version_comes_back_as_one_step_of_undo(qtbot: QtBot, letter: Path, show: Open) -> None:
    window = open_window(qtbot, [letter])
    for word in ("One. ", "Two. "):
        type_text(window, word)
        settled(qtbot, window)
        save(window)
    found = show(window)
    assert found.list.count() == 3
    assert "saved" in found.list.item(0).text()
    choose(qtbot, found, 2)
    qtbot.waitUntil(lambda: len(found.pane.states) == 1)
    assert "One. Two." in found.pane.view.toPlainText()
    assert found.restore.isEnabled()
    QTest.mouseClick(found.restore, Qt.MouseButton.LeftButton)
    document = window.current_document()
    assert document is not None
    assert document.text() == "The first text.\n"
    assert document.modified
    assert letter.read_text() == "One. Two. The first text.\n", "nothing is written before the writer saves"
    document.editor.undo()
    assert document.text() == "One. Two. The first text.\n"


def test_a_part_of_an_earlier_version_can_be_taken(qtbot: QtBot, tmp_path: Path, show: Open) -> None:
    path = tmp_path / "long.txt"
    lines = [f"This is line number {number}.\n" for number in range(200)]
    path.write_text("".join(lines))
    window = open_window(qtbot, [path])
    document = window.current_document()
    assert document is not None
    type_text(window, "x")
    settled(qtbot, window)
    lines[10], lines[150] = "Another tenth.\n", "Another one near the end.\n"
    document.go_back_to("".join(lines))
    save(window)
    found = show(window)
    choose(qtbot, found, found.list.count() - 1)
    qtbot.waitUntil(lambda: len(found.pane.states) == 2)
    shown = found.pane.view.toPlainText()
    assert "line number 8." in shown
    assert "line number 80." not in shown, "only what is near a change is shown"
    found.pane.view.go_to(1)
    QTest.keyClick(found.pane.view, Qt.Key.Key_Return)
    assert document.text() == "".join([*lines[:150], "This is line number 150.\n", *lines[151:]]), (
        "the second change is taken back, the first is not"
    )
    found.reject()


def test_a_version_opens_as_a_document_of_its_own(qtbot: QtBot, letter: Path, show: Open) -> None:
    window = open_window(qtbot, [letter])
    type_text(window, "One. ")
    settled(qtbot, window)
    save(window)
    found = show(window)
    choose(qtbot, found, 1)
    QTest.mouseClick(found.open_copy, Qt.MouseButton.LeftButton)
    assert window.tabs.count() == 2
    assert editor_of(window).toPlainText() == "The first text.\n"
    document = window.current_document()
    assert document is not None
    assert document.path is None
    assert document.unsaved


def test_the_history_of_an_untitled_document_goes_with_it_into_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot)
    type_text(window, "While it had no name.")
    window.keeping.take_snapshots()
    type_text(window, " And now?")
    crash(window)
    again = open_window(qtbot)
    offered = again.restoring.dialog
    assert isinstance(offered, RecoveryDialog)
    next(each for each in offered.findChildren(QPushButton) if each.text() == "Restore").click()
    save(again)
    choose_file(qtbot, again, tmp_path / "named.txt")
    assert kept(qtbot, again, str(tmp_path / "named.txt")) == [
        "saved: While it had no name. And now?",
        "writing: While it had no name.",
    ]
    document = again.current_document()
    assert document is not None
    document.save(tmp_path / "other.txt")
    assert len(kept(qtbot, again, str(tmp_path / "other.txt"))) == 2, "saving under another name keeps it"


def test_replacing_another_file_keeps_what_was_there(qtbot: QtBot, letter: Path) -> None:
    window = open_window(qtbot)
    type_text(window, "Something new.")
    window.actions_table["save_as"].trigger()
    window.files._write(window.documents()[0], letter, lambda _done: None)
    assert letter.read_text() == "Something new."
    assert "on disk: The first text.\n" in kept(qtbot, window, str(letter))


def test_nothing_is_kept_when_it_is_switched_off_and_the_dialog_says_so(
    qtbot: QtBot, letter: Path, show: Open
) -> None:
    window = open_window(qtbot, [letter], history_mb=0)
    type_text(window, "x")
    save(window)
    assert not settled(qtbot, window).path.exists()
    found = show(window)
    assert "switched off" in found.note.text()
    assert not found.restore.isEnabled()
    found.reject()


def test_versions_are_deleted_only_when_it_is_meant(qtbot: QtBot, letter: Path, show: Open) -> None:
    window = open_window(qtbot, [letter])
    type_text(window, "One. ")
    save(window)
    found = show(window)
    QTest.mouseClick(found.delete, Qt.MouseButton.LeftButton)
    assert "letter.txt" in answer(qtbot, found, "Cancel")
    assert kept(qtbot, window, str(letter))
    QTest.mouseClick(found.delete, Qt.MouseButton.LeftButton)
    answer(qtbot, found, "Delete")
    qtbot.waitUntil(lambda: found.list.count() == 0)
    assert kept(qtbot, window, str(letter)) == []
    assert letter.read_text() == "One. The first text.\n"
    found.reject()


def test_closed_documents_are_in_the_list_too(qtbot: QtBot, letter: Path, show: Open) -> None:
    window = open_window(qtbot)
    type_text(window, "Thrown away by mistake.")
    window.actions_table["close"].trigger()
    answer(qtbot, window, "Discard")
    found = show(window)
    qtbot.waitUntil(lambda: found.documents.count() == 2)
    found.documents.setCurrentIndex(1)
    found.documents.activated.emit(1)
    qtbot.waitUntil(lambda: found.list.count() == 1)
    qtbot.waitUntil(lambda: "Thrown away" in found.pane.view.toPlainText())
    assert not found.restore.isEnabled(), "it is not the document in front"
    QTest.mouseClick(found.open_copy, Qt.MouseButton.LeftButton)
    assert editor_of(window).toPlainText() == "Thrown away by mistake."


def test_a_damaged_history_is_told_in_one_line(qtbot: QtBot, letter: Path) -> None:
    window = open_window(qtbot, [letter])
    path = window.keeping.history.path
    path.write_bytes(b"damaged" * 5000)
    type_text(window, "x")
    save(window)
    settled(qtbot, window)
    qtbot.waitUntil(lambda: "earlier versions was damaged" in window.status.message.whole)
    assert letter.read_text() == "xThe first text.\n", "saving does not depend on it"
    assert kept(qtbot, window, str(letter))[0] == "saved: xThe first text.\n"


def test_the_keyboard_reaches_everything_and_everything_has_a_name(
    qtbot: QtBot, letter: Path, show: Open
) -> None:
    window = open_window(qtbot, [letter])
    type_text(window, "x")
    save(window)
    found = show(window)
    assert found.list.hasFocus()
    reached = set()
    for _ in range(30):
        widget = found.focusWidget()
        assert widget is not None
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    for widget in (found.documents, found.list, found.restore, found.open_copy, found.delete, found.clear):
        assert widget in reached
        assert widget.accessibleName()
    found.reject()
