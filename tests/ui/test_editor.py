"""When a suggestion is shown, and when it goes."""

from __future__ import annotations

import pytest
from editor_kit import (
    GHOST,
    TEXT,
    Log,
    MakeEditor,
    compose,
    drag_enter,
    new_document,
    no_ghost,
    preedit,
    suggest,
    text_data,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gpt_assistant.text.suggestion import Suggestion
from gpt_assistant.ui.editor import Editor

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_showing_leaves_the_document_alone(editor: Editor, log: Log):
    seen: list[object] = []
    editor.document().contentsChange.connect(lambda *values: seen.append(values))
    editor.textChanged.connect(lambda: seen.append("textChanged"))
    editor.undoAvailable.connect(seen.append)
    editor.set_suggestion(suggest(GHOST))
    editor.clear_suggestion()
    editor.set_suggestion(suggest(GHOST))
    QApplication.processEvents()
    assert preedit(editor).startswith(" GHOST")
    assert not seen
    assert not log.of("edited")
    assert editor.toPlainText() == TEXT
    assert not editor.document().isModified()
    assert not editor.document().isUndoAvailable()


def test_state_is_told(ghost: Editor):
    assert ghost.has_ghost
    assert ghost.ghost_text() == GHOST
    assert ghost.suggestion() == suggest(GHOST)
    ghost.clear_suggestion()
    assert no_ghost(ghost)


def test_empty_suggestion_clears(ghost: Editor):
    assert not ghost.set_suggestion(Suggestion())
    assert no_ghost(ghost)


def test_painted_is_told_once_for_each_suggestion(editor: Editor):
    painted: list[str] = []
    editor.ghost_painted.connect(lambda: painted.append(editor.ghost_text()))
    for count in (1, 2):
        editor.set_suggestion(suggest(GHOST))
        assert len(painted) == count - 1
        editor.repaint()
        editor.repaint()
        assert len(painted) == count


@pytest.mark.parametrize("how", ["select", "readonly", "disabled", "composing", "dragging"])
def test_nothing_is_shown_where_it_would_be_in_the_way(editor: Editor, how: str):
    if how == "select":
        editor.selectAll()
    elif how == "readonly":
        editor.setReadOnly(True)
    elif how == "disabled":
        editor.setEnabled(False)
    elif how == "composing":
        compose(editor, "か")
    elif how == "dragging":
        drag_enter(editor, text_data("x"))
    assert not editor.set_suggestion(suggest(GHOST))
    assert not editor.has_ghost
    assert GHOST[:6] not in preedit(editor)


def test_shown_only_in_the_part_of_the_window_that_has_the_focus(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    editor, field = Editor(), QLineEdit()
    rows = QVBoxLayout(window)
    rows.addWidget(editor)
    rows.addWidget(field)
    window.show()
    window.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    assert editor.set_suggestion(suggest(GHOST))
    field.setFocus()
    assert no_ghost(editor)
    assert not editor.set_suggestion(suggest(GHOST))
    editor.setFocus()
    assert no_ghost(editor)
    assert editor.set_suggestion(suggest(GHOST))


def test_a_menu_does_not_drive_it_away_and_tab_is_not_ours_while_it_is_open(ghost: Editor, qtbot: QtBot):
    menu = QMenu(ghost)
    menu.addAction("one")
    menu.popup(ghost.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    assert ghost.has_ghost
    qtbot.keyClick(ghost, Qt.Key.Key_Tab)
    assert ghost.toPlainText().startswith("First line\t here")
    menu.close()


@pytest.mark.parametrize(
    "how", ["readonly", "disabled", "document", "plain", "clear", "program", "selection"]
)
def test_it_goes_when_its_ground_goes(ghost: Editor, how: str):
    if how == "readonly":
        ghost.setReadOnly(True)
    elif how == "disabled":
        ghost.setEnabled(False)
    elif how == "document":
        ghost.setDocument(new_document(ghost))
    elif how == "plain":
        ghost.setPlainText("new text")
    elif how == "clear":
        ghost.clear()
    elif how == "program":
        QTextCursor(ghost.document()).insertText("elsewhere ")
    elif how == "selection":
        cursor = ghost.textCursor()
        cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)
        ghost.setTextCursor(cursor)
    assert no_ghost(ghost)


def test_the_new_document_is_listened_to(editor: Editor, log: Log, qtbot: QtBot):
    old, new = new_document(editor), new_document(editor)
    editor.setDocument(old)
    editor.set_suggestion(suggest(GHOST))
    editor.setDocument(new)
    assert not old.firstBlock().layout().preeditAreaText()
    QTextCursor(old).insertText("x")
    assert not log.of("edited")
    qtbot.keyClicks(editor, "y")
    assert log.of("edited") == [(0, 0, 1, "typing")]


@pytest.mark.parametrize(
    ("key", "modifier", "cause"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "delete"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete"),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier, "delete"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo"),
        (Qt.Key.Key_Z, CONTROL_SHIFT, "redo"),
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, "paste"),
    ],
)
def test_edits_that_are_not_typing_clear_it_and_say_what_they_are(
    editor: Editor, log: Log, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, cause: str
):
    QGuiApplication.clipboard().setText(" GHOST")
    qtbot.keyClicks(editor, "ab")
    if cause == "redo":
        editor.undo()
    log.events.clear()
    assert editor.set_suggestion(suggest(GHOST))
    qtbot.keyClick(editor, key, modifier)
    assert no_ghost(editor)
    assert [event[-1] for event in log.of("edited")] == [cause]


