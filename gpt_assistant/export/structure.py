"""What a document is made of once its marks are read: blocks of inline parts, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

# Called with how far the work is, 0 to 1. It may raise, to end it.
Step = Callable[[float], object]

# What XML 1.0 cannot hold, and neither can HTML: most controls, halves of surrogate pairs.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; a "\\n" in it is a line break. `link` is an address, "" for none."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image: where it lies, as written, and what to say where it cannot be shown."""

    source: str
    description: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place of footnote `number`, from 1."""

    number: int


Inline: TypeAlias = Run | Picture | NoteMark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of `level` 1 to 6."""

    level: int
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be kept as they are; `language` as written behind the fence."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What someone else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is a sequence of blocks. `start` is the first number, None without numbers."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row being the heads; `alignment` is "left", "center", "right" or ""."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignment: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Code | Quote | Listing | Table | Rule


@dataclass(frozen=True, slots=True)
class Structure:
    """A whole document; `notes` are the footnotes in their order, from 1."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...] = field(default=())


class Cancelled(Exception):  # noqa: N818 (not an error: she said so)
    """The person no longer wants it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet, in cm; one margin all around."""

    width: float = 21.0
    height: float = 29.7
    margin: float = 2.5

    @property
    def room(self) -> tuple[float, float]:
        """Return the width and the height between the margins."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin


A4 = Paper()

# The widths and heights of the sizes that are offered, in cm.
PAPER_SIZES = {"A4": (21.0, 29.7), "A5": (14.8, 21.0), "Letter": (21.59, 27.94), "Legal": (21.59, 35.56)}


def no_step(_fraction: float) -> None:
    """Tell nobody how far the work is."""


def clean(text: str) -> str:
    """Return `text` without the characters that no format can hold."""
    return _NO_XML.sub("", text)


def plain_words(parts: Sequence[Inline]) -> str:
    """Return the text alone."""
    texts = (part.description if isinstance(part, Picture) else getattr(part, "text", "") for part in parts)
    return "".join(texts)


def plain_text(text: str, title: str) -> Structure:
    """Return the structure of a text without marks: empty lines part paragraphs, line breaks are kept."""
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", clean(text).strip("\n"))
    return Structure(title, tuple(Paragraph((Run(each),)) for each in paragraphs if each.strip()))
