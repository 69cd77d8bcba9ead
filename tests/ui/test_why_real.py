"""Explanations with the real model in its own process: from the key to the shades."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import editor_of, type_text

from gpt_assistant.app import Application
from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.suggestion import Reason

MS = 120_000  # that a loaded machine may take
Key = Qt.Key
ControlShift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_from_the_key_to_the_shades(qtbot: QtBot, default_model: Path) -> None:
    store = SettingsStore()
    store.change(model=str(default_model), device="cpu", threads=1, offline=True, spelling=False)
    application = Application(store)
    window = application.window
    qtbot.addWidget(window, before_close_func=lambda each: each.end_keeping_work())
    application.start()
    qtbot.waitUntil(lambda: application.model.loaded is not None, timeout=MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    editor, why = editor_of(window), window.why

    type_text(window, "Thank you very mu")
    qtbot.waitUntil(lambda: editor.has_ghost, timeout=MS)
    QTest.keyClick(editor, Key.Key_Question, ControlShift)
    qtbot.waitUntil(lambda: why.popup.list.count() > 1, timeout=MS)
    assert why.popup.list.item(0).text() == "much"
    QTest.mouseClick(why.popup.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: why.led_to.shown, timeout=MS)
    QTest.keyClick(window.focusWidget() or window, Key.Key_Escape)
    assert editor.has_ghost
    assert editor.toPlainText() == "Thank you very mu"

    editor.setPlainText("")
    type_text(window, "Call me on 0171 555")
    qtbot.waitUntil(lambda: application.assistant.silence.suggestion.reason is Reason.DIGITS, timeout=MS)
    QTest.keyClick(editor, Key.Key_Slash, Qt.KeyboardModifier.AltModifier)
    assert why.popup.text.text().startswith("Numbers")
    QTest.keyClick(window.focusWidget() or window, Key.Key_Escape)

    window.actions_table["predictability"].trigger()
    qtbot.waitUntil(lambda: bool(window.predictability.shaded(editor)), timeout=MS)
