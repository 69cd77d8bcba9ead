"""How likely a sentence is with another word in it, as the model sees it from both sides.

The sentence is read once; that says how likely each token of it is and, at each place, how likely any other
would begin there. Another wording is then read from its place on, with a few tokens behind it: further on
the difference no longer shows. Places are compared from the last to the first, so that what stands before
them is in the cache already and going back costs one token.

Measured with the default model on misspelt words: the likeliest of eight candidates by letters and frequency
alone is right in 94 of 100, with the model in 98.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from torch import Tensor

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.rewrite_reader import beginning

T = TypeVar("T")
Steps = Generator[None, None, T]

SESSION = "spelling"
_CHUNK = 32  # tokens in a pass: a completion waits for one pass at most
_BEHIND = 20  # characters behind a place that are compared


class Score(NamedTuple):
    """log p of a wording (`own`) and of what follows it (`rest`), in nats."""

    own: float
    rest: float


class Reading:
    """A sentence that was read: the log p of its tokens, and of any other in place of each."""

    def __init__(self, text: str, ids: list[int], first: int, ends: list[int]) -> None:
        self.text = text
        self.ids = ids
        self.first = first  # tokens that begin a text rather than are part of it
        self.ends = ends  # in bytes of the text, of each token behind those
        self.log_p: list[float] = []
        self.rows: list[Tensor] = []

    def token_at(self, byte: int) -> int:
        """Return which token, counted from the text's first, the byte lies in."""
        return bisect_right(self.ends, byte)


class SentenceReader:
    """Reads sentences with `model`, in a session of its own: that of the name `session`."""

    def __init__(self, model: LanguageModel, session: str = SESSION) -> None:
        self._vocabulary = model.vocabulary
        self._session = model.session(session, _CHUNK)
        self._start = self._vocabulary.start_ids or [self._vocabulary.encode("\n")[0]]
        self._first: Tensor | None = None  # log p of a text's first token

    def read(self, text: str) -> Steps[Reading]:
        """Return `text` read; it must have a word at least."""
        if self._first is None:
            yield from self._session.read(self._start)
            self._first = self._session.log_probabilities()
        start = len(self._start)
        ids = [*self._start, *self._vocabulary.encode(text)]
        ends, at = [], 0
        for token in ids[start:]:
            at += len(self._vocabulary.tokens[token])
            ends.append(at)
        reading = Reading(text, ids, start, ends)
        row = self._first
        for begin, end in _even(start, len(ids), _CHUNK):
            yield from self._session.read(ids[:begin], ends=False)
            piece = tuple(ids[begin:end])
            yield from self._session.expand([piece[: len(ids) - begin - 1]])  # nothing follows the last
            for i, token in enumerate(piece):
                reading.rows.append(row)
                reading.log_p.append(float(row[token]))
                if begin + i + 1 < len(ids):
                    row = self._session.log_probabilities(piece[: i + 1])
        return reading

    def hopes(self, reading: Reading, start: int, end: int, options: Sequence[str]) -> list[float]:
        """Return the most that each of `options` may gain at `start`…`end` (code points), in nats.

        As if all of it but its first token were certain and what follows were no less likely than before.
        No pass is needed for that, so that most wordings are never compared.
        """
        a, b = len(reading.text[:start].encode()), len(reading.text[:end].encode())
        first, last = reading.token_at(a), reading.token_at(max(a, b - 1))
        space = " " if start and reading.text[start - 1] == " " else ""
        here = sum(reading.log_p[first : last + 1])
        row = reading.rows[first][[self._first_token(space + option) for option in options]]
        return (row - here).tolist()

    def compare(
        self, reading: Reading, start: int, end: int, options: Sequence[str]
    ) -> Steps[tuple[Score, list[Score]]]:
        """Return the score of what stands at `start`…`end` (code points), and those of `options` there."""
        text = reading.text
        behind = beginning(text[end:], _BEHIND)
        tails, common = self._tails(reading, start, end, options, behind)
        yield from self._session.read(reading.ids[:common], ends=False)
        for batch in _batches([tail[:-1] for tail in tails]):
            yield from self._session.expand(batch)
        size = len(behind.encode())
        first = reading.rows[common - reading.first]
        scores = [self._parted(tail, self._score(first, tail), size) for tail in tails]
        return self._present(reading, common, end, size), scores

    def _score(self, first: Tensor, tail: Sequence[int]) -> list[float]:
        """Return log p of each token of an expanded tail; the row `first` says how likely its first is."""
        rows = (self._session.log_probabilities(tuple(tail[:i])) for i in range(1, len(tail)))
        return [float(row[token]) for row, token in zip((first, *rows), tail, strict=True)]

    def _tails(
        self, reading: Reading, start: int, end: int, options: Sequence[str], behind: str
    ) -> tuple[list[tuple[int, ...]], int]:
        """Return the tokens of each option with what follows, behind as many as all have in common."""
        before = reading.text[:start]
        encoded = [
            [*reading.ids[: reading.first], *self._vocabulary.encode(before + option + behind)]
            for option in options
        ]
        common = min(_common(ids, reading.ids) for ids in encoded)
        return [tuple(ids[common:]) for ids in encoded], common

    def _present(self, reading: Reading, common: int, end: int, size: int) -> Score:
        """Return the score of the words that stand there, from how the sentence was read."""
        stop = len(reading.text[:end].encode())
        own = rest = 0.0
        for i in range(common - reading.first, len(reading.ends)):
            if reading.ends[i] <= stop:
                own += reading.log_p[i]
            elif reading.ends[i] <= stop + size:
                rest += reading.log_p[i]
        return Score(own, rest)

    def _parted(self, tail: Sequence[int], parts: Sequence[float], size: int) -> Score:
        """Part the log p of tokens into those of an option and those of the last `size` bytes behind it."""
        at = len(tail)
        while at > 0 and size > 0:
            at -= 1
            size -= len(self._vocabulary.tokens[tail[at]])
        at += size < 0
        return Score(sum(parts[:at]), sum(parts[at:]))

    @lru_cache(maxsize=8192)  # noqa: B019 (a reader lives as long as its model)
    def _first_token(self, text: str) -> int:
        return self._vocabulary.encode(text)[0]


def _even(start: int, end: int, most: int) -> list[tuple[int, int]]:
    """Return `start`…`end` in as few pieces of at most `most` as it takes, all about as long."""
    count = -(-(end - start) // most)
    cuts = [start + i * (end - start) // count for i in range(count)]
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _batches(tails: Sequence[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Return `tails` in groups small enough for a pass; tails may begin alike and share tokens then."""
    found: list[list[tuple[int, ...]]] = []
    size = _CHUNK
    for tail in sorted(filter(None, tails)):
        pieces = [tail[:end] for end in (*range(_CHUNK, len(tail), _CHUNK), len(tail))]
        for piece in pieces:
            new = (len(piece) - 1) % _CHUNK + 1
            if size + new > _CHUNK:
                found.append([])
                size = 0
            found[-1].append(piece)
            size += new
    return found


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many tokens both begin with, fewer than either has."""
    shortest = min(len(one), len(other)) - 1
    count = 0
    while count < shortest and one[count] == other[count]:
        count += 1
    return count
