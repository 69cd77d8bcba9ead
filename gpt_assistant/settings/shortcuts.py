"""Keys that the writer has given to actions: the one setting that is a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gpt_assistant.text.told import told


class Shortcuts(Mapping[str, tuple[str, ...]]):
    """For each action that has other keys than the program's: its keys as portable text, () for none.

    What is not in it has the keys it was born with. `with_keys` and `without` make another; none changes.
    """

    def __init__(self, keys: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._keys = dict(sorted((keys or {}).items()))

    @classmethod
    def of(cls, plain: Any) -> Shortcuts:
        """Return what a file says: a table of lists of keys, or of one key each. Raises ValueError."""
        if not isinstance(plain, Mapping):
            raise ValueError(told("shortcuts must be a table of keys by action"))
        found = {}
        for name, keys in plain.items():
            listed = [keys] if isinstance(keys, str) else keys
            if not isinstance(listed, list | tuple) or not all(isinstance(key, str) for key in listed):
                raise ValueError(told("the keys of {name} must be a list of texts", name=name))
            found[name] = tuple(key for key in listed if key)
        return cls(found)

    def plain(self) -> dict[str, list[str]]:
        """Return the same as a table of lists."""
        return {name: list(keys) for name, keys in self._keys.items()}

    def with_keys(self, name: str, keys: tuple[str, ...]) -> Shortcuts:
        """Return the same with these keys for the action `name`."""
        return Shortcuts(self._keys | {name: keys})

    def without(self, name: str) -> Shortcuts:
        """Return the same, the action `name` with the keys it was born with."""
        return Shortcuts({each: keys for each, keys in self._keys.items() if each != name})

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._keys[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __hash__(self) -> int:
        return hash(tuple(self._keys.items()))

    def __repr__(self) -> str:
        return f"Shortcuts({self._keys!r})"


NO_SHORTCUTS = Shortcuts()
