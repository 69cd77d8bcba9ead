"""The whole text of a document, taken in slices while its writer types on.

Taking 100 MB out of a document at once lasts 0.7 s. Here a slice of a few milliseconds takes some parts,
and what is edited meanwhile marks the parts that it falls into: they are taken again at the end. So what
comes out is the text as it is at that moment, however much was typed, and nobody had to wait.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument

LARGE = 2_000_000  # UTF-16 units; taking the whole text of a longer document at once would be noticed
PART = 1 << 17  # UTF-16 units, and the rest of the paragraph
_SLICE = 0.006  # seconds
_ATTEMPTS = 3


def plain_text(document: QTextDocument) -> str:
    """Return the text with "\\n" line ends. `toPlainText` would turn no-break spaces into spaces."""
    return document.toRawText().replace("\u2029", "\n")


def text_between(document: QTextDocument, position: int, length: int) -> str:
    """Return the `length` units of text at `position`, both in UTF-16 units."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


@dataclass(slots=True)
class _Part:
    """`length` units of the document; their text, or None if it has to be taken again."""

    length: int
    text: str | None


class Snapshot(QObject):
    """Takes the text of `document`; `finished` comes with it, unless `stop` comes first."""

    progressed = Signal(float)  # 0…1
    finished = Signal(object)  # list[str], with "\n" line ends; no part ends inside a line

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._parts: list[_Part] = []
        self._taken = 0
        self._attempts = 1
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._take_some)
        self._timer.start(0)
        document.contentsChange.connect(self._on_change)

    def stop(self) -> None:
        """Take no more; `finished` does not come."""
        if self._timer.isActive():
            self._timer.stop()
            self._document.contentsChange.disconnect(self._on_change)

    def _take_some(self) -> None:
        end = time.perf_counter() + _SLICE
        length = self._document.characterCount() - 1
        while self._taken < length and time.perf_counter() < end:
            self._parts.append(self._part_at(self._taken, length))
            self._taken += self._parts[-1].length
        if self._taken < length:
            self.progressed.emit(self._taken / length)
            self._timer.start(0)
        else:
            self._finish(length)

    def _part_at(self, start: int, length: int) -> _Part:
        block = self._document.findBlock(min(start + PART, length))
        end = min(block.position() + block.length(), length)
        return _Part(end - start, text_between(self._document, start, end - start))

    def _finish(self, length: int) -> None:
        start = 0
        for part in self._parts:
            if part.text is None:
                part.text = text_between(self._document, start, part.length)
            start += part.length
        if start != length and self._attempts < _ATTEMPTS:  # Qt told of an edit otherwise than it was
            self._attempts += 1
            self._parts, self._taken = [], 0
            self._timer.start(0)
            return
        self._document.contentsChange.disconnect(self._on_change)
        if start != length:
            self._parts = [_Part(length, text_between(self._document, 0, length))]
        self.finished.emit([part.text for part in self._parts])

    def _on_change(self, position: int, removed: int, added: int) -> None:
        """Mark the parts that an edit falls into; where they end is no matter, but that it is with a line."""
        if position >= self._taken:
            return
        surplus = max(0, position + added - (self._document.characterCount() - 1))
        removed, added = removed - surplus, added - surplus  # Qt counts the end of the text in, at times
        start, first = 0, 0
        while start + self._parts[first].length <= position:
            start += self._parts[first].length
            first += 1
        last, end = first, start + self._parts[first].length
        while end <= position + removed and last + 1 < len(self._parts):
            last += 1
            end += self._parts[last].length
        if end <= position + removed:  # up to where nothing is taken yet: begin there again
            del self._parts[first:]
            self._taken = start
            return
        self._parts[first : last + 1] = [_Part(end - start - removed + added, None)]
        self._taken += added - removed
