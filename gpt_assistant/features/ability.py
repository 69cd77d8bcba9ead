"""What a model can do, measured on that model once and kept beside it.

A name says nothing of whether a model can summarise or translate, so features measure it on a few small
texts of ours when it is first asked for, and keep the figure.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
FILE = "abilities-v1.json"


def known(folder: Path, name: str) -> float | None:
    """Return what was measured of the ability `name` of the model in `folder`, or None if nothing was."""
    value = _read(folder).get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def measured(folder: Path, name: str, measure: Generator[T, None, float]) -> Generator[T, None, float]:
    """Return the ability `name`, measured by `measure` unless it is known; yields what `measure` yields.

    A folder that cannot be written to only means that it is measured again the next time.
    """
    if (before := known(folder, name)) is not None:
        measure.close()
        return before
    value = yield from measure
    try:
        (folder / FILE).write_text(json.dumps(_read(folder) | {name: value}, indent=1), encoding="utf-8")
    except OSError as error:
        log.warning("ability not kept, %s: %s", folder, error)
    return value


def _read(folder: Path) -> dict[str, object]:
    try:
        stored = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
