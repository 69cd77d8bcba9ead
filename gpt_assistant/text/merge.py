"""Two versions of one text made into one, as far as they do not change the same place.

The classical three-way merge (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007), by words
rather than lines, for a paragraph is one line and two people may well have changed it in different places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gpt_assistant.text.diff import Hunk, apply, hunks


@dataclass(frozen=True, slots=True)
class Merge:
    """Both texts have every change that does not collide with one of the other side.

    Where changes collide, `mine` has mine there and `theirs` has theirs; `collisions` counts those places,
    `taken` the changes of theirs that both have.
    """

    mine: str
    theirs: str
    taken: int
    collisions: int


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Return `mine` and `theirs`, both made from `base`, in one."""
    parts_mine: list[str] = []
    parts_theirs: list[str] = []
    at = taken = collisions = 0
    for start, end, ours, others in _groups(changes(base, mine), changes(base, theirs)):
        parts_mine.append(base[at:start])
        parts_theirs.append(base[at:start])
        a, b = (_applied(base, start, end, chosen) for chosen in (ours, others))
        collides = bool(ours) and bool(others) and a != b
        collisions += collides
        taken += len(others) if not collides else 0
        parts_mine.append(a if ours else b)
        parts_theirs.append(b if others else a)
        at = end
    rest = base[at:]
    return Merge("".join([*parts_mine, rest]), "".join([*parts_theirs, rest]), taken, collisions)


def changes(old: str, new: str) -> list[Hunk]:
    """Return `hunks(old, new)`, comparing only what lies between the lines that are the same at both ends."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    first = _same(before, after)
    last = min(_same(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    start = sum(map(len, before[:first]))
    found = hunks("".join(before[first : len(before) - last]), "".join(after[first : len(after) - last]))
    return [replace(hunk, start=hunk.start + start, end=hunk.end + start) for hunk in found]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines at the start are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


_Group = tuple[int, int, list[Hunk], list[Hunk]]


def _groups(ours: Sequence[Hunk], others: Sequence[Hunk]) -> Iterator[_Group]:
    """Yield (start, end, ours, others) for changes that overlap or touch, in order."""
    both = sorted(
        [(hunk, True) for hunk in ours] + [(hunk, False) for hunk in others],
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    group: _Group | None = None
    for hunk, is_ours in both:
        if group is None or hunk.start > group[1]:
            if group is not None:
                yield group
            group = (hunk.start, hunk.end, [], [])
        group = (group[0], max(group[1], hunk.end), group[2], group[3])
        (group[2] if is_ours else group[3]).append(hunk)
    if group is not None:
        yield group


def _applied(base: str, start: int, end: int, chosen: Sequence[Hunk]) -> str:
    moved = [replace(hunk, start=hunk.start - start, end=hunk.end - start) for hunk in chosen]
    return apply(base[start:end], moved)
