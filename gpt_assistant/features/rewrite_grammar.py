"""Mistakes of grammar: wordings that may be meant, for the model to choose from.

Typing slips that are wrong in any sentence ("dont", " ,", "the the", "could of") are corrected without
asking. Everything else is a guess: the other words of a set people mix up, the other forms of a verb, a
noun or an adjective, another preposition, an article more or less. A guess is put to the model only where
the sentence surprises it, and taken only if the sentence becomes far likelier.

The gains asked for were set on 240 sentences of an encyclopedia, news and release notes, each also with one
mistake put in, and tried on 60 others. Of these 60, clean, one was changed, and that one had a mistake. Put
right exactly: agreement 7 of 7, a for an 4 of 4, words twice 10 of 10, words mixed up 2 of 3, endings left
off 2 of 19, prepositions 0 of 9, articles left out 0 of 8 (two were put in as another article). With gains
of 1 to 3 nats asked for, half of the clean sentences were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gpt_assistant.features import lexicon
from gpt_assistant.features.rewrite_agreement import expected
from gpt_assistant.features.rewrite_sites import SURE, Site, Test
from gpt_assistant.text.inflection import article, irregular_verbs, third, verb

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MIXED_UP = [
    ("its", "it's"),
    ("their", "there", "they're"),
    ("your", "you're"),
    ("whose", "who's"),
    ("then", "than"),
    ("to", "too"),
    ("lose", "loose"),
    ("affect", "effect"),
    ("affects", "effects"),
    ("accept", "except"),
    ("advice", "advise"),
    ("quite", "quiet"),
    ("were", "where", "we're"),
    ("weather", "whether"),
    ("passed", "past"),
    ("principal", "principle"),
    ("lead", "led"),
    ("brake", "break"),
    ("peace", "piece"),
    ("by", "buy"),
    ("here", "hear"),
    ("knew", "new"),
    ("know", "now"),
    ("of", "off"),
    ("choose", "chose"),
    ("lets", "let's"),
    ("much", "many"),
    ("less", "fewer"),
    ("amount", "number"),
    ("other", "others", "another"),
    ("i", "me"),
    ("he", "him"),
    ("she", "her"),
    ("we", "us"),
    ("they", "them"),
    ("who", "whom"),
    ("me", "my"),
    ("you", "your"),
    ("good", "well"),
    ("since", "for"),
]
_AGREEING = [
    ("is", "are"),
    ("was", "were"),
    ("has", "have"),
    ("do", "does"),
    ("don't", "doesn't"),
    ("isn't", "aren't"),
    ("wasn't", "weren't"),
    ("hasn't", "haven't"),
]
_POINTING = {"this": "these", "these": "this", "those": "that"}
_PREPOSITIONS = ("in", "on", "at", "to", "for", "of", "with", "from", "by", "about", "into")
_FORMLESS = re.compile(
    r"(?:a|an|about|above|after|again|all|also|although|always|and|any|are|as|be|because|been|before|being|below"
    r"|between|both|but|can|could|did|does|down|during|each|either|else|even|ever|every|few|for|from|had|has"
    r"|have|her|here|him|his|how|however|into|may|might|more|most|must|neither|never|nor|not|now|off|once|one"
    r"|only|onto|our|out|over|own|per|quite|rather|shall|she|should|since|some|soon|still|such|than|that|the"
    r"|their|them|then|there|these|they|this|those|though|through|thus|too|under|until|upon|very|via|was|were"
    r"|what|when|where|whether|which|while|is|am|do|who|whom|whose|why|will|with|within|without|would|yet|you|your"
    r"|best|better|less|least)\Z"
)
_APOSTROPHE = (
    *("don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "haven't", "hasn't", "hadn't"),
    *("couldn't", "shouldn't", "wouldn't", "can't", "i'm", "i've", "you're", "you've", "they're", "they've"),
    *("we've", "he's", "she's", "that's", "what's", "there's"),
)
_WITHOUT_APOSTROPHE = {word.replace("'", ""): word for word in _APOSTROPHE}
_ONE_WORD = {
    "alot": "a lot",
    "aswell": "as well",
    "infact": "in fact",
    "eachother": "each other",
    "incase": "in case",
    "thankyou": "thank you",
    "atleast": "at least",
    "ofcourse": "of course",
    "noone": "no one",
    "upto": "up to",
}
_DAYS = re.compile(
    r"(?<![\w@./-])(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b(?![\w@/-])"
    r"|(?<![\w@./-])(?:january|february|april|june|july|august|september|october|november|december"
    r"|english|french|german|spanish|italian|american|european)\b(?![\w@/-])"
)
_OFTEN_TWICE = frozenset(
    ["very", "so", "no", "bye", "do", "long", "far", "many", "much", "more", "ha", "blah"]
)
_NEVER_TWICE = re.compile(
    r"(?:the|a|an|and|of|to|for|with|from|at|by|as|or|but|my|your|their|our|its|we|they)\Z", re.IGNORECASE
)
_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)(\s+)\1(?![\w'’-])", re.IGNORECASE)
_COULD_OF = re.compile(r"\b(could|would|should|might|must)(n['’]t)? of\b(?! course)", re.IGNORECASE)
_SPACING = [
    (re.compile(r"(?<=\w) +(?=[,;:!?](?:\s|\Z)|\.(?:\s|\Z))"), ""),
    (re.compile(r"(?<=[a-z]{2}),(?=[A-Za-z]{2})"), ", "),
    (re.compile(r"(?<=[a-z]{2})([;!?])(?=[A-Za-z]{2})"), r"\1 "),
    (re.compile(r"(?<=\S) {2,}(?=\S)"), " "),
    (re.compile(r",{2,}"), ","),
    (re.compile(r"(?<=\() +(?=\w)|(?<=\w) +(?=\))"), ""),
]

MIXED = Test(better=2.0)
RULE = Test(better=0.5)
AGREEMENT = Test(better=2.5)
FORM = Test(better=7.9)
PREPOSITION = Test(better=8.3)
ARTICLE = Test(better=6.8)
POINTING = Test(better=5.0)
TWICE = Test(better=3.0)
SOUND = Test(better=-2.0)
EXPECTED = -2.2  # log p from which an article is put before a word that stands there without


def slips(sentence: str) -> Iterator[Site]:
    """Yield what is wrong in any sentence."""
    for pattern, new in _SPACING:
        for match in pattern.finditer(sentence):
            yield Site(match.start(), match.end(), (match.expand(new),))
    for match in _COULD_OF.finditer(sentence):
        yield Site(match.end() - 2, match.end(), ("have",))
    for match in _TWICE.finditer(sentence):
        if match[1].lower() not in _OFTEN_TWICE and match.group()[1:].islower():
            test = SURE if _NEVER_TWICE.match(match[1]) else TWICE
            yield Site(match.start(), match.end(), (match[1],), test)
    for match in _DAYS.finditer(sentence):
        yield Site(match.start(), match.end(), (match.group().capitalize(),))
    for match in _WORD.finditer(sentence):
        if right := _slip(sentence, match):
            yield Site(match.start(), match.end(), (right,))


def guesses(sentence: str) -> Iterator[Site]:
    """Yield what may be meant at each word; the likelier mistakes first."""
    for match in _WORD.finditer(sentence):
        word, start, end = match.group(), match.start(), match.end()
        if word[1:] != word[1:].lower() or (word[0].isupper() and sentence[:start].strip(" \"'“‘(")):
            continue
        if (start and sentence[start - 1] in "-/@._#") or sentence[end : end + 1] in ("-", "/", "@", "_"):
            continue
        yield from _about(sentence, match)


def _about(sentence: str, match: re.Match[str]) -> Iterator[Site]:
    start, end = match.span()
    word = match.group().lower().replace("’", "'")
    if word in ("a", "an") and (sounds := _article(sentence, match)):
        yield sounds
        return
    by_test: dict[Test, list[str]] = {
        MIXED: list(_others(word)),
        AGREEMENT: [other for pair in _AGREEING if word in pair for other in pair if other != word],
        # Too little stands before the first word to tell its form.
        FORM: list(_forms(word)) if sentence[:start].strip() else [],
        POINTING: [_POINTING[word]] if word in _POINTING else [],
        PREPOSITION: [other for other in _PREPOSITIONS if other != word] if word in _PREPOSITIONS else [],
    }
    verbs = [verb(base) for base in _bases(word)] if len(word) > 2 or word == "go" else []
    if right := expected(sentence[:start], word, verbs):
        by_test = {RULE: [right]} | by_test  # of two tests of one option the first counts
    for test, words in by_test.items():
        if words:
            yield Site(start, end, tuple(_like(match.group(), new) for new in words), test)
    droppable = word in ("a", "an", "the", *_PREPOSITIONS, "more", "most")
    if droppable and sentence[:start].strip() and sentence[end : end + 1] == " ":
        yield Site(
            start,
            end + 2,
            (sentence[end + 1 : end + 2],),
            ARTICLE if word in ("a", "an", "the") else PREPOSITION,
        )


def alternatives(word: str) -> Iterator[tuple[str, str]]:
    """Yield the words that `word`, in lower case, is mixed up with, and its other forms, each with why."""
    yield from ((other, "mixed") for other in _others(word))
    for pair in _AGREEING:
        if word in pair:
            yield from ((other, "agree") for other in pair if other != word)
    yield from ((other, "form") for other in _forms(word))
    if word in _POINTING:
        yield _POINTING[word], "point"


def insertions(sentence: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield (start, end, word, what may be missing before it) of each word that an article may precede."""
    for match in _WORD.finditer(sentence):
        word = match.group()
        if sentence[: match.start()].endswith(" ") and word.islower() and not _FORMLESS.match(word):
            yield match.start(), match.end(), word, ("the", article(word))


