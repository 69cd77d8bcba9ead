"""Units a writer takes one at a time, and the two ways of counting characters.

Python counts code points, Qt counts UTF-16 units: everything beyond the basic plane (most emoji, rare
ideographs, mathematical letters) is one of the former and two of the latter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

_NEWLINE = r"\n\r\u2028\u2029"
_PUNCTUATION = ".,;:!?…。、，；：！？"
HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = r"\u3041-\u309f\u30a0-\u30ff"

# Line breaks with the indentation that follows, as many as stand together.
_BREAK = re.compile(rf"\s*[{_NEWLINE}]\s*")
_SPACE = re.compile(rf"[^\S{_NEWLINE}]*")
# One word, or one run of punctuation. A mark between two digits belongs to the number (3.14, 12:30).
# Chinese and Japanese write no spaces: there an ideograph, or a run of kana, is the unit.
_UNIT = re.compile(
    rf"(?:[{HAN}]|[{KANA}]+|(?:[^\s{_PUNCTUATION}{HAN}{KANA}]|(?<=\d)[.,:](?=\d))+|[{_PUNCTUATION}]+)"
)
_WIDE = re.compile(rf"[{HAN}{KANA}]")
_COUNTED = re.compile(r"(?<![^\s—–…])[^\s—–…]*?[^\W_][^\s—–…]*")

_SPAN = re.compile(rf"[{HAN}{KANA}]|[^\s—–…{HAN}{KANA}]+")
_SAID = re.compile(rf"[^\W_]|[{HAN}{KANA}]")

_JOINER = "\u200d"
_MODIFIERS = range(0x1F3FB, 0x1F400)  # skin tones
_TAGS = range(0xE0020, 0xE0080)  # the letters inside the flags of England, Scotland, Wales


def accept_unit(ghost: str) -> str:
    """Return the start of `ghost` that "take the next word" takes: leading white space and one word.

    A run of punctuation is a unit of its own, so are line breaks with the indentation after them;
    apostrophes and hyphens are part of their word. What the reader sees as one character (an emoji
    sequence, a letter with its accents) is never split. Returns "" for "".
    """
    if match := _BREAK.match(ghost):
        return ghost[: grapheme_end(ghost, match.end())]
    space = _SPACE.match(ghost)
    assert space is not None  # the pattern matches nothing too
    match = _UNIT.match(ghost, space.end())
    end = match.end() if match else space.end()
    return ghost[: grapheme_end(ghost, end)]


def grapheme_end(text: str, end: int) -> int:
    """Return `end`, moved on over what attaches to the character before it."""
    while 0 < end < len(text) and (attaches(text[end]) or text[end - 1] == _JOINER):
        end += 1
    return end


def attaches(character: str) -> bool:
    """Return whether `character` is seen as part of the one before it: an accent, a joiner, a tone."""
    code = ord(character)
    return (
        character == _JOINER
        or code in _MODIFIERS
        or code in _TAGS
        or category(character) in {"Mn", "Mc", "Me"}
    )


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, Qt's measure."""
    if not text or text.isascii() or max(text) <= "\uffff":
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def index_to_utf16(text: str, index: int) -> int:
    """Return the UTF-16 offset of the code point `index`, clipped to the text."""
    return utf16_length(text[: max(index, 0)])


def utf16_to_index(text: str, offset: int) -> int:
    """Return the code point index at the UTF-16 `offset`, clipped; inside a pair, that of its character."""
    offset = max(offset, 0)
    if utf16_length(text) == len(text):
        return min(offset, len(text))
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > offset:
            return index
    return len(text)


def count_words(text: str) -> int:
    """Return the number of words: runs between white space or dashes that hold a letter or a digit.

    Every Chinese or Japanese character counts as one, as word processors do.
    """
    if _WIDE.search(text):
        text = _WIDE.sub(" 一 ", text)
    return sum(1 for _ in _COUNTED.finditer(text))


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word that `count_words` counts, in order, in code points."""
    for match in _SPAN.finditer(text):
        if _SAID.search(match[0]):
            yield match.span()
