"""Keeps Qt from looking for the widest paragraph of a large document while its writer types.

QPlainTextDocumentLayout knows which paragraph is the widest, for the horizontal scroll bar. When that one
is edited and gets narrower, it goes through all paragraphs for the next, and makes a QTextLayout of 400
bytes for each that was never shown. With 1.2 million paragraphs this took 1.5 s and 470 MB the first time
and 40 ms each time after, at every dozenth line that somebody typed in (QPlainTextDocumentLayout's
layoutBlock and documentChanged, Qt 6.11).

Nobody needs it where lines are wrapped: the layout takes the width of the view for the widest then, and no
line is wider. So the number of the widest is led behind the last paragraph, where it stays, for Qt moves
it by as many paragraphs as come or go before it. Without wrapping the first line that is laid out makes it
a real number again, as it must.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_BEYOND = 50  # paragraphs
_WIDE = "M" * 1_000  # wider than any screen, so wider than any line of it


def forget_the_widest(editor: QPlainTextEdit) -> None:
    """Make no paragraph of `editor` the widest; its text must not be empty, and its undo stack is not kept.

    A wide paragraph is put in so far down that the number is too high for the document when it is gone
    again. There must be more text behind it than it has itself, or Qt would count the number back.
    """
    document, mode = editor.document(), editor.lineWrapMode()
    number = document.blockCount() + _BEYOND
    added = "\n" * number + _WIDE + "\n"
    if mode == QPlainTextEdit.LineWrapMode.NoWrap or document.characterCount() <= 2 * len(added):
        return
    cursor = QTextCursor(document)
    cursor.setPosition(0)
    cursor.insertText(added)
    editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)  # else the wide one would be wrapped too
    document.documentLayout().blockBoundingRect(document.findBlockByNumber(number))
    cursor.setPosition(0)
    cursor.setPosition(len(added), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    editor.setLineWrapMode(mode)  # takes the view's width for the widest
