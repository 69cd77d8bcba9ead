"""The words that the writer always or never wants masked: a JSON object with a list of each, bounded."""

from __future__ import annotations

import json
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage import vault
from gpt_assistant.storage.errors import FileError
from gpt_assistant.text.told import told

ALWAYS, NEVER = "always", "never"
LONGEST = 200  # characters of a word, or of several that belong together
_MOST = 1000


class MaskedWords:
    """The file at `path`; reading and writing may raise OSError (one line).

    One that cannot be read, or is damaged, is no empty one: what is always to be hidden would be sent.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, which: str) -> list[str]:
        """Return the words of ALWAYS or NEVER, in the order of adding. Raises OSError."""
        return self._read().get(which, [])

    def put(self, word: str, which: str) -> None:
        """Put `word` on the list `which`, take it from the other; "" takes it from both. Raises OSError."""
        word = " ".join(word.split())
        if not 0 < len(word) <= LONGEST:
            return
        stored = self._read()
        for name in (ALWAYS, NEVER):
            rest = [each for each in stored.get(name, []) if each.casefold() != word.casefold()]
            stored[name] = [*rest, word][-_MOST:] if name == which else rest
        vault.write(self.path, json.dumps(stored, ensure_ascii=False, indent=1).encode())

    def _read(self) -> dict[str, list[str]]:
        try:
            stored = vault.read_json(self.path)
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise self._damaged() from error
        if not isinstance(stored, dict):
            raise self._damaged()
        return {
            name: [word for word in words if isinstance(word, str)]
            for name, words in stored.items()
            if name in (ALWAYS, NEVER) and isinstance(words, list)
        }

    def _damaged(self) -> FileError:
        return FileError(
            told("The words to be hidden are damaged. Mend or delete {path}.", path=str(self.path))
        )


def masked_words() -> MaskedWords:
    """Return the file of this person's words."""
    return MaskedWords(paths.data_folder() / "masking.json")
