"""What a summary is chosen from: the sentences of a text, cleaned, with their places and their terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gpt_assistant.text.cleaning import spoken, unmarked
from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.structure import Block, Kind

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[\u3040-\u30ff\u3400-\u9fff]")
_SUFFIXES = (
    "ational",
    "ization",
    "ations",
    "ingly",
    "ation",
    "ments",
    "edly",
    "ness",
    "ment",
    "ies",
    "ing",
    "ers",
    "est",
    "ed",
    "er",
    "ly",
    "es",
    "s",
    "e",
)


def words_in(listed: str) -> frozenset[str]:
    """Return the words of a list with spaces between them."""
    return frozenset(listed.split())


STOPWORDS = words_in(
    "a about above after again all also am an and any are as at be because been before being below"
    " between both but"
    " by can cannot could did do does doing don't down during each either else even ever every few for"
    " from further"
    " get gets getting go goes going gonna got had has have having he her here hers him his how however"
    " i i'd i'll i'm"
    " i've if in into is isn't it it's its itself just let let's like made make makes many may me might"
    " more most much"
    " must my need neither no nor not now of off okay on once one only or other our ours out over own"
    " per put quite"
    " rather really right said same say says see shall she should since so some such than that that's"
    " the their them"
    " then there there's these they they're thing things think this those through thus to too under"
    " until up upon us"
    " use used uses using very want was way we we'll we're we've well were what when where whether which"
    " while who why"
    " will with within without would yeah yes yet you you're your actually basically maybe still"
    " something lot kind sort"
    " guess mean know first second two three mr mrs ms"
)


@dataclass(slots=True)
class Unit:
    """A sentence that may be shown.

    `start` and `end` are its place in the source, `text` what a reader sees of it; `section` counts the
    headings before it, `place` its sentences in that section, `inside` those in its paragraph.
    """

    start: int
    end: int
    text: str
    words: list[str]
    terms: frozenset[str]
    block: int = 0
    section: int = 0
    place: int = 0
    inside: int = 0
    kind: Kind = Kind.PARAGRAPH
    speaker: str = ""
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the headings above it, as terms."""

    title: str
    level: int
    terms: frozenset[str]


def words_of(text: str) -> list[str]:
    """Return the words of `text` in small letters."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """Return `word` without a common English ending, so that its forms are one term."""
    if len(word) > 4 and word.endswith("'s"):
        word = word[:-2]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def terms_of(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of those words that carry meaning."""
    return frozenset(stem(w) for w in words if w not in STOPWORDS and (len(w) > 2 or w.isdigit()))


def sections_of(text: str, blocks: Sequence[Block]) -> list[Section]:
    """Return a section for the text before any heading, and one for each heading."""
    found = [Section("", 0, frozenset())]
    for block in blocks:
        if block.kind is Kind.HEADING:
            title = unmarked(text[block.start : block.end])
            found.append(Section(title, block.level, terms_of(words_of(title))))
    return found


def units_of(text: str, blocks: Sequence[Block], section: int = 0, first: int = 0) -> Iterator[Unit]:
    """Yield the sentences of `blocks`; `first` is the number of the first, `section` that of its section."""
    place = 0
    for number, block in enumerate(blocks, first):
        if block.kind is Kind.HEADING:
            section, place = section + 1, 0
        if block.kind in (Kind.HEADING, Kind.LITERAL):
            continue
        inside = text[block.start : block.end]
        clean = spoken if block.kind is Kind.TURN else unmarked
        for i, span in enumerate(sentences(inside)):
            shown = clean(inside[span.start : span.end])
            words = words_of(shown)
            if not words:
                continue
            yield Unit(
                block.start + span.start,
                block.start + span.end,
                shown,
                words,
                terms_of(words),
                number,
                section,
                place,
                i,
                block.kind,
                block.speaker,
            )
            place += 1
