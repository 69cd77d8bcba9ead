"""What words a language has, which are near a misspelt one, and how frequent they are.

Three sources, each a well-kept list of others. Hunspell says what a word is, from the dictionary that comes
with chunspell (American English, SCOWL) and from those that Debian or LibreOffice have installed. wordfreq
(frequencies.py) says how frequent a form is; its lists also have names, terms of art and the commonest
misspellings, so that a form is not right for being in it. SymSpell finds the words within two edits: its
index takes 31 MB with a prefix of five letters (129 MB with seven, as it comes), and a lookup 1.8 ms
instead of 0.4. All of it is made on a thread of its own, once a language, while the model goes on.
"""

from __future__ import annotations

import functools
import threading
from bisect import bisect_left
from collections.abc import Generator
from enum import Enum
from itertools import takewhile
from typing import Any

from gpt_assistant.engine.resolving import Waiting, on_a_thread
from gpt_assistant.features.dictionaries import Dictionaries
from gpt_assistant.features.frequencies import Frequencies, frequencies
from gpt_assistant.text.varieties import american

_PREFIX, _EDITS = 5, 2
_MOST_NEAR = 60  # by distance, then frequency
_LEAST_ZIPF = 1.0
_LEAST_MEANT = 1.5  # how frequent a word must be to be meant; 73,000 English ones are
_STEM = 3.0  # how frequent a part of a word must be
_LEAST_BRITISH = 2.0
_COMMON, _LOOKED_AT = 4.0, 50  # Zipf scale of the words that are cut short, and how many are looked at
_FORMING = {
    "er",
    "ers",
    "or",
    "able",
    "ability",
    "ness",
    "less",
    "like",
    "wise",
    "ish",
    "ism",
    "ist",
    "ization",
}
_PREFIXES = (
    *("anti", "auto", "bi", "co", "counter", "cross", "cyber", "de", "dis", "down", "eco", "ex", "extra"),
    *("hyper", "in", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "mono"),
    *("multi", "neo", "non", "out", "over", "para", "poly", "post", "pre", "pro", "pseudo", "quasi", "re"),
    *("semi", "sub", "super", "trans", "ultra", "un", "under", "up"),
)  # fmt: skip
_SUFFIXES = {
    "s": ("",), "es": ("", "e"), "ed": ("", "e"), "ing": ("", "e"), "er": ("", "e"), "ers": ("", "e"),
    "or": ("", "e"), "able": ("", "e"), "ability": ("", "e", "able"), "ness": ("",), "less": ("",),
    "like": ("",), "wise": ("",), "ly": ("", "le"), "ish": ("",), "ism": ("", "e"), "ist": ("", "e"),
    "ization": ("ize", ""), "ize": ("",), "ized": ("ize", ""), "izing": ("ize", ""), "ify": ("", "e"),
    "ful": ("",), "ic": ("", "y"), "ical": ("", "ic", "y"), "ity": ("", "e"), "y": ("", "e"),
}  # fmt: skip


class Make(Enum):
    """How a word that no dictionary has may be made from one that it has."""

    INFLECTED = "inflected"  # with an ending, or British
    FORMED = "formed"  # with a prefix or suffix that makes new words: presigned, updaters
    COMPOUND = "compound"  # two of them
    TAGGED = "tagged"  # two or three letters before it: pyperformance
    CUT = "cut"  # its beginning: dict


