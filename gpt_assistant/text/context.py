"""The text around the caret, and the part of it that a model gets to read.

The start of that part moves in strides and falls on a paragraph or sentence start. Were it a fixed
number of characters before the caret it would move at every keystroke, and a key/value cache, which
is valid only while the text from its start is unchanged, would be worth nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WINDOW_CHARACTERS = 2400
STRIDE_CHARACTERS = 800

_PARAGRAPH = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_WORD = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Context:
    """A snapshot of the text around the caret.

    `before` ends at the caret; `after` starts there. `offset` counts the characters of the document
    that stand before `before`, so that windows cut from later snapshots start at the same place.
    """

    before: str
    after: str = ""
    offset: int = 0

    def window(self, size: int = WINDOW_CHARACTERS, stride: int = STRIDE_CHARACTERS) -> str:
        """Return the tail of `before` to prompt with: at most `size` characters, with a stable start."""
        return self.before[window_start(self.before, self.offset, size, stride) :]


def window_start(before: str, offset: int, size: int, stride: int) -> int:
    """Return the index into `before` at which the model's window starts.

    The start is the first paragraph start within the stride cell that keeps the window at or below
    `size`, else the first sentence start, else the first word start, else the cell's own edge. It
    depends on the text of that cell alone, so it stays while the caret moves within one stride.
    """
    end = offset + len(before)
    if end <= size:
        return 0
    edge = -(-(end - size) // stride) * stride
    low = max(0, edge - offset)
    high = min(low + stride // 2, len(before))
    for pattern in (_PARAGRAPH, _SENTENCE, _WORD):
        if match := pattern.search(before, low, high):
            return match.end()
    return low
