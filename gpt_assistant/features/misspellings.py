"""What common misspellings are meant to be: codespell's list, 65,000 of them, each with its corrections.

The list comes from Wikipedia's and grows with what programmers put right (codespell-project, its data under
CC BY-SA 3.0). It knows what letters and frequency cannot: that "similary" is more often "similarly" than
"similar", and that "extention", though it stands in every list of frequent forms, is no word. It is looked
through as bytes, 0.1 ms for a word, because a dictionary of it would take 14 MB. Only the data are used; the
program that they come with is not even imported.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

log = logging.getLogger(__name__)


@lru_cache(maxsize=20_000)
def meant_by(typed: str) -> tuple[str, ...]:
    """Return what `typed`, a word in lower case, is listed as a misspelling of, the likeliest first."""
    data, line = _listed(), f"\n{typed}->".encode()
    at = data.find(line)
    if at < 0:
        return ()
    start = at + len(line)
    parts = data[start : data.index(b"\n", start)].decode().split(",")
    # What stands behind the last comma is a remark, or nothing.
    return tuple(part.strip() for part in (parts[:-1] if len(parts) > 1 else parts))


@cache
def _listed() -> bytes:
    spec = find_spec("codespell_lib")
    for folder in spec.submodule_search_locations or () if spec else ():
        try:
            return b"\n" + (Path(folder) / "data" / "dictionary.txt").read_bytes() + b"\n"
        except OSError as error:
            log.warning("the list of common misspellings cannot be read: %s", error)
    return b"\n"