class Lexicon:
    """The words of one language."""

    def __init__(
        self, language: str, frequencies: Frequencies, dictionaries: Dictionaries, index: Any
    ) -> None:
        self.language = language
        self._frequencies = frequencies
        self._dictionaries = dictionaries
        self._index = index
        self._frequent: list[str] = []

    @property
    def checked(self) -> bool:
        """Return whether a dictionary says what is a word, rather than frequency alone."""
        return bool(self._dictionaries)

    @functools.lru_cache(maxsize=50_000)  # noqa: B019 (lexicons live as long as the process)
    def zipf(self, word: str) -> float:
        """Return how frequent `word` is, by the Zipf scale; 0 if unknown."""
        return self._frequencies.zipf(word)

    @functools.lru_cache(maxsize=50_000)  # noqa: B019 (lexicons live as long as the process)
    def knows(self, word: str) -> bool:
        """Return whether `word` is one, whatever its case: names and capitals count as words."""
        plain = word.replace("’", "'")
        plain = plain.removesuffix("'s").removesuffix("'") or plain
        forms = dict.fromkeys((plain, plain.lower(), plain.capitalize(), plain.upper()))
        if self._dictionaries.spells(*forms):
            return True
        if not self._dictionaries:
            return self._frequencies.zipf(plain) >= _LEAST_ZIPF
        return False

    @functools.lru_cache(maxsize=10_000)  # noqa: B019
    def made_of(self, word: str) -> frozenset[Make]:
        """Return what an unknown `word` looks made as, from words that are known."""
        plain = word.lower().replace("’", "'").removesuffix("'s")
        found = {
            Make.FORMED for each in _PREFIXES if plain.startswith(each) and self._is_stem(plain[len(each) :])
        }
        for suffix, endings in _SUFFIXES.items():
            if plain.endswith(suffix):
                stem = plain.removesuffix(suffix)
                stems = [stem + ending for ending in endings] + [stem[:-1]] * (stem[-1:] == stem[-2:-1])
                if any(map(self._is_stem, stems)):
                    found.add(Make.FORMED if suffix in _FORMING else Make.INFLECTED)
        if self.british(plain):
            found.add(Make.INFLECTED)
        parts = ((plain[:at], plain[at:]) for at in range(3, len(plain) - 2))
        if any(all(self.zipf(part) >= _STEM and self.knows(part) for part in pair) for pair in parts):
            found.add(Make.COMPOUND)
        if any(len(plain) > at + 4 and self._is_stem(plain[at:]) for at in (2, 3)):
            found.add(Make.TAGGED)
        if self._is_cut(plain):
            found.add(Make.CUT)
        return frozenset(found)

    def _is_stem(self, word: str) -> bool:
        return len(word) > 3 and self.zipf(word) >= _STEM and self.knows(word)

    def _is_cut(self, word: str) -> bool:
        """Return whether a frequent word begins so and goes on for some letters: "dict"."""
        at = bisect_left(self._common, word)
        begin = takewhile(lambda each: each.startswith(word), self._common[at : at + _LOOKED_AT])
        return len(word) > 2 and any(len(each) > len(word) + 2 for each in begin)

    @functools.cached_property
    def _common(self) -> list[str]:
        return sorted(form for form, zipf in self._frequencies if zipf >= _COMMON and len(form) > 5)

    def british(self, word: str) -> str:
        """Return the American form of a British one; "" for any other word."""
        if self.language != "en" or self.zipf(word) < _LEAST_BRITISH:
            return ""
        return next((form for form in american(word.lower()) if self.knows(form)), "")

    def other_variety(self, word: str, variety: str) -> str:
        """Return the American form of a British word for "US", the British one of an American for "GB"."""
        if variety == "US":
            return self.british(word)
        return self._british_forms().get(word.lower(), "") if variety == "GB" else ""

    @functools.lru_cache(maxsize=1)  # noqa: B019
    def _british_forms(self) -> dict[str, str]:
        forms = ((form, self.british(form)) for form, zipf in self._frequencies if zipf >= _LEAST_BRITISH)
        return {american: form for form, american in forms if american and form.isalpha()}

    def frequent(self, count: int) -> list[str]:
        """Return `count` of the most frequent words of more than four letters."""
        if not self._frequent:
            listed = sorted(((zipf, form) for form, zipf in self._frequencies if zipf > 4 and len(form) > 4))
            self._frequent = [form for _, form in listed[::-1]]
        return self._frequent[:count]

    @functools.lru_cache(maxsize=20_000)  # noqa: B019
    def near(self, word: str, edits: int = _EDITS) -> tuple[str, ...]:
        """Return the words within one or two `edits` of `word`, in lower case, the nearest first."""
        from symspellpy import Verbosity  # noqa: PLC0415

        lower = word.lower().replace("’", "'")
        found = self._index.lookup(lower, Verbosity.ALL, max_edit_distance=edits)
        return tuple(each.term for each in found[:_MOST_NEAR] if each.term != lower)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return what Hunspell proposes, which also knows how words sound; slow (10 to 100 ms)."""
        return self._dictionaries.suggest(word.replace("’", "'"))


_loaded: dict[str, Lexicon | None] = {}
_loading = threading.Lock()


def lexicon(language: str) -> Generator[Waiting, None, Lexicon | None]:
    """Return the lexicon of `language` (ISO 639-1), None if there is none; yields while it is being made."""
    if language not in _loaded:
        return (yield from on_a_thread(lambda: _load(language), f"lexicon-{language}"))
    return _loaded[language]


def _load(language: str) -> Lexicon | None:
    with _loading:  # whoever asked may have given up and asked again
        if language not in _loaded:
            listed, dictionaries = frequencies(language), Dictionaries(language)
            found = None
            if dictionaries or listed:
                found = Lexicon(language, listed, dictionaries, _index(listed, dictionaries))
            _loaded[language] = found
        return _loaded[language]


def _index(listed: Frequencies, dictionaries: Dictionaries) -> Any:
    """Return SymSpell's index of the words that are frequent enough to be meant."""
    from symspellpy import SymSpell  # noqa: PLC0415

    index = SymSpell(max_dictionary_edit_distance=_EDITS, prefix_length=_PREFIX)
    for form, zipf in dictionaries.words_of(listed, _LEAST_MEANT):
        index.create_dictionary_entry(form, max(1, int(10**zipf)))
    return index
