"""Other keys for everything: recorded, refused, taken from elsewhere, given back; and what they then do."""

from __future__ import annotations

import pytest
from editor_kit import suggest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from windows import answer, dialog, editor_of, open_window, type_text

from gpt_assistant.settings import Settings, SettingsStore, Shortcuts
from gpt_assistant.ui.bindings import bound, clash, double, in_text
from gpt_assistant.ui.keys_dialog import KeysDialog
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.window import MainWindow

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow) -> KeysDialog:
    QTest.keyClick(editor_of(window), Qt.Key.Key_F1)
    found = dialog(qtbot, window, KeysDialog)
    qtbot.waitUntil(found.search.hasFocus)
    return found


def choose(keys: KeysDialog, text: str) -> None:
    """Find a line by its words and begin to record, by the keyboard alone."""
    keys.search.clear()
    QTest.keyClicks(keys.search, text)
    QTest.keyClick(keys.tree, Qt.Key.Key_Return)
    assert keys.change.buttons[0].isChecked(), "it waits for a key"


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def click(button: QPushButton) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def close(qtbot: QtBot, keys: KeysDialog, below: QWidget) -> None:
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    below.activateWindow()
    qtbot.waitUntil(below.isActiveWindow)


def shown_keys(keys: KeysDialog, text: str) -> str:
    (found,) = (item.text(1) for row, item in keys._items if row.text == text)
    return found


# -- recording ---------------------------------------------------------------------------------------


def test_a_new_key_works_at_once_everywhere_and_after_a_restart(
    qtbot: QtBot, window: MainWindow, keys: KeysDialog
) -> None:
    choose(keys, "save all")
    press(Qt.Key.Key_F4)
    assert window.store.current.shortcuts == Shortcuts({"save_all": ("F4",)})
    assert shown_keys(keys, "Save all") == "F4"
    action = window.actions_table["save_all"]
    assert action.shortcut() == QKeySequence("F4")
    assert action.toolTip().endswith("(F4)")
    ran: list[bool] = []
    action.triggered.connect(lambda _checked=False: ran.append(True))
    close(qtbot, keys, window)
    QTest.keyClick(editor_of(window), Qt.Key.Key_F4)
    QTest.keyClick(editor_of(window), Qt.Key.Key_S, CTRL | ALT)
    assert ran == [True], "the new key does it and the old one no longer"
    window.end_keeping_work()
    again = open_window(qtbot)
    assert again.actions_table["save_all"].shortcut() == QKeySequence("F4")


def test_a_second_key_and_none_at_all(window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "save all")
    assert not keys.change.buttons[2].isVisible(), "one key, and a place for another"
    click(keys.change.buttons[1])
    press(Qt.Key.Key_F4)
    assert window.store.current.shortcuts["save_all"] == ("Ctrl+Alt+S", "F4")
    for _ in range(2):
        click(keys.change.buttons[0])
        press(Qt.Key.Key_Backspace)
    assert window.store.current.shortcuts["save_all"] == ()
    assert window.actions_table["save_all"].shortcuts() == []
    assert shown_keys(keys, "Save all") == ""
    click(keys.change.reset)
    assert window.store.current.shortcuts == Shortcuts()
    assert window.actions_table["save_all"].shortcut() == QKeySequence("Ctrl+Alt+S")


def test_what_had_no_key_gets_one(window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "summarise as: bullet")
    press(Qt.Key.Key_B, CTRL | ALT)
    assert window.actions_table["summary_bullets"].shortcut() == QKeySequence("Ctrl+Alt+B")


def test_tab_and_esc_can_be_recorded_and_leaving_records_nothing(
    window: MainWindow, keys: KeysDialog
) -> None:
    choose(keys, "hide the suggestion")
    press(Qt.Key.Key_Tab, SHIFT)
    assert window.store.current.key_dismiss == "Shift+Tab"
    choose(keys, "hide the suggestion")
    press(Qt.Key.Key_Escape)
    assert window.store.current.key_dismiss == "Esc"
    choose(keys, "hide the suggestion")
    keys.search.setFocus()
    assert not keys.change.buttons[0].isChecked()
    assert window.store.current.key_dismiss == "Esc"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_X, NONE), (Qt.Key.Key_X, SHIFT), (Qt.Key.Key_7, NONE), (Qt.Key.Key_Space, NONE)],
)
def test_a_key_that_types_text_is_refused(
    window: MainWindow, keys: KeysDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    before = window.store.current
    for what in ("save all", "suggest now"):
        choose(keys, what)
        press(key, modifiers)
        assert "types text" in keys.change.message.text()
        assert keys.change.message.isVisible()
    assert window.store.current == before


def test_what_writing_needs_is_refused_for_a_menu(window: MainWindow, keys: KeysDialog) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Delete, Qt.Key.Key_Escape):
        choose(keys, "save all")
        press(key)
        assert "needed for writing" in keys.change.message.text()
    choose(keys, "save all")
    press(Qt.Key.Key_F, ALT)
    assert "opens the menu “File”" in keys.change.message.text()
    assert window.store.current.shortcuts == Shortcuts()


# -- what has the key already ------------------------------------------------------------------------


