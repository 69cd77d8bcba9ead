"""Lines too long to lay out at every keystroke, shown as several and saved as the one they are.

Qt lays out a whole paragraph at each key. Measured with QPlainTextEdit on the machine the bench runs on:
10,000 characters 12 ms, 50,000 without a space 93 ms, a million 0.5 s with spaces and 25 s without. So a
longer line is broken where it is shown: MARK and "\\n" stand for a break that is not in the file. The mark
is U+FFF0, which is reserved, never drawn, and not in any text that comes from a file (`standins`). It is
a character of the text and not a property of the paragraph because Qt copies those to new paragraphs,
whereas undo, the journal and every position in the document take characters as they come.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

MARK = "\ufff0"
BREAK = MARK + "\n"
LIMIT = 8_000  # characters of a line that are shown as one paragraph
_SEARCHED = 500  # characters before the limit in which to look for a space
_ATTACHES = re.compile(r"[\u0300-\u036f\u200d\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]")


def broken(text: str) -> str:
    """Return `text` with breaks in lines of more than LIMIT characters, behind a space where there is one."""
    if not _has_long_line(text):
        return text
    return "\n".join(BREAK.join(_pieces(line)) if len(line) > LIMIT else line for line in text.split("\n"))


def _has_long_line(text: str) -> bool:
    """Look for a line end in each stretch of LIMIT characters: 100 MB take some milliseconds."""
    start = 0
    while start + LIMIT < len(text):
        end = text.rfind("\n", start, start + LIMIT + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def broken_parts(parts: Iterable[str]) -> Iterator[str]:
    """Yield what `broken` makes of the text that comes in `parts`, in parts that may be empty."""
    rest = ""
    for part in parts:
        head, newline, tail = (rest + part).rpartition("\n")
        if not newline and len(tail) > 2 * LIMIT:
            *whole, tail = _pieces(tail)
            yield "".join(piece + BREAK for piece in whole)
        elif newline:
            yield broken(head) + newline
        rest = tail
    yield broken(rest)


def joined(text: str) -> str:
    """Return `text` without the breaks: what the file has."""
    return text.replace(BREAK, "").replace(MARK, "") if MARK in text else text


def _pieces(line: str) -> list[str]:
    pieces, start = [], 0
    while len(line) - start > LIMIT:
        end = _good_end(line, start)
        pieces.append(line[start:end])
        start = end
    return [*pieces, line[start:]]


def _good_end(line: str, start: int) -> int:
    """Return where a piece that begins at `start` ends: behind a space, or else not before an accent."""
    end = start + LIMIT
    space = line.rfind(" ", end - _SEARCHED, end)
    if space >= 0:
        return space + 1
    while end > start + LIMIT - _SEARCHED and _ATTACHES.match(line, end):
        end -= 1
    return end


class Positions:
    """Where the characters of a joined text stand in the broken one; both count UTF-16 units, as Qt does."""

    def __init__(self, breaks: list[int]) -> None:
        """Take the positions of the breaks in the joined text, in order."""
        self._breaks = breaks

    def start(self, position: int) -> int:
        """Return the place in the broken text of the character at `position`: behind a break before it."""
        return position + len(BREAK) * bisect_right(self._breaks, position)

    def end(self, position: int) -> int:
        """Return the place where a stretch that ends at `position` ends: before a break that stands there."""
        return position + len(BREAK) * bisect_left(self._breaks, position)
