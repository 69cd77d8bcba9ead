"""What a server's answer to an unfinished text says at the caret: words, and how sure it is of them.

A server is asked to go on from the beginning of the half-typed word, for no model spells well from the
middle of one (token healing), and its answer counts only if it begins with what is typed of it. If it does
not, but a likely alternative for that token does, the server is asked again behind that one.

A word is as likely as its tokens, given what is typed, and the break behind it. What is not among the
alternatives that the server names is counted as against it: half of it may fit what is typed as well.
Without probabilities a word is taken for as likely as the default model's at that place are on average.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gpt_assistant.engine.remote_stream import Piece, Token
from gpt_assistant.text.phrases import half_word

_UNSEEN = 0.5  # the share of what the server does not name that may fit what is typed
# What a word counts for where the server says nothing of it: one that begins, one half typed, a further one.
_BEGUN, _HALF, _FURTHER = 0.35, 0.55, 0.6
_WORD = re.compile(r"\s*[^\W_]+(?:['’-][^\W_]+)*|\s*[^\w\s]|\s*_+")
_INSIDE = re.compile(r"[\w'’-]\Z")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut where a server is to go on from: `prompt`, and `lead`, what its answer must begin with."""

    prompt: str
    lead: str

    @property
    def half(self) -> str:
        """Return what is typed of a word."""
        return self.lead.lstrip()


def cut(window: str) -> Cut:
    """Return `window` cut before the half-typed word and the blanks in front of it."""
    half = half_word(window)
    start = len(window) - len(half)
    while start and window[start - 1] in " \t\u00a0":
        start -= 1
    return Cut(window[:start], window[start:])


@dataclass(frozen=True, slots=True)
class Answered:
    """A word or mark of an answer: the text behind the caret up to its end; its probability if `ended`."""

    text: str
    p: float
    ended: bool


class Answer:
    """An answer as it grows. `given` is what stands before its first token and was chosen for it already."""

    def __init__(self, lead: str, given: str = "", p: float = 1.0) -> None:
        self.lead = lead
        self.text = given
        self.finished = False
        self.told = False  # whether there are probabilities
        self._parts: list[tuple[int, float, Token | None]] = []  # where each token begins, its probability
        self._given_p, self._given = p, given

    def add(self, piece: Piece) -> None:
        """Take a piece of the answer."""
        self.finished = self.finished or piece.finished
        if piece.tokens and "".join(token.text for token in piece.tokens) == piece.text:
            self.told = True
            for token in piece.tokens:
                self._parts.append((len(self.text), self._conditional(token), token))
                self.text += token.text
        elif piece.text:
            self._parts.append((len(self.text), 1.0, None))
            self.text += piece.text

    @property
    def fits(self) -> bool:
        """Return whether it may still be, or is, what goes on from what is typed."""
        return self.text.startswith(self.lead) or self.lead.startswith(self.text)

    @property
    def rest(self) -> str:
        """Return what it adds behind the caret."""
        return self.text[len(self.lead) :] if self.text.startswith(self.lead) else ""

    def other_way(self) -> tuple[str, float] | None:
        """Return the likeliest beginning that fits where this one does not, and its probability; or None."""
        for start, _, token in self._parts:
            if token is None or self._fits(self.text[:start] + token.text):
                continue
            head = self.text[:start]
            fitting = [(text, p) for text, p in token.top if text and self._fits(head + text)]
            if not fitting:
                return None
            text, log_p = max(fitting, key=lambda other: other[1])
            share = math.exp(log_p) / self._mass(head, token)
            return head + text, min(1.0, share) * self._before(start)
        return None

    def words(self) -> list[Answered]:
        """Return the words and marks behind the caret, each with all before it and its own probability."""
        rest, at = self.rest, 0
        found: list[Answered] = []
        while match := _WORD.match(rest, at):
            end = match.end()
            ended = end < len(rest) and not _INSIDE.match(rest[end])
            done = ended or (self.finished and end == len(rest))
            first = not found
            found.append(Answered(rest[:end], self._p_of(at, end, first) if done else 0.0, done))
            at = end
        return found

    def _p_of(self, start: int, end: int, first: bool) -> float:
        """Return the probability of `start`…`end` of the rest, and of a break behind it."""
        if not self.told:
            return (_HALF if self.lead.lstrip() else _BEGUN) if first else _FURTHER
        low, high = len(self.lead) + start, len(self.lead) + end
        p = self._given_p if first else 1.0
        for at, (begins, own, _) in enumerate(self._parts):
            ends = self._parts[at + 1][0] if at + 1 < len(self._parts) else len(self.text)
            if begins < high and (ends > low or first):
                p *= own
        return p * self._break_at(high)

    def _break_at(self, end: int) -> float:
        """Return the probability that a word ends at `end` of the text: of all that breaks it there."""
        for begins, _, token in self._parts:
            if begins == end and token is not None and token.top:
                breaking = (math.exp(p) for text, p in token.top if not _INSIDE.match(text[:1]))
                return min(1.0, max(sum(breaking), math.exp(token.log_p)))
        return 1.0

    def _conditional(self, token: Token) -> float:
        """Return the probability of `token`, given what is typed."""
        p = math.exp(min(0.0, token.log_p))
        if len(self.text) >= len(self.lead):
            return p
        return min(1.0, p / self._mass(self.text, token)) if self._fits(self.text + token.text) else p

    def _mass(self, head: str, token: Token) -> float:
        """Return the probability of all that fits what is typed where `token` stands, behind `head`."""
        named = dict(token.top) | {token.text: token.log_p}
        fitting = sum(math.exp(p) for text, p in named.items() if self._fits(head + text))
        unseen = max(0.0, 1.0 - sum(math.exp(p) for p in named.values()))
        return max(fitting + _UNSEEN * unseen, 1e-9)

    def _before(self, start: int) -> float:
        return math.prod([self._given_p, *(p for begins, p, _ in self._parts if begins < start)])

    def _fits(self, text: str) -> bool:
        return text.startswith(self.lead) or self.lead.startswith(text)


def without_preface(pieces: Sequence[Piece], lead: str) -> list[Piece]:
    """Return the answer of a talk, which begins with no blank, as pieces that go on with a text.

    Quotation marks and dots that some put before it go; probabilities do too, for they are of another text.
    """
    text = "".join(piece.text for piece in pieces)
    blanks = lead[: len(lead) - len(lead.lstrip())]
    bare = text.lstrip(' \t\n"“…')
    return [Piece(blanks + bare, finished=any(piece.finished for piece in pieces))] if bare else []
