"""How predictable each paragraph of one document is, as far as it is known.

As in spelling_sheet.py the list of paragraphs is spliced with every edit, and what was found is kept by the
paragraph's text and the little before it that was read with it. After an edit the words around it keep their
shades, moved along, until the paragraph has been read again.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtGui import QTextBlock

from gpt_assistant.engine.messages import Predicted
from gpt_assistant.text.words import index_to_utf16, utf16_length
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.paragraphs import edited
from gpt_assistant.ui.read_sheet import LONGEST, ReadSheet

BEFORE = 400  # characters in front of a paragraph that are read with it
_KEPT = 20_000
_LETTERS = re.compile(r"[^\W\d_]{2}")


class WordRank(NamedTuple):
    """A word of a paragraph, in UTF-16 units of it."""

    start: int
    end: int
    rank: int
    bits: float


class SentenceBits(NamedTuple):
    """A sentence that begins in a paragraph, in UTF-16 units of it; it may end in a later one."""

    start: int
    end: int
    bits: float
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a paragraph's `text`; not `fresh` where it has changed since."""

    text: str
    words: tuple[WordRank, ...] = ()
    sentences: tuple[SentenceBits, ...] = ()
    fresh: bool = True


class PredictabilitySheet(ReadSheet[Found]):
    """The paragraphs of one editor. `left_out` tells which of them are no prose.

    Signals: `edited`, the text has changed; `changed`, what is known has.
    """

    def __init__(self, editor: Editor, left_out: Callable[[QTextBlock], bool]) -> None:
        super().__init__(editor, left_out)
        self._known: OrderedDict[tuple[str, str], Found] = OrderedDict()

    def entries(self) -> Iterator[tuple[int, Found]]:
        """Yield what is known, with the numbers of the paragraphs."""
        for number, found in enumerate(self._entries):
            if found is not None and found.words:
                yield number, found

    def forget(self) -> None:
        """Read everything again: another model has come, or this one has learnt."""
        self._known.clear()
        super().forget()

    # -- what is to be read ------------------------------------------------------------------------

    def wanted(self, block: QTextBlock, characters: int) -> list[str]:
        """Return the texts to be read from `block` on, none if it is known, up to about `characters`.

        Blank lines between them are among them: what follows is read behind what stands before.
        """
        texts: list[str] = []
        blank: list[str] = []
        while block.isValid() and characters > 0:
            if (text := self._resolve(block)) is not None:
                texts += [*blank, text]
                blank = []
                characters -= len(text)
            elif texts and not block.text().strip():
                blank.append(block.text())
            else:
                break
            block = block.next()
        return texts

    def next_wanted(self, characters: int, seconds: float) -> tuple[int, list[str]] | None:
        """Return the next paragraph to be read and the texts from there on.

        Returns None if the time was over before any was found, and no texts where everything is known.
        """
        end = time.perf_counter() + seconds
        block = self._document.findBlockByNumber(self._next)
        while block.isValid():
            if texts := self.wanted(block, characters):
                return block.blockNumber(), texts
            self._next = block.blockNumber() + 1
            if time.perf_counter() > end:
                return None
            block = block.next()
        return self._next, []

    def before(self, number: int) -> str:
        """Return the text in front of a paragraph that is read with it."""
        parts: list[str] = []
        block = self._document.findBlockByNumber(number).previous()
        room = BEFORE
        while block.isValid() and room > 0:
            text = block.text() if block.length() <= LONGEST else ""
            parts.append(f"{text}\n"[-room:])
            room -= len(text) + 1
            block = block.previous()
        return "".join(reversed(parts))

    def put(self, number: int, texts: list[str], before: str, reply: Predicted) -> None:
        """Note what was found of `texts`, which were read from paragraph `number` on behind `before`."""
        whole = "\n".join(texts)
        start = 0
        for text in texts:
            found = _of_paragraph(whole, text, start, reply)
            lead = (before + whole[:start])[-BEFORE:]
            self._known[lead, text] = found
            entry = self.entry(number)
            block = self._document.findBlockByNumber(number)
            if block.isValid() and block.text() == text and (entry is None or not entry.fresh):
                self._entries[number] = found
            number += 1
            start += len(text) + 1
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.changed.emit()

    def _resolve(self, block: QTextBlock) -> str | None:
        """Take what is known of a paragraph; return its text if it must be read, else None."""
        number = block.blockNumber()
        entry = self.entry(number)
        if entry is not None and entry.fresh:
            return None
        text = block.text()
        found = self._known.get((self.before(number), text))
        if found is None and (not _LETTERS.search(text) or len(text) > LONGEST or self._left_out(block)):
            found = Found(text)
        if found is None:
            return text
        self._entries[number] = found
        self.changed.emit()
        return None

    # -- edits -------------------------------------------------------------------------------------

    def _on_change(self, position: int, removed: int, added: int) -> None:
        first, old, new = edited(self._document, position, added, len(self._entries))
        gone = self._entries[first : first + old]
        made: list[Found | None] = [None] * new
        if gone and gone[0] is not None and new:
            made[0] = _carried(gone[0], self._document.findBlockByNumber(first).text())
        self._entries[first : first + old] = made
        self._age(first + new)
        self._next = min(self._next, first)
        self.edited.emit()

    def _age(self, number: int) -> None:
        """What stands shortly behind an edit is to be read again: it was read with the old text."""
        reach = BEFORE
        while number < len(self._entries) and reach > 0:
            found = self._entries[number]
            if found is not None:
                self._entries[number] = replace(found, fresh=False)
            reach -= self._document.findBlockByNumber(number).length()
            number += 1


def _of_paragraph(whole: str, text: str, start: int, reply: Predicted) -> Found:
    """Return what `reply` says of the paragraph `text` that begins at `start` of what was read."""
    end = start + len(text)
    wide = utf16_length(whole) != len(whole)

    def units(at: int) -> int:
        return index_to_utf16(whole[start:at], at - start) if wide else at - start

    words = tuple(
        WordRank(units(w.start), units(w.end), w.rank, w.bits)
        for w in reply.words
        if start <= w.start and w.end <= end
    )
    sentences = tuple(
        SentenceBits(units(s.start), units(s.end), s.bits, s.words, whole[s.start : s.end])
        for s in reply.sentences
        if start <= s.start < end
    )
    return Found(text, words, sentences)


def _carried(old: Found, text: str) -> Found:
    """Return what is left of `old` in the changed `text`: the words before the change and behind it."""
    before = _same(old.text, text)
    behind = min(_same(old.text[::-1], text[::-1]), min(len(old.text), len(text)) - before)
    head = utf16_length(text[:before])
    shift = utf16_length(text) - utf16_length(old.text)
    tail = utf16_length(old.text) - utf16_length(text[len(text) - behind :] if behind else "")
    words = [w for w in old.words if w.end < head or (w.end == head == utf16_length(text))]
    words += [
        w._replace(start=w.start + shift, end=w.end + shift)
        for w in old.words
        if w.start > tail and w.end > head
    ]
    return Found(text, tuple(words), (), fresh=False)


def _same(one: str, other: str) -> int:
    """Return how many characters at the start are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
