"""Puts another text in a document's place by changing only what differs, as one step of undo.

The caret, the scroll position and whatever points into the text stay where nothing changed, and a file of
many megabytes that got one more line is not laid out anew.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor, QTextDocument

from gpt_assistant.text.longlines import broken
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.snapshot import plain_text


def replace_text(document: QTextDocument, text: str) -> None:
    """Make `text`, which has "\\n" line ends, the text of `document`."""
    old, text = plain_text(document), broken(text)
    first, last = common_ends(old, text)
    start = utf16_length(old[:first])
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + utf16_length(old[first : len(old) - last]), QTextCursor.MoveMode.KeepAnchor)
    if cursor.hasSelection() or first + last < len(text):
        cursor.insertText(text[first : len(text) - last])


def common_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many characters are the same at the start, and how many behind those at the end.

    Compares slices, halving the step: as fast as comparing the texts whole.
    """
    shorter = min(len(old), len(new))
    first = _longest(shorter, lambda n, at: old[at : at + n] == new[at : at + n])
    last = _longest(
        shorter - first,
        lambda n, at: old[len(old) - at - n : len(old) - at] == new[len(new) - at - n : len(new) - at],
    )
    return first, last


def _longest(limit: int, same: Callable[[int, int], bool]) -> int:
    """Return how far `same(n, at)`, the next `n` characters behind `at` are the same, holds."""
    at, step = 0, limit
    while step:
        if at + step <= limit and same(step, at):
            at += step
        else:
            step //= 2
    return at
