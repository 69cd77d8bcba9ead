"""What a model can do, measured on that model once and kept beside it.

A name says nothing of whether a model can summarise or translate, so features measure it on a few small
texts of ours when it is first asked for, and keep the figure. What the default model's file gave is in
resources/abilities.json by the file's SHA-256 (packaging/measure_abilities.py), so that nobody waits for it
again: half a minute for a direction of translation on two cores.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import TypeVar

from gpt_assistant import paths
from gpt_assistant.engine.model_cache import read_record

log = logging.getLogger(__name__)

T = TypeVar("T")
FILE = "abilities-v1.json"


def known(folder: Path, name: str) -> float | None:
    """Return what was measured of the ability `name` of the model in `folder`, or None if nothing was."""
    value = _read(folder / FILE).get(name)
    if value is None and (record := read_record(folder)) is not None:
        shipped = _shipped().get(record.gguf_sha256)
        value = shipped.get(name) if isinstance(shipped, dict) else None
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
        stored = _read(folder / FILE) | {name: value}
        (folder / FILE).write_text(json.dumps(stored, indent=1), encoding="utf-8")
    except OSError as error:
        log.warning("ability not kept, %s: %s", folder, error)
    return value


@cache
def _shipped() -> dict[str, object]:
    return _read(paths.resource("abilities.json"))


def _read(path: Path) -> dict[str, object]:
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
