"""Which placeholder each piece of personal data gets: one for each string, and the parts of a name as parts.

"Anna Berg" is [NAME_1], and "Berg" later [NAME_1_LAST]: so a model knows that it is the same person, and
every placeholder still stands for one string exactly. Where two persons share a name, the part alone gets a
number of its own, for it is not clear who is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from gpt_assistant.text.masked import FIRST, LAST, Entity, Masked, placeholder, taken


class UnmaskableError(ValueError):
    """No placeholders were found for a text that stand for it exactly."""


_TAGS = {"organization": "ORG", "own": "WORD"}


def tagged(text: str, found: Sequence[Entity]) -> Masked:
    """Return `text` with placeholders for what was `found` in it: in order, without overlaps.

    Raises UnmaskableError if no placeholders could be put back as it was: it never returns the bare text.
    """
    # Other numbers, should a placeholder make another with what is beside it.
    widened = _widened(text, found)
    for first in (1, 1001, 100_001):
        masked = _tagged(text, widened, first)
        if masked.restore(masked.text) == text:
            return masked
    raise UnmaskableError


def _widened(text: str, found: Sequence[Entity]) -> list[Entity]:
    """Return `found` with the backslashes before each, which would be taken for those of the placeholder."""
    wider, least = list[Entity](), 0
    for each in found:
        start = each.start
        while start > least and text[start - 1] == "\\":
            start -= 1
        wider.append(replace(each, start=start))
        least = each.end
    return wider


def without(text: str, masked: Masked, left: Collection[str]) -> Masked:
    """Return `text` masked as in `masked`, but for the strings in `left`, which stay as they are."""
    return tagged(text, [each for each in masked.entities if text[each.start : each.end] not in left])


def _tagged(text: str, found: Sequence[Entity], first: int) -> Masked:
    tags = _Tags(taken(text), first)
    owners = _owners(text[each.start : each.end] for each in found if each.type == "name")
    entities, pieces, at = [], [], 0
    for each in found:
        original = text[each.start : each.end]
        owner = owners.get(original) if each.type == "name" else None
        written = tags.part(*owner, original) if owner else tags.of(each.type, original)
        entities.append(Entity(each.start, each.end, each.type, written))
        pieces += [text[at : each.start], written]
        at = each.end
    return Masked("".join([*pieces, text[at:]]), tuple(entities), tuple(tags.originals.items()))


def _owners(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return for each part of a name that one person alone has: whose it is, and which part."""
    whole = sorted({name for name in names if len(name.split()) > 1})
    parts = [(words[0], FIRST, name) for name in whole for words in [name.split()]]
    parts += [(name.split()[-1], LAST, name) for name in whole]
    often = Counter(part for part, _, _ in parts)
    return {part: (name, which) for part, which, name in parts if often[part] == 1}


class _Tags:
    """Gives out placeholders; `used` are those that the text has itself."""

    def __init__(self, used: set[tuple[str, int]], first: int) -> None:
        self._used = used
        self._next: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._first = first
        self.originals: dict[str, str] = {}

    def of(self, kind: str, original: str) -> str:
        """Return the placeholder of `original`."""
        written = placeholder(_tag(kind), self._number(kind, original))
        self.originals[written] = original
        return written

    def part(self, whole: str, which: str, original: str) -> str:
        """Return the placeholder of a part of the name `whole`."""
        written = placeholder(_tag("name"), self._number("name", whole), which)
        self.originals[written] = original
        return written

    def _number(self, kind: str, original: str) -> int:
        number = self._numbers.get((kind, original))
        if number is None:
            number = self._next.get(kind, self._first)
            while (_tag(kind), number) in self._used:
                number += 1
            self._next[kind] = number + 1
            self._numbers[kind, original] = number
        return number


def _tag(kind: str) -> str:
    return _TAGS.get(kind, kind.upper())