def test_undo_of_the_slot_and_of_the_document_are_told_apart_from_typing(
    editor: Editor, log: Log, qtbot: QtBot
):
    qtbot.keyClicks(editor, "ab")
    editor.undo()
    editor.redo()
    editor.document().undo()
    assert [event[-1] for event in log.of("edited")] == ["typing", "typing", "undo", "redo", "undo"]


def test_the_context_menu_says_who_edits(editor: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClicks(editor, "ab")
    log.events.clear()
    actions = {action.objectName(): action for action in editor.context_menu(QPoint(5, 5)).actions()}
    actions["edit-undo"].trigger()
    actions = {action.objectName(): action for action in editor.context_menu(QPoint(5, 5)).actions()}
    actions["edit-redo"].trigger()
    editor.selectAll()
    actions = {action.objectName(): action for action in editor.context_menu(QPoint(5, 5)).actions()}
    actions["edit-cut"].trigger()
    assert [event[-1] for event in log.of("edited")] == ["undo", "redo", "delete"]


def test_keys_that_do_nothing_leave_it(ghost: Editor, log: Log, qtbot: QtBot):
    qtbot.keyClick(ghost, Qt.Key.Key_Shift)
    qtbot.keyClick(ghost, Qt.Key.Key_F5)
    assert ghost.ghost_text() == GHOST
    assert preedit(ghost).startswith(" GHOST")
    assert not log.of("edited")
    assert not log.of("caret_moved")


@pytest.mark.parametrize(
    ("key", "lands"),
    [
        (Qt.Key.Key_End, 20),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 9),
        (Qt.Key.Key_Right, 11),
        (Qt.Key.Key_Down, 31),
    ],
)
def test_the_caret_moves_as_if_there_were_no_ghost(
    ghost: Editor, log: Log, qtbot: QtBot, key: Qt.Key, lands: int
):
    qtbot.keyClick(ghost, key)
    position = ghost.textCursor().position()
    assert position in range(27, 36) if key == Qt.Key.Key_Down else position == lands
    assert no_ghost(ghost)
    assert log.of("caret_moved") == [()]


def test_moving_up_from_below_lands_where_it_would(make_editor: MakeEditor, qtbot: QtBot):
    editor = make_editor(caret=27)
    editor.set_suggestion(suggest(GHOST))
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert editor.textCursor().blockNumber() == 0


def test_select_all_clears(ghost: Editor, qtbot: QtBot):
    qtbot.keyClick(ghost, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert no_ghost(ghost)
    assert ghost.textCursor().selectedText().replace("\u2029", "\n") == TEXT


def test_scrolling_stays_when_the_ghost_is_lifted_at_the_end(make_editor: MakeEditor, qtbot: QtBot):
    editor = make_editor("line\n" * 60 + "end", 303, height=220)
    editor.set_suggestion(suggest("abc" + "\nx" * 4))
    QApplication.processEvents()
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    value = bar.value()
    assert value > 53
    for letter in "abc":
        qtbot.keyClicks(editor, letter)
        assert editor.has_ghost
        assert bar.value() == value
