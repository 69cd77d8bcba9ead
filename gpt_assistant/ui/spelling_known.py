"""What was found in a paragraph, kept by its text; and what remains of it after an edit."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from gpt_assistant.engine.messages import Issue

STALE, QUICK, THOROUGH = range(3)  # how a paragraph was checked
_KEPT = 50_000  # paragraphs whose issues are kept by their text…
_KEPT_CHARACTERS = 20_000_000  # …and how long they may be together


@dataclass(frozen=True, slots=True)
class Found:
    """The issues of a paragraph's `text`, in code points of it, and how it was checked."""

    text: str
    issues: tuple[Issue, ...] = ()
    level: int = STALE


class Known:
    """What was found in paragraphs, by their text; the ones used longest ago are forgotten."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Found] = OrderedDict()
        self._characters = 0

    def get(self, text: str) -> Found | None:
        """Return what was found in `text`."""
        found = self._found.get(text)
        if found is not None:
            self._found.move_to_end(text)
        return found

    def put(self, found: Found) -> None:
        """Keep this, unless the text was checked better before."""
        old = self._found.pop(found.text, None)
        if old is not None and old.level > found.level:
            found = old
        self._characters += len(found.text) if old is None else 0
        self._found[found.text] = found
        while len(self._found) > _KEPT or self._characters > _KEPT_CHARACTERS:
            text, _ = self._found.popitem(last=False)
            self._characters -= len(text)

    def clear(self) -> None:
        """Forget everything."""
        self._found.clear()
        self._characters = 0


def carried(head: Found | None, tail: Found | None, text: str) -> Found | None:
    """Return what the issues of the old paragraphs' ends are in the new `text`, around what was edited."""
    if head is None and tail is None:
        return None
    before = _same(head.text, text) if head else 0
    room = len(text) - before if head is not tail or tail is None else min(len(text), len(tail.text)) - before
    behind = min(_same(tail.text[::-1], text[::-1]), room) if tail else 0
    kept = [each for each in head.issues if each.end <= before] if head else []
    kept = [each for each in kept if not _goes_on(text, each.end)]
    if tail:
        shift = len(text) - len(tail.text)
        for each in tail.issues:
            start = each.start + shift
            if each.start >= len(tail.text) - behind and not (start and _is_inner(text[start - 1])):
                kept.append(replace(each, start=start, end=each.end + shift))
    return Found(text, tuple(kept), STALE)


def _same(one: str, other: str) -> int:
    """Return how many characters at the start are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and _is_inner(text[at])


def _is_inner(character: str) -> bool:
    return character.isalnum() or character in "'’_"
