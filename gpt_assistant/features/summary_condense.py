"""Shortening a sentence by deletion alone, with the model as the judge of what still reads well.

What may go is found by rules: brackets, what a connective at the start refers to outside the summary,
relative clauses and asides between commas, "he said" at the end (Zajic et al. 2007, Clarke & Lapata 2008).
Whether it goes is decided by the likelihood of the words behind the gap: if they are hardly less likely
there than where they stood, the gap does not show. Nothing is put in, so no name and no number can be.
It is done for the reader and not for ROUGE, which hardly moves over 91 documents (37.6 without, 37.7 with)
and falls over 35 meetings (32.8 without, 31.5 with), for what is left is a tenth shorter.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import NamedTuple, TypeVar

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.summary_faithful import Source, faithful
from gpt_assistant.features.summary_likelihood import Reader
from gpt_assistant.text.cleaning import capitalised, tightened

T = TypeVar("T")
Steps = Generator[None, None, T]

_FEWEST_WORDS = 6
_TAIL = 6  # tokens behind a gap that are looked at
_DEAREST = 0.8  # nats a token that they may lose
_DEAREST_END = 3.0  # the same of the full stop alone, behind what may always end a sentence


class _Rule(NamedTuple):
    """What may be deleted: `group` 1 of the pattern; `sure` where no model need be asked."""

    pattern: re.Pattern[str]
    sure: bool = False
    hard: bool = False  # only where the sentence must become shorter


_RULES = (
    _Rule(re.compile(r"\A((?:[A-Z][\w .,'’/-]{1,40}\s)?\([A-Z][\w .]{1,24}\)\s*(?:--|—|–|-|"
    r":)?\s*)(?=\S)"), sure=True),
    _Rule(re.compile(r"\A([A-Z][A-Z .,'’/-]{3,30}(?:, [A-Z]\w+\.?)?\s(?:--|—|–)\s)(?=\S)"), sure=True),
    _Rule(re.compile(r"(?<=\S)(\s\((?:e\.g\.|i\.e\.|see|cf\.)?[^()]*\))(?=[\s.,;:!?])"), sure=True),
    _Rule(
        re.compile(
            r"\A((?:However|Moreover|Furthermore|Additionally|In addition|Also|Therefore|Thus|Hence|"
            r"Consequently|"
            r"Nevertheless|Nonetheless|Meanwhile|Instead|Similarly|Likewise|Finally|In fact|Indeed|Of"
            r" course|For example|"
            r"For instance|As a result|On the other hand|In other words|Firstly|Secondly|Thirdly|First|"
            r"Second|Third|"
            r"Note that|Besides|Still|Then|Otherwise|Conversely|In particular|In this case|That said|As"
            r" such)\b,?\s+)(?=\w)"
        ),
        sure=True,
    ),
    _Rule(re.compile(r"\A((?:And|But|So|Or|Yet)\s+)(?=\w)"), sure=True),
    _Rule(re.compile(r"(,? (?:he|she|they|it) (?:said|added|explained|says|wrote))(?=\.\Z)"), sure=True),
    _Rule(re.compile(r"(,\s(?:which|who|whose|whom|where)\b[^,;:()“”\"]{8,},)(?=\s)")),
    _Rule(re.compile(r"(\s(?:--|—|–)\s[^—–]{4,80}\s(?:--|—|–))(?=\s)")),
    _Rule(re.compile(r"(?<=\w)(,\s(?:an?|the|now|then|also|too|of course|however|therefore|for example|"
    r"in fact|in turn|"
                     r"including)\b[^,;:()“”\"]{0,80},)(?=\s(?!and\b|or\b))")),
    _Rule(re.compile(r"(,\s(?:which|who|where)\b[^;:“”\"]{8,})(?=[.!?]\Z)"), hard=True),
    _Rule(re.compile(r"(,\s(?:\w+ly\s)?\w{3,}ing\b[^;:“”\"]{8,})(?=[.!?]\Z)"), hard=True),
    _Rule(re.compile(r"(;\s[^;]{8,}|\s(?:--|—|–)\s[^—–]{8,})(?=[.!?]\Z)"), hard=True),
    _Rule(re.compile(r"(,?\s(?:because|although|while|whereas|since|so that|such as|as well as|"
    r"unless)\b[^;:“”\"]{8,})"
                     r"(?=[.!?]\Z)"), hard=True),
    _Rule(re.compile(r"(,\s(?:and|but|so)\b[^;:“”\"]{12,})(?=[.!?]\Z)"), hard=True),
    _Rule(re.compile(r"\A((?:As|While|When|Although|Because|Since|If|After|Before|With|In|On|At|To|For|"
    r"By|During|Given|"
                     r"According)\b[^,;:“”\"]{4,80},\s)(?=\w)"), sure=True, hard=True),
)  # fmt: skip
_LAST_OF_LIST = re.compile(r",\s(?:and|or|now|then|also|an?|the)\b")
_LIST_REACH = 60
_ADVERB = re.compile(
    r"\s(?:really|actually|basically|essentially|obviously|clearly|simply|literally|certainly|definitely|"
    r"of course|"
    r"in fact|quite|just)(?=\s\w)"
)


def count(text: str) -> int:
    """Return the number of words of `text`, runs between white space."""
    return len(text.split())


class Condenser:
    """Shortens sentences; `reader` judges them."""

    def __init__(self, model: LanguageModel, reader: Reader) -> None:
        self._encode, self._reader = model.vocabulary.encode, reader

    def condensed(self, text: str, *, words: int, before: bool = False) -> Steps[str]:
        """Return `text` with what it can do without deleted; the rules that cost meaning only above `words`.

        `before` says that the sentence before it in the source stands before it in the summary too, so that
        "However" has something to refer to. A generator that yields before every pass.
        """
        source = Source(text)
        for rule in _RULES:
            if rule.hard and count(text) <= words:
                break
            if before and rule.sure and rule.pattern.pattern.startswith(r"\A((?:How"):
                continue
            for shorter in _without(rule.pattern, text):
                if count(shorter) < _FEWEST_WORDS or faithful(shorter, source):
                    continue
                if rule.sure or (yield from self._reads_well(text, shorter)):
                    text = shorter
                    break
        return text

    def _reads_well(self, text: str, shorter: str) -> Steps[bool]:
        """Return whether what stands behind the gap is about as likely as it was."""
        old, new = self._encode(text), self._encode(shorter)
        at = 0
        while at < min(len(old), len(new)) and old[at] == new[at]:
            at += 1
        behind = 0
        while behind < min(len(old), len(new)) - at and old[-1 - behind] == new[-1 - behind]:
            behind += 1
        tail = min(behind, _TAIL)
        if not tail:
            return False
        first = len(new) - behind
        was = yield from self._reader.likelihood(old[: len(old) - behind + tail])
        now = yield from self._reader.likelihood(new[: first + tail])
        # Tokens of `shorter` at the gap that `text` does not have (a capital letter) count with the rest.
        lost = sum(was[-tail:]) / tail - sum(now[at:]) / max(1, len(now) - at)
        return lost <= (_DEAREST if tail > 1 else _DEAREST_END)


def _without(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield `text` without each of the pieces that `pattern` finds."""
    for match in pattern.finditer(text):
        start, end = match.span(1)
        if text.count('"', 0, start) % 2 or text.count("“", 0, start) > text.count("”", 0, start):
            continue  # a quotation stays as it was said
        if _LAST_OF_LIST.match(match[1]) and "," in text[max(0, start - _LIST_REACH) : start]:
            continue  # "apples, pears, and plums" stays a list
        rest = f"{text[:start]} {text[end:]}" if start else text[end:]
        yield capitalised(tightened(rest))


def without_adverbs(text: str) -> str:
    """Return `text` without the adverbs that speech is full of."""
    return tightened(_ADVERB.sub("", text))
