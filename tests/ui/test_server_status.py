"""What the window says of a server in use: where answers come from, and a way to try a failed one again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from settings_effects import Scene

from gpt_assistant.engine.messages import RemoteChanged, UseRemote
from gpt_assistant.settings import SettingsStore

NAME = "steady · models.example"


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    SettingsStore().change(remote=True, remote_address="https://models.example", remote_model="steady")
    made = Scene(qtbot)
    yield made
    made.end()


def test_where_answers_come_from_is_shown(scene: Scene) -> None:
    status = scene.window.status
    scene.answer(RemoteChanged(1, NAME))
    assert status.model.text() == NAME
    scene.answer(RemoteChanged(1, "", "The server is gone."))
    assert status.model.text() != NAME
    assert status.message.whole == "The server is gone."
    scene.forget()
    QTest.mouseClick(status.retry, Qt.MouseButton.LeftButton)
    assert [request.remote is not None for request in scene.requests(UseRemote)] == [True]
    scene.answer(RemoteChanged(1, NAME))
    assert status.model.text() == NAME
    assert status.message.whole != "The server is gone."


def test_switching_it_off_ends_its_use(scene: Scene) -> None:
    scene.answer(RemoteChanged(1, "", "The server is gone."))
    scene.forget()
    scene.window.store.change(remote=False)
    assert [request.remote for request in scene.requests(UseRemote)] == [None]
    assert scene.window.status.message.whole != "The server is gone."


def test_a_server_for_texts_stands_beside_the_model(scene: Scene) -> None:
    scene.window.store.change(remote_for="tasks")
    scene.answer(RemoteChanged(1, NAME))
    assert scene.window.status.model.text().endswith(f"; texts: {NAME}")


def test_what_a_server_says_is_no_html(scene: Scene) -> None:
    """Else it could have the window read a picture from anywhere, or look like another message."""
    status = scene.window.status
    said = '<img src="//server.example/share/x.png"><b>models.example</b> refuses.'
    scene.answer(RemoteChanged(1, "", said))
    shown = [label for label in status.findChildren(QLabel) if said[:20] in label.text()]
    for label in shown:
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "<img" not in label.toolTip()
    assert shown
