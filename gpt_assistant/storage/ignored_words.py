"""The words that the writer lets stand in one document, by its path: a JSON object, bounded.

The document changed last is the last in the file; the oldest are forgotten first.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from gpt_assistant.storage import vault

log = logging.getLogger(__name__)

_MOST_DOCUMENTS = 200
_MOST_WORDS = 500


class IgnoredWords:
    """The file at `path`. What cannot be read ignores nothing, what cannot be written is logged."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, document: str) -> frozenset[str]:
        """Return the words that are ignored in the document at the path `document`."""
        return frozenset(self._read().get(document, ()))

    def store(self, document: str, words: frozenset[str]) -> None:
        """Ignore exactly `words` in the document from now on."""
        stored = self._read()
        stored.pop(document, None)
        if words:
            stored[document] = sorted(words)[:_MOST_WORDS]
        kept = dict(list(stored.items())[-_MOST_DOCUMENTS:])
        try:
            vault.write(self.path, json.dumps(kept, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            log.warning("ignored words not stored: %s", error)

    def _read(self) -> dict[str, list[str]]:
        try:
            stored = vault.read_json(self.path)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("ignored words not read, %s: %s", self.path, error)
            return {}
        if not isinstance(stored, dict):
            return {}
        return {
            document: [word for word in words if isinstance(word, str)]
            for document, words in stored.items()
            if isinstance(words, list)
        }
