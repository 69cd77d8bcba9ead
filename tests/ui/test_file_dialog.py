from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from windows import answer, dialog, open_window, type_text

from gpt_assistant.ui.document import Document
from gpt_assistant.ui.file_dialog import FileDialog
from gpt_assistant.ui.window import MainWindow

BASE = "The quick brown fox jumps.\nIt rained all day.\nThe end.\n"


class Changed:
    """A document with changes here, in a file that another program has changed too."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot, self.path = qtbot, path
        path.write_text(BASE)
        self.window: MainWindow = open_window(qtbot, [path])
        document = self.window.current_document()
        assert document is not None
        self.document: Document = document

    def change(self, mine: str, theirs: str) -> FileDialog:
        """Make both changes, and ask to see theirs by the button above the text."""
        type_text(self.window, "x")
        self.document.editor.undo()
        self.settle()
        self.document.go_back_to(mine)
        self.path.write_text(theirs)
        self.qtbot.waitUntil(lambda: "changed by another program" in self.document.notice.text)
        QTest.mouseClick(self.document.notice.button("Show changes…"), Qt.MouseButton.LeftButton)
        found = dialog(self.qtbot, self.window, FileDialog)
        self.qtbot.waitUntil(found.reload.isEnabled)
        return found

    def settle(self) -> None:
        done: list[object] = []
        self.window.keeping.ask(lambda history: None, done.append)
        self.qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def both(qtbot: QtBot, tmp_path: Path) -> Changed:
    return Changed(qtbot, tmp_path / "shared.txt")


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_does_not_collide_is_merged_and_saved_without_a_question(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), BASE.replace("all day", "all night"))
    assert "none of it collides" in found.note.text()
    both.qtbot.waitUntil(lambda: len(found.pane.states) == 1)
    click(found.merge)
    merged = "The slow brown fox jumps.\nIt rained all night.\nThe end.\n"
    assert both.document.text() == merged
    assert both.document.notice.text == ""
    assert both.path.read_text() == BASE.replace("all day", "all night"), "the writer saves"
    both.window.actions_table["save"].trigger()
    assert both.path.read_text() == merged
    both.document.editor.undo()
    assert both.document.text() == BASE.replace("quick", "slow"), "merging is one step of undo"


def test_where_both_changed_the_same_each_place_is_asked_about(both: Changed) -> None:
    mine = BASE.replace("rained", "snowed").replace("quick", "slow")
    theirs = BASE.replace("rained", "hailed").replace("The end", "To be continued")
    found = both.change(mine, theirs)
    click(found.merge)
    assert both.document.text() == "The slow brown fox jumps.\nIt snowed all day.\nTo be continued.\n"
    both.qtbot.waitUntil(lambda: len(found.pane.states) == 1)
    assert "collide" in found.note.text()
    assert found.isVisible()
    found.pane.view.go_to(0)
    QTest.keyClick(found.pane.view, Qt.Key.Key_A)
    click(found.go_on)
    assert both.document.text() == "The slow brown fox jumps.\nIt hailed all day.\nTo be continued.\n"
    both.window.actions_table["save"].trigger()
    assert both.path.read_text() == both.document.text()


def test_their_changes_are_taken_one_by_one(both: Changed) -> None:
    theirs = BASE.replace("quick", "slow").replace("The end", "To be continued")
    found = both.change(BASE, theirs)
    both.qtbot.waitUntil(lambda: len(found.pane.states) == 2)
    found.pane.decide(1, "accept")
    click(found.go_on)
    assert both.document.text() == BASE.replace("The end", "To be continued")
    assert both.document.modified


def test_theirs_is_taken_whole_and_mine_is_in_the_history(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    click(found.reload)
    assert both.document.text() == "Theirs.\n"
    assert not both.document.modified
    both.settle()
    history = both.window.keeping.history
    texts = [history.text(version.id) for version in history.versions(str(both.path))]
    assert BASE.replace("quick", "slow") in texts


def test_going_on_with_mine_keeps_theirs_in_the_history(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    click(found.go_on)
    both.window.actions_table["save"].trigger()
    assert both.path.read_text() == BASE.replace("quick", "slow")
    both.settle()
    history = both.window.keeping.history
    texts = [history.text(version.id) for version in history.versions(str(both.path))]
    assert "Theirs.\n" in texts


def test_deciding_later_changes_nothing_and_saving_asks(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    QTest.keyClick(found, Qt.Key.Key_Escape)
    both.qtbot.waitUntil(lambda: not both.window.findChildren(FileDialog))
    assert both.document.text() == BASE.replace("quick", "slow")
    both.window.actions_table["save"].trigger()
    assert "is not as it was" in answer(both.qtbot, both.window, "Show changes…")
    again = dialog(both.qtbot, both.window, FileDialog)
    both.qtbot.waitUntil(again.go_on.isEnabled)
    assert both.path.read_text() == "Theirs.\n"
    again.reject()


def test_a_change_made_while_one_decides_is_not_overwritten(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    both.path.write_text("Theirs, and more.\n")
    click(found.go_on)
    both.window.actions_table["save"].trigger()
    assert "is not as it was" in answer(both.qtbot, both.window, "Cancel")
    assert both.path.read_text() == "Theirs, and more.\n"


def test_without_a_history_the_changes_are_shown_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shared.txt"
    path.write_text(BASE)
    window = open_window(qtbot, [path], history_mb=0)
    document = window.current_document()
    assert document is not None
    type_text(window, "Mine. ")
    path.write_text(BASE.replace("all day", "all night"))
    document.compare_with_file.emit()
    found = dialog(qtbot, window, FileDialog)
    qtbot.waitUntil(found.reload.isEnabled)
    assert not found.merge.isEnabled()
    qtbot.waitUntil(lambda: len(found.pane.states) == 2)
    found.reject()


def test_a_file_that_is_still_being_written_is_told_once_it_rests(qtbot: QtBot, both: Changed) -> None:
    told: list[str] = []
    show = both.document.notice.show_notice

    def noted(text: str, choices: dict[str, Callable[[], object]] | None = None) -> None:
        told.append(both.path.read_text())
        show(text, choices)

    both.document.notice.show_notice = noted  # type: ignore[method-assign]
    with both.path.open("w") as file:
        for number in range(8):
            file.write(f"part {number}\n")
            file.flush()
            QTest.qWait(80)
    qtbot.waitUntil(lambda: bool(told))
    QTest.qWait(300)
    assert told[0].count("part") == 8


def test_a_file_that_vanishes_while_one_looks(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    both.path.unlink()
    click(found.reload)
    assert found.note.text().startswith("Cannot read shared.txt: the folder or file does not exist")
    assert both.document.text() == BASE.replace("quick", "slow")
    found.reject()


def test_every_button_has_a_name_and_the_keyboard_reaches_it(both: Changed) -> None:
    found = both.change(BASE.replace("quick", "slow"), "Theirs.\n")
    reached = set()
    found.later.setFocus()
    for _ in range(40):
        widget = found.focusWidget()
        assert widget is not None
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    for button in (found.later, found.merge, found.reload, found.go_on):
        assert button in reached or not button.isEnabled()
        assert button.accessibleName()
    found.reject()
