"""The writer's own words, which are spelt right because she says so: one a line, in the order of adding.

The file is plain text, to be read and changed by hand too. Every change reads it again first, for the
window, the model's process and command lines use it side by side; it is read anew only when it has changed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage import vault

log = logging.getLogger(__name__)

LONGEST = 80  # characters of a word
_MOST = 50_000


class WordFile:
    """The words in the file at `path`. What cannot be read holds none; writing may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, ...] = ()
        self._words: tuple[str, ...] = ()
        self._folded: frozenset[str] = frozenset()

    def all(self) -> frozenset[str]:
        """Return the words as `folded` gives them: in lower case, with plain apostrophes."""
        self._read()
        return self._folded

    def words(self) -> tuple[str, ...]:
        """Return the words as they were added, oldest first."""
        self._read()
        return self._words

    def add(self, word: str) -> None:
        """Add `word`; one that is there already, in capitals or not, stays as it is.

        Raises ValueError if it is no single word, OSError (one line) if the file cannot be written.
        """
        word = word.strip()
        if not _is_word(word):
            raise ValueError(f"not a word: {word[:LONGEST]!r}")
        if folded(word) not in self.all():
            self._write((*self._words, word)[-_MOST:])

    def remove(self, word: str) -> None:
        """Forget `word`, in capitals or not, if it is there. Raises OSError (one line)."""
        if folded(word) in self.all():
            self._write(tuple(each for each in self._words if folded(each) != folded(word)))

    def _read(self) -> None:
        try:
            status = self.path.stat()
            stamp: tuple[int, ...] = (status.st_mtime_ns, status.st_size, status.st_ino)
            if stamp == self._stamp:
                return
            lines = vault.read(self.path).decode("utf-8-sig", errors="replace").splitlines()
        except FileNotFoundError:
            stamp, lines = (), []
        except (OSError, ValueError) as error:
            log.warning("own words not read, %s: %s", self.path, error)
            return
        self._take(stamp, tuple(word for line in lines[:_MOST] if _is_word(word := line.strip())))

    def _write(self, words: tuple[str, ...]) -> None:
        vault.write(self.path, "".join(f"{word}\n" for word in words).encode())
        self._take((), words)  # the stamp is not known: it is read again at the next use

    def _take(self, stamp: tuple[int, ...], words: tuple[str, ...]) -> None:
        self._stamp, self._words = stamp, words
        self._folded = frozenset(map(folded, words))


def own_words() -> WordFile:
    """Return the file of this person's words."""
    return WordFile(paths.data_folder() / "words.txt")


def folded(word: str) -> str:
    """Return what words are compared by: lower case, plain apostrophes, without the 's of a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def _is_word(word: str) -> bool:
    """Return whether a line can be a word: a damaged one, or one with several words, is passed over."""
    return 0 < len(word) <= LONGEST and word.isprintable() and "\ufffd" not in word and " " not in word
