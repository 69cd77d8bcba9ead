"""Typewriter scrolling: where the caret's line is, and how it gets there."""

from __future__ import annotations

import pytest
from editor_kit import MakeEditor, place_caret, suggest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gpt_assistant.settings import Settings
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.typewriter import Typewriter

LINES = "\n".join(f"Line {number} of the text" for number in range(80))


@pytest.fixture
def typewriter(make_editor: MakeEditor) -> Typewriter:
    editor = make_editor(LINES, 0, height=400)
    made = Typewriter(editor)
    made.apply_settings(Settings().changed(typewriter=True))
    QTest.qWait(20)
    return made


def editor_in(typewriter: Typewriter) -> Editor:
    editor = typewriter.parent()
    assert isinstance(editor, Editor)
    return editor


def height(editor: Editor) -> float:
    """Return where the caret's line is, in per cent of the view."""
    return 100 * editor.cursorRect().center().y() / editor.viewport().height()


def near(percent: float, editor: Editor) -> bool:
    line = 100 * editor.fontMetrics().lineSpacing() / editor.viewport().height()
    return abs(height(editor) - percent) <= line


@pytest.mark.parametrize("percent", [20, 50, 80])
def test_keys_keep_the_line_at_its_height_to_the_very_end(typewriter: Typewriter, percent: int) -> None:
    editor = editor_in(typewriter)
    typewriter.apply_settings(Settings().changed(typewriter=True, typewriter_height=percent))
    place_caret(editor, editor.document().findBlockByNumber(40).position())
    for _ in range(3):
        QTest.keyClick(editor, Qt.Key.Key_Down)
        assert near(percent, editor)
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(4):
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert near(percent, editor)


def test_the_first_lines_stay_at_the_top(typewriter: Typewriter) -> None:
    editor = editor_in(typewriter)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.verticalScrollBar().value() == 0


def test_a_suggestion_of_many_lines_moves_nothing(typewriter: Typewriter) -> None:
    editor = editor_in(typewriter)
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(200)
    before = editor.cursorRect()
    assert editor.set_suggestion(suggest("\n".join(["more"] * 30)))
    QApplication.processEvents()
    assert editor.cursorRect() == before
    QTest.keyClicks(editor, "m")
    assert near(50, editor)


def test_the_view_glides_and_arrives(typewriter: Typewriter, qtbot: QtBot) -> None:
    editor = editor_in(typewriter)
    place_caret(editor, editor.document().findBlockByNumber(40).position())
    QTest.qWait(200)
    home = editor.viewport().pos()
    seen = editor.cursorRect().top() + home.y()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    shown = editor.cursorRect().top() + editor.viewport().pos().y()
    assert shown > seen, "it begins where the line was before"
    qtbot.waitUntil(lambda: editor.viewport().pos() == home)
    assert near(50, editor)


def test_with_less_motion_it_jumps(typewriter: Typewriter) -> None:
    application = QApplication.instance()
    assert application is not None
    application.setProperty("reducedMotion", True)
    try:
        editor = editor_in(typewriter)
        place_caret(editor, editor.document().findBlockByNumber(40).position())
        home = editor.viewport().pos()
        QTest.keyClick(editor, Qt.Key.Key_Down)
        assert editor.viewport().pos() == home
        assert near(50, editor)
    finally:
        application.setProperty("reducedMotion", None)


def test_the_mouse_moves_nothing_until_the_next_key(typewriter: Typewriter) -> None:
    editor = editor_in(typewriter)
    place_caret(editor, editor.document().findBlockByNumber(40).position())
    QTest.qWait(200)
    value = editor.verticalScrollBar().value()
    place = editor.cursorRect().center()
    place.setY(editor.viewport().height() - 30)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.verticalScrollBar().value() == value
    QTest.keyClicks(editor, "x")
    assert near(50, editor)


def test_another_size_and_switching_off(typewriter: Typewriter) -> None:
    editor = editor_in(typewriter)
    place_caret(editor, editor.document().findBlockByNumber(40).position())
    editor.resize(editor.width(), 260)
    QTest.qWait(50)
    assert near(50, editor)
    typewriter.apply_settings(Settings())
    assert not editor.centerOnScroll()
    value = editor.verticalScrollBar().value()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.verticalScrollBar().value() == value
