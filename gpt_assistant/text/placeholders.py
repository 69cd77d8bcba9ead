"""What a translation must carry through intact: addresses, code, tags, variables, and Markdown's marks.

Each is replaced by a stand-in such as "[1]", which models of every kind mostly copy, and put back
afterwards. A translation that lost, doubled or changed a stand-in is not to be used; `pieces` then cuts
the sentence at them, so that what lies between can be translated alone and nothing gets lost.

Numbers stay where they are, for their surroundings depend on them (plural, case, order of words); that
all of them are in the translation is checked with `numbers`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_PROTECTED = re.compile(
    r"(?P<code>`+[^`\n]+`+)"
    r"|(?P<math>\$\$?[^$\s](?:[^$\n]*[^$\s])?\$\$?(?!\d))"
    r"|(?P<address>(?:https?://|ftp://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]'’”»*_])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<tag></?[a-zA-Z][^<>\n]*>|&[a-zA-Z]+;|&#\d+;)"
    r"|(?P<variable>\{\{?[^{}\n]*\}?\}|%(?:\(\w+\))?[-+0#]*\d*(?:\.\d+)?[sdifgxr]\b|\$\{?[A-Za-z_]\w*\}?)"
    r"|(?P<image>!\[[^\]\n]*\]\([^)\s]*(?:\s\"[^\"]*\")?\))"
    r"|(?P<link>\]\([^)\s]*(?:\s\"[^\"]*\")?\)|\]\[[^\]\n]+\])"
    r"|(?P<note>\[\^?[\w-]+\](?![(\[]))"
    r"|(?P<opens>\[(?=[^\]\[\n]+\](?:\(|\[)))"
    r"|(?P<strong>\*\*\*|\*\*|___|__|~~|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))"
    r"|(?P<path>(?<![\w/])(?:~|\.{1,2})?/(?:[\w.-]+/)+[\w.-]*|\b[A-Za-z]:\\[\w\\.-]+)"
)
_STAND_IN = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+")
_SPACING = re.compile(r"[.,\u00a0\u202f ]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with stand-ins for what is protected, and what they stand for, in order."""

    text: str
    kept: tuple[str, ...] = ()
    first: int = 1

    def stand_in(self, index: int) -> str:
        """Return the stand-in of the protected item `index`."""
        return f"[{self.first + index}]"

    def intact(self, translated: str) -> bool:
        """Return whether every stand-in is there once, and those of marks that belong together in order."""
        found = [int(n) - self.first for n in _STAND_IN.findall(translated)]
        return sorted(found) == list(range(len(self.kept))) and self._nested(found)

    def restore(self, translated: str) -> str:
        """Return `translated` with what the stand-ins stand for."""

        def original(match: re.Match[str]) -> str:
            index = int(match[1]) - self.first
            return self.kept[index] if 0 <= index < len(self.kept) else match[0]

        return _STAND_IN.sub(original, self._spaced(translated))

    def pieces(self) -> list[str]:
        """Return the masked text cut at its stand-ins; those are at the odd places, as originals."""
        parts = _STAND_IN.split(self.text)
        own = {str(self.first + i): item for i, item in enumerate(self.kept)}
        result = [parts[0]]
        for number, behind in zip(parts[1::2], parts[2::2], strict=True):
            if number in own:
                result += [own[number], behind]
            else:
                result[-1] += f"[{number}]{behind}"
        return result

    def _nested(self, found: list[int]) -> bool:
        """Return whether marks come in their old order: what opens before what closes."""
        marks = [index for index in found if _is_mark(self.kept[index])]
        return marks == sorted(marks)

    def _spaced(self, translated: str) -> str:
        """Return `translated` with the space around marks as it was: none inside of "**"."""
        for index, item in enumerate(self.kept):
            if not _is_mark(item):
                continue
            own = re.escape(self.stand_in(index))
            if re.search(rf"{own}\S", self.text) and not re.search(rf"\S{own}", self.text):
                translated = re.sub(rf"({own})\s+", r"\1", translated)  # it opens
            elif re.search(rf"\S{own}", self.text):
                translated = re.sub(rf"\s+({own})", r"\1", translated)  # it closes
        return translated


def mask(text: str) -> Masked:
    """Return `text` with stand-ins for everything that a translation must carry through intact."""
    taken = [int(n) for n in _STAND_IN.findall(text)]
    first = max(taken, default=0) + 1 if max(taken, default=0) < 1000 else 1
    kept: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"[{first + len(kept) - 1}]"

    masked = _PROTECTED.sub(stand_in, text)
    return Masked(masked, tuple(kept), first)


def numbers(text: str) -> Counter[str]:
    """Return the numbers in `text` without what separates thousands, each with how often it is there."""
    return Counter(_SPACING.sub("", number) for number in _NUMBER.findall(_STAND_IN.sub(" ", text)))


def _is_mark(item: str) -> bool:
    """Return whether `item` is one of two that enclose words: emphasis, a tag, the ends of a link."""
    return item[0] in "*_~<" or item in ("[",) or item.startswith("](") or item.startswith("][")
