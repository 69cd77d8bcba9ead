"""A long text cut down to its changes and a few lines around them, to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gpt_assistant.text.diff import Hunk

GAP = "⋯\n"
_LINES, _MOST = 2, 400  # lines around a change, and the most characters in them


def excerpt(text: str, hunks: Sequence[Hunk]) -> tuple[str, list[Hunk]]:
    """Return `text` with only what is near `hunks`, and the hunks, in their order, where they stand in it."""
    parts: list[str] = []
    moved: list[Hunk] = []
    at = length = 0  # of `text`, how far it was taken; of the excerpt
    for index, hunk in enumerate(hunks):
        start = max(at, _back(text, hunk.start))
        if start > at:
            parts.append(GAP if not length or parts[-1].endswith("\n") else f"\n{GAP}")
            length += len(parts[-1])
        following = hunks[index + 1].start if index + 1 < len(hunks) else len(text)
        end = min(max(hunk.end, _on(text, hunk.end)), following)
        parts.append(text[start:end])
        moved.append(replace(hunk, start=length + hunk.start - start, end=length + hunk.end - start))
        length += end - start
        at = end
    if at < len(text) and hunks:
        parts.append(GAP if parts[-1].endswith("\n") else f"\n{GAP}")
    return "".join(parts), moved


def _back(text: str, at: int) -> int:
    """Return where to begin before a change: some lines above it, or behind a space in a long line."""
    start = at
    for _ in range(_LINES + 1):
        start = text.rfind("\n", 0, max(0, start))
        if start < 0:
            break
    start += 1
    if at - start <= _MOST:
        return start
    space = text.find(" ", at - _MOST, at)
    return space + 1 if space >= 0 else at - _MOST


def _on(text: str, at: int) -> int:
    """Return where to end behind a change."""
    end = at
    for _ in range(_LINES + 1):
        found = text.find("\n", end)
        end = len(text) if found < 0 else found + 1
        if found < 0:
            break
    if end - at <= _MOST:
        return end
    space = text.rfind(" ", at, at + _MOST)
    return space if space >= 0 else at + _MOST
