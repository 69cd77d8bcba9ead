"""The keys of a suggestion: type through it, take it, cycle, hide."""

from __future__ import annotations

import pytest
from editor_kit import (
    CARET,
    GHOST,
    TEXT,
    Log,
    no_ghost,
    preedit,
    suggest,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
)
from pytestqt.qtbot import QtBot

from gpt_assistant.settings import Settings
from gpt_assistant.ui.editor import Editor


def test_typing_what_it_says_shrinks_it(ghost: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClicks(ghost, " GH")
    assert ghost.ghost_text() == GHOST[3:]
    assert preedit(ghost).startswith("OST")
    assert ghost.toPlainText() == TEXT.replace("First line", "First line GH")
    assert log.of("edited") == [(10, 0, 1, "typing"), (11, 0, 1, "typing"), (12, 0, 1, "typing")]
    assert not log.of("caret_moved")
    qtbot.keyClicks(ghost, "x")
    assert no_ghost(ghost)


def test_a_runner_up_that_still_matches_takes_over(editor: Editor, qtbot: QtBot):
    editor.set_suggestion(suggest(" cat sat", " car drove", " carpet"))
    qtbot.keyClicks(editor, " ca")
    assert editor.ghost_text() == "t sat"
    qtbot.keyClicks(editor, "r")
    assert editor.ghost_text() == " drove"
    qtbot.keyClicks(editor, "p")
    assert editor.ghost_text() == "et"


def test_typing_to_its_end_exhausts_it(editor: Editor, log: Log, qtbot: QtBot):
    editor.set_suggestion(suggest(" ab"))
    qtbot.keyClicks(editor, " a")
    assert not log.of("exhausted")
    qtbot.keyClicks(editor, "b")
    assert log.of("exhausted") == [()]
    assert no_ghost(editor)
    editor.set_suggestion(suggest(" ab"))
    qtbot.keyClicks(editor, "x")
    assert len(log.of("exhausted")) == 1


def test_enter_types_through_a_line_break(editor: Editor, qtbot: QtBot):
    editor.set_suggestion(suggest("\nnext line"))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.ghost_text() == "next line"
    assert editor.textCursor().blockNumber() == 1
    assert editor.document().findBlockByNumber(1).layout().preeditAreaText() == "next line"
    assert not editor.document().firstBlock().layout().preeditAreaText()


def test_tab_takes_all_of_it(ghost: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClick(ghost, Qt.Key.Key_Tab)
    assert ghost.toPlainText() == TEXT.replace("First line", "First line" + GHOST)
    assert ghost.textCursor().position() == CARET + len(GHOST)
    assert log.events == [
        ("edited", CARET, 0, len(GHOST), "accept"),
        ("accepted", GHOST, True),
        ("exhausted",),
    ]
    assert no_ghost(ghost)


def test_tab_is_tab_without_a_ghost(editor: Editor, qtbot: QtBot):
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText().startswith("First line\t here")


def test_taking_is_one_step_of_undo_apart_from_what_is_typed_around_it(editor: Editor, qtbot: QtBot):
    qtbot.keyClicks(editor, " ab")
    editor.set_suggestion(suggest("cd\nef"))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "gh")
    states = []
    for _ in range(3):
        states.append(editor.toPlainText().removesuffix(TEXT[CARET:]))
        editor.undo()
    assert states == ["First line abcd\nefgh", "First line abcd\nef", "First line ab"]
    assert editor.toPlainText() == TEXT
    editor.redo()
    editor.redo()
    assert editor.toPlainText() == TEXT.replace("First line", "First line abcd\nef")
    assert editor.textCursor().position() == CARET + 8
    assert no_ghost(editor)


def test_pasting_after_taking_is_another_step(editor: Editor, qtbot: QtBot):
    editor.set_suggestion(suggest(" one"))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    QGuiApplication.clipboard().setText(" two")
    editor.paste()
    editor.undo()
    assert editor.toPlainText() == TEXT.replace("First line", "First line one")


def test_words_are_taken_one_at_a_time(editor: Editor, log: Log, qtbot: QtBot):
    editor.set_suggestion(suggest(" don't stop, go"))
    taken = []
    while editor.has_ghost:
        qtbot.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        taken.append(editor.ghost_text())
    assert taken == [" stop, go", ", go", " go", ""]
    assert log.of("accepted") == [(" don't", False), (" stop", False), (",", False), (" go", True)]
    assert len(log.of("exhausted")) == 1
    assert editor.toPlainText().startswith("First line don't stop, go here")
    editor.undo()
    assert editor.toPlainText().startswith("First line don't stop, here")


def test_ctrl_right_is_qts_without_a_ghost(editor: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert editor.textCursor().position() == 11
    assert log.events == [("caret_moved",)]


def test_cycling(editor: Editor, qtbot: QtBot):
    editor.set_suggestion(suggest(" one", " two", " three"))
    seen = []
    for key in (
        Qt.Key.Key_BracketRight,
        Qt.Key.Key_BracketRight,
        Qt.Key.Key_BracketLeft,
        Qt.Key.Key_BracketLeft,
    ):
        qtbot.keyClick(editor, key, Qt.KeyboardModifier.AltModifier)
        seen.append(preedit(editor))
    assert seen == [" two", " three", " two", " one"]
    assert editor.toPlainText() == TEXT


def test_esc_hides(ghost: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClick(ghost, Qt.Key.Key_Escape)
    assert no_ghost(ghost)
    assert log.events == [("dismissed",)]
    qtbot.keyClick(ghost, Qt.Key.Key_Escape)
    assert log.events == [("dismissed",)]


@pytest.mark.parametrize("shift", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_alt_backslash_requests(editor: Editor, log: Log, qtbot: QtBot, shift: Qt.KeyboardModifier):
    qtbot.keyClick(editor, Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier | shift)
    assert log.events == [("requested",)]
    assert editor.toPlainText() == TEXT


def test_keys_can_be_bound_anew(editor: Editor, qtbot: QtBot):
    editor.apply_settings(Settings().changed(key_accept="Ctrl+Return", key_dismiss="", key_next="Shift+Tab"))
    editor.set_suggestion(suggest(" one", " two"))
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.ghost_text() == " two"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.has_ghost
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText().startswith("First line two")
    editor.set_suggestion(suggest(" one"))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert "\t" in editor.toPlainText()


def test_our_keys_come_before_a_menus_shortcuts_only_while_a_ghost_shows(editor: Editor, qtbot: QtBot):
    fired = []
    action = QAction("leave full screen", editor, shortcut="Esc")
    action.triggered.connect(lambda: fired.append(1))
    editor.addAction(action)
    editor.set_suggestion(suggest(GHOST))
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert no_ghost(editor)
    assert not fired
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert fired
