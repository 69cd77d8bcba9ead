"""How well a piece of a sentence reads, as the model sees it: log p of wordings side by side.

A wording is compared with another at the same place by the tokens that differ and by a dozen behind them,
the whole paragraph being read before; further on the difference no longer shows. The wordings grow as a
tree behind the common start, which stays cached, so a comparison costs some 30 tokens and not three
sentences. Passes are of 16 tokens at most, so that none takes longer than a completion may wait.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from torch import Tensor

from gpt_assistant.engine.model import LanguageModel

T = TypeVar("T")
Steps = Generator[None, None, T]

SESSION = "rewriting"
_CHUNK = 16
_MOST_OPTIONS = 4
_NEXT, _USUAL = 3, -4.5  # tokens behind a wording that it may make likelier, and how likely most are
_MOST_RELIEF = 3.0
_BEHIND = 36  # characters behind a place that are compared
_CONTEXT, _STRIDE = 1200, 600  # characters before a place that are read


class Score(NamedTuple):
    """log p of a wording (`own`) and of what follows it (`rest`), natural logarithm, with their tokens."""

    own: float
    rest: float
    tokens: int

    @property
    def total(self) -> float:
        """Return log p of both."""
        return self.own + self.rest


class Place(NamedTuple):
    """A token of a sentence: its offsets in bytes, its log p, and log p of all tokens there (vocabulary,)."""

    start: int
    end: int
    log_p: float
    row: Tensor


class Scan:
    """A sentence as the model reads it: how likely each token is, and each other in its place."""

    def __init__(self, places: Sequence[Place], first_token: Callable[[str], int]) -> None:
        self._places = places
        self._first_token = first_token

    def gain(self, sentence: str, start: int, end: int, option: str) -> float:
        """Return the most that `option` may gain at `start`…`end` (code points) of the sentence, in nats.

        As if all of it but its first token were certain, and the tokens behind no more surprising than
        most are. No pass is needed for that, so that most wordings are never compared.
        """
        a, b = len(sentence[:start].encode()), len(sentence[:end].encode())
        space = start and sentence[start - 1] == " "
        here = [place for place in self._places if place.end > a and place.start < b]
        if not here or not option:
            return 0.0
        behind = [place for place in self._places if place.start >= b][:_NEXT]
        likely = float(here[0].row[self._first_token(" " + option if space else option)])
        relief = min(_MOST_RELIEF, sum(max(0.0, _USUAL - place.log_p) for place in behind))
        return likely - sum(place.log_p for place in here) + relief

    def likely(self, sentence: str, start: int, option: str) -> float:
        """Return log p of the first token of `option`, a space before it, at `start` of the sentence."""
        a = len(sentence[:start].encode())
        here = next((place for place in self._places if place.end > a), None)
        return float(here.row[self._first_token(" " + option)]) if here else -math.inf


class Reader:
    """Reads with `model`, in a session of its own."""

    def __init__(self, model: LanguageModel) -> None:
        self._vocabulary = model.vocabulary
        self._session = model.session(SESSION, _CHUNK)

    def compare(self, before: str, options: Sequence[str], after: str) -> Steps[list[Score | None]]:
        """Return the scores of `options`, each standing between `before` and `after`.

        The first is what stands there. Of many others only the likeliest are scored, by how they begin.
        """
        start, behind = self._window(before), beginning(after, _BEHIND)
        encoded = [self._ids(start + option + behind) for option in options]
        common = _common(encoded)
        yield from self._session.read(encoded[0][:common])
        size = len(behind.encode())
        likely = self._likely([ids[common] for ids in encoded])
        tails = {i: tuple(ids[common:]) for i, ids in enumerate(encoded) if i in likely}
        scored = yield from self._scores(list(tails.values()))
        found: list[Score | None] = [None] * len(encoded)
        for i, parts in zip(tails, scored, strict=True):
            split = self._split(tails[i], size)
            found[i] = Score(sum(parts[:split]), sum(parts[split:]), len(parts))
        return found

    def scan(self, before: str, sentence: str) -> Steps[Scan]:
        """Return `sentence` as the model reads it behind `before`."""
        start = self._window(before)
        ids = self._ids(start + sentence)
        first = _common([ids, self._ids(start)])
        yield from self._session.read(ids[:first])
        at = sum(len(self._vocabulary.tokens[i]) for i in ids[:first]) - len(start.encode())
        places: list[Place] = []
        # In pieces, each of which becomes the prefix of the next: a tree holds the rows of all its tokens.
        for begin in range(first, len(ids), _CHUNK):
            piece = tuple(ids[begin : begin + _CHUNK])
            yield from self._session.read(ids[:begin])
            parts = yield from self._parts(piece)
            for i, (token, log_p) in enumerate(zip(piece, parts, strict=True)):
                end = at + len(self._vocabulary.tokens[token])
                places.append(Place(at, end, log_p, self._session.log_probabilities(piece[:i])))
                at = end
        return Scan(places, self._first_token)

    @lru_cache(maxsize=4096)  # noqa: B019 (a reader lives as long as its request)
    def _first_token(self, text: str) -> int:
        return self._vocabulary.encode(text)[0]

    def _likely(self, firsts: Sequence[int]) -> frozenset[int]:
        """Return which of the options that begin with the tokens `firsts` are scored."""
        log_p = self._session.log_probabilities()
        order = sorted(range(1, len(firsts)), key=lambda i: -float(log_p[firsts[i]]))
        return frozenset([0, *order[:_MOST_OPTIONS]])

    def _parts(self, path: tuple[int, ...]) -> Steps[list[float]]:
        """Return log p of each token of `path` behind the prefix."""
        [parts] = yield from self._scores([path])
        return parts

    def _scores(self, paths: Sequence[tuple[int, ...]]) -> Steps[list[list[float]]]:
        """Return log p of each token of each of `paths` behind the prefix, in passes of few tokens."""
        pieces = [path[:end] for path in paths for end in _ends(len(path))]
        batch: list[tuple[int, ...]] = []
        size = 0
        for piece in pieces:
            new = (len(piece) - 1) % _CHUNK + 1
            if size + new > _CHUNK:
                yield from self._session.expand(batch)
                batch, size = [], 0
            batch, size = [*batch, piece], size + new
        yield from self._session.expand(batch)
        return [self._session.score(path) for path in paths]

    def _split(self, ids: Sequence[int], size: int) -> int:
        """Return how many of `ids` come before the last `size` bytes that they spell."""
        at = len(ids)
        while at > 0 and size > 0:
            at -= 1
            size -= len(self._vocabulary.tokens[ids[at]])
        return at + (size < 0)

    def _ids(self, text: str) -> list[int]:
        return self._vocabulary.start_ids + self._vocabulary.encode(text)

    def _window(self, before: str) -> str:
        """Return the end of `before`, beginning at a word and moving on in strides, so that it is cached."""
        if len(before) <= _CONTEXT:
            return before
        start = (len(before) - _CONTEXT + _STRIDE - 1) // _STRIDE * _STRIDE
        space = before.find(" ", start)
        return before[space + 1 :] if space >= 0 else before[start:]


def _ends(length: int) -> list[int]:
    """Return where a path of `length` tokens is cut into passes."""
    return [*range(_CHUNK, length, _CHUNK), length]


def beginning(after: str, least: int) -> str:
    """Return the first words of `after`, `least` characters or some more."""
    if len(after) <= least:
        return after
    space = after.find(" ", least)
    return after[:space] if 0 <= space < 2 * least else after[:least]


def _common(encoded: Sequence[Sequence[int]]) -> int:
    """Return how many tokens all begin with, fewer than the shortest has and one at least."""
    shortest = min(map(len, encoded))
    count = 0
    while count < shortest - 1 and len({ids[count] for ids in encoded}) == 1:
        count += 1
    return max(1, count)
