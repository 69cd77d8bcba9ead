"""Paragraphs of a document: which an edit has changed, which are in sight, and where parts of one stand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine
from PySide6.QtWidgets import QPlainTextEdit

from gpt_assistant.text.words import utf16_length


def edited(document: QTextDocument, position: int, added: int, known: int) -> tuple[int, int, int]:
    """Return the first paragraph that an edit changed, how many it changed, and how many they are now.

    For lists with an entry for each paragraph: `known` is how many they have, `position` and `added` are
    those of `contentsChange`. Where Qt tells of an edit otherwise than it was, it is all of them.
    """
    first = document.findBlock(position).blockNumber()
    after = document.findBlock(position + added)
    last = after.blockNumber() if after.isValid() else document.blockCount() - 1
    new = last - first + 1
    old = new - (document.blockCount() - known)
    if first < 0 or old < 0:
        return 0, known, document.blockCount()
    return first, old, new


def in_sight(editor: QPlainTextEdit) -> Iterator[tuple[QTextBlock, QPointF]]:
    """Yield the paragraphs in sight, each with its corner in the viewport."""
    block = editor.firstVisibleBlock()
    box = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
    while block.isValid() and box.top() < editor.viewport().height():
        box.setHeight(editor.blockBoundingRect(block).height())
        yield block, box.topLeft()
        box.moveTop(box.bottom())
        block = block.next()


def parts_of_lines(block: QTextBlock, start: int, end: int) -> Iterator[tuple[QTextLine, int, int]]:
    """Yield the lines that a part of a paragraph (UTF-16) stands in, each with its part of it.

    A suggestion or a composition in the part is counted in, one at an end of it is not.
    """
    layout = block.layout()
    if (shown := utf16_length(layout.preeditAreaText())) and start < end:
        at = layout.preeditAreaPosition()
        start, end = start + shown * (start >= at), end + shown * (end > at)
    if not layout.lineCount():
        return
    first, last = layout.lineForTextPosition(start), layout.lineForTextPosition(max(start, end - 1))
    if not first.isValid() or not last.isValid():
        return
    for number in range(first.lineNumber(), last.lineNumber() + 1):
        line = layout.lineAt(number)
        yield line, max(start, line.textStart()), min(end, line.textStart() + line.textLength())


def x_of(line: QTextLine, position: int) -> float:
    """Return where a position (UTF-16, in the paragraph) is in its line, in pixels from its left."""
    found = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
