"""Whether a sentence says only what its source says, as far as numbers, names, dates and quotations go.

Every sentence of every summary passes here, those cut out of the source too: a deletion can join two names.
What is checked is what does most harm when it is wrong and can be decided without understanding (the
entity and number errors of Kryscinski et al. 2020 and Pagnoni et al. 2021): a number must stand in the
source, in figures or in words; so must every word with a capital inside a sentence, names of several words
in that order; so must every quotation, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cached_property

from gpt_assistant.features.lexicon import english
from gpt_assistant.features.summary_units import STOPWORDS, stem, words_in

_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W_]+)*\.?|\d[\d.,:/]*\d|\d|\S")
# Times, dates, versions: figures that mean something only together.
_JOINED = re.compile(r"\d+(?:[:/]\d+)+|\d+(?:[.-]\d+){2,}")
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3})")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: i for i, word in enumerate(_ONES.split())} | {
    word: 10 * i for i, word in enumerate(_TENS.split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SPACE_OR_MARK = re.compile(r"[\W_]+")
_OPENS_SENTENCE = frozenset(".!?:…\"“'‘(—–-•")
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "st", "sen", "rep", "gov", "gen", "col", "lt", "sgt"])
_OPENING = re.compile(r"(?:\A|[.!?:]\s+)[\"'“‘(-]*\s*([A-Z][a-z]+)\b")
_OPENERS = words_in(
    "according additionally additional anyone despite due everyone everybody finally following given having"
    " however meanwhile moreover nevertheless nobody none nothing otherwise overall people several someone"
    " therefore together various whether currently recently previously people another"
)
_NO_NAME = ("ing", "ly", "ists", "ists'", "ers", "ors", "ed", "tion", "ness", "ment")
_PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class Source:
    """A text that sentences are held against; what is asked of it is worked out once."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """Return its numbers, however they are written."""
        return frozenset(numbers(self._text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of its words."""
        return frozenset(map(stem, _parts(self._text)))

    @cached_property
    def joined(self) -> str:
        """Return its words in small letters with single spaces between and around them."""
        return f" {_SPACE_OR_MARK.sub(' ', self._text).strip().lower()} "

    def has(self, words: str) -> bool:
        """Return whether `words` stand in it one behind the other, whatever the marks between them."""
        return f" {_SPACE_OR_MARK.sub(' ', words).strip().lower()} " in self.joined


def faithful(sentence: str, source: Source) -> tuple[str, ...]:
    """Return the numbers, names and quotations of `sentence` that `source` lacks; () if it is faithful."""
    return (
        *(f"{number:f}" for number in sorted(numbers(sentence) - source.numbers)),
        *(joined for joined in _JOINED.findall(sentence) if not source.has(joined)),
        *(name for name in names(sentence) if not source.has(name)),
        *(word for word in openings(sentence) if not _may_open(word, source)),
        *(quoted for quoted in quotations(sentence) if not source.has(quoted)),
    )


def numbers(text: str) -> set[Decimal]:
    """Return the values of the numbers in `text`: "1,200", "1200", "twelve hundred", "1.2 thousand".

    A number before a scale counts with it and without. "One" alone is more often a pronoun than a number.
    """
    found: set[Decimal] = set()
    run: list[str] = []
    figures = _THOUSANDS.sub(",", _JOINED.sub(" ", text.lower()))
    for token in [*_WORD_OR_NUMBER.findall(figures), ""]:
        if token in _VALUES or token in _SCALES or token in _SHORT_SCALES or token[:1].isdigit():
            run.append(token)
        elif token != "and" or not run:
            found |= _values(run)
            run = []
    return found


def _values(run: list[str]) -> set[Decimal]:
    """Return what a run of figures, number words and scales may stand for."""
    found = {Decimal(_VALUES[word]) for word in run if word in _VALUES and word not in ("one", "zero")}
    total, current = Decimal(0), Decimal(0)
    figures = 0
    for token in run:
        if token[0].isdigit():
            current = _decimal(token)
            found.add(current.normalize())
            figures += 1
        elif token in _VALUES:
            current += _VALUES[token]
        elif token == "hundred":
            current = max(current, Decimal(1)) * 100
        elif scale := _SCALES.get(token) or (_SHORT_SCALES.get(token) if current else 0):
            total, current = total + max(current, Decimal(1)) * scale, Decimal(0)
    worded = any(token in _SCALES or token in _SHORT_SCALES for token in run)
    if run and figures <= 1 and (worded or not figures) and total + current > 1:
        found.add((total + current).normalize())
    return {value.normalize() for value in found}


def _decimal(token: str) -> Decimal:
    try:
        return Decimal(token.replace(",", ""))
    except InvalidOperation:
        return Decimal(0)


def names(sentence: str) -> list[str]:
    """Return the runs of words with a capital: those behind the first word, and a first one that is no word.

    Acronyms and words with figures in them are names too, wherever they stand; a first word that another
    name follows belongs to it, unless it is one of those that begin any sentence.
    """
    found: list[str] = []
    run: list[str] = []
    opening = ""
    first = True
    for token in _TOKEN.findall(sentence):
        bare = token.rstrip(".")
        if _capital(bare):
            if not first or _is_name(bare):
                run += [opening, bare] if opening else [bare]
            opening = bare if first and not run and bare.lower() not in STOPWORDS else ""
        else:
            found += [" ".join(run)] if run else []
            run, opening = [], ""
        if bare[:1].isalnum():
            first = token.endswith(".") and len(bare) > 1 and bare.lower() not in _TITLES and "." not in bare
        elif token in _OPENS_SENTENCE:
            first = True
        if first and run:
            found.append(" ".join(run))
            run = []
    return found + ([" ".join(run)] if run else [])


def openings(sentence: str) -> list[str]:
    """Return the words with a capital that begin sentences and may be names or not ("London", "Roses")."""
    found = _OPENING.findall(sentence)
    return [word for word in found if word.lower() not in STOPWORDS and not _is_name(word)]


def _may_open(word: str, source: Source) -> bool:
    """Return whether a first word is the source's, in some form, or one that cannot be a name."""
    small = word.lower()
    return stem(small) in source.stems or small in _OPENERS or small.endswith(_NO_NAME)


def _capital(word: str) -> bool:
    return word[:1].isupper() and word != "I" and not word.startswith(("I'", "I’"))


def _is_name(word: str) -> bool:
    """Return whether a word with a capital at a sentence's start is a name: no word without the capital."""
    small = word.lower().replace("’", "'")
    if word[1:].lower() != word[1:] or not small.isascii():
        return True
    base = small.split("'")[0]
    return base not in STOPWORDS and small not in STOPWORDS and not english().knows(base)


def quotations(sentence: str) -> list[str]:
    """Return what stands in quotation marks."""
    return [next(filter(None, groups)) for groups in _QUOTED.findall(sentence.translate(_PLAIN_QUOTES))]


def _parts(text: str) -> Iterable[str]:
    return (part for part in _SPACE_OR_MARK.split(text.lower()) if part)
