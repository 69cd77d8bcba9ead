"""Goals in words: what counts, when it is said, and what survives a restart."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import dialog, editor_of, open_window, type_text

from gpt_assistant.storage.goals import Goals, SessionGoal, load_goals, save_goals
from gpt_assistant.ui.goal import GoalDialog
from gpt_assistant.ui.window import MainWindow

TODAY = date(2026, 3, 1)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


def counted(qtbot: QtBot, window: MainWindow, words: int) -> None:
    """Wait until the document in front is known to have `words` words."""
    document = window.current_document()
    assert document is not None
    qtbot.waitUntil(lambda: document.counter.complete and document.counter.total.words == words)


def test_words_typed_count_and_words_deleted_count_back(qtbot: QtBot, window: MainWindow) -> None:
    window.goal.set_goals(window.current_document(), 5, 0)
    counted(qtbot, window, 0)
    type_text(window, "one two three ")
    counted(qtbot, window, 3)
    assert window.status.goal.text() == "3 / 5"
    assert window.status.goal.isVisible()
    assert "3 of 5 words written in this session" in window.status.goal.toolTip()
    QTest.keyClick(editor_of(window), Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    counted(qtbot, window, 2)
    assert window.status.goal.text() == "2 / 5"


def test_reaching_it_is_said_once(qtbot: QtBot, window: MainWindow) -> None:
    window.goal.set_goals(window.current_document(), 2, 0)
    counted(qtbot, window, 0)
    type_text(window, "one two")
    counted(qtbot, window, 2)
    assert "your goal is reached" in window.status.message.whole
    assert window.status.goal.text() == "✓ 2 / 2"
    window.status.show_hint("")
    type_text(window, " three")
    counted(qtbot, window, 3)
    assert window.status.message.whole == ""


def test_what_a_file_brings_does_not_count(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("word " * 50)
    window.goal.set_goals(None, 10, 0)
    document = window.open_path(path)
    assert document is not None
    counted(qtbot, window, 50)
    assert window.goal.goals.session.written == 0
    path.write_text("word " * 70)
    document.reload()
    counted(qtbot, window, 70)
    assert window.goal.goals.session.written == 0
    type_text(window, "more ")
    counted(qtbot, window, 71)
    assert window.goal.goals.session.written == 1


def test_a_document_has_a_goal_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "essay.md"
    path.write_text("one two three")
    window = open_window(qtbot, [path])
    counted(qtbot, window, 3)
    window.goal.set_goals(window.current_document(), 0, 4)
    assert window.status.goal.text() == "3 / 4"
    type_text(window, "zero ")
    counted(qtbot, window, 4)
    assert "This document has 4 words" in window.status.message.whole
    window.new_document()
    assert window.status.goal.text() == "", "another document has none"
    window.show_document(window.documents()[0])
    assert window.status.goal.text() == "✓ 4 / 4"


def test_goals_survive_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "essay.md"
    path.write_text("one ")
    first = open_window(qtbot, [path])
    counted(qtbot, first, 1)
    first.goal.set_goals(first.current_document(), 9, 0)
    type_text(first, "two ")
    counted(qtbot, first, 2)
    first.goal.set_goals(first.current_document(), 9, 7)
    first.end_keeping_work()
    second = open_window(qtbot, [path])
    assert second.goal.goals.session.written == 1
    assert second.status.goal.toolTip().endswith("of 7 words")


def test_a_goal_goes_with_a_document_that_gets_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    document = window.current_document()
    assert document is not None
    window.goal.set_goals(document, 0, 30)
    document.save(tmp_path / "named.md")
    assert window.goal.of_document(document) == 30
    assert window.goal.goals.documents == {str(tmp_path / "named.md"): 30}


def test_the_dialog_sets_both(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["goal"].trigger()
    asked = dialog(qtbot, window, GoalDialog)
    assert asked.session.text() == "No goal"
    asked.session.setValue(0)
    QTest.keyClicks(asked.session, "250")
    asked.length.setValue(1000)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert window.goal.goals.session.words == 250
    assert window.status.goal.text() == "0 / 1,000"
    QTest.mouseClick(window.status.goal, Qt.MouseButton.LeftButton)
    again = dialog(qtbot, window, GoalDialog)
    assert (again.session.value(), again.length.value()) == (250, 1000)
    again.reject()


# What is stored


def test_another_day_is_another_session_with_the_same_goal(tmp_path: Path) -> None:
    path = tmp_path / "goals.json"
    stored = Goals(SessionGoal(500, 123, True, TODAY.isoformat())).with_document("/a", 900)
    save_goals(path, stored)
    assert load_goals(path, TODAY) == stored
    tomorrow = load_goals(path, date(2026, 3, 2))
    assert tomorrow.session == SessionGoal(500, 0, False, "2026-03-02")
    assert tomorrow.documents == {"/a": 900}


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        '{"session": 3, "documents": {}}',
        '{"session": {"words": "x"}, "documents": {}}',
        '{"session": {"words": -1}, "documents": {}}',
        '{"session": {}, "documents": {"a": "b"}}',
    ],
)
def test_a_broken_file_is_no_goals(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "goals.json"
    path.write_text(broken)
    assert load_goals(path, TODAY) == Goals(SessionGoal(day="2026-03-01"))


def test_only_so_many_documents_are_remembered() -> None:
    goals = Goals()
    for number in range(300):
        goals = goals.with_document(f"/{number}", 5)
    assert len(goals.documents) == 200
    assert "/299" in goals.documents
    assert "/299" not in goals.with_document("/299", 0).documents
    assert json.dumps(goals.documents)
