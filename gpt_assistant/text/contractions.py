"""English contractions: written out ("don't" → "do not"), and made ("do not" → "don't")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PRONOUN = r"I|you|he|she|it|we|they|there|this|that|who"
_NEGATED = r"do|does|did|is|are|was|were|have|has|had|would|could|should|must|need|might|ought"
_SUBJECT = r"I|you|he|she|it|we|they|there"
_ODD_NEGATIONS = {"can't": "cannot", "won't": "will not", "shan't": "shall not"}
_TAILS = {"'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}

_WRITTEN = re.compile(
    rf"\b(?P<negated>(?:{_NEGATED})n['’]t|can['’]t|won['’]t|shan['’]t)(?P<subject>\s+(?:{_SUBJECT})\b)?"
    rf"|\b(?P<let>let['’]s)\b"
    r"|\b(?P<word>[A-Za-z]+)(?P<tail>['’](?:re|ve|ll|m))\b"
    rf"|\b(?P<is>(?:{_PRONOUN}|here|what|where|how|when)['’]s)\b"
    rf"|\b(?P<would>(?:{_PRONOUN}|what)['’]d)\b",
    re.IGNORECASE,
)
# A participle tells "I have seen" from "I have a car", which is not contracted.
_PARTICIPLE = (
    r"(?=\s+(?:not |never |also |already |always |just )?(?:been|had|done|gone|seen|made|taken|given|got|come"
    r"|known|found|written|told|heard|sent|said|put|kept|left|lost|met|read|spent|thought|\w{2,}ed)\b)"
)
_MADE = [
    (re.compile(r"\bcannot\b", re.I), "can’t"),
    (re.compile(r"\b(will) not\b", re.I), "won’t"),
    (re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should) not\b", re.I), r"\1n’t"),
    (re.compile(r"\b(I) am(?= [a-z])"), r"\1’m"),
    (re.compile(r"\b(you|we|they) are(?= [a-z])", re.I), r"\1’re"),
    (re.compile(r"\b(he|she|it|that|there|what|who) is(?= [a-z])", re.I), r"\1’s"),
    (re.compile(rf"\b(I|you|we|they) have{_PARTICIPLE}", re.I), r"\1’ve"),
    (re.compile(rf"\b(he|she|it) has{_PARTICIPLE}", re.I), r"\1’s"),
    (re.compile(r"\b(I|you|he|she|it|we|they) will(?! not\b)(?= [a-z])", re.I), r"\1’ll"),
    (re.compile(r"\b(I|you|he|she|we|they) would(?! not\b)(?= [a-z])", re.I), r"\1’d"),
    (re.compile(r"\A(let) us\b", re.I), r"\1’s"),
]
_QUESTION = re.compile(rf"\s+(?:{_SUBJECT})\b", re.I)


def expansions(sentence: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, what it may stand for) of each contraction that can be written out.

    A possessive is none, and neither is "ain't".
    """
    for match in _WRITTEN.finditer(sentence):
        if options := _expanded(match):
            if match.group()[:2].isupper() and len(match.group()) > 3:
                options = tuple(option.upper() for option in options)
            yield match.start(), match.end(), options


def contractions(sentence: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, the contraction) of each place where one can be made, none overlapping another."""
    apostrophe = "’" if "’" in sentence else "'"
    found = []
    for pattern, new in _MADE:
        for match in pattern.finditer(sentence):
            text = match.expand(new).replace("’", apostrophe)
            text = "Won" + text[3:] if text.startswith("Will") else text
            text = re.sub(r"\Awilln|\Awon", "won", text)
            if match.group()[0].isupper():
                text = text[0].upper() + text[1:]
            if not _QUESTION.match(sentence, match.end()) or "n" + apostrophe not in text:
                found.append((match.start(), match.end(), (text,)))
    end = 0
    for place in sorted(found):
        if place[0] >= end:
            yield place
            end = place[1]


def _expanded(match: re.Match[str]) -> tuple[str, ...]:
    plain = match.group().replace("’", "'")
    if negated := match["negated"]:
        word = negated.replace("’", "'").lower()
        full = _ODD_NEGATIONS.get(word, f"{word[:-3]} not")
        if negated[0].isupper():
            full = full[0].upper() + full[1:]
        if not (subject := match["subject"]):
            return (full,)
        verb = "can" if full.lower() == "cannot" else full.removesuffix(" not")
        return ((verb[:1].upper() if negated[0].isupper() else verb[:1]) + verb[1:] + subject + " not",)
    if match["let"]:
        return (f"{plain[:3]} us",)
    if match["word"]:
        return (match["word"] + _TAILS[match["tail"].replace("’", "'").lower()],)
    if match["is"]:
        return (plain[:-2] + " is", plain[:-2] + " has")
    return (plain[:-2] + " would", plain[:-2] + " had")
