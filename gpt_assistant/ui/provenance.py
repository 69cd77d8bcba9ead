"""Keeps track of who wrote what in one editor, edit by edit.

The editor says what was changed and by what (`note`). Qt tells of one change from the first to the last place
that an edit has touched: whoever changes several places at once, or puts back what was there, says so more
exactly beforehand (`plan`). That is believed only if it adds up to what happened.

Undo brings characters back as they were. Each edit is put down as what takes it back, with the length of Qt's
stack of undo steps behind it, which grows with every step that Qt does not join to the one before. After an
undo the stack is shorter: what was put down with a greater length is taken back, latest first. Where that
does not add up, nobody knows whose it is what came back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from gpt_assistant.text.longlines import MARK, broken, joined
from gpt_assistant.text.origins import Origin, OriginMap, Run, differences, normal, spliced
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.snapshot import LARGE, plain_text

if TYPE_CHECKING:
    from gpt_assistant.ui.page import Page

_ORIGINS = {
    "typing": Origin.TYPED,
    "ime": Origin.TYPED,
    "delete": Origin.TYPED,
    "accept": Origin.COMPLETED,
    "paste": Origin.PASTED,
    "drop": Origin.PASTED,
}
_MOST_COPIED = 16
_LONGEST_COPIED = 1_000_000  # UTF-16 units; of a longer text it is not remembered
_MANY = 50  # places changed at once, by “replace all”, from which they are put down as one edit
_MOST_PLANNED = 100_000  # more are not told apart: 0.7 s

Edit = tuple[int, int, int]  # position, removed, added: UTF-16 units


@dataclass(slots=True)
class _Step:
    """What takes an edit back: `added` units at `position` become `gone`; `stack` is Qt's length after it."""

    stack: int
    position: int
    added: int
    gone: list[Run]

    @property
    def change(self) -> int:
        """Return how much longer taking it back makes the text."""
        return sum(length for length, _ in self.gone) - self.added


