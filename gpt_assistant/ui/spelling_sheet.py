"""What is known about the spelling of one document: the issues of each paragraph, by its number.

The list of paragraphs is spliced with every edit, as the counter's is. What was found is kept by the
paragraph's text as well, so that undo, a paste or a paragraph that was moved needs no new check. After an
edit the issues outside of it stay where they were, moved along, until the new text is checked: no underline
flickers while one types. A key in a paragraph of 500 characters costs 0.02 ms here.

What the writer lets stand (own words, ignored ones, names that stand there again and again) is left out when
issues are asked for and not when they are found, so that it can change its mind without a new check.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCursor

from gpt_assistant.engine.messages import Issue, Mistake
from gpt_assistant.storage.wordfile import folded
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.paragraphs import edited
from gpt_assistant.ui.spelling_known import QUICK, STALE, THOROUGH, Found, Known, carried

LONGEST = 10_000  # characters; of a longer paragraph only what is in sight is checked
OFTEN = 3  # an unknown word with a capital that stands there so often is a name
SWEPT = 10_000_000  # UTF-16 units; of a longer document only what comes into sight is checked
_AT_ONCE = 100  # new paragraphs looked up at once after an edit
_MOST_HERE = 500
_MORE = 0.01  # seconds to fill a request that has begun; many small ones would take longer
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


class Place(NamedTuple):
    """An issue and where it stands: the paragraph's number, and positions in the document (UTF-16)."""

    number: int
    issue: Issue
    start: int
    end: int


