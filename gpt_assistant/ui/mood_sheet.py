"""The mood of each passage of one document, as far as it is known.

A passage is what a writer takes for a paragraph: a line of the document, or, where lines are broken by hand,
those between two blank ones. As in predictability_sheet.py the list of paragraphs is spliced with every edit,
and what was found is kept by the passage's text, so that taking an edit back costs nothing. A passage that is
being changed keeps its mood until it has been read again.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtGui import QTextBlock

from gpt_assistant.engine.messages import Felt, Mood, MoodScores
from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.paragraphs import edited
from gpt_assistant.ui.read_sheet import LONGEST, ReadSheet

READ = "en"  # the language of the sentences that the mood was fitted to
_KEPT = 20_000
_MOST_LINES = 60  # of a passage whose lines are broken by hand
_LETTERS = re.compile(r"[^\W\d_]{2}")


class SentenceMood(NamedTuple):
    """A sentence of a passage, in UTF-16 units of it."""

    start: int
    end: int
    label: Mood
    scores: MoodScores
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a passage: nothing that may be shown, unless it is `told`; why not, by `language`."""

    text: str
    label: Mood = Mood.NEUTRAL
    scores: MoodScores = field(default_factory=MoodScores)
    sentences: tuple[SentenceMood, ...] = ()
    language: str = ""

    @property
    def told(self) -> bool:
        """Return whether it has a mood."""
        return bool(self.sentences)


class Entry(NamedTuple):
    """What is known of a paragraph: it is number `line` of a passage; not `fresh` where that has changed."""

    found: Found
    line: int
    fresh: bool = True


class Passage(NamedTuple):
    """A passage as it is now: its text, its first paragraph, and how many there are."""

    text: str
    first: int
    lines: int


class MoodSheet(ReadSheet[Entry]):
    """The passages of one editor. `left_out` tells which paragraphs are no prose.

    Signals: `edited`, the text has changed; `changed`, what is known has.
    """

    def __init__(self, editor: Editor, left_out: Callable[[QTextBlock], bool]) -> None:
        super().__init__(editor, left_out)
        self._known: OrderedDict[str, Found] = OrderedDict()

    @property
    def unread(self) -> int:
        """Return how many paragraphs are not known, or have changed since."""
        return sum(entry is None or not entry.fresh for entry in self._entries)

    def passages(self) -> Iterator[tuple[int, Entry]]:
        """Yield the passages that are known, each with the number of its first paragraph."""
        for number, entry in enumerate(self._entries):
            if entry is not None and entry.line == 0:
                yield number, entry

    def forget(self) -> None:
        """Read everything again: another model has come, or this one has learnt."""
        self._known.clear()
        super().forget()

    # -- what is to be read ------------------------------------------------------------------------

    def wanted(self, block: QTextBlock) -> Passage | None:
        """Return the passage of `block` if it must be read, else None; takes what is known of it."""
        if not block.isValid():
            return None
        entry = self.entry(block.blockNumber())
        if entry is not None and entry.fresh:
            return None
        passage = self._passage(block)
        found = self._known.get(passage.text)
        if found is None and (
            not _LETTERS.search(passage.text) or len(passage.text) > LONGEST or self._left_out(block)
        ):
            found = Found(passage.text)
        if found is None:
            return passage
        self._note(passage.first, passage.lines, found)
        self.changed.emit()
        return None

    def next_wanted(self, seconds: float) -> tuple[Passage | None, bool]:
        """Return the next passage to be read, None if there is none so far, and whether all was looked at."""
        end = time.perf_counter() + seconds
        block = self._document.findBlockByNumber(self._next)
        while block.isValid():
            if (passage := self.wanted(block)) is not None:
                return passage, False
            self._next = block.blockNumber() + 1
            if time.perf_counter() > end:
                return None, False
            block = block.next()
        return None, True

    def put(self, passage: Passage, felt: Felt) -> None:
        """Note what was found of a passage; it may stand elsewhere by now, or nowhere."""
        found = self._known[passage.text] = _found(passage.text, felt)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        block = self._document.findBlockByNumber(passage.first)
        if block.isValid() and self._passage(block) == passage:
            self._note(passage.first, passage.lines, found)
        self.changed.emit()

    def _note(self, first: int, lines: int, found: Found) -> None:
        self._entries[first : first + lines] = [Entry(found, line) for line in range(lines)]

    def _passage(self, block: QTextBlock) -> Passage:
        """Return the passage of a paragraph: itself, unless a sentence goes on over the ends of lines."""
        run = self._run(block) if block.text().strip() else [block]
        if 1 < len(run) <= _MOST_LINES:
            text = "\n".join(each.text() for each in run)
            if _is_wrapped(text):
                return Passage(text, run[0].blockNumber(), len(run))
        return Passage(block.text(), block.blockNumber(), 1)

    def _run(self, block: QTextBlock) -> list[QTextBlock]:
        """Return the paragraphs around `block` up to blank ones, one more than a passage may have at most."""
        run, room = [block], LONGEST - block.length()
        for back in (True, False):
            each = block.previous() if back else block.next()
            while each.isValid() and len(run) <= _MOST_LINES and room > 0 and each.text().strip():
                run.insert(0 if back else len(run), each)
                room -= each.length()
                each = each.previous() if back else each.next()
        return run if room > 0 else [block]

    # -- edits -------------------------------------------------------------------------------------

    def _on_change(self, position: int, removed: int, added: int) -> None:
        first, old, new = edited(self._document, position, added, len(self._entries))
        gone = self._entries[first : first + old]
        made: list[Entry | None] = [None] * new
        if gone and gone[0] is not None and new:
            made[0] = gone[0]._replace(fresh=False)
        self._entries[first : first + old] = made
        self._age(first, -1)
        self._age(first + max(0, new - 1), 1)
        self._next = max(0, min(self._next, first - _MOST_LINES))
        self.edited.emit()

    def _age(self, number: int, step: int) -> None:
        """The lines of the same run are to be read again: they may be of the passage that has changed."""
        block = self._document.findBlockByNumber(number)
        for _ in range(_MOST_LINES):
            block = block.next() if step > 0 else block.previous()
            if not block.isValid() or not block.text().strip():
                return
            entry = self._entries[block.blockNumber()]
            if entry is not None:
                self._entries[block.blockNumber()] = entry._replace(fresh=False)


def _is_wrapped(text: str) -> bool:
    """Return whether a sentence of `text` goes on over the end of a line."""
    return any("\n" in text[each.start : each.end] for each in sentences(text))


def _found(text: str, felt: Felt) -> Found:
    language = felt.languages[0] if felt.languages else READ
    if not felt.fitted or language != READ:
        return Found(text, language=language)
    wide = utf16_length(text) != len(text)

    def units(at: int) -> int:
        return index_to_utf16(text, at) if wide else at

    said = tuple(
        SentenceMood(units(each.start), units(each.end), each.label, each.scores, text[each.start : each.end])
        for each in felt.sentences
    )
    return Found(text, felt.label, felt.scores, said, language)
