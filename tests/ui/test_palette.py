from __future__ import annotations

import pytest
from asking_kit import FakeModel, asking_window
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import editor_of

from gpt_assistant.engine.messages import Rewrite, Summarise, Translate
from gpt_assistant.storage.instructions import own_instructions
from gpt_assistant.ui.palette import Palette
from gpt_assistant.ui.palette_list import Command, found, pieces
from gpt_assistant.ui.window import MainWindow

Key = Qt.Key


@pytest.fixture
def asked(qtbot: QtBot) -> tuple[MainWindow, FakeModel]:
    return asking_window(qtbot)


@pytest.fixture
def window(asked: tuple[MainWindow, FakeModel]) -> MainWindow:
    return asked[0]


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    QTest.keyClick(editor_of(window), Key.Key_P, Qt.KeyboardModifier.ControlModifier | SHIFT)
    return window.reviewing.palette


SHIFT = Qt.KeyboardModifier.ShiftModifier


def texts(palette: Palette) -> list[str]:
    return [command.text for command in palette.model.commands]


def press(palette: Palette, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(palette.field, key)


def current(palette: Palette) -> str:
    command = palette.current()
    assert command is not None
    return command.text


def test_every_action_is_in_it(window: MainWindow, palette: Palette) -> None:
    assert palette.isVisible()
    assert palette.field.hasFocus()
    names = {command.name for command in palette.model.commands}
    assert names == {spec.name for spec in window.actions_table.specs} - {"palette"}
    assert {
        "Summarise as: Bullet points",
        "Rewrite: Fix grammar",
        "Translate into: French",
        "File: Save as…",
    } <= set(texts(palette))


def test_shortcuts_and_ticks_are_shown_and_read_out(window: MainWindow, palette: Palette) -> None:
    rows = {command.name: row for row, command in enumerate(palette.model.commands)}

    def read_out(name: str) -> str:
        return str(palette.model.index(rows[name]).data(Qt.ItemDataRole.AccessibleTextRole))

    save = QKeySequence(QKeySequence.StandardKey.Save).toString(QKeySequence.SequenceFormat.NativeText)
    assert read_out("save") == f"File: Save, {save}"
    assert read_out("wrap") == "View: Wrap long lines, on, Alt+Z"
    assert window.actions_table["wrap"].isChecked()


def test_a_few_letters_find_it_and_enter_runs_it(window: MainWindow, palette: Palette) -> None:
    QTest.keyClicks(palette.field, "dark th")
    assert current(palette) == "View: Dark theme"
    press(palette, Key.Key_Return)
    assert window.store.current.theme == "dark"
    assert not palette.isVisible()
    assert editor_of(window).hasFocus()


def test_what_was_used_last_comes_first(window: MainWindow, palette: Palette) -> None:
    QTest.keyClicks(palette.field, "zoom in")
    press(palette, Key.Key_Return)
    palette.open_palette()
    assert current(palette) == "View: Zoom in"
    QTest.keyClicks(palette.field, "grammar")
    assert current(palette) == "Rewrite: Fix grammar", "letters count for more than use"


def test_arrows_move_round_and_esc_closes(window: MainWindow, palette: Palette) -> None:
    first = current(palette)
    press(palette, Key.Key_Up)
    last = [command.text for command in palette.model.commands if command.enabled][-1]
    assert current(palette) == last != first
    press(palette, Key.Key_Down)
    assert current(palette) == first
    press(palette, Key.Key_PageDown)
    assert palette.list.currentIndex().row() > 5
    press(palette, Key.Key_Escape)
    assert not palette.isVisible()
    assert editor_of(window).hasFocus()
    assert editor_of(window).toPlainText().startswith("Teh"), "nothing was typed into the text"


def test_what_cannot_be_done_now_comes_last_and_does_not_run(window: MainWindow, palette: Palette) -> None:
    QTest.keyClicks(palette.field, "edit: copy")
    assert texts(palette) == ["Edit: Copy"]
    assert palette.current() is None
    assert palette.model.flags(palette.model.index(0)) == Qt.ItemFlag.NoItemFlags
    palette.grab()
    QApplication.clipboard().setText("before")
    press(palette, Key.Key_Return)
    assert QApplication.clipboard().text() == "before"
    assert palette.isVisible()


def test_nothing_found_is_said(palette: Palette) -> None:
    QTest.keyClicks(palette.field, "qqqq")
    assert palette.nothing.isVisible()
    press(palette, Key.Key_Return, Key.Key_Down)
    assert palette.isVisible()


def test_asking_from_the_palette(asked: tuple[MainWindow, FakeModel], palette: Palette) -> None:
    window, model = asked
    own_instructions().add("Pirate talk", "Write it as a pirate would.")
    palette.close_palette()
    for letters, kind in (("bullet summ", Summarise), ("formal", Rewrite), ("german", Translate)):
        palette.open_palette()
        QTest.keyClicks(palette.field, letters)
        press(palette, Key.Key_Return)
        assert isinstance(model.last, kind)
        assert model.text == editor_of(window).toPlainText()
    palette.open_palette()
    QTest.keyClicks(palette.field, "pirate")
    press(palette, Key.Key_Return)
    assert isinstance(model.last, Rewrite)
    assert (model.last.style, model.last.instruction) == ("", "Write it as a pirate would.")


def test_the_shortcut_for_rewriting_lists_the_styles(window: MainWindow) -> None:
    QTest.keyClick(editor_of(window), Key.Key_R, Qt.KeyboardModifier.ControlModifier | SHIFT)
    palette = window.reviewing.palette
    assert all("Rewrite" in text for text in texts(palette)[:8])
    QTest.keyClicks(palette.field, "frie")
    assert current(palette) == "Rewrite: Friendlier"


def test_a_click_elsewhere_closes_it(window: MainWindow, palette: Palette) -> None:
    QTest.mouseClick(editor_of(window).viewport(), Qt.MouseButton.LeftButton)
    assert not palette.isVisible()
    assert editor_of(window).hasFocus()


def test_a_click_on_a_row_runs_it(window: MainWindow, palette: Palette) -> None:
    QTest.keyClicks(palette.field, "light theme")
    place = palette.list.visualRect(palette.model.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.store.current.theme == "light"
    assert not palette.isVisible()


def test_it_fits_a_small_window(qtbot: QtBot, window: MainWindow, palette: Palette) -> None:
    window.resize(320, 260)
    qtbot.waitUntil(lambda: palette.geometry().right() < window.width() == 320)
    assert palette.geometry().bottom() < window.height()
    palette.grab()


def test_matching_letters_are_marked() -> None:
    (command,) = found([Command("a", "Save as…", lambda: None)], "sa", [])
    assert pieces(command.text, command.positions) == [("Sa", True), ("ve as…", False)]
