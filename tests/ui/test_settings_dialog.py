from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QKeySequenceEdit, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot
from windows import dialog, editor_of, open_window

from gpt_assistant.settings import Settings, SettingsStore, fields
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def settings(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return dialog(qtbot, window, SettingsDialog)


def control(settings: SettingsDialog, name: str, kind: type) -> object:
    found = settings.rows[name].control
    assert isinstance(found, kind)
    return found


def test_has_every_setting_with_a_name_and_help(settings: SettingsDialog) -> None:
    assert list(settings.rows) == [field.name for field in fields()]
    for field in fields():
        row = settings.rows[field.name]
        assert row.control.accessibleName() == field.metadata["label"]
        assert row.control.accessibleDescription() == field.metadata["help"]
        assert row.control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert row.reset.isHidden()


def test_changes_apply_at_once_and_are_stored(window: MainWindow, settings: SettingsDialog) -> None:
    size = settings.rows["font_size"].control
    assert isinstance(size, QSpinBox)
    size.setValue(22)
    assert editor_of(window).font().pointSize() == 22
    theme = settings.rows["theme"].control
    assert isinstance(theme, QComboBox)
    theme.setCurrentText("Dark")
    assert window.theme.dark
    offline = settings.rows["offline"].control
    assert isinstance(offline, QCheckBox)
    QTest.keyClick(offline, Qt.Key.Key_Space)
    keys = settings.rows["key_next"].control
    assert isinstance(keys, QKeySequenceEdit)
    keys.setKeySequence("Ctrl+J")
    keys.editingFinished.emit()
    stored = SettingsStore().current
    assert (stored.font_size, stored.theme, stored.offline, stored.key_next) == (22, "dark", True, "Ctrl+J")


def test_text_applies_when_it_is_finished(window: MainWindow, settings: SettingsDialog) -> None:
    model = settings.rows["model"].control
    assert isinstance(model, QLineEdit)
    model.selectAll()
    QTest.keyClicks(model, "org/name ")
    assert window.store.current.model == "default", "half a name is not a model"
    model.editingFinished.emit()
    assert window.store.current.model == "org/name"


def test_search_shows_only_what_fits(settings: SettingsDialog) -> None:
    settings.search.setText("font_size")
    shown = [name for name, row in settings.rows.items() if row.isVisible()]
    assert shown == ["font_size"]
    assert not settings.nothing.isVisible()
    settings.search.setText("no such thing")
    assert settings.nothing.isVisible()
    settings.search.clear()
    assert all(row.isVisible() for row in settings.rows.values())


def test_resets_one_and_all(window: MainWindow, settings: SettingsDialog) -> None:
    window.store.change(font_size=30, tab_width=8)
    row = settings.rows["font_size"]
    assert row.reset.isVisible(), "what is not the default shows how to go back"
    QTest.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    assert (window.store.current.font_size, window.store.current.tab_width) == (13, 8)
    assert not row.reset.isVisible()
    button = next(each for each in settings.findChildren(QPushButton) if each.text() == "Reset all")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.store.current == Settings()


def test_follows_changes_made_elsewhere(window: MainWindow, settings: SettingsDialog) -> None:
    window.actions_table["wrap"].trigger()
    wrap = settings.rows["line_wrap"].control
    assert isinstance(wrap, QCheckBox)
    assert not wrap.isChecked()


def test_closed_dialog_is_no_longer_told(qtbot: QtBot, window: MainWindow, settings: SettingsDialog) -> None:
    QTest.keyClick(settings, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(SettingsDialog))
    window.store.change(font_size=17)
    assert editor_of(window).font().pointSize() == 17


def test_what_cannot_be_stored_is_said(window: MainWindow, settings: SettingsDialog) -> None:
    window.store.path = window.store.path / "not a folder" / "settings.json"
    size = settings.rows["font_size"].control
    assert isinstance(size, QSpinBox)
    size.setValue(21)
    assert settings.message.text().startswith("Cannot save settings.json")
    assert settings.message.isVisible()


def test_return_in_the_search_field_closes_nothing(qtbot: QtBot, settings: SettingsDialog) -> None:
    field = settings.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "font")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settings.isVisible()


def test_a_key_that_writes_leaves_typing_alone(window: MainWindow, settings: SettingsDialog) -> None:
    before = window.store.current.key_trigger
    edit = control(settings, "key_trigger", QKeySequenceEdit)
    edit.setKeySequence("X")
    edit.editingFinished.emit()
    assert window.store.current.key_trigger == before
