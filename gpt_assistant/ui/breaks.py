"""Keeps the breaks in long lines (text/longlines.py) out of the writer's way in an editor.

A break is two characters, MARK and the end of the paragraph, that are not in the file. The caret never
rests between the two; Backspace and Delete act on the letter beyond a break, for there is nothing else to
delete; and whatever an edit does to a paragraph that ends in a break, the break stays one: a mark that was
deleted is put back, one that was typed behind is moved to the end, as part of the same step to undo.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor, QTextDocument

from gpt_assistant.text.longlines import MARK, broken, joined
from gpt_assistant.ui.page import Page
from gpt_assistant.ui.passages import text_between

_END = "\u2029"
_BACK = (QKeySequence.StandardKey.Backspace, QKeySequence.StandardKey.DeleteStartOfWord)
_ON = (
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
_SELF_REPAIRED = ("undo", "redo", "program")  # these bring back a text that was right


class LongLines:
    """The breaks of one editor."""

    def __init__(self, view: Page) -> None:
        self._view = view

    @contextmanager
    def kept(self, cause: str, edits: list[tuple[int, int, int]]) -> Iterator[None]:
        """Let an edit happen; `edits` has what it changed when it is done: position, removed, added."""
        if cause in _SELF_REPAIRED:
            yield
            return
        self._leave_marks()
        document, cursor = self._view.document(), self._view.textCursor()
        end = document.findBlock(cursor.selectionEnd())
        tail = document.characterCount() - (end.position() + end.length() - 1)
        breaks = _is_break(document, end.position() + end.length() - 2)
        yield
        if breaks and edits:
            self._put_back(document.characterCount() - tail)
        for position, _, added in list(edits):
            if added and document.characterAt(position - 1) == MARK:
                self._move_behind(position, added)

    def before_key(self, event: QKeyEvent) -> None:
        """Put the caret beyond a break, if the key would delete it."""
        cursor = self._view.textCursor()
        if cursor.hasSelection():
            return
        document, place = self._view.document(), cursor.position()
        back = any(event.matches(key) for key in _BACK) or event.key() == Qt.Key.Key_Backspace
        if back and place >= 2 and _is_break(document, place - 2):
            self._move_to(place - 2)
        elif any(event.matches(key) for key in _ON):
            self._leave_marks()
            place = self._view.textCursor().position()
            if _is_break(document, place):
                self._move_to(place + 2)

    def after_key(self, before: int) -> None:
        """Take the caret, which was at `before`, on over a mark that a key has put it behind."""
        place = self._view.textCursor().position()
        if place and _is_break(self._view.document(), place - 1):
            self._move_to(place + 1 if place == before + 1 else place - 1, keep=True)

    def _leave_marks(self) -> None:
        """Let neither end of the selection stand between a mark and the end of its paragraph."""
        document, cursor = self._view.document(), self._view.textCursor()
        anchor, place = cursor.anchor(), cursor.position()
        ends = [end - 1 if end and _is_break(document, end - 1) else end for end in (anchor, place)]
        if ends != [anchor, place]:
            cursor.setPosition(ends[0])
            cursor.setPosition(ends[1], QTextCursor.MoveMode.KeepAnchor)
            self._view.setTextCursor(cursor)

    def _move_to(self, place: int, keep: bool = False) -> None:
        cursor = self._view.textCursor()
        selecting = keep and cursor.hasSelection()
        mode = QTextCursor.MoveMode.KeepAnchor if selecting else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(place, mode)
        self._view.setTextCursor(cursor)

    def _put_back(self, end: int) -> None:
        """Give the paragraph that ends at `end` its mark again, if it is gone."""
        document = self._view.document()
        if document.characterAt(end) != _END or document.characterAt(end - 1) == MARK:
            return
        if document.findBlock(end).length() == 1:  # all of the paragraph is gone: so is the break
            cursor = self._join(end)
            cursor.deleteChar()
        else:
            cursor = self._join(end)
            caret = self._view.textCursor().position()
            cursor.insertText(MARK)
            if caret == end:
                self._move_to(end)
        cursor.endEditBlock()

    def _move_behind(self, position: int, added: int) -> None:
        """Text was put in behind the mark at `position - 1`: take it to the end of that text."""
        document = self._view.document()
        cursor = self._join(position + added)
        if document.characterAt(position + added) == _END:
            cursor.insertText(MARK)
        cursor.setPosition(position)
        cursor.deletePreviousChar()
        cursor.endEditBlock()
        self._leave_marks()

    def _join(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self._view.document())
        cursor.joinPreviousEditBlock()
        cursor.setPosition(place)
        return cursor


def _is_break(document: QTextDocument, place: int) -> bool:
    """Return whether a break begins at `place`."""
    return place >= 0 and document.characterAt(place) == MARK and document.characterAt(place + 1) == _END


def copied(cursor: QTextCursor) -> QMimeData | None:
    """Return the selected text without breaks, None if there are none in it."""
    text = text_between(cursor.document(), cursor.selectionStart(), cursor.selectionEnd())
    if MARK not in text:
        return None
    data = QMimeData()
    data.setText(joined(text))
    return data


def insertable(source: QMimeData) -> str:
    """Return the text to insert in place of what is pasted, "" if it can be inserted as it is."""
    text = source.text() if source.hasText() else ""
    shown = broken(joined(text).replace("\r\n", "\n"))
    return shown if shown != text and (MARK in shown or MARK in text) else ""
