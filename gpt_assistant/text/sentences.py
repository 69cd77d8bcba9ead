"""Where the sentences of a text begin and end, as offsets into it.

Rules and a short list of abbreviations, and no model: a sentence must be found the same way again while
its text is being typed, and in texts of any language that ends sentences with these marks. Line breaks
are the difficult part. One that wraps a paragraph is a space; one that ends a list item, a heading or a
line of notes ends a sentence without a mark. A line was wrapped if the next word had not fitted into it,
which the longest line of its paragraph shows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text, in code points; `end` is the first that no longer belongs to it."""

    start: int
    end: int


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_CLOSERS = "\"'”’»›)\\]}*_`」』）】"
_OPENERS = "\"'“‘«‹([{*_`¿¡„「『（【—–-"
# The marks that may end a sentence, with what closes behind them: quotes, brackets, numbers of notes.
_END = re.compile(
    rf"(?P<mark>[.!?…‼⁇⁈⁉]+)(?P<close>(?:[{_CLOSERS}]|\[\d{{1,3}}\])*)(?=\s|\Z|\[\d)"
    rf"|(?P<wide>[。！？｡．]+)(?P<wclose>[{_CLOSERS}]*)"
    r"|(?P<danda>[।॥؟۔])(?=\s|\Z)"
)
_NEXT = re.compile(rf"[\s{_OPENERS}]*(?P<word>[^\W_]+)?")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]*\Z|\d+\Z")
_LONGEST_WORD = 24

# Never the end of a sentence: a name or a number always follows.
_BEFORE_NAME = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "messrs",
        "dr",
        "prof",
        "rev",
        "hon",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "cmdr",
        "adm",
        "gov",
        "sen",
        "rep",
        "pres",
        "st",
        "mt",
        "ft",
        "mme",
        "mlle",
        "hr",
        "fr",
        "e.g",
        "i.e",
        "cf",
        "vs",
        "viz",
        "z.b",
        "d.h",
        "u.a",
        "bzw",
        "ca",
        "p.ex",
    ]
)
# The end of a sentence unless a number follows.
_BEFORE_NUMBER = frozenset(
    [
        "no",
        "nos",
        "nr",
        "vol",
        "vols",
        "fig",
        "figs",
        "eq",
        "eqs",
        "sec",
        "sect",
        "ch",
        "chap",
        "p",
        "pp",
        "art",
        "para",
        "ver",
        "v",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "est",
        "c",
    ]
)
# The end of a sentence only before a word that begins one.
_ANYWHERE = frozenset(
    [
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "dept",
        "univ",
        "assn",
        "jr",
        "sr",
        "al",
        "ed",
        "eds",
        "trans",
        "repr",
        "a.m",
        "p.m",
        "ph.d",
        "b.a",
        "m.a",
        "m.d",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "u.s.a",
    ]
)
_STARTERS = frozenset(
    [
        "a",
        "after",
        "all",
        "although",
        "an",
        "and",
        "another",
        "as",
        "at",
        "because",
        "before",
        "but",
        "by",
        "each",
        "even",
        "every",
        "for",
        "from",
        "he",
        "her",
        "here",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "instead",
        "it",
        "its",
        "many",
        "more",
        "most",
        "my",
        "no",
        "not",
        "now",
        "of",
        "on",
        "once",
        "one",
        "only",
        "or",
        "our",
        "she",
        "since",
        "so",
        "some",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "thus",
        "to",
        "today",
        "under",
        "until",
        "we",
        "what",
        "when",
        "where",
        "while",
        "who",
        "why",
        "with",
        "yet",
        "you",
        "your",
    ]
)

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\f|\u2029")
_ITEM = re.compile(r"[ \t>]*(?:[-*+•◦‣▪–—][ \t]+|\(?(?:\d{1,3}|[a-zA-Z])[.)][ \t]+|#{1,6}[ \t]|\|)")
_TURN = re.compile(r"[^\W\d_][^\n:.!?]{0,38}:[ \t]+\S")
_RULE = re.compile(r"[ \t]*([=\-~^\"'*+#`_:.])\1{2,}[ \t]*\Z")
_UNWRAPPED = 130  # characters; longer lines are paragraphs of their own
_NARROWEST = 44  # nobody wraps a paragraph to less
_SLACK = 2
_OPEN_END = re.compile(
    r"[,;(/&–—-]\Z|(?i:\b(?:an?|the|and|or|of|to|in|on|at|by|for|from|with|is|are|as|that))\Z"
)


