"""Misspelt and mixed-up words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request


@dataclass(frozen=True, slots=True)
class Spell(Request):
    """Check the spelling of `text`: a paragraph as it is being written, or a whole document.

    `language` (ISO 639-1) is detected by paragraph if empty. `variety` of English: "mixed", "US" or "GB".
    `own` are words that are right for this writer, in this document: his own, ignored ones, names that
    stand there again and again. Without `thorough`, only words that no lexicon knows are looked for.
    """

    text: str = ""
    language: str = ""
    variety: str = "mixed"
    own: frozenset[str] = frozenset()
    thorough: bool = True
    priority: ClassVar[Priority] = Priority.SPELLING


@dataclass(frozen=True, slots=True)
class SpellRest(Spell):
    """Spell, of what is not in sight: it waits for everything else."""

    priority: ClassVar[Priority] = Priority.IDLE


class Mistake(StrEnum):
    """What is wrong with a word."""

    NONWORD = "nonword"  # there is no such word
    REALWORD = "realword"  # there is, but another is meant
    REPEATED = "repeated"  # it stands there twice
    VARIETY = "variety"  # British in American text, or the reverse


@dataclass(frozen=True, slots=True)
class Correction:
    """What may have been meant, and how much likelier it makes the sentence: `score`, in nats."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Issue:
    """A word or two at `start`…`end` of the text (code points) that are probably not what was meant.

    `suggestions` are the likeliest first, five at most. With `sure`, the first may be put in unasked.
    """

    start: int
    end: int
    word: str
    kind: Mistake
    suggestions: tuple[Correction, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Spelt(Reply):
    """The answer to Spell: the issues in order, none overlapping another, and the main language."""

    issues: tuple[Issue, ...] = ()
    language: str = ""
