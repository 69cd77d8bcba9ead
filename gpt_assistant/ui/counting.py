"""Words and characters of a document, counted block by block and off the typing path.

A keystroke only marks its block; the count follows when the typing pauses, a slice at a time, so that
a novel that was just opened is counted without holding the window up.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from gpt_assistant.text.longlines import BREAK, MARK
from gpt_assistant.text.words import count_words
from gpt_assistant.ui.paragraphs import edited

_PAUSE_MS = 250
_SLICE_SECONDS = 0.006
_UNKNOWN = (-1, 0)


@dataclass(frozen=True, slots=True)
class Count:
    """Words, and characters as a reader counts them (an emoji is one); line ends count as one each."""

    words: int = 0
    characters: int = 0


class Counter(QObject):
    """Counts one document; `changed` comes when a new total is known."""

    changed = Signal()

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._blocks: list[tuple[int, int]] = [_UNKNOWN] * document.blockCount()
        self._words = self._characters = 0
        self._dirty = (0, len(self._blocks))  # every unknown block lies in this range
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._count_some)
        self._timer.start(0)
        document.contentsChange.connect(self._on_change)

    @property
    def total(self) -> Count:
        """Return the count of the whole text, as of the last pause."""
        return Count(self._words, self._characters + len(self._blocks) - 1)

    @property
    def complete(self) -> bool:
        """Return whether every paragraph is counted as it is now."""
        return self._dirty[0] >= self._dirty[1]

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        first, old, new = edited(self._document, position, added, len(self._blocks))
        self._splice(first, old, new)
        self._timer.start(_PAUSE_MS)

    def _splice(self, first: int, old: int, new: int) -> None:
        for words, characters in self._blocks[first : first + old]:
            if words >= 0:
                self._words -= words
                self._characters -= characters
        self._blocks[first : first + old] = [_UNKNOWN] * new
        low, high = self._dirty
        if low < high:
            low, high = min(low, first), max(high + new - old, first + new)
        else:
            low, high = first, first + new
        self._dirty = (low, min(high, len(self._blocks)))

    def _count_some(self) -> None:
        number, high = self._dirty
        block = self._document.findBlockByNumber(number)
        deadline = time.perf_counter() + _SLICE_SECONDS
        while number < high and block.isValid():
            if self._blocks[number][0] < 0:
                self._count_block(number, block)
            number, block = number + 1, block.next()
            if time.perf_counter() > deadline:
                break
        self._dirty = (number, high)
        if number < high:
            self._timer.start(0)
        self.changed.emit()

    def _count_block(self, number: int, block: QTextBlock) -> None:
        text = block.text()
        counted = (count_words(text), len(text) - (len(BREAK) if text.endswith(MARK) else 0))
        self._blocks[number] = counted
        self._words += counted[0]
        self._characters += counted[1]

    def of_selection(self, cursor: QTextCursor) -> Count:
        """Return the count of what `cursor` selects; whole blocks inside are not counted again."""
        first = self._document.findBlock(cursor.selectionStart())
        last = self._document.findBlock(cursor.selectionEnd())
        if first == last:
            text = cursor.selectedText()
            return Count(count_words(text), len(text))
        head = first.text()[_python_index(first, cursor.selectionStart()) :]
        tail = last.text()[: _python_index(last, cursor.selectionEnd())]
        inside = self._blocks[first.blockNumber() + 1 : last.blockNumber()]
        words = sum(block[0] for block in inside if block[0] > 0)
        characters = sum(block[1] for block in inside)
        breaks = last.blockNumber() - first.blockNumber()
        return Count(
            words + count_words(head) + count_words(tail), characters + len(head) + len(tail) + breaks
        )


def _python_index(block: QTextBlock, position: int) -> int:
    """Return the code-point index in the block's text of a document position in UTF-16 units."""
    units = block.text().encode("utf-16-le", "surrogatepass")[: 2 * (position - block.position())]
    return len(units.decode("utf-16-le", "surrogatepass"))
