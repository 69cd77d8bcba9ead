"""Growing continuations of the text before the caret.

The caret is rarely on a token boundary, so the text is backed up to the last boundary that the
tokenizer is sure of, and tokens are then constrained to spell again what was removed (token healing;
on a public benchmark it took the default model from 3 % to 35 % right).

Growing is best-first over a tree of tokens. Several spellings of the next word are followed at once,
for they share a pass over the weights, and each is finished when the model has said how likely the
word ends there: a word's probability is that of its tokens and of the break behind it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Generator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from gpt_assistant.engine.session import Path, Session
from gpt_assistant.engine.vocabulary import Vocabulary

_TAIL = re.compile(r"[^\S\n\r]?(?:['’]?[^\W\d_]+|\d+|_+|[^\w\s]+)?\Z")
_LONGEST_TAIL = 48
_SPELLING_ROUNDS = 4
_LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Healed:
    """A prompt that ends on a token boundary, and the bytes that the next tokens must spell."""

    ids: list[int]
    remainder: bytes


@dataclass(frozen=True, slots=True)
class Branch:
    """A continuation: its tokens, the bytes they add behind the caret, and what is left to spell.

    `log_p` is log p of the tokens; `parts` those of each token, in the same order; `added` how many of
    them add anything.
    """

    path: Path = ()
    text: bytes = b""
    remainder: bytes = b""
    log_p: float = 0.0
    parts: tuple[float, ...] = ()
    added: int = 0


def split_tail(text: str) -> int:
    """Return where the last word, number or run of punctuation begins, its leading space included."""
    start = max(0, len(text) - _LONGEST_TAIL)
    match = _TAIL.search(text, start)
    return match.start() if match else len(text)


def heal(vocabulary: Vocabulary, text: str) -> Healed:
    """Return `text` as a prompt, backed up over its tail. The prompt begins as a text begins."""
    at = split_tail(text)
    ids = vocabulary.start_ids + vocabulary.encode(text[:at])
    return Healed(ids, text[at:].encode("utf-8", errors="replace"))


def children(vocabulary: Vocabulary, session: Session, branch: Branch, count: int) -> list[Branch]:
    """Return the `count` likeliest one-token extensions of an evaluated branch, likeliest first.

    While the branch has a remainder to spell, these are the tokens that begin to spell it. Their
    probabilities are those of the model, not normalised over what is allowed.
    """
    log_p = session.log_probabilities(branch.path)
    ids = torch.from_numpy(vocabulary.spelling(branch.remainder)) if branch.remainder else None
    return _best(vocabulary, branch, log_p, ids, count)


def _best(
    vocabulary: Vocabulary, branch: Branch, log_p: Tensor, ids: Tensor | None, count: int
) -> list[Branch]:
    """Return `branch` with each of the `count` likeliest of `ids`, of all tokens for None."""
    if ids is not None:
        log_p = log_p[ids]
    best = log_p.topk(min(count, len(log_p)))
    chosen = best.indices if ids is None else ids[best.indices]
    return [
        extended(branch, token, vocabulary.tokens[token], value)
        for token, value in zip(chosen.tolist(), best.values.tolist(), strict=True)
    ]


def spell(
    vocabulary: Vocabulary, session: Session, remainder: bytes, count: int
) -> Generator[None, None, list[Branch]]:
    """Return up to `count` continuations of the prefix that spell `remainder`, likeliest first.

    Their probabilities are given that it is spelt: divided by the mass of all spellings, which is exact
    for single tokens and counts those in several tokens as far as they matter.
    """
    # A single space begins 30,000 tokens: their mass is one sum, and only the likeliest become branches.
    root, log_p = Branch(remainder=remainder), session.log_probabilities()
    covering = torch.from_numpy(vocabulary.covering(remainder))
    partial_ids = torch.from_numpy(vocabulary.beginning(remainder))
    whole = _best(vocabulary, root, log_p, covering, count)
    partial = _best(vocabulary, root, log_p, partial_ids, len(partial_ids))
    mass = float(log_p[covering].exp().sum())
    for _ in range(_SPELLING_ROUNDS):
        partial = [branch for branch in partial if math.exp(branch.log_p) > _LEAST_SHARE * mass]
        partial = sorted(partial, key=lambda branch: -branch.log_p)[:count]
        if not partial:
            break
        yield from evaluate(session, partial)
        further = [c for b in partial for c in children(vocabulary, session, b, 4 * count)]
        mass += sum(math.exp(branch.log_p) for branch in further if not branch.remainder)
        whole += [branch for branch in further if not branch.remainder]
        partial = [branch for branch in further if branch.remainder]
    shift = math.log(mass) if mass > 0 else 0.0
    whole.sort(key=lambda branch: -branch.log_p)
    return [replace(branch, log_p=branch.log_p - shift) for branch in whole[:count]]


def extended(branch: Branch, token: int, spelt: bytes, log_p: float) -> Branch:
    """Return `branch` with one more token, which spells of the remainder first."""
    left = branch.remainder
    return Branch(
        path=(*branch.path, token),
        text=branch.text + spelt[len(left) :],
        remainder=left[len(spelt) :],
        log_p=branch.log_p + log_p,
        parts=(*branch.parts, log_p),
        added=branch.added + (len(spelt) > len(left)),
    )


def evaluate(session: Session, branches: list[Branch]) -> Generator[None, None, None]:
    """Make sure that what follows each of `branches` is known, in one pass."""
    yield from session.expand([branch.path for branch in branches if branch.path])


def ends_word(vocabulary: Vocabulary, session: Session, branch: Branch) -> float:
    """Return the probability in 0…1 that the word at the end of an evaluated branch is complete."""
    inside = session.log_probabilities(branch.path).exp() @ vocabulary.word_weight
    return max(0.0, 1.0 - float(inside))
