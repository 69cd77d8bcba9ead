"""A passage of a document that is found again after edits, and the edits that an answer makes to it.

Qt moves a QTextCursor along with every edit, undo and redo included. With `keepPositionOnInsert` what is
typed right before or right behind the passage stays outside of it. What was typed inside it meanwhile is
found by comparing the passage with the text that was sent: offsets into the latter then still lead to the
right place, or are known to be gone.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QTextCursor

from gpt_assistant.text.diff import Hunk, hunks
from gpt_assistant.text.origins import Origin
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import insert_apart, text_between


class Anchor:
    """A passage of `editor`, between two positions in UTF-16 units; `text` is what it was when it was set.

    What is put in its place, or below it, is of `origin`.
    """

    def __init__(self, editor: Editor, start: int, end: int, origin: Origin = Origin.REWRITTEN) -> None:
        self.origin = origin
        document = editor.document()
        self.editor = editor
        self.text = text_between(document, start, end)
        self._cursor = QTextCursor(document)
        self._cursor.setPosition(start)
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.setKeepPositionOnInsert(True)
        self._compared: tuple[int, list[Hunk]] = (document.revision(), [])

    @property
    def alive(self) -> bool:
        """Return whether the document still exists."""
        return not self._cursor.isNull()

    @property
    def writable(self) -> bool:
        """Return whether the document exists and may be changed."""
        return self.alive and not self.editor.isReadOnly()

    @property
    def range(self) -> tuple[int, int]:
        """Return where the passage stands now, in UTF-16 units."""
        return self._cursor.selectionStart(), self._cursor.selectionEnd()

    @property
    def unchanged(self) -> bool:
        """Return whether the passage is what it was."""
        return self.alive and not self.edits()

    def edits(self) -> list[Hunk]:
        """Return what the writer changed in the passage since, as hunks of the old text."""
        document = self.editor.document()
        if document.revision() != self._compared[0]:
            self._compared = (document.revision(), _edits(self.text, text_between(document, *self.range)))
        return self._compared[1]

    def place_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the old text's code points `start` to `end` stand in the document now.

        Returns None if the writer has changed something there, or right beside it.
        """
        shift = 0
        for edit in self.edits():
            if edit.end < start:
                shift += utf16_length(edit.new) - utf16_length(edit.old)
            elif edit.start <= end:
                return None
        at = self.range[0] + shift + index_to_utf16(self.text, start)
        return at, at + utf16_length(self.text[start:end])

    def nearest(self, start: int, end: int) -> tuple[int, int]:
        """Return about where those code points stand now, even if they were changed meanwhile."""
        shift = 0
        for edit in self.edits():
            if edit.end <= start:
                shift += utf16_length(edit.new) - utf16_length(edit.old)
        low, high = self.range
        at = low + shift + index_to_utf16(self.text, start)
        return min(max(at, low), high), min(at + utf16_length(self.text[start:end]), high)

    def replace(self, text: str) -> bool:
        """Put `text` in the passage's place, as one step of undo; False if the passage has changed."""
        if not self.writable or not self.unchanged:
            return False
        start, end = self.range
        replace_apart(self.editor, start, end, text, self.origin)
        return True

    def insert_below(self, text: str) -> bool:
        """Insert `text` as a paragraph below the passage, as one step of undo; False if it cannot be."""
        if not self.writable:
            return False
        block = self.editor.document().findBlock(self.range[1])
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(block.position() + block.length() - 1)
        tail = "\n" if block.next().isValid() and block.next().length() > 1 else ""
        whole = ("\n\n" if block.length() > 1 else "\n") + text + tail
        self.editor.origins.plan(cursor.position(), 0, whole, self.origin)
        insert_apart(cursor, whole)
        return True


def _edits(old: str, new: str) -> list[Hunk]:
    """Return the hunks between two texts that are mostly the same; only lines that differ are compared."""
    if old == new:
        return []
    before, after = old.split("\n"), new.split("\n")
    first = _same(before, after)
    last = min(_same(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    start = sum(len(line) + 1 for line in before[:first])
    found = hunks("\n".join(before[first : len(before) - last]), "\n".join(after[first : len(after) - last]))
    return [replace(hunk, start=hunk.start + start, end=hunk.end + start) for hunk in found]


def _same(one: list[str], other: list[str]) -> int:
    """Return how many lines at the start are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def selected(editor: Editor) -> Anchor | None:
    """Return the selection, or all of the text, without white space around it; None if nothing is left."""
    cursor = editor.textCursor()
    if cursor.hasSelection():
        start, end = cursor.selectionStart(), cursor.selectionEnd()
    else:
        start, end = 0, editor.document().characterCount() - 1
    text = text_between(editor.document(), start, end)
    if not text.strip():
        return None
    before = len(text) - len(text.lstrip())
    behind = len(text) - len(text.rstrip())
    # White space is all within the basic plane: one unit each.
    return Anchor(editor, start + before, end - behind)


def replace_apart(editor: Editor, start: int, end: int, text: str, origin: Origin) -> None:
    """Replace what stands from `start` to `end` by `text` of this origin, as a step of its own for undo."""
    editor.origins.plan(start, end - start, text, origin)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    if text:
        insert_apart(cursor, text)
    else:
        cursor.removeSelectedText()