class Provenance(QObject):
    """Who wrote what in `editor`, as `map`.

    Signals: `changed`; `retold`, more than an edit has changed; `replaced`, the program put in another text.
    """

    changed = Signal()
    retold = Signal()
    replaced = Signal()
    # What was copied, or only selected, last, anywhere in the program: fingerprints of texts, and their runs.
    _copied: ClassVar[dict[bytes, list[Run]]] = {}

    def __init__(self, editor: Page) -> None:
        super().__init__(editor)
        self._editor = editor
        self._on = True
        self.map = OriginMap()
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._planned: list[tuple[int, int, list[Run]]] = []
        self._dragged = self._dragged_from = 0
        self._forget_all()

    @property
    def on(self) -> bool:
        """Return whether it is kept track of at all."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Begin, knowing nothing of what is there; or end, and forget everything."""
        if on != self._on:
            self._on = on
            self._forget_all()
            self._tell()

    def runs(self) -> list[Run]:
        """Return what is known now."""
        return self.map.runs()

    def set_runs(self, runs: Sequence[Run]) -> bool:
        """Take what was stored about this text; False, and nothing changes, if it is of another length."""
        if not self._on or sum(length for length, _ in runs) != self._length():
            return False
        self.map = OriginMap(runs)
        self._done, self._undone = [], []
        self._stack = self._editor.document().availableUndoSteps()
        self._tell()
        return True

    def forget(self) -> None:
        """Know nothing any more of what is there."""
        self._forget_all()
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.retold.emit()

    def _forget_all(self) -> None:
        length = self._length() if self._on else 0
        self.map = OriginMap([(length, Origin.EARLIER)])
        self._done, self._undone, self._planned, self._dragged = [], [], [], 0
        self._stack = self._editor.document().availableUndoSteps()

    # -- what is about to happen -------------------------------------------------------------------

    def plan(self, position: int, removed: int, text: str | int | Sequence[Run], origin: Origin) -> None:
        """Say before or after an edit, but before it is told of, that it is this one and whose."""
        if not self._on:
            return
        if isinstance(text, str | int):
            length = utf16_length(text) if isinstance(text, str) else text
            runs = [(length, origin)]
        else:
            runs = list(text)
        if len(self._planned) <= _MOST_PLANNED:
            self._planned.append((position, removed, runs))

    def plan_text(self, text: str) -> None:
        """Say before another text, as a file has it, takes the place of this one: what is the same stays."""
        if self._on and self._length() < LARGE:
            found = differences(plain_text(self._editor.document()), broken(text))
            for position, removed, added in reversed(found):
                self.plan(position, removed, added, Origin.EARLIER)

    def copying(self, cursor: QTextCursor) -> None:
        """Remember whose is what `cursor` selects, in case that it is pasted here."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if self._on and end <= self.map.length and 0 < end - start <= _LONGEST_COPIED:
            runs = self.map.slice(start, end)
            text = text_between(cursor.document(), start, end)
            self._copied.pop(key := _fingerprint(text), None)
            self._copied[key] = runs if MARK not in text else _one(runs)
            while len(self._copied) > _MOST_COPIED:
                del self._copied[next(iter(self._copied))]

    def dragging(self, cursor: QTextCursor) -> None:
        """Note what is selected: a drop may move it."""
        self._dragged = cursor.selectionEnd() - cursor.selectionStart()
        self._dragged_from = cursor.selectionStart()

    @contextmanager
    def inserting(self, cursor: QTextCursor, text: str) -> Iterator[None]:
        """Let `text`, pasted or dropped, be put in at `cursor`: what was copied here stays whose it was."""
        if not self._on:
            yield
            return
        position, selected = cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()
        length = self._length()
        moved, self._dragged = self._dragged, 0
        yield
        added = self._length() - length + selected
        if added < 0:
            return
        if moved and self.map.length - length == moved:
            self.plan(self._dragged_from, moved, 0, Origin.PASTED)
        known = normal(self._copied.get(_fingerprint(text), ())) if added <= _LONGEST_COPIED else []
        if len(known) == 1:
            known = [(added, known[0][1])]
        if sum(each for each, _ in known) != added:
            known = [(added, Origin.PASTED)]
        self.plan(position, selected, known, Origin.PASTED)

    # -- what has happened -------------------------------------------------------------------------

    def note(self, edits: Sequence[Edit], cause: str) -> None:
        """Take what was edited, in order, and the cause that the editor gives it."""
        planned, self._planned = self._planned, []
        self._dragged = 0
        if not self._on or not edits:
            return
        before, self._stack = self._stack, self._editor.document().availableUndoSteps()
        length = self._length()
        whole = _is_whole(edits, self.map.length) and cause == "program" and not planned
        if cause in ("undo", "redo") and self._travel(cause == "undo", length):
            self.changed.emit()
            return
        if self._stack < before or cause in ("undo", "redo"):  # the stack was emptied, or is not understood
            self._done, self._undone = [], []
        if self._adds_up(planned, length):
            for position, removed, runs in self._as_one(planned):
                self._apply(position, removed, runs)
        else:
            origin = _ORIGINS.get(cause, Origin.EARLIER)
            for position, removed, added in edits:  # Qt counts the end of the text in, at times
                surplus = max(0, position + removed - self.map.length)
                if len(edits) == 1:
                    surplus = max(surplus, position + added - length)
                self._apply(position, max(0, removed - surplus), [(max(0, added - surplus), origin)])
        if self.map.length != length:
            self._mend(length)
        self.changed.emit()
        if whole and length:
            self.replaced.emit()

    def _adds_up(self, planned: Sequence[tuple[int, int, list[Run]]], length: int) -> bool:
        if not planned or len(planned) > _MOST_PLANNED:
            return False
        now = self.map.length
        for position, removed, runs in planned:
            if position < 0 or position + removed > now:
                return False
            now += sum(each for each, _ in runs) - removed
        return now == length

    def _as_one(self, planned: list[tuple[int, int, list[Run]]]) -> list[tuple[int, int, list[Run]]]:
        """Return many edits, where they go from the end of the text to its start, as one."""
        places = [(position, position + removed) for position, removed, _ in planned]
        if len(planned) < _MANY or any(a[0] < b[1] for a, b in pairwise(places)):
            return planned
        start, end = places[-1][0], places[0][1]
        moved = ((position - start, removed, runs) for position, removed, runs in reversed(planned))
        return [(start, end - start, spliced(self.map.slice(start, end), moved))]

    def _apply(self, position: int, removed: int, runs: list[Run]) -> None:
        if position + removed > self.map.length:  # `_mend` sees to it
            return
        gone = self.map.splice(position, removed, runs)
        added = sum(length for length, _ in runs)
        self._undone = []
        if not self._joined(position, added, gone):
            self._done.append(_Step(self._stack, position, added, gone))

    def _joined(self, position: int, added: int, gone: list[Run]) -> bool:
        """Put an edit down with the one before, where it goes on with it: letters typed, letters deleted."""
        last = self._done[-1] if self._done else None
        if last is None or last.stack != self._stack:
            return False
        if not gone and position == last.position + last.added:
            last.added += added
            return True
        if added or last.added:
            return False
        if position + sum(length for length, _ in gone) == last.position:
            last.position, last.gone = position, normal([*gone, *last.gone])
            return True
        if position == last.position:
            last.gone = normal([*last.gone, *gone])
            return True
        return False

    def _travel(self, back: bool, length: int) -> bool:
        """Take back, or do again, the edits between the stack's length before and now, if they add up."""
        source, target = (self._done, self._undone) if back else (self._undone, self._done)
        count = change = 0
        for step in reversed(source):
            if (step.stack <= self._stack) if back else (step.stack > self._stack):
                break
            count += 1
            change += step.change
        if self.map.length + change != length:
            return False
        for _ in range(count):
            step = source.pop()
            gone = self.map.splice(step.position, step.added, step.gone)
            target.append(_Step(step.stack, step.position, step.added + step.change, gone))
        return True

    def _mend(self, length: int) -> None:
        """What was told does not add up: the end of the text is nobody knows whose."""
        now = self.map.length
        self.map.splice(min(now, length), max(0, now - length), [(max(0, length - now), Origin.EARLIER)])
        self._done, self._undone = [], []

    def _length(self) -> int:
        return max(0, self._editor.document().characterCount() - 1)


def _is_whole(edits: Sequence[Edit], length: int) -> bool:
    return len(edits) == 1 and edits[0][0] == 0 and edits[0][1] >= length


def _one(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a text that is copied without its breaks: known only where they are all one."""
    return list(runs) if len(runs) == 1 else []


def _fingerprint(text: str) -> bytes:
    return hashlib.blake2b(joined(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()