def _article(sentence: str, match: re.Match[str]) -> Site | None:
    """Return the other of "a" and "an" where the next word's sound asks for it."""
    following = re.compile(r"\s+([^\W_][\w’'-]*)").match(sentence, match.end())
    if following is None or following[1].isupper():
        return None
    right = article(following[1])
    if right == match.group().lower():
        return None
    return Site(match.start(), match.end(), (_like(match.group(), right),), SOUND)


def _slip(sentence: str, match: re.Match[str]) -> str:
    word, apart = match.group(), sentence[match.end() : match.end() + 1] not in ("-", "_", "/", "@")
    lower = word.lower()
    if not apart or sentence[match.start() - 1 : match.start()] in ("-", "_", "/", "@", ".", "#", "'", "’"):
        return ""
    if word == "i" and sentence[match.end() : match.end() + 1] not in (".", ")"):
        return "I"
    if lower in _WITHOUT_APOSTROPHE and not word.isupper():
        right = _WITHOUT_APOSTROPHE[lower]
        return "I" + right[1:] if right[0] == "i" and right[1] == "'" else _like(word, right)
    if re.match(r"i['’](?:m|ve|ll|d)\Z", word):
        return "I" + word[1:]
    return _like(word, _ONE_WORD[lower]) if lower in _ONE_WORD else ""


