"""The number of connections in the status bar, their list, and the switch that refuses them."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import dialog, open_window

from gpt_assistant import connections
from gpt_assistant.app import Application
from gpt_assistant.connections import Connection
from gpt_assistant.engine.messages import Connected, LoadModel
from gpt_assistant.engine.worker import Message, StayOffline
from gpt_assistant.link import Link
from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.told import told
from gpt_assistant.ui.connections_dialog import ConnectionsDialog
from gpt_assistant.ui.window import MainWindow

FETCHING = told("fetching {name}", name="SmolLM2")


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = open_window(qtbot)
    made.resize(1100, 700)
    return made


def opened(host: str = "example.com", port: int = 443, why: str = FETCHING) -> Connection:
    return Connection(host, port, why, time.time(), True)


def shown_list(qtbot: QtBot, window: MainWindow) -> ConnectionsDialog:
    """Click on the number in the status bar."""
    QTest.mouseClick(window.status.connections, Qt.MouseButton.LeftButton)
    return dialog(qtbot, window, ConnectionsDialog)


def rows(shown: ConnectionsDialog) -> list[tuple[str, ...]]:
    """Return the cells of each row, but for the time."""
    found = []
    for number in range(shown.list.topLevelItemCount()):
        item = shown.list.topLevelItem(number)
        assert item is not None
        found.append(tuple(item.text(column) for column in (0, 1, 3, 4)))
    return found


def test_there_are_none_normally_and_the_status_bar_says_so(qtbot: QtBot, window: MainWindow) -> None:
    assert window.status.connections.text() == "No connections"
    shown = shown_list(qtbot, window)
    assert rows(shown) == []
    assert shown.none.isVisible()
    assert not shown.copy.isEnabled()


def test_connections_of_any_thread_are_counted_and_listed(qtbot: QtBot, window: MainWindow) -> None:
    found = [opened(), opened(), opened("2001:db8::7"), Connection("tracker.example", 80, "why", 1.0, False)]
    for each in found:
        thread = threading.Thread(target=connections.note, args=(each,))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: window.connections.count(True) == 3 and window.connections.count(False) == 1)
    assert window.status.connections.text() == "3 connections, 1 refused"
    assert window.status.connections.text() in window.status.connections.accessibleName()
    shown = shown_list(qtbot, window)
    assert rows(shown) == [
        ("[2001:db8::7]:443", "Fetching SmolLM2", "1", "opened"),
        ("example.com:443", "Fetching SmolLM2", "2", "opened"),
        ("tracker.example:80", "Why", "1", "refused"),
    ]
    connections.note(opened("later.example"))
    qtbot.waitUntil(lambda: len(rows(shown)) == 4)
    assert rows(shown)[0][0] == "later.example:443"
    QTest.mouseClick(shown.copy, Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == [row[0] for row in rows(shown)]


def test_the_menu_opens_the_list_and_the_keyboard_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["connections"].trigger()
    shown = dialog(qtbot, window, ConnectionsDialog)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(ConnectionsDialog))
    connections.note(opened())
    qtbot.waitUntil(lambda: window.status.connections.text().startswith("1 connection"))


def test_nothing_is_heard_once_the_window_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.end_keeping_work()
    connections.note(opened())
    QApplication.processEvents()
    assert window.connections.rows() == []


# With the application around it


class Recorded:
    """A worker that does nothing but remember what it was asked."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.running = True

    def submit(self, message: Message) -> None:
        self.messages.append(message)

    def stop(self, seconds: float) -> bool:
        return True


@pytest.fixture
def application(qtbot: QtBot) -> tuple[Application, Recorded]:
    worker = Recorded()
    made = Application(SettingsStore(), Link(None, lambda _reply: worker))
    qtbot.addWidget(made.window, before_close_func=lambda each: each.end_keeping_work())
    made.start()
    made.window.resize(1100, 700)
    return made, worker


def test_the_switch_keeps_both_processes_offline_and_lets_them_go(
    qtbot: QtBot, application: tuple[Application, Recorded]
) -> None:
    window, worker = application[0].window, application[1]
    shown = shown_list(qtbot, window)
    worker.messages.clear()
    QTest.mouseClick(shown.offline, Qt.MouseButton.LeftButton, pos=QPoint(8, shown.offline.height() // 2))
    assert connections.is_offline()
    assert worker.messages == [StayOffline(True)], "and the model goes on"
    assert window.status.connections.text() == "Offline"
    assert SettingsStore().current.offline, "it is kept"
    worker.messages.clear()
    QTest.keyClick(shown.offline, Qt.Key.Key_Space)
    assert not connections.is_offline()
    assert worker.messages[0] == StayOffline(False)
    assert isinstance(worker.messages[1], LoadModel), "its process was sealed, and another begins"
    assert window.status.connections.text() == "No connections"


def test_the_switch_follows_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    shown = shown_list(qtbot, window)
    window.store.change(offline=True)
    assert shown.offline.isChecked()
    window.store.change(offline=False)
    assert not shown.offline.isChecked()


def test_what_the_models_process_opens_is_listed_too(
    qtbot: QtBot, application: tuple[Application, Recorded]
) -> None:
    made, _ = application
    made.link.replied.emit(Connected(0, opened("huggingface.co")))
    qtbot.waitUntil(lambda: made.window.connections.count(True) == 1)
    assert made.window.status.connections.text().startswith("1 connection")
