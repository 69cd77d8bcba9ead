"""A model that answers when the test says so, and a window that asks it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import cast

from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.engine.messages import Passage, Reply, Request, Writing, Written
from gpt_assistant.ui.review import ReviewLane
from gpt_assistant.ui.tasks import Tasks
from gpt_assistant.ui.window import MainWindow

TEXT = "Teh harbour was quiet. The boats came in at 6.\n\nHe were tired, and went to bed."


class FakeModel:
    """What the window sends, and replies to it."""

    def __init__(self, tasks: Tasks) -> None:
        self.requests: list[Request] = []
        self.cancelled: list[int] = []
        self._tasks = tasks
        tasks.connect_model(self.requests.append, self.cancelled.append, count(1).__next__)

    @property
    def last(self) -> Request:
        return self.requests[-1]

    @property
    def text(self) -> str:
        return cast(str, getattr(self.last, "text"))  # noqa: B009 (every request about a text has one)

    def reply(self, reply: Reply) -> None:
        self._tasks.on_reply(reply)

    def writing(self, text: str, passages: Sequence[Passage] = ()) -> None:
        self.reply(Writing(self.last.id, text, tuple(passages)))

    def written(
        self, text: str, passages: Sequence[Passage] = (), notes: Sequence[str] = (), language: str = ""
    ) -> None:
        self.reply(Written(self.last.id, text, tuple(passages), tuple(notes), language))

    def passages(self, *pairs: tuple[str, str], text: str) -> list[Passage]:
        """Return the passages for (written, source) pairs, each standing once in its text."""
        found = []
        for new, old in pairs:
            at, source = text.index(new), self.text.index(old)
            found.append(Passage(at, at + len(new), source, source + len(old)))
        return found


def asking_window(qtbot: QtBot, text: str = TEXT, **changes: object) -> tuple[MainWindow, FakeModel]:
    window = open_window(qtbot, **changes)
    editor_of(window).setPlainText(text)
    editor_of(window).document().clearUndoRedoStacks()
    return window, FakeModel(window.reviewing.tasks)


def lane_of(window: MainWindow) -> ReviewLane:
    return window.reviewing.lane


def select(window: MainWindow, words: str) -> None:
    editor = editor_of(window)
    cursor = editor.textCursor()
    at = editor.toPlainText().index(words)
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