def sentences(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them.

    Everything but white space lies in exactly one of them. A line that rules off a heading is a span of
    its own, as is a list item, whose bullet is part of it.
    """
    small = _small_starts(text)
    return [
        span
        for start, end in _stretches(text)
        for span in _split(text, start, end, small)
        if span.end > span.start
    ]


def _small_starts(text: str) -> bool:
    """Return whether this writer begins sentences with small letters."""
    starts = re.findall(r"[a-z]{3}[.!?] +([^\W\d_])", text[:20_000])
    return sum(1 for letter in starts if letter.islower()) > max(1, len(starts) / 2)


def _stretches(text: str) -> Iterator[Span]:
    """Yield what lies between line breaks that end sentences."""
    at = 0
    for blank in _BLANK.finditer(text):
        yield from _lines(text, at, blank.start())
        at = blank.end()
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of a paragraph: its lines, those joined that were only wrapped."""
    breaks = [m.start() for m in re.finditer(r"\r\n|[\n\r\u2028]", text[start:end])]
    edges = [start, *(start + at for at in breaks), end]
    lines = list(itertools.pairwise(edges))
    width = max((b - a for a, b in lines), default=0)
    first = start
    for (a, b), (c, d) in itertools.pairwise(lines):
        line, following = text[a:b].strip("\n\r"), text[c:d].strip("\n\r\u2028")
        if _ends_line(line, following, width):
            yield Span(first, b)
            first = b
    yield Span(first, end)


def _ends_line(line: str, following: str, width: int) -> bool:
    """Return whether the break between two lines ends a sentence, mark or no mark."""
    if _RULE.match(line) or _RULE.match(following) or _ITEM.match(following):
        return True
    if width > _UNWRAPPED or _TURN.match(following):
        return True
    words = following.split(None, 1)
    if not words or not line.strip():
        return False
    had_room = len(line) + 1 + len(words[0]) + _SLACK < width or width < _NARROWEST
    opens = words[0].lstrip(_OPENERS)[:1]
    return had_room and not opens.islower() and not _OPEN_END.search(line.rstrip())


def _split(text: str, start: int, end: int, small: bool) -> Iterator[Span]:
    """Yield the sentences of a stretch."""
    at = start
    item = _ITEM.match(text, _skip(text, start, end), end)
    body = item.end() if item else at
    for found in _END.finditer(text, start, end):
        if found.end() <= body or not _is_end(text, found, end, small):
            continue
        yield _trimmed(text, at, found.end())
        at = found.end()
    yield _trimmed(text, at, end)


def _is_end(text: str, found: re.Match[str], end: int, small: bool) -> bool:
    if found.group("mark") is None or _NEXT.match(text, found.end(), end) is None:
        return found.group("wide") not in ("．",)
    following = _NEXT.match(text, found.end(), end)
    word = following.group("word") if following else None
    if word is None:
        return True
    lower = word[0].islower()
    if lower and not small:
        return False
    if found.group("mark") != ".":
        return True
    before = _LAST_WORD.search(text, max(0, found.start() - _LONGEST_WORD), found.start())
    return not _abbreviated(before.group() if before else "", word, bool(found.group("close")))


def _abbreviated(last: str, following: str, closed: bool) -> bool:
    """Return whether the full stop behind `last` only abbreviates it, when `following` comes next."""
    name = last.lower()
    if name in _BEFORE_NAME:
        return not closed
    if name in _BEFORE_NUMBER:
        return following[0].isdigit()
    starts = following.lower() in _STARTERS
    if name in _ANYWHERE or "." in last:
        return not starts
    initial = len(last) == 1 and last.isupper()
    return initial and not (starts and following != "I") and not closed


def _trimmed(text: str, start: int, end: int) -> Span:
    start = _skip(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
