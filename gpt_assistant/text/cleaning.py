"""Sentences as a reader wants them in a summary: without mark-up, and without the noise of speech.

Only deletion, and spacing: nothing that a reader would count as a word is put in.
"""

from __future__ import annotations

import re

_MARKS = (
    (re.compile(r":(?i:(pep|rfc)):`(\d+)`"), r"\1 \2"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # an image
    (re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),  # a link, Markdown
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"(?::[a-z:+-]+:)?`([^`<]+?)\s*<[^`>]+>`_{0,2}"), r"\1"),  # a link or role, reStructuredText
    (re.compile(r"(?::[a-z+-]+)+:`[~!]?([^`]+)`"), r"\1"),
    (re.compile(r"\s?\[(?:#[^\]]*|\d+|\*|\^[^\]]*)\]_?(?![\w(])"), ""),  # a note
    (re.compile(r"``([^`]+)``"), r"\1"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.DOTALL), r"\2"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<=\w)__?(?=[\s.,;:)]|\Z)"), ""),
    (re.compile(r"</?[a-zA-Z][^>\n]*>"), ""),
    (re.compile(r"\|([^|\n]{1,40})\|_?"), r"\1"),  # a substitution
    (re.compile(r"\\(?=[*_`\\\[\]])"), ""),
)
_ITEM = re.compile(r"\A\s*(?:[-*+•◦‣▪]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
_NUMBERED = re.compile(r"\b(?:pep|rfc) (?=\d)")
_QUOTED_LINE = re.compile(r"^\s*>\s?", re.MULTILINE)
_SPACE = re.compile(r"\s+")

# What transcribers write for noises, and what speakers say while they think.
_NOISE = re.compile(
    r"\{[^{}]*\}|\[(?:laugh|inaudible|crosstalk|pause|music|applause|noise|cough)[^\]]*\]|<[^<>]*>", re.I
)
# A few words broken off: what a transcriber marks so, or writes a dash behind, begins anew.
_FALSE_START = re.compile(
    r"(?:\A|(?<=[,.;?!}]))[^,.;?!{}]{0,32}(?:\{disfmarker\}(?:\s*\{\w+\})*|(?<=\w)\s?(?:--|—))(?=\s*\w+\s+\w+\s+\w)"
)
_FILLER = re.compile(
    r"(?:,\s*)?(?<![\w'’-])(?:u+h+(?: - huh)?|u+m+h?|e+r+m?|m+h*m+|h+m+|mm-hmm|uh-huh|ah|oh|"
    r"huh)(?![\w'’-])(?:\s*,)?",
    re.I,
)
_PHRASE_FILLER = re.compile(
    r"(?:,\s*|\A\s*)(?:you know|I mean|sort of|kind of|like|I guess|I think|basically|actually|well|so|"
    r"okay|ok|right)"
    r"\s*,",
    re.I,
)
_END_FILLER = re.compile(
    r"\s*,\s*(?:you know|I mean|right|yeah|okay|ok|and stuff|or whatever)\s*(?=[.?!]?\s*\Z)", re.I
)
_START_FILLER = re.compile(
    r"\A\s*(?:(?:so|and|but|or|okay|ok|'?kay|yeah|yes|yep|no|well|right|alright|now|then|basically|"
    r"anyway|anyways|"
    r"actually|like|you know|I mean|I guess|cause|'cause|because|plus|also|see|mm|sure|good|great|"
    r"fine)\b\s*,?\s*)+"
    r"(?=\S+\s+\S+)",
    re.I,
)
_AGAIN = re.compile(r"(?<![\w'’])(\w[\w'’]*(?:\s+\w[\w'’]*){0,3}?)(?:\s*,?\s+\1(?![\w'’]))+", re.I)
_STUTTER = re.compile(r"(?<![\w'’])(\w{1,3})\s+(?=\1\w)", re.I)
_SPELT = re.compile(r"\b((?:[A-Z]_)+)(?=[\s.,;:?!'’)]|\Z)")
_TIGHT = (
    (re.compile(r"\s+([.,;:?!%)\]}…])"), r"\1"),
    (re.compile(r"([(\[{])\s+"), r"\1"),
    (re.compile(r"(?<=\w)\s+(?=(?:n't|'s|'m|'re|'ve|'ll|'d|’s|’m|’re|’ve|’ll|’d)\b)"), ""),
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"[,;:]+(?=[.?!])"), ""),
    (re.compile(r"\A[\s,;:.?!…–-]+"), ""),
)


def unmarked(text: str) -> str:
    """Return `text` in one line without mark-up: Markdown's, reStructuredText's and HTML's."""
    text = _ITEM.sub("", _QUOTED_LINE.sub("", text))
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    text = _NUMBERED.sub(lambda match: match[0].upper(), text)
    return _SPACE.sub(" ", text).strip()


def spoken(text: str) -> str:
    """Return a transcribed sentence in one line without noises, fillers, repetitions and false starts.

    The spaces that transcripts of the AMI and ICSI kind put around marks go too. The first letter is
    made a capital.
    """
    text = _FILLER.sub(" ", _SPACE.sub(" ", text))
    text = _NOISE.sub(" ", _FALSE_START.sub(" ", text))
    text = _SPELT.sub(lambda match: match[1].replace("_", ""), text)
    text = tightened(text)
    for _ in range(2):
        text = _END_FILLER.sub("", text)
        text = _PHRASE_FILLER.sub(lambda m: "," if m.start() else "", text)
        text = _STUTTER.sub("", _AGAIN.sub(r"\1", text))
        text = tightened(_START_FILLER.sub("", text))
    return capitalised(text)


def tightened(text: str) -> str:
    """Return `text` in one line, no spaces before marks, no marks that stand before others."""
    text = _SPACE.sub(" ", text)
    for pattern, kept in _TIGHT:
        text = pattern.sub(kept, text)
    return text.strip()


def capitalised(text: str) -> str:
    """Return `text` with a capital first letter; words written otherwise on purpose ("iPod") stay."""
    first = text.split(" ", 1)[0]
    plain = first.islower() and first.strip(",;:.").replace("'", "").replace("’", "").isalpha()
    return text[:1].upper() + text[1:] if plain else text
