"""A text whose personal data stand behind placeholders, and the way back for what a model answers to it.

A placeholder is such as "[NAME_1]": models copy it, a person can read it, and it says what kind of word
belongs there, so that a sentence around it stays right. One placeholder stands for one string, always.
A model may write it otherwise all the same; so `restore` also takes "[name 1]", "NAME_1", "<NAME_1>" and
"\\[NAME\\_1\\]" for it. A number whose placeholder the text has itself, in any of these forms, is not used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gpt_assistant.text.told import mark

KINDS = {
    "name": mark("Names of people"),
    "organization": mark("Organisations"),
    "place": mark("Places"),
    "address": mark("Postal addresses"),
    "email": mark("E-mail addresses"),
    "phone": mark("Phone numbers"),
    "url": mark("Web addresses"),
    "ip": mark("Addresses of computers"),
    "card": mark("Payment cards"),
    "bank": mark("Bank accounts"),
    "id": mark("Identity and customer numbers"),
    "secret": mark("Passwords and keys"),
    "date": mark("Dates"),
    "age": mark("Ages"),
    "title": mark("Titles and professions"),
    "nationality": mark("Nationalities and religions"),
    "own": mark("Your own words"),
}
"""What is masked, by its type, and how it is called."""

FIRST, LAST = "FIRST", "LAST"  # parts of a name that has a placeholder as a whole
_GAP = r"[ \\_-]{1,2}"
_PLACEHOLDER = re.compile(
    rf"\\?[\[<{{] ?(?P<tag>[A-Za-z]{{2,12}}){_GAP}(?P<number>\d{{1,6}})"
    rf"(?:{_GAP}(?P<part>first|last))? ?\\?[\]>}}]"
    r"|(?-i:(?<!\w)(?P<tag2>[A-Z]{2,12})\\?_(?P<number2>\d{1,6})(?:\\?_(?P<part2>FIRST|LAST))?(?!\w|\\?_))",
    re.IGNORECASE,
)
# What may become a placeholder when more of a stream has come, up to its end.
_BEGUN = re.compile(
    r"(?:\\?[\[<{] ?[A-Za-z]{0,12}(?:[ \\_-]{0,2}(?:\d{0,6}(?:[ \\_-]{0,2}[A-Za-z]{0,5})?)? ?\\?)?"
    r"|(?<!\w)[A-Z]{1,12}(?:\\?_\d{0,6}(?:\\?_[A-Z]{0,5})?)?\\?|\\)\Z"
)
_LONGEST = 40  # characters of a placeholder, however it is written

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Entity:
    """Personal data in a text: from `start` to `end` in code points, its type, and what stands for it."""

    start: int
    end: int
    type: str
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, the places in the original that they stand for, and what stood there."""

    text: str
    entities: tuple[Entity, ...] = ()
    originals: tuple[tuple[str, str], ...] = ()  # each placeholder with what it stands for

    def restore(self, answer: str) -> str:
        """Return `answer` with what the placeholders in it stand for; those it does not know stay."""
        return restored(answer, dict(self.originals))

    def restorer(self) -> Restorer:
        """Return what restores an answer that comes piece by piece."""
        return Restorer(self)


class Restorer:
    """Restores an answer that comes in pieces; a placeholder may be cut anywhere."""

    def __init__(self, masked: Masked) -> None:
        self._originals = {_key(written): original for written, original in masked.originals}
        self._rest = ""
        self._before = ""

    def feed(self, piece: str) -> str:
        """Return what is certain by now: all but what may be the beginning of a placeholder."""
        return self._put_back(piece, last=False)

    def end(self) -> str:
        """Return what was held back."""
        return self._put_back("", last=True)

    def _put_back(self, piece: str, last: bool) -> str:
        text = self._rest + piece
        if not self._originals:
            self._rest = ""
            return text
        whole = self._before + text
        at = len(whole) if last else self._certain(whole)
        result, place = [], len(self._before)
        for match in _PLACEHOLDER.finditer(whole, place):
            if match.start() >= at:
                break
            result += [whole[place : match.start()], self._original(match)]
            place = match.end()
        end = max(at, place)
        result.append(whole[place:end])
        self._before, self._rest = whole[:end][-1:], whole[end:]
        return "".join(result)

    def _certain(self, text: str) -> int:
        """Return up to where `text` cannot change any more."""
        start = max(len(self._before), len(text) - _LONGEST)
        begun = _BEGUN.search(text, start)
        return begun.start() if begun else len(text)

    def _original(self, match: re.Match[str]) -> str:
        return self._originals.get(_key_of(match), match[0])


def restored(answer: str, originals: Mapping[str, str]) -> str:
    """Return `answer` with what the placeholders in it stand for."""
    known = {_key(written): original for written, original in originals.items()}
    return _PLACEHOLDER.sub(lambda match: known.get(_key_of(match), match[0]), answer)


def placeholder(tag: str, number: int, part: str = "") -> str:
    """Return how it is written."""
    return f"[{tag}_{number}_{part}]" if part else f"[{tag}_{number}]"


def taken(text: str) -> set[tuple[str, int]]:
    """Return tags and numbers of all placeholders that `text` has, in any form."""
    return {_key_of(match)[:2] for match in _PLACEHOLDER.finditer(text)}


def _key(written: str) -> Key:
    match = _PLACEHOLDER.fullmatch(written)
    return _key_of(match) if match else (written, 0, "")


def _key_of(match: re.Match[str]) -> Key:
    tag, number, part = match["tag"] or match["tag2"], match["number"] or match["number2"], match["part"]
    return tag.upper(), int(number), (part or match["part2"] or "").upper()
