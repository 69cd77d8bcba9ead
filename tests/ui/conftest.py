"""A real editor without a display, and the events a desktop would send it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from editor_kit import CARET, GHOST, TEXT, Log, place_caret, suggest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gpt_assistant.ui.editor import Editor

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a display say what it lacks; every other warning of Qt is a failure."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _blinking() -> None:
    """Let the caret blink as at a start, whatever an earlier window of this process was set to."""
    if QApplication.instance() is not None:
        QApplication.setCursorFlashTime(1000)


@pytest.fixture
def make_editor(qtbot: QtBot) -> Callable[..., Editor]:
    """Return a function that shows an editor with a text, the caret at a place in it."""

    def make(text: str = TEXT, caret: int = CARET, width: int = 420, height: int = 220) -> Editor:
        editor = Editor()
        qtbot.addWidget(editor)
        editor.resize(width, height)
        editor.setPlainText(text)
        editor.show()
        editor.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        place_caret(editor, caret)
        editor.document().clearUndoRedoStacks()
        editor.document().setModified(False)
        QApplication.processEvents()
        return editor

    return make


@pytest.fixture
def editor(make_editor: Callable[..., Editor]) -> Editor:
    """Return an editor with three lines of text and the caret in the middle of the first."""
    return make_editor()


@pytest.fixture
def ghost(editor: Editor) -> Editor:
    assert editor.set_suggestion(suggest(GHOST))
    return editor


@pytest.fixture
def log(editor: Editor) -> Log:
    return Log(editor)
