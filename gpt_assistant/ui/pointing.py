"""Points to a passage of an editor: brings it into sight and marks it, without selecting it.

A selection would be what the next key replaces and what is asked about next. The mark goes when something
else is pointed to, or when the writer edits the text. Other marks of the editor, such as those of the find
bar, stay: ours is known by a property of its format.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from gpt_assistant.ui.editor import Editor

_OURS = int(QTextFormat.Property.UserProperty) + 0x9E1


class Pointing(QObject):
    """Marks one passage at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.colour = QColor("#cfe0fb")
        self._editor: Editor | None = None

    def point_to(self, editor: Editor, start: int, end: int, caret: bool) -> None:
        """Mark the passage (UTF-16 units) and bring its start into sight; `caret` takes the caret there."""
        self.clear()
        cursor = QTextCursor(editor.document())
        cursor.setPosition(end)
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format.setBackground(self.colour)
        mark.format.setProperty(_OURS, True)
        editor.setExtraSelections([*editor.extraSelections(), mark])
        self._editor = editor
        editor.edited.connect(self.clear)
        editor.destroyed.connect(self._gone)
        _bring_into_sight(editor, start, caret)

    def clear(self) -> None:
        """Take the mark away."""
        editor, self._editor = self._editor, None
        if editor is None:
            return
        editor.edited.disconnect(self.clear)
        editor.destroyed.disconnect(self._gone)
        others = [mark for mark in editor.extraSelections() if not mark.format.hasProperty(_OURS)]
        editor.setExtraSelections(others)

    def _gone(self) -> None:
        self._editor = None


def _bring_into_sight(editor: Editor, position: int, caret: bool) -> None:
    """Scroll to `position`, to the middle if it is out of sight."""
    there = QTextCursor(editor.document())
    there.setPosition(position)
    if caret:
        editor.setTextCursor(there)
        return
    area = editor.viewport().rect()
    place = editor.cursorRect(there)
    if not area.contains(place.center()):
        bar = editor.verticalScrollBar()
        line = (
            there.block().firstLineNumber()
            + there.block().layout().lineForTextPosition(there.positionInBlock()).lineNumber()
        )
        bar.setValue(line - area.height() // (2 * max(1, place.height())))