class Sheet(QObject):
    """The paragraphs of one editor. `left_out` tells which of them are no prose.

    Signals: `edited`, the text has changed; `changed`, the issues have.
    """

    edited = Signal()
    changed = Signal()

    def __init__(self, editor: Editor, known: Known, left_out: Callable[[QTextBlock], bool]) -> None:
        super().__init__(editor)
        self.editor = editor
        self.left_out = left_out
        self.own: frozenset[str] = frozenset()
        self.ignored: frozenset[str] = frozenset()
        self.language = ""
        self._here: list[QTextCursor] = []
        self._known = known
        self._document = editor.document()
        self._entries: list[Found | None] = [None] * self._document.blockCount()
        self._names: Counter[str] = Counter()
        self._dirty = (0, len(self._entries))  # every unchecked paragraph lies in this range
        self._run = (0, 0)  # where the present search for unchecked paragraphs began, and where it is
        self._document.contentsChange.connect(self._on_change)

    # -- issues ------------------------------------------------------------------------------------

    def entry(self, number: int) -> Found | None:
        """Return what is known of the paragraph `number`, None before it was looked at."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def shown(self, number: int) -> tuple[Issue, ...]:
        """Return the issues of a paragraph without those that the writer lets stand."""
        found = self.entry(number)
        if found is None or not found.issues:
            return ()
        here = self._ranges_here()
        return tuple(
            issue
            for issue in found.issues
            if not self._is_right(issue) and not (here and self._span(number, found, issue) in here)
        )

    def places(self, number: int) -> list[Place]:
        """Return the same with where they stand in the document."""
        found = self.entry(number)
        if found is None:
            return []
        return [Place(number, each, *self._span(number, found, each)) for each in self.shown(number)]

    def at(self, position: int) -> Place | None:
        """Return the issue that `position` is in, or at an end of."""
        number = self._document.findBlock(position).blockNumber()
        return next((each for each in self.places(number) if each.start <= position <= each.end), None)

    def flagged(self) -> Iterator[tuple[int, Found]]:
        """Yield the paragraphs in which anything was found, by their number."""
        for number, found in enumerate(self._entries):
            if found is not None and found.issues:
                yield number, found

    def _span(self, number: int, found: Found, issue: Issue) -> tuple[int, int]:
        start = self._document.findBlockByNumber(number).position()
        if utf16_length(found.text) == len(found.text):
            return start + issue.start, start + issue.end
        return start + index_to_utf16(found.text, issue.start), start + index_to_utf16(found.text, issue.end)

    def _is_right(self, issue: Issue) -> bool:
        word = folded(issue.word)
        if word in self.own or word in self.ignored:
            return True
        often = self._names[issue.word] >= OFTEN and not self._names[issue.word.lower()]
        return often and _may_be_name(issue)

    # -- what the writer lets stand ----------------------------------------------------------------

    def ignore_here(self, start: int, end: int) -> None:
        """Let what stands from `start` to `end` (UTF-16) stand, wherever it is moved to by edits."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)
        self._here = [*self._here[-_MOST_HERE + 1 :], cursor]
        self.changed.emit()

    def set_right(self, own: frozenset[str], ignored: frozenset[str]) -> None:
        """Let these words, as `folded` gives them, stand everywhere in the document."""
        if (own, ignored) != (self.own, self.ignored):
            self.own, self.ignored = own, ignored
            self.changed.emit()

    def _ranges_here(self) -> set[tuple[int, int]]:
        return {(each.selectionStart(), each.selectionEnd()) for each in self._here}

    # -- checking ----------------------------------------------------------------------------------

    @property
    def unchecked(self) -> int:
        """Return how many paragraphs may still have to be checked, in sight or not."""
        return 0 if self.too_long else max(0, self._dirty[1] - self._dirty[0])

    @property
    def too_long(self) -> bool:
        """Return whether the document is so long that only what comes into sight is checked."""
        return self._document.characterCount() > SWEPT

    def resolve(self, block: QTextBlock, level: int) -> str:
        """Take what is known of a paragraph; return its text if it must be checked, else ""."""
        number = block.blockNumber()
        old = self.entry(number)
        if old is not None and old.level >= level:
            return ""
        text = block.text()
        found = self._known.get(text)
        if found is None and (not _LETTERS.search(text) or len(text) > LONGEST or self.left_out(block)):
            found = Found(text, old.issues if old and len(text) > LONGEST else (), THOROUGH)
        elif found is not None and found.issues and self.left_out(block):
            found = Found(text, (), THOROUGH)
        if found is not None and (old is None or found.level > old.level):
            self.put(number, found)
        return "" if found is not None and found.level >= level else text

    def put(self, number: int, found: Found) -> None:
        """Note what was found in a paragraph."""
        old = self._entries[number]
        self._entries[number] = found
        self._count(old, -1)
        self._count(found, 1)
        if (old.issues if old else ()) != found.issues:
            self.changed.emit()

    def unchecked_texts(self, first: int, characters: int, seconds: float) -> tuple[list[str], int, bool]:
        """Return texts to check, `characters` long in all or a little more, from paragraph `first` on.

        Also returned are the number of the first of them, and whether the time was over before enough was
        found. From the end it goes on at the beginning.
        """
        end = time.perf_counter() + seconds
        low, high = self._dirty
        start = min(max(low, first), high)
        begun, at = self._run
        begun, at = (begun, at) if begun <= start <= at < high else (start, start)
        texts, number, began = self._collect(at, high, characters, end)
        self._run = (begun, began if texts else number)
        if not texts and number >= high:  # what lies behind `first` is done
            self._dirty = (low, start)
            texts, number, began = self._collect(low, start, characters, end)
            self._dirty = (began if texts else number, start)
        return texts, began, not texts and self._dirty[0] < self._dirty[1]

    def _collect(self, number: int, high: int, characters: int, end: float) -> tuple[list[str], int, int]:
        texts: list[str] = []
        began = number
        while number < high and characters > 0 and time.perf_counter() < (end + _MORE if texts else end):
            found = self._entries[number]
            checked = found is not None and found.level >= QUICK
            text = "" if checked else self.resolve(self._document.findBlockByNumber(number), QUICK)
            if text:
                began = began if texts else number
                texts.append(text)
                characters -= len(text)
            number += 1
        return texts, number, began

    def forget(self, first: int = 0) -> None:
        """Check everything from paragraph `first` on again; what is shown stays until that is done."""
        for number in range(first, len(self._entries)):
            if (found := self._entries[number]) is not None:
                self._entries[number] = replace(found, level=STALE) if found.issues else None
        self._dirty = (min(first, self._dirty[0]), len(self._entries))
        self._run = (0, 0)

    def clear(self) -> None:
        """Forget everything."""
        self._entries = [None] * len(self._entries)
        self._names.clear()
        self._dirty, self._run = (0, len(self._entries)), (0, 0)
        self.changed.emit()

    def _count(self, found: Found | None, step: int) -> None:
        for issue in found.issues if found else ():
            if issue.kind is Mistake.NONWORD and not issue.sure:
                self._names[issue.word] += step

    # -- edits -------------------------------------------------------------------------------------

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        first, old, new = edited(self._document, position, added, len(self._entries))
        self._splice(first, old, new)
        self.edited.emit()

    def _splice(self, first: int, old: int, new: int) -> None:
        gone = self._entries[first : first + old]
        for each in gone:
            self._count(each, -1)
        made: list[Found | None] = [None] * new
        fences = any(each is not None and _FENCE.match(each.text) for each in gone)
        if new <= _AT_ONCE:
            block = self._document.findBlockByNumber(first)
            for i in range(new):
                text = block.text()
                fences = fences or bool(_FENCE.match(text))
                head, tail = gone[0] if gone and i == 0 else None, gone[-1] if gone and i == new - 1 else None
                found = self._known.get(text)
                if found is not None and found.issues and self.left_out(block):
                    found = Found(text)
                made[i] = found or carried(head, tail, text)
                self._count(made[i], 1)
                block = block.next()
        self._entries[first : first + old] = made
        low, high = self._dirty
        if low < high:
            low, high = min(low, first), max(high + new - old, first + new)
        else:
            low, high = first, first + new
        self._dirty = (low, min(high, len(self._entries)))
        if first < self._run[1]:
            self._run = (0, 0)
        if fences:
            self.forget(first)
        shown = (*gone, *made) if new <= _AT_ONCE else gone
        if any(each is not None and each.issues for each in shown):
            self.changed.emit()


def _may_be_name(issue: Issue) -> bool:
    return issue.kind is Mistake.NONWORD and issue.word[:1].isupper() and not issue.sure
