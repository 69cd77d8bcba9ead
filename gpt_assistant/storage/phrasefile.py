"""The phrases that the writer took, oldest first, a JSON string a line: easy to read, and to delete.

A line is added at each; a file that has grown to twice the limit is written anew with the latest half.
Where the writer wants it encrypted, a line is the id of the key and a JSON string, sealed (storage/vault.py).
A line whose key is not to be had stays in the file.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage import vault
from gpt_assistant.storage.errors import own_bytes, refuse_special
from gpt_assistant.storage.sealing import Covered
from gpt_assistant.storage.writing import write_atomically

log = logging.getLogger(__name__)

LIMIT = 5000
_PURPOSE = "phrases"
_SEALED = re.compile(r"[0-9a-f]{16} ")


class PhraseFile:
    """The file at `path`. A line that cannot be read is left out, a file that cannot be written is logged."""

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.path = path
        self._limit = limit
        self._unread: list[str] = []  # lines that are sealed, for a key that is not there
        self._phrases = self._read()

    def __len__(self) -> int:
        """Return how many phrases there are."""
        return len(self._phrases)

    @property
    def unread(self) -> int:
        """Return how many phrases are sealed for a key that is not there."""
        return len(self._unread)

    def read_again(self) -> None:
        """Read the file again: the key is there now. What could not be written meanwhile stays, too."""
        self._unread = []
        before, self._phrases = self._phrases, self._read()
        known = set(self._phrases)
        for phrase in before:
            if phrase not in known:
                self.add(phrase)

    def phrases(self) -> list[str]:
        """Return the latest phrases, oldest first."""
        return self._phrases[-self._limit :]

    def add(self, phrase: str) -> None:
        """Add one."""
        self._phrases.append(phrase)
        try:
            if len(self._phrases) >= 2 * self._limit:
                self._phrases = self._phrases[-self._limit :]
                lines = [*self._unread, *map(self._line, self._phrases)]
                write_atomically(self.path, "".join(lines).encode())
            else:
                line = self._line(phrase)
                refuse_special(self.path)
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(line)
        except OSError as error:
            log.warning("phrase not kept, %s: %s", self.path, error)

    def clear(self) -> None:
        """Forget all of them. Raises OSError if the file cannot be deleted."""
        self._phrases, self._unread = [], []
        self.path.unlink(missing_ok=True)

    def _line(self, phrase: str) -> str:
        """Return the line of a phrase, as it is kept now. Raises OSError, of the keyring."""
        line = json.dumps(phrase, ensure_ascii=True)
        keys = vault.of(self.path.parent)
        if key := keys.current:
            line = sealed_line(line, keys, key)
        return line + "\n"

    def _read(self) -> list[str]:
        try:
            lines = own_bytes(self.path).decode("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            log.warning("phrases not read, %s: %s", self.path, error)
            return []
        return [phrase for line in lines if (phrase := _phrase(self._opened(line)))]

    def _opened(self, line: str) -> str:
        try:
            return opened_line(line, vault.of(self.path.parent))
        except OSError as error:
            if not self._unread:  # as at every start, until the window hands the key over
                log.info("phrases not read, %s: %s", self.path, error)
            self._unread.append(line + "\n")
        except ValueError as error:
            log.warning("a phrase is damaged, %s: %s", self.path, error)
        return ""


def is_sealed(line: str) -> bool:
    """Return whether a line of the file is sealed."""
    return _SEALED.match(line) is not None


def sealed_line(line: str, keys: vault.Vault, key: str) -> str:
    """Return a line of the file, sealed for the key of this id. Raises OSError."""
    cover = keys.cover(key, _PURPOSE)
    assert isinstance(cover, Covered)
    return f"{key} {cover.line(line.encode(), _PURPOSE)}"


def opened_line(line: str, keys: vault.Vault) -> str:
    """Return a line of the file as it is when it is not sealed. Raises OSError; ValueError if damaged."""
    if not is_sealed(line):
        return line
    key, _, sealed = line.partition(" ")
    cover = keys.cover(key, _PURPOSE)
    assert isinstance(cover, Covered)
    return cover.of_line(sealed, _PURPOSE).decode()


def own_phrases() -> PhraseFile:
    """Return the file of this person's phrases."""
    return PhraseFile(paths.data_folder() / "phrases.jsonl")


def _phrase(line: str) -> str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""
