"""What changed between two versions of a text, in pieces that a reader can take or leave one by one.

Units are words, single marks, and runs of white space. Lines are matched first and words inside what is
left; a large block of changed words is cut at runs of words that stand once on each side (patience diff,
Cohen 2010), because matching words is quadratic: 10,000 words in one line with every fifth changed take
0.3 s. Changes with nothing but spaces, marks or one short word between them are one hunk, for "a b c"
turned into "x b y" reads better whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gpt_assistant.text.words import HAN, KANA, grapheme_end

_FLAGS = "\U0001f1e6-\U0001f1ff"
_LETTER = rf"[^\W{HAN}{KANA}]"
_UNIT = re.compile(
    rf"\r\n|[\n\r\u2028\u2029]|[^\S\n\r\u2028\u2029]+|[{_FLAGS}]{{2}}|[{HAN}]|[{KANA}]+"
    rf"|{_LETTER}+(?:(?:['’\u00ad\u200c-]|(?<=\d)[.,:](?=\d)){_LETTER}+)*|."
)
_REST_OF_WORD = re.compile(rf"(?:['’\u00ad\u200c-]?{_LETTER}+)+")
_BREAKS = frozenset(["\r\n", "\n", "\r", "\u2028", "\u2029"])
_LARGEST = 40_000  # pairs of units that are compared one with the other
_SHINGLES = (6, 3, 1)  # units in a row that may anchor a large block, spaces not counted
_SHORT = 3  # letters in a word that does not part two changes

# Two ranges of units, old and new, that differ: (old start, old end, new start, new end).
_Block = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """One change: `old`, at `start`…`end` in the old text (code points), becomes `new`."""

    start: int
    end: int
    old: str
    new: str


def hunks(old: str, new: str) -> list[Hunk]:
    """Return the changes that turn `old` into `new`, in order, none overlapping or touching another.

    A hunk begins and ends between words and between what a reader sees as characters, in both texts.
    """
    before, after = units(old), units(new)
    starts = _offsets(before)
    return [
        Hunk(starts[a], starts[b], "".join(before[a:b]), "".join(after[c:d]))
        for a, b, c, d in _joined(before, _changes(before, after))
    ]


def apply(old: str, chosen: Iterable[Hunk]) -> str:
    """Return `old` with the `chosen` of its hunks. Raises ValueError if one does not fit the text."""
    parts: list[str] = []
    at = 0
    for hunk in sorted(chosen, key=lambda hunk: (hunk.start, hunk.end)):
        if hunk.start < at or old[hunk.start : hunk.end] != hunk.old:
            raise ValueError(f"the text at {hunk.start} is not what the change was made for")
        parts += [old[at : hunk.start], hunk.new]
        at = hunk.end
    return "".join([*parts, old[at:]])


def line_changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of lines that differ: (old start, old end, new start, new end), in order."""
    return _blocks(old, new)


def units(text: str) -> list[str]:
    """Return `text` cut into words, marks, line breaks and runs of other white space."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _UNIT.match(text, at)
        assert match is not None  # the last alternative matches any character but a break
        # What attaches to the character before (an accent, a skin tone) is no \w; the word goes on behind.
        end = grapheme_end(text, match.end())
        while text[at].isalnum() and end > match.end() and (match := _REST_OF_WORD.match(text, end)):
            end = grapheme_end(text, match.end())
        found.append(text[at:end])
        at = end
    return found


def _offsets(parts: Sequence[str]) -> list[int]:
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return offsets


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """Return the ranges of units that differ, in order."""
    found: list[_Block] = []
    lines_before, lines_after = _lines(old), _lines(new)
    old_at, new_at = _line_starts(lines_before), _line_starts(lines_after)
    for a, b, c, d in _blocks(lines_before, lines_after):
        whole = (old_at[a], old_at[b], new_at[c], new_at[d])
        found += _within(old, new, whole)
    return found


def _lines(parts: Sequence[str]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    start = 0
    for i, part in enumerate(parts):
        if part in _BREAKS:
            lines.append(tuple(parts[start : i + 1]))
            start = i + 1
    if start < len(parts):
        lines.append(tuple(parts[start:]))
    return lines


def _line_starts(lines: Sequence[tuple[str, ...]]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _within(old: Sequence[str], new: Sequence[str], block: _Block) -> list[_Block]:
    a, b, c, d = block
    return [(a + w, a + x, c + y, c + z) for w, x, y, z in _blocks(old[a:b], new[c:d])]


def _blocks(old: Sequence[object], new: Sequence[object]) -> list[_Block]:
    """Return the ranges in which two sequences differ; a large block without anchors is one range."""
    first, last = _common_ends(old, new)
    middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
    shift = (first, first, first, first)
    if not middle_old and not middle_new:
        return []
    if not middle_old or not middle_new:
        return [_moved((0, len(middle_old), 0, len(middle_new)), shift)]
    if len(middle_old) * len(middle_new) <= _LARGEST:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        return [_moved(codes[1:], shift) for codes in matcher.get_opcodes() if codes[0] != "equal"]
    return [_moved(block, shift) for block in _anchored(middle_old, middle_new)]


def _anchored(old: Sequence[object], new: Sequence[object]) -> list[_Block]:
    """Return the ranges that differ between runs that stand once in either sequence."""
    for length in _SHINGLES:
        if anchors := _anchors(old, new, length):
            break
    else:
        return [(0, len(old), 0, len(new))]
    found: list[_Block] = []
    a = c = 0
    for x, y in [*anchors, (len(old), len(new))]:
        found += [_moved(block, (a, a, c, c)) for block in _blocks(old[a:x], new[c:y])]
        a, c = x + 1, y + 1
    return found


def _anchors(old: Sequence[object], new: Sequence[object], length: int) -> list[tuple[int, int]]:
    """Return pairs of places (old, new) in order, where a run of `length` units begins that is unique."""
    in_old, in_new = _unique(old, length), _unique(new, length)
    pairs = sorted((at, in_new[run]) for run, at in in_old.items() if run in in_new)
    return _longest_rising(pairs)


def _unique(parts: Sequence[object], length: int) -> dict[tuple[object, ...], int]:
    places = [i for i, part in enumerate(parts) if not (isinstance(part, str) and part.isspace())]
    runs = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for i in range(len(places) - length + 1):
        run = tuple(parts[place] for place in places[i : i + length])
        seen[run] += 1
        runs[run] = places[i]
    return {run: at for run, at in runs.items() if seen[run] == 1}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of `pairs`, sorted by the first, in which the second rises too."""
    ends: list[int] = []  # the least last value of a rising run of each length
    last: list[int] = []  # the pair that has it
    before: list[int] = []
    for i, (_, value) in enumerate(pairs):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [value]
        last[at : at + 1] = [i]
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _common_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many units are the same at the start, and how many behind them at the end."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first, last


def _moved(block: Sequence[int], by: _Block) -> _Block:
    a, b, c, d = (place + step for place, step in zip(block, by, strict=True))
    return a, b, c, d


def _joined(old: Sequence[str], changes: Iterable[_Block]) -> Iterator[_Block]:
    """Yield the changes, those made one that have too little between them."""
    current: _Block | None = None
    for change in changes:
        if current is None:
            current = change
        elif _joins(old[current[1] : change[0]]):
            current = (current[0], change[1], current[2], change[3])
        else:
            yield current
            current = change
    if current is not None:
        yield current


def _joins(between: Sequence[str]) -> bool:
    words = [part for part in between if part[0].isalnum()]
    if any(part in _BREAKS for part in between) or len(words) > 1:
        return False
    return all(len(word) <= _SHORT for word in words)
