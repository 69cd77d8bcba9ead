"""How frequent the words of a language are: wordfreq's lists, in a file that is mapped and not read.

wordfreq (Speer 2022, "rspeer/wordfreq: v3.0") counts forms in books, news, subtitles and on the web, in 40
languages. As the dict that it makes, the 321,000 English forms take 48 MB, and reading them half a second
with all that it imports; sorted into one file of 5 MB in the cache folder they cost what is looked at.
"""

from __future__ import annotations

import contextlib
import logging
import mmap
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage.writing import write_atomically

log = logging.getLogger(__name__)

_MAGIC = b"words-1\n"
_HEADER = struct.Struct("<8sII")  # magic, forms, bytes of them
MOST_ZIPF = 9.0  # of a form that every word is
_STEPS = 30  # in a unit of the Zipf scale


class Damaged(ValueError):  # noqa: N818 (named for what is wrong)
    """A file is no list of frequencies, or not whole."""


class Frequencies:
    """Forms with their frequency by the Zipf scale: log10 of uses in 10^9 words (van Heuven et al. 2014)."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """`data` is what `packed` made. Raises Damaged."""
        if len(data) < _HEADER.size:
            raise Damaged("too short")
        magic: bytes
        count: int
        size: int
        magic, count, size = _HEADER.unpack_from(data)
        if magic != _MAGIC or len(data) != _HEADER.size + 5 * count + size:
            raise Damaged("not whole")
        view = memoryview(data)
        self._count = count
        self._starts = view[_HEADER.size : _HEADER.size + 4 * count].cast("I")
        self._zipf = view[_HEADER.size + 4 * count : _HEADER.size + 5 * count]
        self._data = data
        self._first = _HEADER.size + 5 * count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[str, float]]:
        """Yield the forms with their frequencies, in the order of their bytes."""
        for i in range(self._count):
            yield self._form(i).decode(), self._zipf[i] / _STEPS

    def zipf(self, word: str) -> float:
        """Return 0 for a form that is not listed, up to about 7.7 for "the"."""
        wanted = word.lower().replace("’", "'").encode("utf-8", "replace")
        at = bisect_left(range(self._count), wanted, key=self._form)
        return self._zipf[at] / _STEPS if at < self._count and self._form(at) == wanted else 0.0

    def _form(self, at: int) -> bytes:
        start = self._first + self._starts[at]
        return self._data[start : self._data.find(b"\n", start)]


def packed(buckets: Sequence[Sequence[str]]) -> bytes:
    """Return the bytes of a list; `buckets[i]` are the forms with a Zipf frequency of 9 - i / 100."""
    forms = sorted(
        (form.encode(), i) for i, bucket in enumerate(buckets) for form in bucket if "\n" not in form
    )
    starts, block = array("I"), bytearray()
    for form, _ in forms:
        starts.append(len(block))
        block += form + b"\n"
    zipf = bytes(min(255, int((MOST_ZIPF - i / 100) * _STEPS)) for _, i in forms)
    return _HEADER.pack(_MAGIC, len(forms), len(block)) + starts.tobytes() + zipf + bytes(block)


def frequencies(language: str) -> Frequencies:
    """Return the list of `language` (ISO 639-1), an empty one where wordfreq has none.

    The first time takes a second or two.
    """
    path = _folder() / f"{language}-{metadata.version('wordfreq')}.words"
    with contextlib.suppress(OSError, Damaged):
        return _mapped(path)
    data = packed(_buckets(language))
    try:
        write_atomically(path, data)
        return _mapped(path)
    except (OSError, Damaged) as error:
        log.info("word frequencies are kept in memory: %s", error)
        return Frequencies(data)


def _folder() -> Path:
    folder = paths.cache_folder() / "words"
    folder.mkdir(exist_ok=True)
    return folder


def _mapped(path: Path) -> Frequencies:
    with path.open("rb") as file:
        return Frequencies(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _buckets(language: str) -> list[list[str]]:
    from wordfreq import available_languages, read_cBpack  # noqa: PLC0415 (imports a lot)

    listed = available_languages("best")
    return list(read_cBpack(listed[language])) if language in listed else []
