"""Reads and writes parts of a document, at a cost that does not grow with it."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from gpt_assistant.text.context import Context
from gpt_assistant.text.longlines import joined

AFTER = 400  # UTF-16 units behind the caret that a context holds
_BARRIER = "x"


def text_between(document: QTextDocument, start: int, end: int) -> str:
    """Return the text between two positions, with "\\n" for every kind of line break."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def context_at(document: QTextDocument, caret: int, limit: int) -> Context:
    """Return the text around `caret`: up to `limit` UTF-16 units before it, and 400 after.

    The start lies on a fixed grid of half the limit, at least that far before the caret. So it stays
    the same for thousands of keystrokes, and with it the model's cache of the text. Breaks in long lines
    (text/longlines.py) are not in it.
    """
    grid = max(1, limit // 2)
    start = _whole(document, max(0, (caret - grid) // grid * grid))
    end = _whole(document, min(caret + AFTER, document.characterCount() - 1))
    before, after = text_between(document, start, caret), text_between(document, caret, end)
    return Context(joined(before), joined(after), start)


def insert_apart(cursor: QTextCursor, text: str) -> None:
    """Insert `text` as a step of its own for undo, joined neither to what came before nor after.

    Qt joins an insertion to the one before it, even to an edit block, as long as that ended with an
    insertion right there. Ending the block with a removal keeps them apart; what others see
    (`contentsChange`, the text after undo and redo) is the net insertion.
    """
    cursor.beginEditBlock()
    cursor.insertText(text + _BARRIER)
    cursor.deletePreviousChar()
    cursor.endEditBlock()


def _whole(document: QTextDocument, position: int) -> int:
    """Return `position`, or the one after it if it lies between the halves of a surrogate pair."""
    between = "\udc00" <= document.characterAt(position) <= "\udfff"
    return position + 1 if between else position
