"""The settings of a server by real clicks and keys, with the real process and a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, model_server, no_headers, status
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import open_window

from gpt_assistant.link import Link
from gpt_assistant.ui.server_page import ModelBox, ServerPage
from gpt_assistant.ui.settings_dialog import SettingsDialog, open_settings
from gpt_assistant.ui.window import MainWindow

SECONDS = 60_000  # milliseconds, for a loaded machine


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, file_keyring: Path, server: ModelServer) -> Iterator[MainWindow]:
    link = Link()
    made = open_window(qtbot, remote_address=server.address)
    made.server.connect_model(link.submit, link.cancel, link.next_id)
    link.replied.connect(made.server.on_reply)
    yield made
    link.stop(1.0)


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    dialog = open_settings(window.store, window)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.show_group("Server")
    return dialog


@pytest.fixture
def page(dialog: SettingsDialog) -> ServerPage:
    found = dialog.findChild(ServerPage)
    assert found is not None
    return found


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_models_are_fetched_and_one_is_chosen(
    dialog: SettingsDialog, page: ServerPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page.fetch)
    assert not page.fetch.isEnabled()
    assert page.bar.isVisible()
    box = dialog.row("remote_model").control
    assert isinstance(box, ModelBox)
    qtbot.waitUntil(lambda: box.count() == 2, timeout=SECONDS)
    assert page.line.text() == "2 models. Choose one above."
    assert [box.itemText(at) for at in range(2)] == ["other", "steady"]
    line = box.findChild(QLineEdit)
    assert line is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.store.current.remote_model in ("other", "steady")


def test_the_keyboard_goes_to_what_cancels_and_back(page: ServerPage, qtbot: QtBot) -> None:
    page.fetch.setFocus()
    QTest.keyClick(page.fetch, Qt.Key.Key_Space)
    assert page.stop.hasFocus()
    qtbot.waitUntil(page.fetch.isEnabled, timeout=SECONDS)
    assert page.fetch.hasFocus()


def test_a_test_says_in_one_line_how_it_went(
    page: ServerPage, window: MainWindow, server: ModelServer, qtbot: QtBot
) -> None:
    press(page.test)
    qtbot.waitUntil(lambda: "No model" in page.line.text(), timeout=SECONDS)
    window.store.change(remote_model="steady")
    press(page.test)
    qtbot.waitUntil(lambda: page.line.text().startswith("It works: first word after"), timeout=SECONDS)
    assert "it gives probabilities" in page.line.text()
    server.fault = status(401, "no")
    press(page.test)
    qtbot.waitUntil(lambda: "refuses the key" in page.line.text(), timeout=SECONDS)
    assert page.test.isEnabled()


def test_what_hangs_is_cancelled(
    page: ServerPage, window: MainWindow, server: ModelServer, qtbot: QtBot
) -> None:
    window.store.change(remote_model="steady")
    server.fault = no_headers
    press(page.test)
    qtbot.waitUntil(lambda: bool(server.bodies), timeout=SECONDS)
    press(page.stop)
    qtbot.waitUntil(lambda: page.line.text() == "It was cancelled.", timeout=SECONDS)
    assert not page.stop.isVisible()


def test_the_key_goes_to_the_keyring_and_into_no_file(
    page: ServerPage, window: MainWindow, server: ModelServer, qtbot: QtBot, tmp_path: Path
) -> None:
    window.store.change(remote_model="steady")
    assert not page.keep.isEnabled()
    assert page.key.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(page.key, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.key, "sk-very-secret")
    press(page.keep)
    qtbot.waitUntil(lambda: page.line.text() == "The key is kept in the system's keyring.", timeout=SECONDS)
    assert page.key.text() == ""
    assert page.forget.isVisible()
    press(page.test)
    qtbot.waitUntil(lambda: page.line.text().startswith("It works"), timeout=SECONDS)
    assert server.asked[-1][2]["authorization"] == "Bearer sk-very-secret"
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not [path for path in written if b"sk-very-secret" in path.read_bytes()]
    press(page.forget)
    qtbot.waitUntil(lambda: page.line.text() == "The key is deleted.", timeout=SECONDS)
    assert not page.forget.isVisible()
    assert page.state.text() == "None is kept; some servers need none."


def test_what_leaves_this_machine_is_said(page: ServerPage) -> None:
    assert "2,400 characters before the caret" in page.consent.text()
    assert page.accessibleName()
