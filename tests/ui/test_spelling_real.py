"""Spelling with the real model in its own process: from the keys to the corrected text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from spelling_kit import lined, menu, sheet_of, words, write
from windows import editor_of

from gpt_assistant.app import Application
from gpt_assistant.settings import SettingsStore

MS = 120_000  # that a loaded machine may take
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_from_the_keys_to_the_corrected_text(qtbot: QtBot, default_model: Path) -> None:
    store = SettingsStore()
    store.change(model=str(default_model), device="cpu", threads=1, offline=True, completion=False)
    application = Application(store)
    window = application.window
    qtbot.addWidget(window, before_close_func=lambda each: each.end_keeping_work())
    application.start()
    qtbot.waitUntil(lambda: application.model.loaded is not None, timeout=MS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    editor = editor_of(window)

    write(window, "I recieved teh letter")
    qtbot.waitUntil(lambda: words(window) == ["recieved", "teh"], timeout=MS)  # lexicons are loaded first
    assert lined(window) == ["recieved", "teh"]
    for word, meant in (("recieved", "received"), ("teh", "the")):
        cursor = editor.textCursor()
        cursor.setPosition(editor.toPlainText().index(word) + 2)
        editor.setTextCursor(cursor)
        QTest.keyClick(editor, Key.Key_Period, Control)
        shown = menu(qtbot)
        assert shown.actions()[0].text().partition("\t")[0] == meant
        QTest.keyClick(shown, Key.Key_Return)
    assert editor.toPlainText() == "I received the letter"
    qtbot.waitUntil(lambda: window.spelling.idle, timeout=MS)
    assert not words(window)

    store.change(autocorrect=True)
    QTest.keyClick(editor, Key.Key_End)
    write(window, ". She recieved it, and")
    qtbot.waitUntil(lambda: "received it, and" in editor.toPlainText(), timeout=MS)
    while "received it" in editor.toPlainText():  # first what was typed since, if anything was
        QTest.keyClick(editor, Key.Key_Z, Control)
    assert "She recieved it" in editor.toPlainText()
    qtbot.waitUntil(lambda: words(window) == ["recieved"], timeout=MS)
    assert sheet_of(window).language == "en"
