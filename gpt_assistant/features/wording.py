"""Our own list of wordings (resources/wording.txt), looked up in a sentence in every form of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gpt_assistant import paths
from gpt_assistant.text.diff import units
from gpt_assistant.text.inflection import article, third, verb

_FILE = "wording.txt"
_AT_START = "…"
_COMMA_BEFORE = re.compile(r",\s+\Z")
_ARTICLE_BEFORE = re.compile(r"\b(an?)(\s+)\Z", re.IGNORECASE)
# What a weakening or strengthening word must stay behind or before: without it the sense turns.
_HOLDS_BEFORE = re.compile(
    r"(?:\b(?:not|never|hardly|scarcely|barely|no|nor|if|how|as|so|too|the|more|less|most)|n['’]t)\s+\Z",
    re.IGNORECASE,
)
_HOLDS_AFTER = re.compile(r"\s+(?:than|as|few|much|many|not|that|when|because|before|after|enough)\b", re.I)
_ALSO_NOUNS = frozenset(("kind of", "sort of", "pretty"))
_PLURALS = {"child": "children", "man": "men", "person": "people", "mouse": "mice", "staff": "staff"}
_UNCOUNTED = frozenset(("information", "info", "help", "work", "pay", "spending", "material", "staff"))

Words = tuple[str, ...]


class Found(NamedTuple):
    """A wording at `start`…`end` of a sentence (code points), and what may stand there instead."""

    start: int
    end: int
    options: tuple[str, ...]


class Wordings:
    """A table of old wordings, each with new ones; the longest that fits is found first."""

    def __init__(self, entries: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._by_first: dict[str, list[tuple[Words, bool, tuple[str, ...]]]] = {}
        merged: dict[tuple[Words, bool], tuple[str, ...]] = {}
        for old, new in entries:
            key = (tuple(_words(old.removesuffix(_AT_START))), old.endswith(_AT_START))
            merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *new)))
        for (words, at_start), new in merged.items():
            self._by_first.setdefault(words[0], []).append((words, at_start, new))
        for listed in self._by_first.values():
            listed.sort(key=lambda entry: (-len(entry[0]), not entry[1]))

    def find(self, sentence: str) -> list[Found]:
        """Return the wordings in `sentence`, in order, none overlapping another."""
        parts = _placed(sentence)
        found: list[Found] = []
        at = 0
        while at < len(parts):
            step = 1
            for words, at_start, options in self._by_first.get(_folded(parts[at][2]), ()):
                if _fits(parts, at, words) and (at == 0 or not at_start):
                    start, end = parts[at][0], parts[at + len(words) - 1][1]
                    if at_start or _may_change(sentence, parts, at, len(words)):
                        found.append(_placed_options(sentence, start, end, options))
                    step = len(words)
                    break
            at += step
        return found


@cache
def table(*sections: str) -> Wordings:
    """Return the wordings of these sections of the list."""
    entries: list[tuple[str, tuple[str, ...]]] = []
    for section in sections:
        kind = section.split()[-1]
        entries += [form for old, new in _sections()[section] for form in _FORMS.get(kind, _as_is)(old, new)]
    return Wordings(entries)


@cache
def fillers() -> Wordings:
    """Return the words that mostly say nothing."""
    return table("fillers")


@cache
def openers() -> re.Pattern[str]:
    """Return a pattern for what joins a sentence to the one before it and nothing else."""
    listed = sorted((old for old, _ in _sections()["openers"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))})\s+", re.IGNORECASE)


def holds(sentence: str, start: int, end: int) -> bool:
    """Return whether the words around need what stands there: "not very", "the very", "just as"."""
    if _ARTICLE_BEFORE.search(sentence[:start]) and sentence[start:end].lower() in _ALSO_NOUNS:
        return True
    return bool(_HOLDS_BEFORE.search(sentence[:start]) or _HOLDS_AFTER.match(sentence[end:]))


def deleted(sentence: str, start: int, end: int) -> Found:
    """Return the deletion of `start`…`end` with the space, and the commas around, that go with it."""
    while end < len(sentence) and sentence[end] == "," and (start == 0 or sentence[:start].endswith(", ")):
        end += 1
    if start == 0:
        end += len(sentence[end:]) - len(sentence[end:].lstrip())
        return Found(0, _word_end(sentence, end), (_capital(sentence[end : _word_end(sentence, end)]),))
    if comma := _COMMA_BEFORE.search(sentence[:start]):
        if sentence[end - 1] == "," or not sentence[end : end + 1].isspace():
            start = comma.start()
        else:
            end += 1
    elif sentence[start - 1].isspace():
        start -= 1
    if (before := _ARTICLE_BEFORE.search(sentence[: start + 1])) and start < before.end():
        following = _word_end(sentence, end)
        right = _like(before[1], article(sentence[end:following].strip()))
        return Found(before.start(), following, (right + sentence[end:following],))
    return Found(start, end, ("",))


def _placed_options(sentence: str, start: int, end: int, options: Sequence[str]) -> Found:
    """Return the options written as they stand there: capital, article, spaces."""
    old = sentence[start:end]
    if not options:
        return deleted(sentence, start, end)
    new = [_like(old, option) if not sentence[:start].strip(" \"'“‘(") else option for option in options]
    if before := _ARTICLE_BEFORE.search(sentence[:start]):
        start = before.start()
        new = [f"{_like(before[1], article(option))}{before[2]}{option}" for option in new]
    return Found(start, end, tuple(option for option in new if option != old))


def _like(old: str, new: str) -> str:
    return _capital(new) if old[:1].isupper() else new


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _word_end(sentence: str, start: int) -> int:
    match = re.compile(r"\s*[^\s,.;:!?]+").match(sentence, start)
    return match.end() if match else start


def _may_change(sentence: str, parts: Sequence[tuple[int, int, str]], at: int, count: int) -> bool:
    """Return whether these are words and no name: a capital stands only where the sentence begins."""
    words = [word for _, _, word in parts[at : at + count] if word[0].isalpha()]
    first = not sentence[: parts[at][0]].strip(" \"'“‘(")
    inner = words[1:] if first else words
    names = any(word[0].isupper() and word not in ("I", "I'm", "I’m") for word in inner)
    shouted = any(len(word) > 1 and word.isupper() for word in words)
    # "e.g." written in one word with what follows, or a part of an address
    behind = sentence[parts[at + count - 1][1] :][:1]
    return not names and not shouted and behind not in ("-", "_", "@", "/")


def _fits(parts: Sequence[tuple[int, int, str]], at: int, words: Words) -> bool:
    if at + len(words) > len(parts):
        return False
    return all(_folded(part[2]) == word for part, word in zip(parts[at:], words, strict=False))


def _placed(sentence: str) -> list[tuple[int, int, str]]:
    placed, at = [], 0
    for unit in units(sentence):
        if not unit.isspace():
            placed.append((at, at + len(unit), unit))
        at += len(unit)
    return placed


def _words(text: str) -> list[str]:
    return [_folded(unit) for unit in units(text) if not unit.isspace()]


def _folded(word: str) -> str:
    return word.lower().replace("’", "'")


@cache
def _sections() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    current: list[tuple[str, tuple[str, ...]]] = []
    for line in paths.resource(_FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            old, _, new = line.partition(":")
            current.append((old.strip(), tuple(w for word in new.split("|") if (w := word.strip()))))
    return found


Entry = tuple[str, tuple[str, ...]]


def _as_is(old: str, new: tuple[str, ...]) -> Iterator[Entry]:
    yield old, new


def _verbs(old: str, new: tuple[str, ...]) -> Iterator[Entry]:
    forms = [verb(word) for word in new]
    for i, form in enumerate(verb(old)):
        yield form, tuple(dict.fromkeys(other[i] for other in forms))


def _nouns(old: str, new: tuple[str, ...]) -> Iterator[Entry]:
    yield old, new
    yield _plural(old), tuple(word if word in _UNCOUNTED else _plural(word) for word in new)


def _plural(noun: str) -> str:
    return _PLURALS.get(noun) or third(noun)


_FORMS: dict[str, Callable[[str, tuple[str, ...]], Iterator[Entry]]] = {"verbs": _verbs, "nouns": _nouns}
