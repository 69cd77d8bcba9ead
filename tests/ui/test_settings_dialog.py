from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot
from windows import answer, choose_file, dialog, editor_of, open_window

from gpt_assistant.settings import Settings, SettingsStore, fields
from gpt_assistant.ui.file_control import FileControl
from gpt_assistant.ui.key_button import KeyButton
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.settings_files import ImportDialog
from gpt_assistant.ui.theme import CONTRAST_LIGHT
from gpt_assistant.ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def settings(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return dialog(qtbot, window, SettingsDialog)


def control(settings: SettingsDialog, name: str, kind: type) -> object:
    found = settings.row(name).control
    assert isinstance(found, kind)
    return found


def test_has_every_setting_with_a_name_and_help(settings: SettingsDialog) -> None:
    assert list(settings.rows) == [field.name for field in fields()]
    for field in fields():
        row = settings.rows[field.name]
        assert row.control.accessibleName() == field.metadata["label"]
        assert row.control.accessibleDescription().startswith(field.metadata["help"])
        at_next_start = row.control.accessibleDescription().endswith("Takes effect at the next start.")
        assert at_next_start == field.metadata["restart"]
        assert row.reset.isHidden()


def test_changes_apply_at_once_and_are_stored(window: MainWindow, settings: SettingsDialog) -> None:
    size = settings.row("font_size").control
    assert isinstance(size, QSpinBox)
    size.setValue(22)
    assert editor_of(window).font().pointSize() == 22
    theme = settings.row("theme").control
    assert isinstance(theme, QComboBox)
    theme.setCurrentText("Dark")
    assert window.theme.dark
    offline = settings.row("offline").control
    assert isinstance(offline, QCheckBox)
    QTest.keyClick(offline, Qt.Key.Key_Space)
    keys = settings.row("key_next").control
    assert isinstance(keys, KeyButton)
    QTest.mouseClick(keys, Qt.MouseButton.LeftButton)
    QTest.keyClick(keys, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    stored = SettingsStore().current
    assert (stored.font_size, stored.theme, stored.offline, stored.key_next) == (22, "dark", True, "Ctrl+J")


def test_text_applies_when_it_is_finished(window: MainWindow, settings: SettingsDialog) -> None:
    target = settings.row("translate_to").control
    assert isinstance(target, QLineEdit)
    QTest.keyClicks(target, "de ")
    assert window.store.current.translate_to == "", "half a name is none"
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert window.store.current.translate_to == "de"


def test_search_shows_only_what_fits(settings: SettingsDialog) -> None:
    settings.search.setText("font_size")
    shown = [name for name, row in settings.rows.items() if row.isVisible()]
    assert shown == ["font_size"]
    assert not settings.nothing.isVisible()
    settings.search.setText("no such thing")
    assert settings.nothing.isVisible()
    settings.search.clear()
    shown = {row.group for row in settings.rows.values() if row.isVisible()}
    assert shown == {settings.group_names[0]}, "without a search, the page that was shown before it"


def test_a_group_is_shown_by_the_keyboard_alone(settings: SettingsDialog) -> None:
    settings.groups.setFocus()
    QTest.keyClick(settings.groups, Qt.Key.Key_Down)
    second = settings.group_names[1]
    assert {row.group for row in settings.rows.values() if row.isVisible()} == {second}
    settings.search.setText("font")
    found = {row.group for row in settings.rows.values() if row.isVisible()}
    assert len(found) > 1, "a search looks through all groups"
    settings.search.clear()
    assert {row.group for row in settings.rows.values() if row.isVisible()} == {second}


def test_little_room_makes_the_list_a_menu(settings: SettingsDialog) -> None:
    assert settings.groups.isVisible()
    settings.resize(400, 420)
    assert settings.group_menu.isVisible()
    assert not settings.groups.isVisible()
    settings.group_menu.setFocus()
    QTest.keyClick(settings.group_menu, Qt.Key.Key_Down)
    assert {row.group for row in settings.rows.values() if row.isVisible()} == {settings.group_names[1]}
    settings.resize(800, 420)
    assert settings.groups.currentRow() == 1


def test_resets_one_and_all(qtbot: QtBot, window: MainWindow, settings: SettingsDialog) -> None:
    window.store.change(font_size=30, tab_width=8)
    row = settings.row("font_size")
    assert row.reset.isVisible(), "what is not the default shows how to go back"
    QTest.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    assert (window.store.current.font_size, window.store.current.tab_width) == (13, 8)
    assert not row.reset.isVisible()
    button = next(each for each in settings.findChildren(QPushButton) if each.text() == "Reset all")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.store.current != Settings(), "it asks first"
    answer(qtbot, settings, "Reset all")
    assert window.store.current == Settings()


def test_follows_changes_made_elsewhere(window: MainWindow, settings: SettingsDialog) -> None:
    window.actions_table["wrap"].trigger()
    wrap = settings.row("line_wrap").control
    assert isinstance(wrap, QCheckBox)
    assert not wrap.isChecked()


def test_closed_dialog_is_no_longer_told(qtbot: QtBot, window: MainWindow, settings: SettingsDialog) -> None:
    QTest.keyClick(settings, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(SettingsDialog))
    window.store.change(font_size=17)
    assert editor_of(window).font().pointSize() == 17


def test_what_cannot_be_stored_is_said(window: MainWindow, settings: SettingsDialog) -> None:
    window.store.path = window.store.path / "not a folder" / "settings.toml"
    size = settings.row("font_size").control
    assert isinstance(size, QSpinBox)
    size.setValue(21)
    assert settings.message.text().startswith("Cannot save settings.toml")
    assert settings.message.isVisible()


def test_return_in_the_search_field_closes_nothing(qtbot: QtBot, settings: SettingsDialog) -> None:
    field = settings.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "font")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settings.isVisible()


def test_a_key_that_writes_leaves_typing_alone(window: MainWindow, settings: SettingsDialog) -> None:
    before = window.store.current.key_trigger
    button = control(settings, "key_trigger", KeyButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_X)
    assert window.store.current.key_trigger == before
    assert "types nothing" in settings.message.text()


# -- files -------------------------------------------------------------------------------------------


def press_button(settings: QDialog, name: str) -> None:
    (button,) = (each for each in settings.findChildren(QPushButton) if each.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_exported_settings_are_imported_after_a_look(
    qtbot: QtBot, window: MainWindow, settings: SettingsDialog, tmp_path: Path
) -> None:
    window.store.change(font_size=20, theme="dark", key_next="F8")
    press_button(settings, "Export…")
    choose_file(qtbot, settings, tmp_path / "mine.toml")
    assert settings.message.text().startswith("The settings are in mine.toml")
    settings.reset_all()
    window.store.change(tab_width=8)
    press_button(settings, "Import…")
    choose_file(qtbot, settings, tmp_path / "mine.toml")
    shown = dialog(qtbot, settings, ImportDialog)
    rows = [shown.tree.topLevelItem(row) for row in range(shown.tree.topLevelItemCount())]
    said = {item.text(0): (item.text(1), item.text(2)) for item in rows if item is not None}
    assert said["Font size"] == ("13", "20")
    assert said["Theme"] == ("Like the system", "Dark")
    assert window.store.current == Settings(tab_width=8), "nothing is changed before she says so"
    press_button(shown, "Import")
    assert window.store.current == Settings(font_size=20, theme="dark", key_next="F8")
    assert settings.message.text() == "Imported. Settings changed: 4."


def test_an_import_can_be_left(
    qtbot: QtBot, window: MainWindow, settings: SettingsDialog, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text("font_size = 20\nglow = 1\n")
    press_button(settings, "Import…")
    choose_file(qtbot, settings, tmp_path / "mine.toml")
    shown = dialog(qtbot, settings, ImportDialog)
    assert any("glow" in each.text() for each in shown.findChildren(QLabel))
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert window.store.current == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("font_size = 1000", "mine.toml: font_size must be between 6 and 72, not 1000"),
        ("{", "mine.toml has no settings: "),
        ("font_size = 13", "Nothing in mine.toml is different"),
    ],
)
def test_a_file_that_changes_nothing_says_so_in_one_line(
    qtbot: QtBot, window: MainWindow, settings: SettingsDialog, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "mine.toml").write_text(text)
    press_button(settings, "Import…")
    choose_file(qtbot, settings, tmp_path / "mine.toml")
    assert settings.message.text().startswith(said)
    assert "\n" not in settings.message.text()
    assert window.store.current == Settings()


# -- colours -----------------------------------------------------------------------------------------


def test_a_colour_that_is_hardly_seen_is_not_taken(
    qtbot: QtBot, window: MainWindow, settings: SettingsDialog
) -> None:
    button = control(settings, "ghost_light", QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    colours = button.findChild(QColorDialog)
    colours.setCurrentColor(QColor("#eeeeee"))
    colours.accept()
    assert window.store.current.ghost_light == ""
    assert settings.message.text().startswith("#eeeeee is hardly seen on the page: its contrast is 1.1:1")


def test_high_contrast_keeps_its_own_colours(window: MainWindow) -> None:
    window.store.change(theme="contrast-light", misspelt_light="#803080")
    assert window.theme.current.misspelt == CONTRAST_LIGHT.misspelt
    window.store.change(theme="light")
    assert window.theme.current.misspelt == "#803080"


# -- what is wrong with the file ---------------------------------------------------------------------


def test_a_broken_file_is_told_in_the_window(qtbot: QtBot) -> None:
    path = SettingsStore().path
    path.write_text("font_size = ")
    window = open_window(qtbot)
    assert window.status.message.whole.startswith("settings.toml could not be read and is kept as")
    assert window.store.current == Settings()


def test_a_change_from_outside_counts_when_the_window_is_in_front_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    SettingsStore().change(font_size=21)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert editor_of(window).font().pointSize() == 21


def press(settings: SettingsDialog, name: str, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    button = settings.row(name).control
    assert isinstance(button, KeyButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, key, modifier)


def test_a_key_of_something_else_is_said(window: MainWindow, settings: SettingsDialog) -> None:
    press(settings, "key_next", Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.store.current.key_next == "Ctrl+F", "a suggestion's key may be a menu's meanwhile"
    assert settings.message.text() == "While a suggestion is shown, Ctrl+F will not be “Find”."
    press(settings, "key_next", Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    assert window.store.current.key_next == "Ctrl+F", "two keys of a suggestion cannot be the same"
    assert settings.message.text().startswith("Tab is the key of “Take the suggestion”")
    press(settings, "key_next", Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.store.current.key_next == "Ctrl+J"
    assert settings.message.isHidden()


def test_a_file_is_chosen_or_written(
    qtbot: QtBot, window: MainWindow, settings: SettingsDialog, tmp_path: Path
) -> None:
    path = tmp_path / "authority.pem"
    path.write_text("")
    chooser = settings.row("remote_authority").control
    assert isinstance(chooser, FileControl)
    QTest.mouseClick(chooser.button, Qt.MouseButton.LeftButton)
    choose_file(qtbot, chooser, path)
    assert window.store.current.remote_authority == str(path)
    assert chooser.field.text() == str(path)
    chooser.field.clear()
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert window.store.current.remote_authority == ""


def test_nothing_is_cut_off_where_there_is_little_room(settings: SettingsDialog) -> None:
    settings.resize(360, 560)
    for group in settings.group_names:
        settings.show_group(group)
        QTest.qWait(0)
        room = settings.area.viewport().width()
        for row in settings.page(group).rows.values():
            right = row.control.mapTo(settings.area.viewport(), row.control.rect().topRight()).x()
            assert right < room, row.place.field.name


def test_a_problem_behind_the_dialog_is_said_in_it(window: MainWindow, settings: SettingsDialog) -> None:
    window.status.show_problem("The model went away.", about="model")
    assert settings.message.text() == "The model went away."
