"""What a rewriting may not do, told without a model: lose or add a number, a name, an address or a quotation,
turn the sense, answer instead of rewriting, or be of the wrong length.
"""

from __future__ import annotations

import re
from collections import Counter

from gpt_assistant.features import lexicon
from gpt_assistant.text.markup import kept
from gpt_assistant.text.told import told

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*%?|[$€£¥]")
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMBER_WORDS = {
    word: str(n)
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
    if n != 1
}
_NEGATION = re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot)\b|n['’]t\b", re.I)
_PREAMBLE = re.compile(
    r"\A\W*(?:sure|certainly|of course|okay|absolutely|here(?:'s| is| are)|here you go|rewritten|revised"
    r"|corrected|(?:the|this|a|your|my) (?:\w+ ){0,2}"
    r"(?:rewritten|revised|corrected|shortened|simplified|sentence|version|text)"
    r"|shorter|simplified|formal|friendly|note)\b[^.!?\n]*[:!]",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:as an ai|language model|i(?:'m| am) (?:sorry|unable)"
    r"|i (?:cannot|can't) (?:help|assist|fulfil|rewrite)"
    r"|how can i (?:help|assist))\b",
    re.IGNORECASE,
)
_PERSONS = (
    re.compile(r"\b(?:I|me|my|mine|myself)\b|\bI['’]"),
    re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE),
    re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE),
)
# The range of the length in words, as a share of the source's, and the least share of its words that stay.
_LENGTHS = {
    "shorter": (0.3, 0.92, 0.3),
    "longer": (1.15, 2.6, 0.5),
    "simpler": (0.5, 1.5, 0.3),
    "formal": (0.6, 1.9, 0.35),
    "friendly": (0.6, 1.9, 0.35),
    "grammar": (0.75, 1.3, 0.7),
    "bullets": (0.3, 1.3, 0.4),
    "": (0.2, 3.0, 0.2),
}
_NEW_WORDS = 0.5  # the largest share of words that the source has not, but for "longer" and the writer's own


def facts(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the numbers, addresses and quotations of `text`, and its names."""
    fixed = {text[span.start : span.end] for span in kept(text)}
    numbers = {match.strip("%,.").replace(",", "") for match in _NUMBER.findall(text)}
    numbers |= {_NUMBER_WORDS[w] for w in map(str.lower, _WORD.findall(text)) if w in _NUMBER_WORDS}
    return frozenset(numbers | fixed), frozenset(_names(text))


def problem(source: str, new: str, style: str, instruction: str = "") -> str:
    """Return why `new` is no rewriting of `source` to be shown, in a few words, or "" if it is one."""
    if not new.strip():
        return told("nothing was written")
    if _PREAMBLE.match(new) and not _PREAMBLE.match(source):
        return told("it talks about the text")
    if _REFUSAL.search(new) and not _REFUSAL.search(source):
        return told("it refuses")
    if instruction and _share(_words(instruction), _words(new) - _words(source)) > 0.5:
        return told("it repeats the instruction")
    return _form(source, new, style) or _sense(source, new, style) or _amount(source, new, style)


def changed_fact(source: str, new: str) -> str:
    """Return a number, name, address or quotation that one has and the other has not, or ""."""
    fixed, names = facts(source)
    new_fixed, new_names = facts(new)
    all_words = _words(source)
    lost = [name for name in names if name.lower() not in _words(new)]
    added = [name for name in new_names if name.lower() not in all_words]
    return next(iter([*sorted(fixed ^ new_fixed), *sorted(lost), *sorted(added)]), "")


def _form(source: str, new: str, style: str) -> str:
    if style not in ("bullets", "") and new.count("\n") != source.count("\n"):
        return told("it has other lines")
    if source.rstrip()[-1:] in ".!?" and new.rstrip("\"'”’)*_ \n")[-1:] not in ".!?…" and style != "bullets":
        return told("it does not end")
    if style and (source.rstrip()[-1:] == "?") != (new.rstrip()[-1:] == "?"):
        return told("a question is no question any more, or the reverse")
    if lexicon.english().speaks(source) != lexicon.english().speaks(new) and style:
        return told("it is in another language")
    words = _WORD.findall(new.lower())
    runs = Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))
    before = _WORD.findall(source.lower())
    own = Counter(tuple(before[i : i + 4]) for i in range(len(before) - 3))
    return told("it repeats itself") if any(n > max(1, own[run]) for run, n in runs.items()) else ""


def _sense(source: str, new: str, style: str) -> str:
    if fact := changed_fact(source, new):
        return told("“{fact}” was lost or added", fact=fact)
    if bool(_NEGATION.search(source)) != bool(_NEGATION.search(new)) and style:
        return told("its sense may be the opposite")
    persons = [bool(pattern.search(source)) for pattern in _PERSONS]
    if style and any(
        pattern.search(new) and not there for pattern, there in zip(_PERSONS, persons, strict=True)
    ):
        return told("somebody else speaks")
    return ""


def _amount(source: str, new: str, style: str) -> str:
    least, most, same = _LENGTHS.get(style, _LENGTHS[""])
    ratio = len(new.split()) / max(1, len(source.split()))
    if not least <= ratio <= most:
        return told("it is too short") if ratio < least else told("it is too long")
    old_words, new_words = _words(source), _words(new)
    if _share(old_words, new_words) < same:
        return told("it says something else")
    if style not in ("longer", "") and 1 - _share(new_words, old_words) > _NEW_WORDS:
        return told("it says something else")
    return ""


def _names(text: str) -> set[str]:
    found = set()
    for match in _NAME.finditer(text):
        begins = (
            not text[: match.start()].rstrip(" \n\"'“‘([*_-•")
            or text[: match.start()].rstrip(" \n\"'“‘([*_-•")[-1] in ".!?:…"
        )
        name = re.sub(r"['’](?:s|m|ve|ll|d|re)?\Z", "", match.group())
        known = lexicon.english().knows(name.lower())
        if name not in ("I", "") and not (begins and known and not name.isupper()):
            found.add(name)
    return found


def _words(text: str) -> set[str]:
    return {word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text)}


def _share(of: set[str], there: set[str]) -> float:
    return len(of & there) / len(of) if of else 1.0
