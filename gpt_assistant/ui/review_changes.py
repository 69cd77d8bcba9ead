"""The changes that a rewriting makes to a passage, each to be taken or left, whatever is typed meanwhile.

Each change has a cursor of its own over its old words and one character on either side. Whether it is
open, taken or no longer fits is read off the document, never remembered: so undo and redo are followed,
and a change is applied only where its old words still stand between their neighbours. A change that has
none on one side, at an end of the document, is looked for up to that end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from PySide6.QtGui import QTextCursor

from gpt_assistant.text.diff import Hunk
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.anchor import Anchor, replace_apart
from gpt_assistant.ui.passages import text_between


class State(Enum):
    """What has become of a change."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"  # the writer has edited the words that it was made for


class Change:
    """One hunk of a rewriting and its place in the document."""

    def __init__(self, anchor: Anchor, hunk: Hunk) -> None:
        self.hunk = hunk
        self.rejected = False
        self._anchor, self._editor = anchor, anchor.editor
        self._document = anchor.editor.document()
        self._before = self._after = ""
        self._cursor: QTextCursor | None = None
        if (place := anchor.place_of(hunk.start, hunk.end)) is not None:
            self._mark(*place)

    def _mark(self, start: int, end: int) -> None:
        """Keep the place, with one whole character on either side."""
        document = self._document
        last = document.characterCount() - 1
        low = start - (2 if _is_low(document.characterAt(start - 1)) else 1) if start else 0
        high = end + (2 if _is_low(document.characterAt(end + 1)) else 1) if end < last else last
        self._before = text_between(document, low, start)
        self._after = text_between(document, end, high)
        cursor = QTextCursor(document)
        cursor.setPosition(low)
        cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)
        self._cursor = cursor

    def _ranges(self) -> list[tuple[int, int]]:
        """Return where to look: where the cursor says, then up to the end where it has no neighbour."""
        if self._cursor is None or self._cursor.isNull():
            return []
        low, high = self._cursor.selectionStart(), self._cursor.selectionEnd()
        if self._before and self._after:
            return [(low, high)]
        last = self._document.characterCount() - 1
        return [(low, high), (low if self._before else 0, high if self._after else last)]

    def _find(self, words: str) -> tuple[int, int] | None:
        """Return where `words` stand now, between their neighbours; None if they do not, or twice."""
        wanted = self._before + words + self._after
        for low, high in self._ranges():
            text = text_between(self._document, low, high)
            at = text.find(wanted)
            if at >= 0 and text.find(wanted, at + 1) < 0:
                start = low + utf16_length(text[:at]) + utf16_length(self._before)
                return start, start + utf16_length(words)
        return None

    def state(self) -> State:
        """Return what has become of it."""
        if self._find(self.hunk.old) is not None and not self._taken():
            return State.REJECTED if self.rejected else State.OPEN
        return State.ACCEPTED if self._find(self.hunk.new) is not None else State.CHANGED

    def _taken(self) -> bool:
        """Return whether exactly the new words stand there, for the old ones may be a part of them."""
        new = self._before + self.hunk.new + self._after
        return any(text_between(self._document, *found) == new for found in self._ranges())

    def place(self) -> tuple[int, int] | None:
        """Return where its words stand now, old or new, in UTF-16 units; None if they are gone."""
        return self._find(self.hunk.new if self.state() is State.ACCEPTED else self.hunk.old)

    def apply(self) -> bool:
        """Put the new words in the place of the old ones, as a step of undo; False if they are gone."""
        place = self._find(self.hunk.old)
        if place is None:
            return False
        replace_apart(self._editor, *place, self.hunk.new, self._anchor.origin)
        self.rejected = False
        return True


class Changes(Sequence[Change]):
    """All the changes of one rewriting, the `hunks` of the anchor's text in their order."""

    def __init__(self, anchor: Anchor, hunks: Sequence[Hunk]) -> None:
        self.anchor, self.hunks = anchor, hunks
        self._changes = [Change(anchor, hunk) for hunk in self.hunks]

    def __len__(self) -> int:
        return len(self._changes)

    def __getitem__(self, index):  # type: ignore[no-untyped-def] # as in Sequence: int or slice
        return self._changes[index]

    def states(self) -> list[State]:
        """Return what has become of each; all are gone when the document is."""
        if not self.anchor.alive:
            return [State.CHANGED] * len(self)
        return [change.state() for change in self._changes]

    def accept(self, chosen: Iterable[int]) -> bool:
        """Apply the open ones of `chosen` as one step of undo; False if not one of them could be."""
        if not self.anchor.writable:
            return False
        states = self.states()
        wanted = [self._changes[index] for index in chosen if states[index] is State.OPEN]
        if not wanted:
            return False
        block = QTextCursor(self.anchor.editor.document())
        block.beginEditBlock()
        try:
            return sum(change.apply() for change in wanted) > 0
        finally:
            block.endEditBlock()

    def reject(self, chosen: Iterable[int], rejected: bool = True) -> None:
        """Leave the open ones of `chosen` as they are; or open them again."""
        for index in chosen:
            self._changes[index].rejected = rejected


def _is_low(character: str) -> bool:
    """Return whether this unit is the second half of a character beyond the basic plane."""
    return "\udc00" <= character <= "\udfff"
