"""Paragraphs too long to be checked whole: pasted ones, for those of files are shown in pieces anyway.

Of such a paragraph the stretches in sight are checked. They begin and end at the first space behind a
multiple of PIECE characters, so that scrolling asks for each of them once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextBlock

from gpt_assistant.text.words import utf16_to_index
from gpt_assistant.ui.spelling_known import THOROUGH, Found, Known
from gpt_assistant.ui.spelling_sheet import Sheet

PIECE = 2_000  # characters
_SEARCHED = 200  # characters in which to look for a space


def long_paragraph(sheet: Sheet, block: QTextBlock, known: Known) -> list[str]:
    """Take what is known of the stretches of `block` in sight; return the texts of those to be checked."""
    if sheet.left_out(block):
        return []
    text = block.text()
    viewport = sheet.editor.viewport()
    top = sheet.editor.cursorForPosition(QPoint(0, 0)).position() - block.position()
    bottom = sheet.editor.cursorForPosition(QPoint(viewport.width(), viewport.height())).position()
    first = utf16_to_index(text, max(0, top))
    last = utf16_to_index(text, max(0, bottom - block.position()))
    old = sheet.entry(block.blockNumber())
    issues = list(old.issues) if old is not None else []
    wanted = []
    for start, end in _stretches(text, first, last):
        found = known.get(text[start:end])
        if found is None or found.level < THOROUGH:
            wanted.append(text[start:end])
            continue
        issues = [each for each in issues if each.end <= start or each.start >= end]
        issues += [replace(each, start=each.start + start, end=each.end + start) for each in found.issues]
    new = Found(text, tuple(sorted(issues, key=lambda each: each.start)), THOROUGH)
    if new != old:
        sheet.put(block.blockNumber(), new)
    return wanted


def _stretches(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the ends of the stretches that hold the characters `first` to `last`."""
    for number in range(max(0, first // PIECE - 1), last // PIECE + 1):
        start, end = _cut(text, number * PIECE), _cut(text, (number + 1) * PIECE)
        if start <= last and end >= first and start < end:
            yield start, end


def _cut(text: str, at: int) -> int:
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    space = text.find(" ", at, at + _SEARCHED)
    return space + 1 if space >= 0 else at
