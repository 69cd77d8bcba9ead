"""What of a text is to be translated, sentence by sentence, and how its lines are kept.

Everything outside the segments (indentation, list marks, heading marks, blank lines, code blocks, tables)
is copied as it is. A sentence that runs over a line break is translated as one line and broken again at
about the same place.
"""

from __future__ import annotations

import re

from gpt_assistant.text.sentences import Span, sentences
from gpt_assistant.text.structure import Kind, blocks

_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:>[^\S\n]*)*")
_LEAD = re.compile(r"(?:>\s*|#{1,6}\s+|[-*+•]\s+|\[[ xX]\]\s+)+")
_SPACE = re.compile(r"[^\S\n]+")


def segments(text: str) -> list[Span]:
    """Return the sentences of `text` that are prose, in order, without the marks before them."""
    found: list[Span] = []
    for block in blocks(text):
        if block.kind is Kind.LITERAL:
            continue
        inside = text[block.start : block.end]
        for start, end in sentences(inside):
            lead = _LEAD.match(inside, start, end)
            begins = lead.end() if lead else start
            if any(character.isalpha() for character in inside[begins:end]):
                found.append(Span(block.start + begins, block.start + end))
    return found


def unwrapped(sentence: str) -> tuple[str, list[tuple[float, str]]]:
    """Return a sentence as one line, and its line breaks: how far in they were, 0…1, and what they were."""
    breaks: list[tuple[float, str]] = []
    line, at = "", 0
    for match in _BREAK.finditer(sentence):
        line += sentence[at : match.start()] + " "
        at = match.end()
        breaks.append((match.start() / max(1, len(sentence)), match.group()))
    return line + sentence[at:], breaks


def wrapped(line: str, breaks: list[tuple[float, str]]) -> str:
    """Return `line` with the `breaks` of `unwrapped` at the spaces that are nearest to their old places."""
    for place, mark in reversed(breaks):
        spaces = [match.span() for match in _SPACE.finditer(line)]
        if not spaces:
            return line
        wanted = place * len(line)
        start, end = min(spaces, key=lambda span: abs(span[0] - wanted))
        line = line[:start] + mark + line[end:]
    return line
