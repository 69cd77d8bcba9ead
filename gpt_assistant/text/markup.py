"""Which parts of a text are prose, and which are code, headings, quotes and tables to be left alone.

Markdown (CommonMark 0.31) as far as people write it in notes and letters; plain text is prose with the odd
list and title in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gpt_assistant.text.sentences import Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LEFT_ALONE = re.compile(
    r" {0,3}(?:#{1,6}(?:\s|$)|>|(?:[-*_]\s*){3,}$|\||<[/!a-zA-Z]|\[[^\]]+\]:\s)|(?:\t| {4})\s*\S|\S.*\|.*\|"
)
_ITEM = re.compile(r"(\s*)(?:[-*+•–]|\(?(?:\d{1,3}|[a-z])[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_END_MARKS = frozenset(".!?…:;,。！？")
_TITLE_WORDS = 8

# Inside a sentence: code, mathematics, addresses, links, tags, placeholders, and what others said.
_KEPT = re.compile(
    r"`+[^`]+`+|\$[^$\s][^$]*\$|(?:https?://|www\.)\S+[^\s.,;:!?)\]'\"]|[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|\b[\w-]{2,}(?:\.[\w-]{2,})+\b"  # crates.io, setup.py
    r"|!?\[[^\]]*\]\([^)]*\)|</?[a-zA-Z][^>]*>|\{\{?[^}]*\}?\}|<<[^>]*>>"
    r"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<![\w\"])\"[^\"\n]*\"(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of prose: a paragraph, or an item of a list without its mark (`item` is then true)."""

    span: Span
    item: bool = False


def prose(text: str) -> list[Block]:
    """Return the paragraphs and list items of `text`, in order; what is between them is to stay as it is."""
    found: list[Block] = []
    lines = list(_lines(text))
    at = _behind_front_matter(lines)
    while at < len(lines):
        start, _, line = lines[at]
        if fence := _FENCE.match(line):
            at = _behind_fence(lines, at, fence.group(1))
            continue
        item = _ITEM.match(line)
        if not line.strip() or (_left_alone(line, lines, at) and item is None):
            at += 1
            continue
        last = _paragraph_end(lines, at)
        begins = start + (item.end() if item else len(line) - len(line.lstrip()))
        ends = lines[last][0] + len(lines[last][2].rstrip())
        if item or not _is_title(text, begins, ends):
            found.append(Block(Span(begins, ends), item is not None))
        at = last + 1
    return found


def kept(text: str) -> list[Span]:
    """Return what must not be changed inside prose: code, addresses, links, placeholders, quotations."""
    return [Span(*match.span()) for match in _KEPT.finditer(text)]


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _LINE.finditer(text):
        if match.group():
            yield match.start(), match.end(), match.group().rstrip("\r\n")


def _behind_front_matter(lines: list[tuple[int, int, str]]) -> int:
    """Return the line behind the settings that a file may begin with, between two lines of dashes."""
    if not lines or lines[0][2].rstrip() != "---":
        return 0
    ends = (i + 1 for i, (_, _, line) in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    return next(ends, 0)


def _behind_fence(lines: list[tuple[int, int, str]], at: int, mark: str) -> int:
    for i in range(at + 1, len(lines)):
        closing = _FENCE.match(lines[i][2])
        if closing and closing.group(1).startswith(mark) and not lines[i][2].strip(" `~"):
            return i + 1
    return len(lines)


def _left_alone(line: str, lines: list[tuple[int, int, str]], at: int) -> bool:
    underlined = at + 1 < len(lines) and _UNDERLINE.match(lines[at + 1][2]) is not None
    return underlined or _LEFT_ALONE.match(line) is not None or _UNDERLINE.match(line) is not None


def _paragraph_end(lines: list[tuple[int, int, str]], at: int) -> int:
    """Return the last line of the paragraph that begins at the line `at`."""
    last = at
    while last + 1 < len(lines):
        line = lines[last + 1][2]
        # What is indented goes on with the item or the paragraph above; it is code only after an empty line.
        if not line.strip() or _ITEM.match(line) or _FENCE.match(line):
            break
        if _left_alone(line.lstrip(), lines, last + 1):
            break
        last += 1
    return last


def _is_title(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph is one short line without an end, with text behind it or before it."""
    line = text[start:end]
    if "\n" in line or line[-1] in _END_MARKS or len(line.split()) > _TITLE_WORDS:
        return False
    return bool(text[:start].strip() or text[end:].strip())
