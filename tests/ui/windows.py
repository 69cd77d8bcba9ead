"""A real main window for tests, and answers to its dialogs as a person would give them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.window import MainWindow

D = TypeVar("D", bound=QObject)


def open_window(qtbot: QtBot, files: Sequence[Path] = (), **changes: object) -> MainWindow:
    """Start a window on the test's own folders and wait until it is on screen."""
    store = SettingsStore()
    store.change(**changes)
    window = MainWindow(store)
    qtbot.addWidget(window, before_close_func=lambda each: each.end_keeping_work())
    window.start(files)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def crash(window: MainWindow) -> None:
    """Leave the journal and the locks as a kill would; tests/e2e does it with a real one."""
    window.keep_work()
    window.end_keeping_work()


def editor_of(window: MainWindow) -> Editor:
    editor = window.current_editor()
    assert editor is not None
    return editor


def type_text(window: MainWindow, text: str) -> None:
    """Send a key for each character; QTest knows only those of ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(editor_of(window), event)


def dialog(qtbot: QtBot, window: QWidget, kind: type[D]) -> D:
    """Wait for an open dialog of this kind."""

    def shown() -> D | None:
        return next((each for each in window.findChildren(kind) if each.isVisible()), None)

    qtbot.waitUntil(lambda: shown() is not None)
    found = shown()
    assert found is not None
    return found


def answer(qtbot: QtBot, window: QWidget, button: str) -> str:
    """Press a button of the message box that is open; returns what the box said."""
    box = dialog(qtbot, window, QMessageBox)
    said = f"{box.text()} {box.informativeText()}"
    buttons = [each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == button]
    assert buttons, [each.text() for each in box.findChildren(QPushButton)]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    return said


def choose_file(qtbot: QtBot, window: QWidget, path: Path) -> None:
    """Choose `path` in the file dialog that is open."""
    found = dialog(qtbot, window, QFileDialog)
    name = found.findChild(QLineEdit, "fileNameEdit")

    def typed() -> bool:  # the dialog reads folders in a thread, and then puts its own choice there
        name.setText(str(path))
        found.findChild(QListView, "listView").clearSelection()
        QTest.qWait(60)
        return [Path(each) for each in found.selectedFiles()] == [path]

    qtbot.waitUntil(typed)
    with qtbot.waitSignal(found.finished):
        found.accept()
