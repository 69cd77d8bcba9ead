"""What the tests of the editor share: suggestions, events, and a log of its signals."""

from __future__ import annotations

from collections.abc import Callable

import PySide6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QInputMethodEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout, QWidget

from gpt_assistant.text.suggestion import Candidate, Suggestion
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.editor import Editor

LONG = " GHOST one two three four five six seven eight nine ten"
GHOST = " GHOST one two three four five six seven eight nine ten\nsecond"
TEXT = "First line here tail\nSecond paragraph\nThird"  # as in the fixture, the caret behind "First line"
CARET = 10
MakeEditor = Callable[..., Editor]


def suggest(*texts: str) -> Suggestion:
    return Suggestion(texts[0], candidates=tuple(Candidate(text, 0.5) for text in texts))


def place_caret(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def new_document(parent: QWidget) -> QTextDocument:
    document = QTextDocument("another text entirely", parent)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    return document


def preedit(editor: Editor) -> str:
    blocks = (editor.document().findBlockByNumber(n) for n in range(editor.blockCount()))
    return "".join(block.layout().preeditAreaText() for block in blocks)


class Log:
    """What the editor's signals said."""

    def __init__(self, editor: Editor) -> None:
        self.events: list[tuple[object, ...]] = []
        for name in ("accepted", "dismissed", "exhausted", "requested", "edited", "caret_moved"):
            getattr(editor, name).connect(lambda *values, name=name: self.events.append((name, *values)))

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [event[1:] for event in self.events if event[0] == name]


def no_ghost(editor: Editor) -> bool:
    return (
        not editor.has_ghost
        and not editor.ghost_text()
        and not preedit(editor)
        and not editor.suggestion().text
    )


def drag_point(point: QPointF) -> QPoint | QPointF:
    """Return `point` as this version of Qt wants it in an event of dragging."""
    return point if PySide6.__version_info__ >= (6, 12) else point.toPoint()


def compose(editor: Editor, text: str, commit: str = "", replace: tuple[int, int] = (0, 0)) -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit, *replace)
    QApplication.sendEvent(editor, event)


def text_data(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def drag_enter(editor: Editor, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        drag_point(QPointF(20, 20)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(editor.viewport(), event)
    return event.isAccepted()


def show(editor: Editor, text: str) -> Editor:
    assert editor.set_suggestion(Suggestion(text))
    QApplication.processEvents()
    return editor


def layouts(editor: Editor) -> list[str]:
    document = editor.document()
    return [document.findBlockByNumber(n).layout().preeditAreaText() for n in range(document.blockCount())]


def seen_at(editor: Editor, position: int) -> QPoint:
    """Return the point of the viewport where the character behind `position` is seen, its left half."""
    block = editor.document().findBlock(position)
    box = editor.blockBoundingGeometry(block).translated(editor.contentOffset())  # lays it out too
    layout = block.layout()
    column = position - block.position()
    if layout.preeditAreaText() and column >= layout.preeditAreaPosition():
        column += utf16_length(layout.preeditAreaText())
    line = layout.lineForTextPosition(column)
    x = line.cursorToX(column)
    left = x[0] if isinstance(x, tuple) else x
    return QPoint(int(box.left() + left) + 2, int(box.top() + line.y() + line.height() / 2))
