"""Asking about a text with the real model in its own process: from the keys to the document and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from asking_kit import lane_of, select
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import editor_of, type_text

from gpt_assistant.app import Application
from gpt_assistant.engine.messages import Cancelled, Reply, Suggested
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.asking import LENGTHS, STYLES
from gpt_assistant.ui.review_changes import State
from gpt_assistant.ui.window import MainWindow

MS = 60_000  # that a loaded machine may take
STORY = (
    "The harbour of Westhaven was closed on Monday because of the storm. "
    "More than 40 boats stayed at the quay, and the ferry to the islands didn't run. "
    "The harbour master, Anna Lind, said that nobody was hurt. "
    "Two cranes were damaged, and it'll take three weeks to repair them. "
    "The town has asked the county for help with the costs. "
    "Fishermen say that they can't wait so long."
)
Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Replies:
    """What the model says, each with when it came."""

    def __init__(self, application: Application) -> None:
        self.all: list[tuple[float, Reply]] = []
        application.link.replied.connect(lambda reply: self.all.append((time.monotonic(), reply)))

    def of(self, kind: type[Reply]) -> list[tuple[float, Reply]]:
        return [(at, reply) for at, reply in self.all if isinstance(reply, kind)]


def started(qtbot: QtBot, model: Path) -> Application:
    store = SettingsStore()
    store.change(model=str(model), device="cpu", threads=1, offline=True)
    application = Application(store)
    qtbot.addWidget(application.window, before_close_func=lambda window: window.end_keeping_work())
    application.start()
    qtbot.waitUntil(lambda: application.model.loaded is not None, timeout=MS)
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    return application


def finished(window: MainWindow) -> Callable[[], bool]:
    task = window.reviewing.tasks.task
    assert task is not None
    return lambda: not task.running


def test_from_the_keys_to_the_document_and_back(qtbot: QtBot, default_model: Path) -> None:
    application = started(qtbot, default_model)
    window, replies = application.window, Replies(application)
    editor, lane, tasks = editor_of(window), lane_of(window), window.reviewing.tasks
    editor.setPlainText(STORY)

    QTest.keyClick(editor, Key.Key_M, Modifier.ControlModifier | Modifier.ShiftModifier)
    qtbot.waitUntil(finished(window), timeout=MS)
    task = tasks.task
    assert task is not None
    assert (task.problem, task.result.finished) == ("", True)
    assert 0 < len(task.result.text) < len(STORY)
    QTest.keyClick(editor, Key.Key_F6)
    QTest.keyClick(lane.result.view, Key.Key_Tab)
    QTest.keyClick(lane.result.view, Key.Key_Return)
    (mark,) = editor.extraSelections()
    first = task.result.passages[0]
    assert mark.cursor.selectedText() == STORY[first.source_start : first.source_end]

    select(window, STORY[: STORY.index(" The harbour master")])
    window.reviewing.ask(next(style for style in STYLES if style.option == "formal"))
    qtbot.waitUntil(finished(window), timeout=MS)
    pane = lane.rewriting
    assert State.OPEN in pane.states, "“didn't” is not formal"
    pane.view.setFocus()
    QTest.keyClick(pane.view, Key.Key_Return)
    assert "did not run" in editor.toPlainText()
    assert "it'll take" in editor.toPlainText(), "what was not selected stays"
    QTest.keyClick(pane.view, Key.Key_Z, Modifier.ControlModifier)
    assert editor.toPlainText() == STORY

    editor.setPlainText("\n\n".join([STORY] * 150))
    window.reviewing.ask(LENGTHS[2])
    qtbot.waitUntil(lambda: tasks.task is not None and tasks.task.progress is not None, timeout=MS)
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.setFocus()
    before = len(replies.of(Suggested))
    type_text(window, " The rep")
    qtbot.waitUntil(lambda: len(replies.of(Suggested)) > before, timeout=MS)
    assert tasks.running, "a completion came while the summary was being made"
    QTest.keyClick(editor, Key.Key_F6)
    cancelled = time.monotonic()
    QTest.keyClick(lane.result.view, Key.Key_Escape)
    assert not tasks.running
    qtbot.waitUntil(lambda: len(replies.of(Cancelled)) > 0, timeout=MS)
    at, _ = replies.of(Cancelled)[-1]
    assert at - cancelled < 2.0, "0.2 s on a machine that is not loaded"
