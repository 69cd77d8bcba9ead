"""The phrases that the writer took, oldest first, a JSON string a line: easy to read, and to delete.

A line is added at each; a file that has grown to twice the limit is written anew with the latest half.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage.writing import write_atomically

log = logging.getLogger(__name__)

LIMIT = 5000


class PhraseFile:
    """The file at `path`. A line that cannot be read is left out, a file that cannot be written is logged."""

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.path = path
        self._limit = limit
        self._lines = self._read()

    def __len__(self) -> int:
        """Return how many phrases there are."""
        return len(self._lines)

    def phrases(self) -> list[str]:
        """Return the latest phrases, oldest first."""
        return self._lines[-self._limit :]

    def add(self, phrase: str) -> None:
        """Add one."""
        self._lines.append(phrase)
        try:
            if len(self._lines) >= 2 * self._limit:
                self._lines = self._lines[-self._limit :]
                write_atomically(self.path, "".join(map(_line, self._lines)).encode())
            else:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(_line(phrase))
        except OSError as error:
            log.warning("phrase not kept, %s: %s", self.path, error)

    def clear(self) -> None:
        """Forget all of them. Raises OSError if the file cannot be deleted."""
        self._lines = []
        self.path.unlink(missing_ok=True)

    def _read(self) -> list[str]:
        try:
            lines = self.path.read_bytes().decode("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            log.warning("phrases not read, %s: %s", self.path, error)
            return []
        return [phrase for line in lines if (phrase := _phrase(line))]


def own_phrases() -> PhraseFile:
    """Return the file of this person's phrases."""
    return PhraseFile(paths.data_folder() / "phrases.jsonl")


def _line(phrase: str) -> str:
    return json.dumps(phrase, ensure_ascii=True) + "\n"


def _phrase(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""
