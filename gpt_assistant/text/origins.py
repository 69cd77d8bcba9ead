"""Who wrote what: the origin of every character of a text, as runs.

A text that was typed for a year has some thousand runs, a file of 100 MB that was opened has one. Lengths and
positions are UTF-16 units, as Qt counts them. A map remembers the run that was looked at last and begins
there the next time, so that typing costs the same wherever one types: 14 µs a key with 20,000 runs, 0.26 ms
for a jump from one end to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from gpt_assistant.text.diff import hunks, line_changes
from gpt_assistant.text.longlines import MARK
from gpt_assistant.text.told import mark
from gpt_assistant.text.words import utf16_length

_STRIDE = 64  # runs that are passed over at once
_MOST_COMPARED = 200_000  # characters of a changed stretch whose words are compared: 0.4 s
_BREAK = re.compile(f"{MARK}\n?")


class Origin(StrEnum):
    """How a character came into the text; the values are what is stored."""

    EARLIER = "earlier"  # it was in the file, or came from another program: nobody knows
    TYPED = "typed"
    COMPLETED = "completed"  # a suggestion that was taken
    REWRITTEN = "rewritten"  # a change of a rewriting that was taken
    CORRECTED = "corrected"  # the spelling, by a click or by itself
    SUMMARISED = "summarised"
    TRANSLATED = "translated"
    DICTATED = "dictated"
    PASTED = "pasted"


NAMES_OF_ORIGINS = {
    Origin.TYPED: mark("Typed"),
    Origin.COMPLETED: mark("Completed"),
    Origin.REWRITTEN: mark("Rewritten"),
    Origin.CORRECTED: mark("Spelling corrected"),
    Origin.SUMMARISED: mark("From a summary"),
    Origin.TRANSLATED: mark("Translated"),
    Origin.DICTATED: mark("Dictated"),
    Origin.PASTED: mark("Pasted"),
    Origin.EARLIER: mark("Not known"),
}
EXPLAINED = {
    Origin.TYPED: mark("Typed by you"),
    Origin.COMPLETED: mark("Suggestions that you took"),
    Origin.REWRITTEN: mark("Changes of a rewriting that you took"),
    Origin.CORRECTED: mark("Words whose spelling was corrected"),
    Origin.SUMMARISED: mark("Put in from a summary"),
    Origin.TRANSLATED: mark("Put in from a translation"),
    Origin.DICTATED: mark("Spoken by you"),
    Origin.PASTED: mark("From the clipboard, or dropped here"),
    Origin.EARLIER: mark("In the file before, or changed by another program"),
}

Run = tuple[int, Origin]  # how many units, and their origin


class OriginMap:
    """The origins of a text, in runs that are never empty and differ from their neighbours."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._lengths: list[int] = []
        self._origins: list[Origin] = []
        self._total = 0
        self._index = self._start = 0  # the run that was looked at last, and where it begins
        self.splice(0, 0, runs)

    @property
    def length(self) -> int:
        """Return how long the text is."""
        return self._total

    def runs(self) -> list[Run]:
        """Return all runs, in order."""
        return list(zip(self._lengths, self._origins, strict=True))

    @property
    def known(self) -> bool:
        """Return whether anything is known of any character."""
        return any(origin is not Origin.EARLIER for origin in self._origins)

    def at(self, position: int) -> Origin | None:
        """Return the origin of the unit behind `position`, None at the end."""
        if not 0 <= position < self._total:
            return None
        self._seek(position)
        return self._origins[self._index]

    def slice(self, start: int, end: int) -> list[Run]:
        """Return the runs between two positions. Raises IndexError if they are not in the text."""
        if not 0 <= start <= end <= self._total:
            raise IndexError(f"{start} to {end} is not within {self._total} units")
        if start == end:
            return []
        self._seek(start)
        found = []
        index, begin = self._index, self._start
        while begin < end:
            stop = begin + self._lengths[index]
            found.append((min(stop, end) - max(begin, start), self._origins[index]))
            index, begin = index + 1, stop
        return found

    def splice(self, position: int, removed: int, runs: Iterable[Run]) -> list[Run]:
        """Put `runs` in the place of `removed` units, and return what was there.

        Raises IndexError if that is not in the text; nothing has changed then.
        """
        gone = self.slice(position, position + removed)
        new = list(runs)
        first, begin = self._run_before(position)
        last, stop = first, begin
        while last < len(self._lengths) and stop <= position + removed:
            stop += self._lengths[last]
            last += 1
        head = [(position - begin, self._origins[first])] if position > begin else []
        tail = [(stop - position - removed, self._origins[last - 1])] if stop > position + removed else []
        kept = normal([*head, *new, *tail])
        self._lengths[first:last] = [length for length, _ in kept]
        self._origins[first:last] = [origin for _, origin in kept]
        self._total += sum(length for length, _ in new) - removed
        self._index, self._start = first, begin
        return gone

    def _run_before(self, position: int) -> tuple[int, int]:
        """Return the run that ends at or behind `position`, and where it begins: it may have to grow."""
        if not self._lengths:
            return 0, 0
        self._seek(max(0, position - 1))
        return self._index, self._start

    def _seek(self, position: int) -> None:
        """Look at the run that has the unit behind `position`."""
        index, start = min(self._index, len(self._lengths)), self._start
        if position < start // 2:
            index = start = 0
        while start > position:
            low = max(0, index - _STRIDE) if start - position > _STRIDE else index - 1
            start -= sum(self._lengths[low:index])
            index = low
        while True:
            stride = sum(self._lengths[index : index + _STRIDE])
            if start + stride > position or index + _STRIDE >= len(self._lengths):
                break
            start += stride
            index += _STRIDE
        while index < len(self._lengths) and start + self._lengths[index] <= position:
            start += self._lengths[index]
            index += 1
        self._index, self._start = index, start


