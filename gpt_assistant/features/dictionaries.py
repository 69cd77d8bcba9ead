"""Hunspell's dictionaries: the American one that comes with chunspell, and those that this machine has.

Debian and LibreOffice install dictionaries of dozens of languages; whatever of them is there is used. Asking
about a word that there is not takes 27 microseconds, all forms of a frequency list nine seconds, so which of
its forms are words is kept in the cache folder, by what the dictionaries and the list are.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gpt_assistant import paths
from gpt_assistant.features.frequencies import Frequencies
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.varieties import american

log = logging.getLogger(__name__)

_BUNDLED = "en_US"
_USED, _PART = 2.3, 3.8  # Zipf scale: of a word that no dictionary has, and of the parts of one
_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/usr/lib/libreoffice/share/extensions/dict-{language}",
    "/opt/libreoffice/share/extensions/dict-{language}",
    "/Library/Spelling",
    "~/Library/Spelling",
    "~/.local/share/hunspell",
    str(Path(sys.prefix) / "share" / "hunspell"),
)


class Dictionaries:
    """All dictionaries of one language; false where there is none."""

    def __init__(self, language: str) -> None:
        from hunspell import Hunspell  # noqa: PLC0415

        self._checkers: list[Any] = []
        made_of = [language]
        if language == _BUNDLED.split("_", maxsplit=1)[0]:
            self._checkers.append(Hunspell(_BUNDLED))
        for folder, name in _installed(language):
            try:
                self._checkers.append(Hunspell(name, hunspell_data_dir=str(folder)))
            except Exception as error:  # a damaged dictionary must not take the others with it
                log.warning("dictionary %s/%s left out: %s", folder, name, error)
                continue
            status = (folder / f"{name}.dic").stat()
            made_of.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
        self._made_of = "\n".join(made_of)
        self._english = language == "en"

    def __bool__(self) -> bool:
        return bool(self._checkers)

    def spells(self, *forms: str) -> bool:
        """Return whether any of `forms` is a word of any of the dictionaries, in just this case."""
        return any(_spells(checker, form) for checker in self._checkers for form in forms)

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what Hunspell proposes, which also knows how words sound; slow (10 to 100 ms)."""
        found: list[str] = []
        for checker in self._checkers:
            with contextlib.suppress(UnicodeEncodeError):
                found += checker.suggest(word)
        return tuple(dict.fromkeys(found))

    def words_of(self, listed: Frequencies, least: float) -> Iterator[tuple[str, float]]:
        """Yield the forms of `listed` that are words and no rarer than `least`, with their frequency."""
        kept = self._kept(listed, least)
        for i, (form, zipf) in enumerate(listed):
            if kept[i >> 3] >> (i & 7) & 1:
                yield form, zipf

    def _takes(self, form: str, zipf: float, listed: Frequencies) -> bool:
        """Return whether `form` is a word, in any English, or a frequent one made of two: workflow."""
        if self.spells(form, form.capitalize()):
            return True
        if not self._english or zipf < _USED:
            return False
        if any(self.spells(other) for other in american(form)):
            return True
        parts = ((form[:at], form[at:]) for at in range(3, len(form) - 2))
        return any(all(listed.zipf(part) >= _PART and self.spells(part) for part in pair) for pair in parts)

    def _kept(self, listed: Frequencies, least: float) -> bytes:
        """Return a bit for each form, from the cache folder if it is there."""
        key = hashlib.sha256(f"{self._made_of}\n{least}\n{len(listed)}".encode()).hexdigest()[:16]
        path = paths.cache_folder() / "words" / f"{key}.known"
        with contextlib.suppress(OSError):
            if len(found := path.read_bytes()) == len(listed) // 8 + 1:
                return found
        bits = bytearray(len(listed) // 8 + 1)
        for i, (form, zipf) in enumerate(listed):
            if zipf >= least and _is_word(form) and (not self or self._takes(form, zipf, listed)):
                bits[i >> 3] |= 1 << (i & 7)
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, bytes(bits))
        return bytes(bits)


def _spells(checker: Any, form: str) -> bool:
    """Ask Hunspell, whose dictionaries may be in an encoding that lacks letters of `form`."""
    try:
        return bool(checker.spell(form))
    except UnicodeEncodeError:
        return False


def _is_word(form: str) -> bool:
    return len(form) > 1 and form.replace("'", "").isalpha()


def _installed(language: str) -> Iterator[tuple[Path, str]]:
    """Yield (folder, name) of the dictionaries on this machine, each name once."""
    seen = {_BUNDLED}
    for pattern in _FOLDERS:
        folder = Path(pattern.format(language=language)).expanduser()
        for aff in sorted(folder.glob(f"{language}*.aff")) if folder.is_dir() else ():
            name = aff.stem
            if name.split("_")[0] == language and aff.with_suffix(".dic").exists() and name not in seen:
                seen.add(name)
                yield folder, name
