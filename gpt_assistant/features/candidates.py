"""The words that may come next: spellings grown side by side, and what the document had here before.

Several spellings of the next word are followed at once, for they share a pass over the weights. Each is
finished when the model has said how likely the word ends there. The word that the document's or the
writer's own phrases guess is evaluated along with them, and their probabilities are mixed.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gpt_assistant.engine import decode
from gpt_assistant.engine.decode import Branch
from gpt_assistant.engine.session import Session
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.text import phrases
from gpt_assistant.text.context import WINDOW_CHARACTERS, Context
from gpt_assistant.text.phrases import Guess, Phrases, half_word

T = TypeVar("T")
Steps = Generator[None, None, T]

_WORD_ROUNDS = 5
_GUESSED_FROM = 200  # characters before the caret, for the two words that a phrase goes on from
_BEHIND, _BEHIND_TOKENS = 60, 6  # characters and tokens behind the caret that count
_RANKED = 3
MARKS = frozenset(".,;:!?…")
# How much the phrases have to say before anything of a word is typed, by the words of context that agree.
_PHRASE_SHARE = {0: 0.1, 1: 0.1, 2: 0.3}


@dataclass(frozen=True, slots=True)
class Breadth:
    """How many spellings are followed: of a word's first token, then side by side.

    Those that are less than `least` times as likely as the best word found are not followed.
    """

    first: int = 4
    width: int = 3
    least: float = 0.25


@dataclass(frozen=True, slots=True)
class Word:
    """A finished word.

    `p` is the probability of its tokens and of the break behind it, with the share of the phrases;
    `estimate` the probability that it is what the writer wants, and everything before it.
    """

    branch: Branch
    p: float
    ends: float = 1.0
    phrase: float = 0.0
    estimate: float = 0.0

    @property
    def text(self) -> str:
        """Return what it adds behind the caret."""
        return self.branch.text.decode("utf-8", errors="replace")


def narrowed(vocabulary: Vocabulary, context: Context, room: int) -> Context:
    """Return `context` with no more before the caret than a model reads in `room` tokens.

    GPT-2 has 1024 positions, in which a window of Chinese does not fit, and smaller ones have 512 or fewer.
    The window's start stays where it is for some keys there, too.
    """
    size = WINDOW_CHARACTERS
    window = context.window()
    while len(window.encode(errors="replace")) > room and size > 1:  # a token has a byte at least
        if len(decode.heal(vocabulary, window).ids) <= room:
            break
        size //= 2
        window = context.window(size, max(1, size // 3))
    return context if size == WINDOW_CHARACTERS else Context(window, context.after)


class Candidates:
    """Grows words behind `context` in a session. `token_limit` is the most tokens that add text."""

    breadth = Breadth()

    def __init__(
        self,
        vocabulary: Vocabulary,
        session: Session,
        context: Context,
        sources: tuple[Phrases, ...],
        token_limit: int,
    ) -> None:
        self.vocabulary, self.session, self.context = vocabulary, session, context
        self.half = half_word(context.before)
        self._sources, self._token_limit = sources, token_limit

    def first_words(self, among: str = "") -> Steps[list[Word]]:
        """Read the context; return the likeliest next words, likeliest first.

        What `among` says behind the caret is one of them however unlikely it is, if it can be spelt.
        """
        narrow = narrowed(self.vocabulary, self.context, self.session.room)
        healed = decode.heal(self.vocabulary, narrow.window())
        yield from self.session.read(healed.ids)
        guess = self._guess()
        wanted = [guess.word[len(self.half) :]] if guess is not None else []
        words, spelt = yield from self._grow(healed.remainder, [*wanted, *([among] if among else [])])
        if guess is not None:
            words = self._mixed(words, guess, phrase_share(guess, spelt))
        return sorted(words, key=lambda word: -word.p)

    def ranked_by_what_follows(self, words: list[Word]) -> Steps[list[Word]]:
        """Return `words` with those first after which the text behind the caret is likely.

        How a model that only reads forwards fills a gap (Donahue et al. 2020, "Enabling language models
        to fill in the blanks"). It only ranks: a gap is often longer than one word, and then what stands
        behind it says nothing of the first (measured: taken for a probability it silenced the few right
        ones of the benchmark's middles of lines, and showed wrong ones that bridge in one word).
        """
        behind = self.vocabulary.encode(f" {self.context.after[:_BEHIND].lstrip()}")[:_BEHIND_TOKENS]
        ranked = words[:_RANKED]
        if not behind or len(ranked) < 2:
            return words
        paths = [(*word.branch.path, *behind) for word in ranked]
        yield from self.session.expand(paths)
        scores = {
            word.text: word.branch.log_p + sum(self.session.score(path)[-len(behind) :])
            for word, path in zip(ranked, paths, strict=True)
        }
        return sorted(ranked, key=lambda word: -scores[word.text]) + words[_RANKED:]

    def next_word(self, word: Word) -> Steps[Word | None]:
        """Return the word or mark that follows `word`, greedily, or None where there is none to show.

        Its `p` is given `word`, its text that of both.
        """
        branch, before = word.branch, len(word.branch.text)
        for _ in range(_WORD_ROUNDS):
            if branch.added >= self._token_limit:
                return None
            (branch,) = decode.children(self.vocabulary, self.session, branch, 1)
            if not self._is_text(branch):
                return None
            yield from decode.evaluate(self.session, [branch])
            added = branch.text[before:].decode("utf-8", errors="replace")
            if not added.strip():
                continue
            mark = added[-1] in MARKS
            ends = 1.0 if mark else decode.ends_word(self.vocabulary, self.session, branch)
            if ends > 0.5:
                return Word(branch, math.exp(branch.log_p - word.branch.log_p) * ends, ends)
        return None

    def _mixed(self, words: list[Word], guess: Guess, share: float) -> list[Word]:
        """Return `words` with the phrases' `share` in their probabilities."""
        rest = guess.word[len(self.half) :]
        agrees = [word.text.strip() == rest for word in words]
        return [
            replace(w, p=(1 - share) * w.p + share * guess.share * yes, phrase=guess.share * yes)
            for w, yes in zip(words, agrees, strict=True)
        ]

    def _guess(self) -> Guess | None:
        """Return what the document or the writer had here before."""
        said = self.context.before[-_GUESSED_FROM:]
        before = phrases.tokens(said[: len(said) - len(self.half)])
        if not said[: len(said) - len(self.half)][-1:].isspace():
            before = []  # behind a mark that joins, no phrase goes on
        found = [guess for source in self._sources if (guess := source.guess(before, self.half))]
        return max(found, key=lambda guess: (guess.order, guess.share * guess.count), default=None)

    def _grow(self, remainder: bytes, wanted: Sequence[str]) -> Steps[tuple[list[Word], float]]:
        """Grow words from the end of what was read until each is known to end, those `wanted` in any case.

        Also returns the probability in 0…1 that the model had given to what is typed of the word.
        """
        open_branches, shift = yield from self._openings(remainder)
        asked = [branch for text in wanted if (branch := self._path_of(text, remainder)) is not None]
        found: dict[str, Word] = {}
        breadth = self.breadth
        for _ in range(_WORD_ROUNDS):
            best = max((word.p for word in found.values()), default=0.0)
            open_branches = [
                b for b in open_branches if self._wanted(b) and math.exp(b.log_p) > best * breadth.least
            ]
            open_branches = sorted(open_branches, key=lambda b: -b.log_p)[: breadth.width]
            if not open_branches and not asked:
                break
            yield from decode.evaluate(self.session, open_branches + asked)
            for branch in asked:
                self._close(self._scored(branch, shift), found)
            asked = []
            further: list[Branch] = []
            for branch in open_branches:
                further += self._close(branch, found)
            open_branches = further
        return list(found.values()), math.exp(min(0.0, shift))

    def _openings(self, remainder: bytes) -> Steps[tuple[list[Branch], float]]:
        """Return the likeliest first tokens, and log of the probability of all that spell the remainder."""
        if not remainder:
            return decode.children(self.vocabulary, self.session, Branch(), self.breadth.first), 0.0
        spelt = yield from decode.spell(self.vocabulary, self.session, remainder, self.breadth.first)
        return spelt, sum(spelt[0].parts) - spelt[0].log_p if spelt else 0.0

    def _path_of(self, rest: str, remainder: bytes) -> Branch | None:
        """Return the branch that spells the remainder and `rest` behind it, not evaluated yet."""
        ids = self.vocabulary.encode(remainder.decode("utf-8", errors="replace") + rest)
        if (
            not ids
            or len(ids) > self._token_limit
            or self.vocabulary.decode(ids) != remainder + rest.encode()
        ):
            return None
        return Branch(path=tuple(ids), text=rest.encode())

    def _scored(self, branch: Branch, shift: float) -> Branch:
        parts = tuple(self.session.score(branch.path))
        return replace(branch, parts=parts, log_p=min(0.0, sum(parts) - shift))

    def _wanted(self, branch: Branch) -> bool:
        return branch.added <= self._token_limit and self._is_text(branch)

    def _is_text(self, branch: Branch) -> bool:
        return (
            bool(branch.path) and bool(self.vocabulary.tokens[branch.path[-1]]) and b"\n" not in branch.text
        )

    def _close(self, branch: Branch, found: dict[str, Word]) -> list[Branch]:
        """Enter an evaluated branch as a word as far as it is one; return what may yet lengthen it."""
        text = branch.text.decode("utf-8", errors="replace")
        if not text.strip():
            return decode.children(self.vocabulary, self.session, branch, self.breadth.width)
        ends = decode.ends_word(self.vocabulary, self.session, branch)
        word = Word(branch, math.exp(branch.log_p) * ends, ends)
        if "\ufffd" not in text and (text not in found or found[text].p < word.p):
            found[text] = word
        if ends > 0.9:
            return []
        longer = decode.children(self.vocabulary, self.session, branch, self.breadth.width)
        return [b for b in longer if self.vocabulary.continues_word[b.path[-1]]]


def phrase_share(guess: Guess, spelt: float) -> float:
    """Return how much of the probability is the phrases' once a part of the word is typed (Bayes' rule).

    `spelt` is the probability that the model had given to that part: letters that surprise it and that
    a phrase of the document begins with are nearly always that phrase.
    """
    prior = _PHRASE_SHARE[guess.order] * guess.count / (guess.count + 1)
    return prior * guess.fits / max(prior * guess.fits + (1 - prior) * spelt, 1e-12)