def normal(runs: Iterable[Run]) -> list[Run]:
    """Return `runs` without empty ones, those of one origin side by side made one."""
    found: list[Run] = []
    for length, origin in runs:
        if length <= 0:
            continue
        if found and found[-1][1] is origin:
            found[-1] = (found[-1][0] + length, origin)
        else:
            found.append((length, origin))
    return found


def spliced(runs: Iterable[Run], edits: Iterable[tuple[int, int, Sequence[Run]]]) -> list[Run]:
    """Return `runs` with all of `edits`, each (position, removed, runs put there), in order, none in another.

    Positions are those before the first of them. For very many: a map would make each as a splice.
    """
    rest = iter(runs)
    length, origin = next(rest, (0, Origin.EARLIER))
    at, found = 0, list[Run]()
    for position, removed, new in edits:
        while at < position + removed:
            if not length:
                length, origin = next(rest)
            step = min(length, (position if at < position else position + removed) - at)
            if at < position:
                found.append((step, origin))
            at, length = at + step, length - step
        found += new
    return normal([*found, (length, origin), *rest])


def carried(runs: Iterable[Run], old: str, new: str) -> list[Run]:
    """Return the runs of `new`, from those of `old`: what is the same keeps its origin, the rest has none."""
    found = OriginMap(runs)
    for start, removed, added in reversed(list(_differences(old, new))):
        found.splice(start, removed, [(added, Origin.EARLIER)])
    return found.runs()


def overlaid(over: Iterable[Run], under: Iterable[Run]) -> list[Run]:
    """Return `over` with what is known in `under` where it knows nothing; both are of the same text."""
    found, at = OriginMap(under), 0
    for length, origin in over:
        if origin is not Origin.EARLIER and at + length <= found.length:
            found.splice(at, length, [(length, origin)])
        at += length
    return found.runs()


def differences(old: str, new: str) -> list[tuple[int, int, int]]:
    """Return what differs, as (position in the old text, removed, added) in UTF-16 units, in order."""
    return list(_differences(old, new))


def _differences(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    line = at = 0
    for a, b, c, d in line_changes(before, after):
        at += sum(map(utf16_length, before[line:a]))
        one, other = "".join(before[a:b]), "".join(after[c:d])
        if max(len(one), len(other)) > _MOST_COMPARED:
            yield at, utf16_length(one), utf16_length(other)
        else:
            yield from _within(one, other, at)
        line, at = b, at + utf16_length(one)


def _within(old: str, new: str, at: int) -> Iterator[tuple[int, int, int]]:
    index = 0
    for hunk in hunks(old, new):
        at += utf16_length(old[index : hunk.start])
        first, last = _same_ends(hunk.old, hunk.new)
        gone, put = hunk.old[first : len(hunk.old) - last], hunk.new[first : len(hunk.new) - last]
        yield at + utf16_length(hunk.old[:first]), utf16_length(gone), utf16_length(put)
        index, at = hunk.end, at + utf16_length(hunk.old)


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many characters are the same at the start, and how many behind those at the end."""
    shorter = min(len(old), len(new))
    first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    last = next((i for i in range(shorter - first) if old[-1 - i] != new[-1 - i]), shorter - first)
    return first, last


# -- breaks in long lines (text/longlines.py), which are not in the file ------------------------------


def without_breaks(runs: Iterable[Run], shown: str) -> list[Run]:
    """Return the runs of what the file has, from those of the text as it is `shown`."""
    if MARK not in shown:
        return list(runs)
    found = OriginMap(runs)
    for position, length in reversed(list(_breaks(shown))):
        found.splice(position, length, [])
    return found.runs()


def with_breaks(runs: Iterable[Run], shown: str) -> list[Run]:
    """Return the runs of the text as it is `shown`, from those of what the file has."""
    if MARK not in shown:
        return list(runs)
    found = OriginMap(runs)
    for position, length in _breaks(shown):
        beside = found.at(position - 1) or found.at(position) or Origin.EARLIER
        found.splice(min(position, found.length), 0, [(length, beside)])
    return found.runs()


def _breaks(shown: str) -> Iterator[tuple[int, int]]:
    index = at = 0
    for match in _BREAK.finditer(shown):
        at += utf16_length(shown[index : match.start()])
        yield at, len(match[0])
        index, at = match.end(), at + len(match[0])


# -- as it is stored ---------------------------------------------------------------------------------


def packed(runs: Iterable[Run]) -> str:
    """Return `runs` as text: "typed 12 pasted 3"."""
    return " ".join(f"{origin.value} {length}" for length, origin in runs)


def unpacked(text: str) -> list[Run]:
    """Return the runs that `packed` wrote. Raises ValueError if it did not."""
    words = text.split()
    if len(words) % 2:
        raise ValueError("a run has no length")
    known = {origin.value: origin for origin in Origin}
    # A later version may know more origins: what it wrote is then of nobody knows whom.
    return normal(
        (int(length), known.get(name, Origin.EARLIER))
        for name, length in zip(words[::2], words[1::2], strict=True)
    )
