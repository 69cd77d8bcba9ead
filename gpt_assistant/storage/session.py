"""What is remembered from one start to the next: open documents, the window's place, recent files."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gpt_assistant.storage import vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A titled document that was open; `caret` is in UTF-16 units, `scroll` in lines, `zoom` in per cent."""

    path: str
    caret: int = 0
    scroll: int = 0
    zoom: int = 100


@dataclass(frozen=True, slots=True)
class Session:
    """The window as it was left. `geometry` is Qt's, in hexadecimal; `lane` is the review's share, in %."""

    documents: tuple[OpenDocument, ...] = ()
    current: int = 0
    geometry: str = ""
    folder: str = ""
    lane: int = 0


def load_session(path: Path) -> Session:
    """Return the stored session, or an empty one if there is none or it cannot be read."""
    stored = _read_object(path)
    try:
        documents = tuple(OpenDocument(**_known(OpenDocument, item)) for item in stored.pop("documents", []))
        return Session(documents=documents, **_known(Session, stored))
    except (TypeError, AttributeError, ValueError) as error:
        log.warning("session ignored, %s: %s", path, error)
        return Session()


def save_session(path: Path, session: Session) -> None:
    """Store `session`. Raises OSError, one line."""
    vault.write(path, json.dumps(asdict(session), indent=1).encode())


class RecentFiles:
    """The files opened last, latest first; read anew at each change, for other instances add to it too."""

    def __init__(self, path: Path, limit: int = 15) -> None:
        self._path = path
        self.limit = limit

    def paths(self) -> list[Path]:
        """Return the remembered files, latest first."""
        stored = _read_object(self._path).get("files", [])
        names = [name for name in stored if isinstance(name, str)] if isinstance(stored, list) else []
        return [Path(name) for name in names[: self.limit]]

    def add(self, path: Path) -> None:
        """Put `path` first.

        Nothing is written if it is there: right after a large file, waiting for the disk takes a second.
        """
        known = self.paths()
        if known[:1] != [path]:
            self._store([path, *(other for other in known if other != path)])

    def remove(self, path: Path) -> None:
        """Forget `path`."""
        self._store([other for other in self.paths() if other != path])

    def clear(self) -> None:
        """Forget all."""
        self._store([])

    def _store(self, files: list[Path]) -> None:
        try:
            vault.write(
                self._path, json.dumps({"files": [str(file) for file in files[: self.limit]]}).encode()
            )
        except OSError as error:
            log.warning("recent files not stored: %s", error)


class RecentCommands:
    """The names of the commands used last in the palette, latest first."""

    def __init__(self, path: Path, limit: int = 40) -> None:
        self._path, self._limit = path, limit

    def names(self) -> list[str]:
        """Return the names, latest first."""
        stored = _read_object(self._path).get("commands", [])
        return [name for name in stored if isinstance(name, str)] if isinstance(stored, list) else []

    def add(self, name: str) -> None:
        """Put `name` first."""
        names = [name, *(other for other in self.names() if other != name)][: self._limit]
        try:
            vault.write(self._path, json.dumps({"commands": names}).encode())
        except OSError as error:
            log.warning("recent commands not stored: %s", error)


def _read_object(path: Path) -> dict[str, Any]:
    try:
        stored = vault.read_json(path)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("ignored, %s: %s", path, error)
        return {}
    return stored if isinstance(stored, dict) else {}


def _known(kind: type[Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of `stored` that `kind` has and whose type fits its default."""
    known = {field.name: field.type for field in fields(kind)}
    return {n: v for n, v in stored.items() if n in known and type(v).__name__ == known[n]}
