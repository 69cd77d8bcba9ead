"""Several continuations of one text that grow side by side, a token of each in every pass.

Session.expand evaluates a tree that is as deep as a word. Whole sentences, several at once, need a tree
that is deep and thin, and that loses its dead branches: here the keys of what no branch goes through any
more are given back, so that the cache never holds much more than the living branches.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gpt_assistant.engine.network import Branching
from gpt_assistant.engine.session import Session

_SLACK = 96  # dead tokens that the cache may hold before they are given back


@dataclass(frozen=True, slots=True)
class Twig:
    """A branch: its tokens behind the prefix, and their places in the cache."""

    tokens: tuple[int, ...] = ()
    places: tuple[int, ...] = ()


class Branches:
    """Continuations of what `session` has read. The session is whole again after `close`."""

    def __init__(self, session: Session) -> None:
        self._network, self._cache, self._base = session.bare()
        self._depths: list[int] = []  # of the tokens in the cache behind the prefix

    @property
    def room(self) -> int:
        """Return how many tokens a branch may have."""
        return self._network.max_positions - self._base - 1

    def extend(self, grown: Sequence[tuple[Twig, int]]) -> Generator[None, None, tuple[list[Twig], Tensor]]:
        """Return each twig with its token appended, and log p of what comes next, (n, vocabulary).

        One pass, before which it yields. Twigs that are not among `grown` are lost.
        """
        yield
        twigs = self._compact([twig for twig, _ in grown])
        start = self._base + len(self._depths)
        new = [
            Twig((*twig.tokens, token), (*twig.places, start + i))
            for i, (twig, (_, token)) in enumerate(zip(twigs, grown, strict=True))
        ]
        self._depths += [len(twig.tokens) for twig in twigs]
        visible = torch.zeros(len(new), start + len(new), dtype=torch.bool)
        visible[:, : self._base] = True
        for row, twig in zip(visible, new, strict=True):
            row[list(twig.places)] = True
        positions = torch.cat([torch.arange(self._base), self._base + torch.tensor(self._depths)])
        logits = self._forward([token for _, token in grown], visible, positions)
        return new, logits.log_softmax(-1)

    def close(self) -> None:
        """Give everything behind the prefix back."""
        self._cache.keep(self._base)
        self._depths.clear()

    def _forward(self, ids: list[int], visible: Tensor, positions: Tensor) -> Tensor:
        return self._network.forward(ids, self._cache, keep=len(ids), branching=Branching(positions, visible))

    def _compact(self, twigs: list[Twig]) -> list[Twig]:
        """Return `twigs` at their new places, after forgetting the tokens of all others if they are many."""
        alive = sorted({place for twig in twigs for place in twig.places})
        if len(self._depths) - len(alive) <= _SLACK:
            return twigs
        self._cache.keep(self._base, alive)
        self._depths = [self._depths[place - self._base] for place in alive]
        moved = {place: self._base + i for i, place in enumerate(alive)}
        return [Twig(twig.tokens, tuple(moved[place] for place in twig.places)) for twig in twigs]
