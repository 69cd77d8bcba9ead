"""A sentence as a model reads it best: without what only its way here has put into it.

Texts come from corpora with their words pulled apart ("it does n't work ."), from messages with names and
addresses in them, from files that wrap lines. None of that changes what is said, and all of it changes what
a model reads.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NAME = re.compile(r"(?<![\w@])@\w+")
_SPLIT = re.compile(r"(?<=\w) +(n[’']t|[’'](?:s|re|ve|ll|d|m))\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?<=\S) +(?=[,;:!?%)\]](?:\s|$)|\.+(?:\s|$))")
_AFTER = re.compile(r"(?<=\s[(\[]) +")
_QUOTED = re.compile(r"(?<!\S)([\"'`]{1,2}) ([^\"`]{1,200}?) ([\"']{1,2})(?=[\s,.;:!?]|$)")
_SPACES = re.compile(r"\s+")
_BRACKETS = {"-lrb-": "(", "-rrb-": ")"}
_BRACKET = re.compile("|".join(_BRACKETS), re.IGNORECASE)


def plainly(text: str) -> str:
    """Return `text` on one line, words together that were pulled apart, @names and addresses made alike."""
    text = _SPACES.sub(" ", text).strip()
    text = _NAME.sub("@user", _ADDRESS.sub("http", text))
    text = _BRACKET.sub(lambda found: _BRACKETS[found.group().lower()], text)
    text = _SPLIT.sub(r"\1", text)
    text = _QUOTED.sub(r'"\2"', text)
    return _AFTER.sub("", _BEFORE.sub("", text))
