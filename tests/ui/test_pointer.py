"""The mouse over a ghost: everything lands where it was seen."""

from __future__ import annotations

import pytest
from editor_kit import CARET, LONG, TEXT, MakeEditor, drag_point, layouts, seen_at, show
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gpt_assistant.text.suggestion import Suggestion
from gpt_assistant.ui.editor import Editor

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("position", [0, 3, 9, 12, 16, 20, 25, 40])
@pytest.mark.parametrize("ghost", [" and", LONG, LONG + "\nsecond line\nthird"])
def test_a_click_lands_where_it_was_seen(editor: Editor, qtbot: QtBot, ghost: str, position: int):
    show(editor, ghost)
    qtbot.mouseClick(editor.viewport(), LEFT, pos=seen_at(editor, position))
    assert editor.textCursor().position() == position
    assert not editor.textCursor().hasSelection()
    assert not any(layouts(editor))


def test_a_click_on_the_ghost_is_a_click_at_the_caret(editor: Editor, qtbot: QtBot):
    show(editor, LONG)
    for box in editor.ghost.rectangles():
        show(editor, LONG)
        qtbot.mouseClick(editor.viewport(), LEFT, pos=box.center().toPoint())
        assert editor.textCursor().position() == CARET


@pytest.mark.parametrize("position", [4, 6, 8, 12])
def test_a_click_in_right_to_left_text_lands_where_it_was_seen(
    make_editor: MakeEditor, qtbot: QtBot, position: int
):
    editor = show(make_editor("שלום לכולם וברוכים", 4), " בעולם")
    spot = seen_at(editor, position) - QPoint(4, 0)
    qtbot.mouseClick(editor.viewport(), LEFT, pos=spot)
    assert abs(editor.textCursor().position() - position) <= 1


def test_a_double_click_selects_the_word_that_was_seen(editor: Editor, qtbot: QtBot):
    show(editor, " and then")
    spot = seen_at(editor, 17)
    qtbot.mouseDClick(editor.viewport(), LEFT, pos=spot)
    assert editor.textCursor().selectedText() == "tail"


def test_a_double_click_after_its_first_click_took_the_ghost_selects_that_word(editor: Editor, qtbot: QtBot):
    show(editor, " then")  # without it, "tail" will be where "here" was
    spot = seen_at(editor, 13)
    qtbot.mouseClick(editor.viewport(), LEFT, pos=spot)
    assert not editor.has_ghost
    assert editor.cursorForPosition(spot).position() > 15
    qtbot.mouseDClick(editor.viewport(), LEFT, pos=spot)
    assert editor.textCursor().selectedText() == "here"


def move(editor: Editor, point: QPoint) -> None:
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        editor.viewport().mapToGlobal(place),
        Qt.MouseButton.NoButton,
        LEFT,
        NONE,
    )
    QApplication.sendEvent(editor.viewport(), event)


def test_a_trembling_press_selects_nothing_and_a_drag_selects_from_where_it_began(
    editor: Editor, qtbot: QtBot
):
    show(editor, " and then some")
    spot = seen_at(editor, 17)
    qtbot.mousePress(editor.viewport(), LEFT, pos=spot)
    move(editor, spot + QPoint(2, 1))
    assert not editor.textCursor().hasSelection()
    move(editor, seen_at(editor, 6))
    qtbot.mouseRelease(editor.viewport(), LEFT, pos=seen_at(editor, 6))
    assert editor.textCursor().selectedText() == "line here t"


def test_a_drag_without_a_ghost_is_qts(editor: Editor, qtbot: QtBot):
    qtbot.mousePress(editor.viewport(), LEFT, pos=seen_at(editor, 6))
    move(editor, seen_at(editor, 7))
    qtbot.mouseRelease(editor.viewport(), LEFT, pos=seen_at(editor, 7))
    assert editor.textCursor().selectedText() == "l"


def test_the_right_button_leaves_it(editor: Editor):
    show(editor, LONG)
    place, button = QPointF(seen_at(editor, 3)), Qt.MouseButton.RightButton
    spot = editor.viewport().mapToGlobal(place)
    QApplication.sendEvent(
        editor.viewport(), QMouseEvent(QEvent.Type.MouseButtonPress, place, spot, button, button, NONE)
    )
    assert editor.ghost_text() == LONG
    assert editor.textCursor().position() == CARET


def test_a_place_in_the_text_is_found_through_the_ghost(editor: Editor):
    show(editor, LONG + "\nsecond")
    for position in (2, 10, 15, 20, 30):
        assert editor.cursorForPosition(seen_at(editor, position)).position() == position


@pytest.mark.parametrize("position", [3, 15, 30])
def test_a_drop_lands_where_it_was_seen(editor: Editor, position: int):
    causes: list[str] = []
    editor.edited.connect(lambda *values: causes.append(values[3]))
    show(editor, LONG)
    data = QMimeData()
    data.setText("<dropped>")
    for kind, spot in ((QDragEnterEvent, QPoint(5, 5)), (QDropEvent, None)):
        place = drag_point(QPointF(spot or seen_at(editor, position)))
        event = kind(place, Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(editor.viewport(), event)
        assert not any(layouts(editor))
    assert editor.toPlainText() == TEXT[:position] + "<dropped>" + TEXT[position:]
    assert event.isAccepted()
    assert causes == ["drop"]
    assert editor.set_suggestion(Suggestion(LONG))


def test_resting_on_it_tells_how_to_take_it(editor: Editor):
    show(editor, LONG)
    spot = editor.ghost.rectangles()[0].center().toPoint()
    QApplication.sendEvent(
        editor.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, editor.viewport().mapToGlobal(spot))
    )
    assert "Tab takes it" in QToolTip.text()
    QToolTip.hideText()
    spot = seen_at(editor, 3)
    QApplication.sendEvent(
        editor.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, editor.viewport().mapToGlobal(spot))
    )
    assert editor.ghost_text() == LONG
    assert not editor.ghost.covers(QPointF(spot))


def test_the_middle_button_pastes_where_it_was_seen(editor: Editor, qtbot: QtBot):
    clipboard = QGuiApplication.clipboard()
    if not clipboard.supportsSelection():
        pytest.skip("this platform has no selection to paste")
    clipboard.setText("<x>", clipboard.Mode.Selection)
    show(editor, " and then some")
    qtbot.mouseClick(editor.viewport(), MIDDLE, pos=seen_at(editor, 17))
    assert editor.toPlainText().startswith("First line here t<x>ail")
