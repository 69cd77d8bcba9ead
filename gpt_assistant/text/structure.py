"""What a text is made of: headings, paragraphs, list items, what is no prose, and who says what.

Markdown, reStructuredText, plain text and transcripts are told apart by how their lines look and by
nothing else; no file name is asked for. It serves summaries, which must know a section from a sentence
and leave code, tables and link targets out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

UNMARKED = 9  # the level of a heading that only stands alone


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TURN = "turn"
    LITERAL = "literal"  # code, tables, directives, link targets, rules


class Genre(StrEnum):
    """What kind of text it is, as far as a summary must know."""

    MEETING = "meeting"
    TECHNICAL = "technical"
    PLAIN = "plain"


class Block(NamedTuple):
    """A block of a text: offsets in code points, of the words alone (without "## " or "Name: ").

    `level` is that of a heading, 1 the highest; `speaker` the name before a turn.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    speaker: str = ""


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


_FENCE = re.compile(r"\s*(```+|~~~+)")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_RULE = re.compile(r"([=\-~^\"'*+#_:.])\1{2,}\Z")
_ITEM = re.compile(r"\s*(?:[-*+•◦‣▪–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
_NUMBERED = re.compile(
    r"(?:(?:chapter|part|section|article|appendix)\s+)?(?:\d+(?:\.\d+)*|[ivxlc]+)\.?\s+\S", re.I
)
_NAMED = re.compile(
    r"(?:chapter|part|book|act|scene|section|appendix)\s+(?:\d+|[ivxlc]+|[a-z]+)\b.{0,60}\Z", re.I
)
_DIRECTIVE = re.compile(r"\s*\.\.(?:\s|\Z)")
_TARGET = re.compile(r"\s*(?:\[[^\]]+\]:\s*\S+|<!--.*|\[\^[^\]]+\]:)")
_TABLE = re.compile(r"\s*(?:\||\+[-=+]{3,}|[=-]{2,}(?:\s+[=-]{2,})+\s*\Z|.*\S\s*\|\s*\S.*\|)")
_PROSE_ENDS = ".!?…,;:\"'”’)"
_COMMENT_END = "-->"
_CODE_CHARACTERS = re.compile(r"[{}();=<>\[\]_/\\|$#@]")
_TURN = re.compile(
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*[-–]?\s*)?"
    r"(?:\*\*|__)?(?P<name>[^\W\d_][^\n:]{0,78}?)(?:\s*[\[(]\d{1,2}:\d{2}(?::\d{2})?[\])])?"
    r"(?:\*\*|__)?\s?:(?:\*\*|__)?(?:[^\S\n]+|\Z)"
)
_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")
_LONGEST_HEADING = 90
_FEWEST_TURNS = 6
_TURN_SHARE = 0.4


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in order. They do not overlap, and nothing but marks lies outside them."""
    lines = list(_lines(text))
    if (turns := _turns(text, lines)) is not None:
        return turns
    return list(_Reader(text, lines).read())


def genre(found: Sequence[Block]) -> Genre:
    """Return what kind of text these blocks make up.

    Turns make a meeting. Marked headings over a good part of the prose, code or tables between them, make a
    document that is built of sections; everything else is read from its beginning.
    """
    kinds = Counter(block.kind for block in found if block.level != UNMARKED)
    prose = sum(b.end - b.start for b in found if b.kind in (Kind.PARAGRAPH, Kind.ITEM))
    if kinds[Kind.TURN]:
        return Genre.MEETING
    built = kinds[Kind.LITERAL] + kinds[Kind.ITEM] >= 2 and kinds[Kind.HEADING] >= 2
    if kinds[Kind.HEADING] >= 3 and (built or prose < 3_000 * kinds[Kind.HEADING]):
        return Genre.TECHNICAL
    return Genre.TECHNICAL if built and prose < 6_000 * kinds[Kind.HEADING] else Genre.PLAIN


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield _Line(at, line.rstrip())
        at += len(line)


def _turns(text: str, lines: Sequence[_Line]) -> list[Block] | None:
    """Return the turns of a transcript, or None if the text is none.

    In a transcript a good part of the lines begins with a name, and the names come again.
    """
    found = [(line, match) for line in lines if (match := _TURN.match(line.text))]
    names = Counter(match["name"] for _, match in found)
    again = sum(count for count in names.values() if count > 1)
    filled = sum(1 for line in lines if line.bare)
    # Lines without a name go on with the turn before.
    if again < _FEWEST_TURNS or again < _TURN_SHARE * filled or len(names) > 0.6 * len(found):
        return None
    known = {name for name, count in names.items() if count > 1 or len(name) < 40}
    starts = [(line, match) for line, match in found if match["name"] in known]
    turns = [Block(Kind.PARAGRAPH, 0, starts[0][0].start)] if text[: starts[0][0].start].strip() else []
    ends = [line.start for line, _ in starts[1:]] + [len(text)]
    for (line, match), end in zip(starts, ends, strict=True):
        start = line.start + match.end()
        turns.append(
            _shrunk(text, Block(Kind.TURN, min(start, end), end, speaker=match["name"].strip(" *_")))
        )
    return [turn for turn in turns if turn.end > turn.start]


def _shrunk(text: str, block: Block) -> Block:
    """Return `block` without the white space at its ends."""
    inside = text[block.start : block.end]
    lead = len(inside) - len(inside.lstrip())
    return block._replace(
        start=block.start + lead, end=max(block.start + lead, block.start + len(inside.rstrip()))
    )


class _Reader:
    """Reads the lines of a text that is no transcript."""

    def __init__(self, text: str, lines: list[_Line]) -> None:
        self._text, self._lines, self._at = text, lines, 0
        self._levels: list[str] = []

    def read(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            if not self._lines[self._at].bare:
                self._at += 1
                continue
            first = self._at
            kind, level, skip, count = self._block()
            self._at = first + max(1, count)
            start = self._lines[first].start + skip
            last = self._lines[self._at - 1]
            if kind is Kind.HEADING and count > 1:
                words = first + (1 if _RULE.match(self._lines[first].bare) else 0)
                start, last = self._lines[words].start, self._lines[words]
            block = _shrunk(self._text, Block(kind, start, last.start + len(last.text), level))
            if block.end > block.start:
                yield block

    def _block(self) -> tuple[Kind, int, int, int]:
        """Return the kind of the block at this line, its level, the marks to skip, its number of lines."""
        line = self._lines[self._at]
        if found := self._heading(line):
            return found
        if count := self._literal(line):
            return Kind.LITERAL, 0, 0, count
        if self._is_title(line.bare):
            return Kind.HEADING, UNMARKED, 0, 1
        if item := _ITEM.match(line.text):
            return Kind.ITEM, 0, item.end(), self._item()
        return Kind.PARAGRAPH, 0, 0, self._paragraph()

    def _heading(self, line: _Line) -> tuple[Kind, int, int, int] | None:
        if _FENCE.match(line.text):
            return None
        if hashes := _HASHES.match(line.text):
            return Kind.HEADING, len(hashes[1]), hashes.start(2), 1
        return self._underlined()

    def _literal(self, line: _Line) -> int:
        """Return of how many lines the code, the table or the directive is that begins here, 0 for none."""
        count = 0
        if fence := _FENCE.match(line.text):
            count = self._fenced(fence[1])
        elif line.bare.startswith("<!--"):
            count = self._until(_COMMENT_END)
        elif _DIRECTIVE.match(line.text):
            count = self._indented(line.indent)
        elif _TARGET.match(line.text) or _RULE.match(line.bare):
            count = 1
        elif _TABLE.match(line.text) or self._is_code():
            count = self._filled()
        return count

    def _line(self, ahead: int) -> _Line:
        at = self._at + ahead
        return self._lines[at] if 0 <= at < len(self._lines) else _Line(len(self._text), "")

    def _fenced(self, fence: str) -> int:
        count = 1
        while self._at + count < len(self._lines):
            count += 1
            if self._line(count - 1).bare.startswith(fence):
                break
        return count

    def _until(self, mark: str) -> int:
        count = 1
        while mark not in self._line(count - 1).text and self._at + count < len(self._lines):
            count += 1
        return count

    def _underlined(self) -> tuple[Kind, int, int, int] | None:
        """Return a heading with a line under it (Markdown, reStructuredText), and maybe one above."""
        over = bool(_RULE.match(self._line(0).bare))
        words, rule = self._line(1 if over else 0), self._line(2 if over else 1)
        if not words.bare or len(words.bare) > _LONGEST_HEADING or _RULE.match(words.bare):
            return None
        if not _RULE.match(rule.bare) or (over and rule.bare[0] != self._line(0).bare[0]):
            return None
        if not over and self._line(-1).bare and not _RULE.match(self._line(-1).bare):
            return None
        mark = rule.bare[0] * (1 + over)
        if mark not in self._levels:
            self._levels.append(mark)
        return Kind.HEADING, 1 + self._levels.index(mark), 0, 3 if over else 2

    def _indented(self, indent: int) -> int:
        """Return how many lines belong to a directive: those indented further, blank ones between."""
        count = end = 1
        while self._at + count < len(self._lines):
            line = self._line(count)
            if line.bare and line.indent <= indent:
                break
            count += 1
            end = count if line.bare else end
        return end

    def _filled(self) -> int:
        count = 1
        while self._line(count).bare:
            count += 1
        return count

    def _is_code(self) -> bool:
        """Return whether indented lines are a literal block.

        One is announced by "::", or full of signs, or has no line that ends as prose does.
        """
        line = self._line(0)
        if line.indent < 2:
            return False
        before = self._at - 1
        while before >= 0 and not self._lines[before].bare:
            before -= 1
        if before >= 0 and (self._lines[before].bare.endswith("::") or self._lines[before].indent >= 2):
            inside = self._lines[before].bare.endswith("::") or not _ITEM.match(line.text)
            if self._lines[before].bare.endswith("::"):
                return line.indent > self._lines[before].indent
            if not inside:
                return False
        lines = [self._line(i) for i in range(self._filled())]
        body = "".join(each.bare for each in lines)
        if line.indent >= 4 and 12 * len(_CODE_CHARACTERS.findall(body)) > len(body):
            return True
        return all(each.indent >= 4 and each.bare[-1] not in _PROSE_ENDS for each in lines)

    def _is_title(self, bare: str) -> bool:
        """Return whether a line that stands alone is a heading without any mark-up."""
        if self._line(1).bare or self._line(-1).bare or len(bare) > _LONGEST_HEADING:
            return False
        letters = [c for c in bare if c.isalpha()]
        if len(letters) < 2 or bare[-1] in ".,;:!?…\"'”’)" or not self._line(2).bare:
            return bool(_NAMED.match(bare))
        if all(c.isupper() for c in letters) or _NAMED.match(bare):
            return True
        short = len(bare) <= 60
        return short and bool(bare[0].isupper() or _NUMBERED.match(bare))

    def _item(self) -> int:
        """Return how many lines an item has: up to a blank line, another item or less indentation."""
        count = 1
        while (line := self._line(count)).bare and not _ITEM.match(line.text) and not _FENCE.match(line.text):
            count += 1
        return count

    def _paragraph(self) -> int:
        count = 1
        while (line := self._line(count)).bare:
            if _HASHES.match(line.text) or _FENCE.match(line.text) or _ITEM.match(line.text):
                break
            if _TABLE.match(line.text) or _TARGET.match(line.text):
                break
            count += 1
        return count
