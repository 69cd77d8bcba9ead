"""Places of a sentence that a style would word otherwise, and what must hold for the other wording.

Nothing here asks the model. Numbers, names, negations and whatever text/markup.py keeps are never part of a
place, so what is said stays what was said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gpt_assistant.features import wording
from gpt_assistant.text.contractions import contractions, expansions
from gpt_assistant.text.markup import kept


@dataclass(frozen=True, slots=True)
class Test:
    """What a new wording must pass, in nats.

    How much less likely it may be itself (`own`), how much less what follows it (`rest`), and how much
    likelier both together must be (`better`).
    """

    own: float = math.inf
    rest: float = math.inf
    better: float = -math.inf


SURE = Test()


@dataclass(frozen=True, slots=True)
class Site:
    """`start`…`end` of a sentence (code points) may become one of `options`, if that passes the test."""

    start: int
    end: int
    options: tuple[str, ...]
    test: Test = SURE


Finder = Callable[[str], Iterator[Site]]

_PHRASE = Test(rest=4.0)
_FILLER = Test(rest=1.5)
_CLAUSE = Test(rest=2.0)
_PLAIN = Test(own=3.5, rest=1.5, better=-3.0)
_SET_PHRASE = Test(rest=8.0)
_REGISTER = Test(own=5.0, rest=2.0, better=-5.0)

_INFORMATIVE = re.compile(
    r"\d|\b(?:not|no|never|nothing|nobody|none|neither|nor|without|unless|except|only|if|until|but|hardly|barely"
    r"|must|should|cannot)\b|n['’]t\b|[\"“”:;?!]|(?<!\A)(?<![.!?] )\b(?!I\b)[A-Z]",
)
_ADDITIVE = re.compile(
    r"\A(?:moreover|furthermore|additionally|in addition|besides|what is more|on top of that|first of all"
    r"|first and foremost|last but not least|by the way|interestingly|importantly|most importantly),\s+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_DASHES = re.compile(r"\s*[–—]\s*([^–—,;]+?)\s*[–—](?=\s)|\s+--?\s+([^–—,;]+?)\s+--?(?=\s)")
_RELATIVE = re.compile(
    r",\s+((?:which|who|where|as|like|including|such as)\b[^,;:()–—]{3,80})(,|(?=[.!?…]*\Z))"
)
_INSERTED = re.compile(r",\s+((?:\w+[ -]){0,5}\w+),(?=\s)")
_TRAILING = re.compile(
    r",\s+((?:\w+ing|thereby|thus|making|which|as well as)\b[^,;:()–—]{3,80})(?=[.!?…]*\Z)"
)
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")


def shorter(sentence: str) -> Iterator[Site]:
    """Yield what can go or be said in fewer words."""
    if opener := _ADDITIVE.match(sentence):
        yield _deletion(sentence, 0, opener.end() - 1, _FILLER)
    for found in wording.table("short phrases", "short verbs").find(sentence):
        yield Site(found.start, found.end, found.options, _PHRASE)
    for found in wording.fillers().find(sentence):
        if not wording.holds(sentence, *_core(sentence, found)):
            yield Site(found.start, found.end, found.options, _FILLER)
    for pattern in (_BRACKETS, _DASHES, _RELATIVE, _INSERTED, _TRAILING):
        for match in pattern.finditer(sentence):
            if not _INFORMATIVE.search(match.group()) and not _list_part(sentence, match):
                yield Site(match.start(), match.end(), ("",), _CLAUSE)


def simpler(sentence: str) -> Iterator[Site]:
    """Yield what can be said in plainer words."""
    for found in wording.table("plain verbs", "plain nouns", "plain words", "short phrases").find(sentence):
        yield Site(found.start, found.end, found.options, _PLAIN)


def formal(sentence: str) -> Iterator[Site]:
    """Yield what can be said as one writes to a stranger."""
    yield from (Site(start, end, options) for start, end, options in expansions(sentence))
    for found in wording.table("formal verbs", "formal nouns", "formal words").find(sentence):
        yield Site(found.start, found.end, found.options, _register(sentence, found))
    for match in re.finditer(r"(?<=[\w)])!+", sentence):
        yield Site(match.start(), match.end(), (".",))


def friendly(sentence: str) -> Iterator[Site]:
    """Yield what can be said as one writes to a friend."""
    for found in wording.table("friendly verbs", "friendly nouns", "friendly words").find(sentence):
        yield Site(found.start, found.end, found.options, _register(sentence, found))
    yield from (Site(start, end, options) for start, end, options in contractions(sentence))


def longer(sentence: str) -> Iterator[Site]:
    """Yield what can be written out: contractions and abbreviations."""
    yield from (Site(start, end, options) for start, end, options in expansions(sentence))
    for found in wording.table("long words").find(sentence):
        yield Site(found.start, found.end, found.options, SURE)


def free(sentence: str, sites: Iterable[Site]) -> list[Site]:
    """Return the sites that touch nothing that is kept, in order; of two that overlap, the first given."""
    fixed = kept(sentence)
    chosen: list[Site] = []
    for site in sites:
        taken = any(site.start < other.end and other.start < site.end for other in chosen)
        if not taken and not any(site.start < span.end and span.start < site.end for span in fixed):
            chosen.append(site)
    return sorted(chosen, key=lambda site: site.start)


def _register(sentence: str, found: wording.Found) -> Test:
    """Return the test of another wording: whole phrases are what they are, words must fit in."""
    return _SET_PHRASE if len(sentence[found.start : found.end].split()) >= 3 else _REGISTER


def _core(sentence: str, found: wording.Found) -> tuple[int, int]:
    """Return where the words of a deletion stand, without the space that goes with them."""
    text = sentence[found.start : found.end]
    return found.start + len(text) - len(text.lstrip(" ,")), found.end


def _deletion(sentence: str, start: int, end: int, test: Test) -> Site:
    found = wording.deleted(sentence, start, end)
    return Site(found.start, found.end, found.options, test)


def _list_part(sentence: str, match: re.Match[str]) -> bool:
    """Return whether what stands between commas is an item of a list: "a, b, and c"."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if re.match(r"\s*,?\s*(?:and|or)\b", after) or re.match(r",?\s*(?:and|or)\b", match.group()):
        return True
    last = re.split(r"[,;:]", before)[-1]
    return match.group().count(",") == 2 and (len(last.split()) <= 2 or bool(re.search(r",[^,]*,", after)))


STYLES: dict[str, Finder] = {
    "shorter": shorter,
    "longer": longer,
    "simpler": simpler,
    "formal": formal,
    "friendly": friendly,
}
