"""Which words of a text are to be spelt right: those of prose, not of code, addresses, names of files…

A word is a run of letters with apostrophes inside; the parts of what is joined by hyphens are words of
their own. What is left out is found by its form alone, in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gpt_assistant.text.sentences import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FENCE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}\1[`~]*[ \t]*$|.*\Z)", re.MULTILINE | re.DOTALL
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = re.compile(
    r"(`+)(?!`).+?(?<!`)\1(?!`)"  # code
    r"|\$[^$\s](?:[^$\n]*[^$\s])?\$(?!\w)"  # mathematics
    r"|[a-zA-Z][\w+.-]*://[^\s<>]+|\bwww\.[^\s<>]+|\bmailto:\S+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"
    r"|\]\([^)\s]*\)|\]\[[^\]\n]*\]|^ {0,3}\[[^\]\n]+\]:\s.*$"  # where links lead
    r"|</?[a-zA-Z][^<>\n]*>|&[a-zA-Z]\w*;"
    r"|\{\{.*?\}\}|\{%.*?%\}|<<[^<>\n]*>>|%\(\w+\)\w|%\w\b|\{\w*\}"
    r"|(?<![\w.])(?:~|\.{1,2})?/[\w.@+-]+(?:/[\w.@+-]*)*|\b[A-Za-z]:\\\S*|[\w.-]+(?:\\[\w.-]+)+"
    r"|\b\w+(?:/[\w.-]+)*\.(?:[a-z]{1,4}\d?|json|html|yaml|toml|java)\b(?!\.\w)"  # setup.py, example.com
    r"|\b[\w-]+(?:\.[\w-]+){2,}"
    r"|[@#][\w-]+|\\[a-zA-Z]+|(?<!\w)--?[a-zA-Z][\w-]*"  # @name, #tag, \command, --option
    r"|\b[\w:]+\(\)|\b\w+::[\w:]+"
    r"|:[a-z][a-z:-]*:(?=`)|\[#?\w+\]_|\[\^[^\]\n]*\]|:\w+:",  # roles and notes
    re.MULTILINE,
)
# A run of letters, digits and underscores with one of the latter two in it, or with capitals inside.
_IDENTIFIER = re.compile(r"\w*(?:[\d_])\w*")
_MIXED_CASE = re.compile(r"[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ][^\W\d_]*|[A-ZÀ-Þ]{2,}[^\W\d_]*[a-zß-ÿ]?[^\W\d_]*")
_LETTERS_APART = re.compile(r"(?:[^\W\d_]\.){2,}")  # e.g., U.S.
_TOKEN = re.compile(r"\S+")


class Word(NamedTuple):
    """A word at `start`…`end` of a text (code points)."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """Return the words of `text` that are to be checked, in order."""
    return list(_checked(text, left_out(text)))


def left_out(text: str) -> list[Span]:
    """Return the stretches of `text` that are no prose, in order: code, addresses, paths, tags, options."""
    found = [Span(*match.span()) for match in _FRONT_MATTER.finditer(text)]
    found += [Span(*match.span()) for match in _FENCE.finditer(text)]
    found += [Span(*match.span()) for match in _LEFT_OUT.finditer(text)]
    found += [Span(*match.span()) for match in _LETTERS_APART.finditer(text)]
    return sorted(found)


def _checked(text: str, spans: list[Span]) -> Iterator[Word]:
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while at < len(spans) and spans[at].end <= start:
            at += 1
        # Spans may overlap; a longer one that began earlier is looked at as well.
        if any(span.start < end and start < span.end for span in spans[max(0, at - 2) : at + 2]):
            continue
        word = match.group()
        if len(word) > 1 and not _is_code(text, start, end) and not _is_capitals(word):
            yield Word(start, end, word)


def _is_code(text: str, start: int, end: int) -> bool:
    """Return whether a word is a piece of an identifier or of [w]ords, or stands beside digits: b2b, 3rd."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        bool(_IDENTIFIER.fullmatch(before) or _IDENTIFIER.fullmatch(after))
        or (before == "." and text[start - 2 : start - 1].isalnum())
        or (before == "]" and text[start - 3 : start - 2] == "[")
    )


def _is_capitals(word: str) -> bool:
    """Return whether capitals stand inside or everywhere: NASA, iPhone, JavaScript, PDFs."""
    plain = re.sub(r"['’](?:s|S)?\Z", "", word)
    return bool(_MIXED_CASE.fullmatch(plain.replace("'", "").replace("’", "")))