def test_a_key_of_something_else_is_taken_only_on_demand(window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "save all")
    press(Qt.Key.Key_F, CTRL)
    assert keys.change.message.text() == "Ctrl+F is the key of “Find” (Edit)."
    click(keys.change.leave)
    assert window.store.current.shortcuts == Shortcuts()
    choose(keys, "save all")
    press(Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is keys.change.take
    press(Qt.Key.Key_Space)
    table = window.actions_table
    assert table["save_all"].shortcut() == QKeySequence("Ctrl+F")
    assert QKeySequence("Ctrl+F") not in table["find"].shortcuts()
    assert double(table, window.store.current) == {}
    keys.search.clear()
    QTest.keyClicks(keys.search, "search this document")
    click(keys.change.reset)
    assert "Ctrl+F is the key of “Save all”" in keys.change.message.text(), "giving it back asks as well"


def test_conflicts_are_seen_from_both_sides(window: MainWindow) -> None:
    table, settings = window.actions_table, window.store.current

    def other(name: str, key: str) -> str:
        found = clash(name, key, table, settings)
        assert found is not None
        return found.other.name if found.other else "allowed" if found.allowed else "refused"

    assert other("save_all", "Ctrl+F") == "find"
    assert other("find", "Ctrl+Alt+S") == "save_all"
    assert other("key_next", "Alt+[") == "key_previous"
    assert other("key_trigger", "Ctrl+F") == "find"
    assert other("find", "Alt+\\") == "key_trigger"
    assert other("find", "Alt+Shift+\\") == "key_trigger", "the same key where a symbol needs shift"
    assert other("key_accept", "Ctrl+F") == "allowed", "while a suggestion is shown"
    assert other("find", "Ctrl+Right") == "allowed", "the suggestion's, and the text's, which says which"
    assert other("find", "Ctrl+Left") == "allowed", "in the text it moves"
    assert other("key_trigger", "Return") == "refused"
    assert clash("key_accept", "Right", table, settings) is None
    assert clash("find", "Ctrl+F", table, settings) is None, "its own"


def test_the_keys_as_they_are_at_first_do_not_clash(window: MainWindow) -> None:
    assert double(window.actions_table, Settings()) == {}
    names = [each.name for each in bound(window.actions_table, Settings())]
    assert {spec.name for spec in window.actions_table.specs} <= set(names)
    assert len(set(names)) == len(names)
    assert in_text()


def test_a_clash_in_the_file_is_marked(window: MainWindow, keys: KeysDialog) -> None:
    window.store.change(shortcuts=Shortcuts({"save_all": ("Ctrl+F",)}))
    assert shown_keys(keys, "Save all").startswith("⚠")
    assert shown_keys(keys, "Find").startswith("⚠")


# -- what the text has keys of its own for -----------------------------------------------------------


def test_a_key_of_the_text_can_be_given_away(qtbot: QtBot, window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "save all")
    press(Qt.Key.Key_Left, CTRL)
    assert "Go a word to the left" in keys.change.message.text()
    click(keys.change.take)
    close(qtbot, keys, window)
    type_text(window, "two words")
    ran: list[bool] = []
    window.actions_table["save_all"].triggered.connect(lambda _checked=False: ran.append(True))
    QTest.keyClick(editor_of(window), Qt.Key.Key_Left, CTRL)
    assert ran == [True]
    assert editor_of(window).textCursor().position() == len("two words")


def test_undo_moves_to_another_key(qtbot: QtBot, window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "undo")
    press(Qt.Key.Key_U, CTRL)
    close(qtbot, keys, window)
    editor = editor_of(window)
    type_text(window, "text")
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.toPlainText() == "text", "Ctrl+Z is nobody's now"
    QTest.keyClick(editor, Qt.Key.Key_U, CTRL)
    assert editor.toPlainText() == ""


def test_a_suggestions_key_comes_before_a_menus(qtbot: QtBot, window: MainWindow, keys: KeysDialog) -> None:
    choose(keys, "take the suggestion")
    press(Qt.Key.Key_F, CTRL)
    assert "While a suggestion is shown" in keys.change.message.text()
    click(keys.change.take)
    close(qtbot, keys, window)
    editor = editor_of(window)
    type_text(window, "some")
    assert editor.set_suggestion(suggest(" words"))
    QTest.keyClick(editor, Qt.Key.Key_F, CTRL)
    assert editor.toPlainText() == "some words"
    assert not window.find_bar.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_F, CTRL)
    assert window.find_bar.isVisible()


# -- all of them -------------------------------------------------------------------------------------


def test_all_keys_go_back_after_a_question(qtbot: QtBot, window: MainWindow, keys: KeysDialog) -> None:
    window.store.change(shortcuts=Shortcuts({"save_all": ("F4",)}), key_next="F8", font_size=20)
    (button,) = (each for each in keys.findChildren(QPushButton) if each.text() == "Reset all keys")
    click(button)
    answer(qtbot, keys, "Reset all keys")
    assert window.store.current == Settings(font_size=20)
    assert window.actions_table["save_all"].shortcut() == QKeySequence("Ctrl+Alt+S")


def test_the_settings_lead_to_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    settings = dialog(qtbot, window, SettingsDialog)
    control = settings.row("shortcuts").control
    assert isinstance(control, QPushButton)
    click(control)
    keys = dialog(qtbot, settings, KeysDialog)
    qtbot.waitUntil(keys.search.hasFocus)
    choose(keys, "save all")
    press(Qt.Key.Key_F4)
    assert "1" in control.text()
    assert SettingsStore().current.shortcuts == Shortcuts({"save_all": ("F4",)})
    close(qtbot, keys, settings)
    click(settings.row("shortcuts").reset)
    assert window.store.current.shortcuts == Shortcuts()