@cache
def _others(word: str) -> tuple[str, ...]:
    found = [other for group in _MIXED_UP if word in group for other in group if other != word]
    return tuple(dict.fromkeys("I" if other == "i" else other for other in found))


@cache
def _forms(word: str) -> tuple[str, ...]:
    """Return the other forms of a verb, a noun or an adjective that the dictionary knows."""
    english = lexicon.english()
    if len(word) < 3 or "'" in word or _FORMLESS.match(word) or not english.knows(word) or _others(word):
        return ()
    found: list[str] = []
    for base in _bases(word):
        found += [base, *_regular(base)]
    found += [word + "ly", word.removesuffix("ly")] if len(word) > 4 else []
    known = (form for form in found if form != word and len(form) > 1 and english.knows(form))
    return tuple(dict.fromkeys(known))


def _regular(base: str) -> list[str]:
    return [*verb(base), third(base)]


def _bases(word: str) -> list[str]:
    """Return the words that `word` may be a form of; "went" is one of "go" and no word of its own."""
    if irregular := _irregular_bases().get(word):
        return irregular
    cut = [word]
    for ending in ("s", "es", "ed", "d", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            cut += [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    for ending in ("ies", "ied"):
        if word.endswith(ending):
            cut.append(word.removesuffix(ending) + "y")
    english = lexicon.english()
    return [
        base for base in dict.fromkeys(cut) if len(base) > 1 and english.knows(base) and _is_form(base, word)
    ]


def _is_form(base: str, word: str) -> bool:
    return word in _regular(base)


@cache
def _irregular_bases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for forms in irregular_verbs():
        for form in {forms.past, forms.participle} - {forms.base}:
            found.setdefault(form, []).append(forms.base)
    return found


def _like(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() and old.lower() != "i" else new
