"""What of an editor's text was suggested and taken: asked about when the mouse rests on a word of it."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from gpt_assistant.text.origins import Origin
from gpt_assistant.text.words import accept_unit, index_to_utf16, utf16_length, utf16_to_index
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import text_between

_MOST = 300  # Qt moves each of them along with every edit


class Taken(QObject):
    """Where the suggestions that were taken in one editor stand, also after edits, undo and redo."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._ranges: deque[QTextCursor] = deque(maxlen=_MOST)
        editor.accepted.connect(lambda text, _whole: self._note(text))

    def _note(self, text: str) -> None:
        end = self._editor.textCursor().position()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(end - utf16_length(text))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)
        self._ranges.append(cursor)

    def word_at(self, position: int) -> tuple[int, int] | None:
        """Return the ends of the taken word that `position` is in or behind, without the space before it.

        Of a half-typed word that was completed it is the taken part.
        """
        found = self._range_at(position) or self._completed_at(position)
        if found is None:
            return None
        start, end = found
        text = text_between(self._editor.document(), start, end)
        at, index = 0, utf16_to_index(text, position - start)
        while at < len(text):
            unit = accept_unit(text[at:])
            begin = at + len(unit) - len(unit.lstrip())
            at += max(1, len(unit))
            if begin < at and begin <= index <= at:
                return start + index_to_utf16(text, begin), start + index_to_utf16(text, at)
        return None

    def _range_at(self, position: int) -> tuple[int, int] | None:
        for each in reversed(self._ranges):
            if each.selectionStart() <= position <= each.selectionEnd() and each.hasSelection():
                return each.selectionStart(), each.selectionEnd()
        return None

    def _completed_at(self, position: int) -> tuple[int, int] | None:
        """Return what was taken before the program was started, where that is remembered."""
        origins = self._editor.origins
        block = self._editor.document().findBlock(position)
        at, end = block.position(), block.position() + block.length() - 1
        if not origins.on or end > origins.map.length:
            return None
        for length, origin in origins.map.slice(at, end):
            if origin is Origin.COMPLETED and at <= position <= at + length:
                return at, at + length
            at += length
        return None
