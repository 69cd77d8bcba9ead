"""One text being read by the model: a prefix whose keys and values are kept, and a tree grown behind it.

`read` moves the prefix: it finds the longest common prefix with the tokens read before, crops the cache
there and runs only what is new, in chunks. `expand` evaluates continuations as a tree behind the
prefix, all that are missing in one pass, and remembers their probabilities; the next keystroke mostly
asks for what is there already, and costs nothing. When a continuation becomes text, `read` takes its
keys from the tree.

Both are generators that yield before every pass over the weights. Whoever drives them may stop there:
the state is whole at every yield. They return at the end what their docstrings say.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.network import Branching, Cache, Network
from gpt_assistant.text.told import told

Path = tuple[int, ...]
Steps = Generator[None, None, None]

DEFAULT_CHUNK = 64
_LARGEST_TREE = 192


class TooLong(ModelUnavailable, ValueError):  # noqa: N818 (named for what happened)
    """A text has `count` tokens, where the model takes `most`."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            told(
                "This model reads {most} tokens at once, and {count} were needed."
                " Choose a larger model for it.",
                most=most,
                count=count,
            )
        )


@dataclass(slots=True)
class _Node:
    """An evaluated token of the tree: the places in the cache of its ancestors and of itself, last."""

    lineage: tuple[int, ...]
    log_probabilities: Tensor


class Session:
    """The prefix cache of one feature. Sessions do not disturb each other."""

    def __init__(self, network: Network, chunk: int = DEFAULT_CHUNK) -> None:
        self._network = network
        self._cache = network.empty_cache()
        self._prefix: list[int] = []
        self._tree: dict[Path, _Node] = {}
        self._at_end: Tensor | None = None
        self.chunk = chunk
        self.passes = 0

    @property
    def room(self) -> int:
        """Return how many tokens may be read so that a tree of branches behind them has its places, too."""
        positions = self._network.max_positions
        return positions - min(_LARGEST_TREE, positions // 2)

    @property
    def prefix(self) -> list[int]:
        """Return the tokens read."""
        return list(self._prefix)

    def read(self, ids: Sequence[int], ends: bool = True) -> Steps:
        """Make `ids` the prefix. Raises TooLong for more than the model has positions, ValueError for none.

        Without `ends`, what comes behind the last token is not asked for: going back costs nothing then.
        """
        if not ids:
            raise ValueError("there is nothing to read")
        if len(ids) >= self._network.max_positions:
            raise TooLong(len(ids), self._network.max_positions - 1)
        common = self._common(ids)
        if common == len(ids) == len(self._prefix) and self._at_end is not None:
            return
        if common == len(self._prefix) and (common < len(ids) or self._at_end is not None):
            self._adopt(tuple(ids[common:]))
        else:
            # The last token is run again when nothing else is new and its logits are wanted.
            self._crop(min(common, len(ids) - ends))
        while len(self._prefix) < len(ids):
            yield
            self._append(list(ids[len(self._prefix) : len(self._prefix) + self.chunk]))

    def expand(self, paths: Sequence[Path]) -> Steps:
        """Evaluate every token of `paths`, continuations of the prefix, in one pass for those missing."""
        missing: list[Path] = []
        for path in paths:
            for end in range(1, len(path) + 1):
                if (node := path[:end]) not in self._tree and node not in missing:
                    missing.append(node)
        if len(self._tree) + len(missing) > _LARGEST_TREE:
            self._crop_tree()
            missing = list(dict.fromkeys(path[:end] for path in paths for end in range(1, len(path) + 1)))
        if missing:
            yield
            self._evaluate(missing)

    def log_probabilities(self, path: Path = ()) -> Tensor:
        """Return log p(next token | prefix, path), float32 (vocabulary,). KeyError if not evaluated."""
        if not path:
            if self._at_end is None:
                raise KeyError("nothing was read")
            return self._at_end
        return self._tree[path].log_probabilities

    def score(self, path: Path) -> list[float]:
        """Return log p of each token of an expanded `path` given what stands before it."""
        return [float(self.log_probabilities(path[:i])[token]) for i, token in enumerate(path)]

    def knows(self, path: Path) -> bool:
        """Return whether `path` is evaluated."""
        return path in self._tree if path else self._at_end is not None

    def forget(self) -> None:
        """Drop the prefix and the tree."""
        self._crop(0)

    def fork(self, chunk: int = DEFAULT_CHUNK) -> Session:
        """Return a session that has read the same and goes its own way: this one is not disturbed by it.

        Copying the keys of 550 tokens of the default model takes 6 ms, reading them 1.2 s.
        """
        twin = Session(self._network, chunk)
        twin._cache = self._cache.copy()
        twin._cache.keep(len(self._prefix))
        twin._prefix, twin._at_end = list(self._prefix), self._at_end
        return twin

    def bare(self) -> tuple[Network, Cache, int]:
        """Return the network, the cache with nothing behind the prefix in it, and the prefix's length.

        For whoever grows branches of his own there (branches.py), and takes them away again.
        """
        self._crop_tree()
        return self._network, self._cache, len(self._prefix)

    def _common(self, ids: Sequence[int]) -> int:
        count = 0
        for old, new in zip(self._prefix, ids, strict=False):
            if old != new:
                break
            count += 1
        return count

    def _crop(self, length: int) -> None:
        self._tree.clear()
        if length < len(self._prefix):
            self._at_end = None
        del self._prefix[length:]
        self._cache.keep(length)

    def _crop_tree(self) -> None:
        self._tree.clear()
        self._cache.keep(len(self._prefix))

    def _adopt(self, path: Path) -> None:
        """Move as much of `path` as the tree holds into the prefix."""
        end = len(path)
        while end and path[:end] not in self._tree:
            end -= 1
        if not path:
            return
        if end:
            node = self._tree[path[:end]]
            self._at_end = node.log_probabilities
            self._cache.keep(len(self._prefix), node.lineage)
            self._prefix += path[:end]
            self._tree.clear()
        else:
            self._crop_tree()

    def _append(self, ids: list[int]) -> None:
        self._at_end = None
        logits = self._network.forward(ids, self._cache)
        self.passes += 1
        self._prefix += ids
        self._at_end = logits[-1].log_softmax(-1)

    def _evaluate(self, missing: list[Path]) -> None:
        start = self._cache.length
        base = len(self._prefix)
        lineages: dict[Path, tuple[int, ...]] = {p: node.lineage for p, node in self._tree.items()}
        for i, path in enumerate(missing):
            lineages[path] = (*lineages.get(path[:-1], ()), start + i)
        visible = torch.zeros(len(missing), start + len(missing), dtype=torch.bool)
        visible[:, :base] = True
        for i, path in enumerate(missing):
            visible[i, list(lineages[path])] = True
        depths = [len(path) - 1 for path in (*self._tree, *missing)]
        positions = torch.cat([torch.arange(base), base + torch.tensor(depths)])
        ids = [path[-1] for path in missing]
        plain = start == base and len(missing) == len(missing[-1])
        branching = None if plain else Branching(positions, visible)
        logits = self._network.forward(ids, self._cache, keep=len(missing), branching=branching)
        self.passes += 1
        for path, row in zip(missing, logits.log_softmax(-1), strict=True):
            self._tree[path] = _Node(lineages[path], row)
