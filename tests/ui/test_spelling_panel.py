"""The list of all issues beside the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editor_kit import place_caret
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from spelling_kit import Speller, settle, sheet_of, spelling_window, words, write
from windows import editor_of, open_window

from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui import spelling_list
from gpt_assistant.ui.spelling_panel import SpellingPanel
from gpt_assistant.ui.window import MainWindow

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
TEXT = "I recieved teh letter.\n\nIt is their, definately."


def panel_of(window: MainWindow) -> SpellingPanel:
    return window.spelling_commands.panel


def rows(window: MainWindow) -> list[str]:
    model = panel_of(window).model
    return [str(model.index(row).data()).partition("\n")[0] for row in range(model.rowCount())]


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window, _ = spelling_window(qtbot, TEXT, spelling_panel=True)
    qtbot.waitUntil(lambda: len(rows(window)) == 4)
    return window


def shown(qtbot: QtBot, window: MainWindow) -> Callable[[list[str]], None]:
    return lambda expected: qtbot.waitUntil(lambda: rows(window) == expected)


def test_each_issue_is_a_row_with_its_best_correction_and_the_words_around(window: MainWindow) -> None:
    panel = panel_of(window)
    assert rows(window) == ["recieved → received", "teh → the", "their → there", "definately → definitely"]
    index = panel.model.index(1)
    assert str(index.data()).endswith("\nI recieved teh letter.")
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "There is no such word" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert panel.count.text() == "4 issues"
    assert not panel.note.text()


def test_a_row_leads_to_its_word(qtbot: QtBot, window: MainWindow) -> None:
    panel, editor = panel_of(window), editor_of(window)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(2))
    QTest.keyClick(panel.list, Key.Key_Return)
    assert editor.textCursor().selectedText() == "their"
    assert editor.hasFocus()
    place = panel.list.visualRect(panel.model.index(1)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.textCursor().selectedText() == "teh"


def test_it_follows_the_text(qtbot: QtBot, window: MainWindow) -> None:
    tester = QAbstractItemModelTester(panel_of(window).model)
    assert tester.model() is panel_of(window).model
    place_caret(editor_of(window), 0)
    write(window, "xqzt\n")
    shown(qtbot, window)(
        ["xqzt", "recieved → received", "teh → the", "their → there", "definately → definitely"]
    )
    editor_of(window).selectAll()
    write(window, "All is well. ")
    shown(qtbot, window)([])
    qtbot.waitUntil(lambda: panel_of(window).note.text() == "No spelling issue was found.")
    assert not panel_of(window).take_button.isEnabled()


def test_the_keys_and_buttons_take_ignore_and_add(qtbot: QtBot, window: MainWindow) -> None:
    panel, editor = panel_of(window), editor_of(window)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(1))
    QTest.keyClick(panel.list, Key.Key_Return, Control)
    assert editor.toPlainText().startswith("I recieved the letter")
    assert panel.list.hasFocus()
    shown(qtbot, window)(["recieved → received", "their → there", "definately → definitely"])
    assert panel.list.currentIndex().row() == 1
    assert not panel.add_button.isEnabled()  # it is a word
    QTest.keyClick(panel.list, Key.Key_Delete)
    assert rows(window) == ["recieved → received", "definately → definitely"]
    assert panel.add_button.isEnabled()
    QTest.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert rows(window) == ["recieved → received"]
    assert window.spelling.words.all() == {"definately"}
    editor.undo()
    settle(qtbot, window)
    assert words(window) == ["recieved", "teh"]


def test_it_is_remembered_whether_it_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    panel = panel_of(window)
    QTest.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    assert not window.actions_table["spell_panel"].isChecked()
    assert not SettingsStore().current.spelling_panel
    window.actions_table["spell_panel"].trigger()
    assert panel.isVisible()
    assert len(rows(window)) == 4
    window.end_keeping_work()
    assert panel_of(open_window(qtbot)).isVisible()


def test_it_goes_below_the_text_in_a_narrow_window(qtbot: QtBot, window: MainWindow) -> None:
    panel = panel_of(window)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: panel.x() > 200)
    window.resize(400, 600)
    qtbot.waitUntil(lambda: panel.width() > 380 and panel.y() > 200)
    assert panel.isVisible()
    assert window.width() == 400
    assert editor_of(window).height() > 100


def test_it_says_why_it_is_empty(qtbot: QtBot) -> None:
    window = open_window(qtbot, spelling_panel=True)
    panel = panel_of(window)
    speller = Speller(window, loaded=False)
    write(window, "teh ")
    qtbot.waitUntil(lambda: panel.note.text() == "Checked once the model is loaded.")
    speller.rest_held = True
    editor_of(window).setPlainText("\n".join(f"Line {number}." for number in range(300)))
    window.spelling.set_loaded(True)
    qtbot.waitUntil(lambda: panel.note.text() == "The rest of the text is still being checked.")
    window.store.change(spelling=False)
    qtbot.waitUntil(lambda: panel.note.text() == "Spelling is not checked: it is switched off.")


def test_of_very_many_the_first_are_shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (spelling_list, __import__("gpt_assistant.ui.spelling_panel", fromlist=["MOST"])):
        monkeypatch.setattr(module, "MOST", 20)
    window, _ = spelling_window(qtbot, "teh one and teh other\n" * 50, spelling_panel=True)
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel.count.text() == "100 issues")
    assert len(rows(window)) == 20
    assert panel.note.text() == "The first 20 are shown."


def test_tab_and_the_key_for_parts_reach_it(qtbot: QtBot, window: MainWindow) -> None:
    panel = panel_of(window)
    editor_of(window).setFocus()
    QTest.keyClick(editor_of(window), Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert panel.isAncestorOf(QApplication.focusWidget())
    reached = set()
    for _ in range(8):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert {
        panel.list,
        panel.take_button,
        panel.ignore_button,
        panel.add_button,
        panel.close_button,
    } <= reached


def test_another_document_has_its_own(qtbot: QtBot, window: MainWindow) -> None:
    window.new_document()
    qtbot.waitUntil(lambda: not rows(window))
    write(window, "xqzt ")
    shown(qtbot, window)(["xqzt"])
    window.step_tab(1)
    qtbot.waitUntil(lambda: len(rows(window)) == 4)
    assert sheet_of(window).places(0)[0].issue.word == "recieved"
    assert panel_of(window).list.indexAt(QPoint(5, 5)).row() == 0


def test_in_focus_mode_there_is_only_the_text(window: MainWindow) -> None:
    focus = window.actions_table["focus"]
    focus.trigger()
    assert not panel_of(window).isVisible()
    window.store.change(typewriter=True)  # another setting does not bring it back
    assert not panel_of(window).isVisible()
    focus.trigger()
    assert panel_of(window).isVisible()
