"""One JSON object a line in, one a line out, in the same order, flushed at once.

A bad line gets {"id": …, "error": "…"} and the rest goes on. Text is UTF-8 whatever the locale says;
bytes that are not are answered with an error.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import IO, Any

log = logging.getLogger(__name__)

Row = dict[str, Any]


class BadRow(Exception):  # noqa: N818 (named for what happened)
    """A row that cannot be answered; its text is one line for the client."""


def serve(
    answer: Callable[[Row], Row], source: IO[bytes] | None = None, target: IO[bytes] | None = None
) -> int:
    """Answer every line of `source` (standard input) on `target` (standard output); return an exit code.

    Raises BrokenPipeError when nobody reads the answers any more.
    """
    reader, writer = source or sys.stdin.buffer, target or sys.stdout.buffer
    for line in reader:
        if not line.strip():
            continue
        reply = _answer_line(line, answer)
        writer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        writer.flush()
    return 0


def _answer_line(line: bytes, answer: Callable[[Row], Row]) -> Row:
    identity: Any = None
    try:
        row = json.loads(line.decode("utf-8"))
        if not isinstance(row, dict):
            raise BadRow("a line must be a JSON object")
        identity = row.get("id")
        return {"id": identity, **answer(row)}
    except UnicodeDecodeError:
        return {"id": identity, "error": "the line is not UTF-8"}
    except (json.JSONDecodeError, RecursionError) as error:
        return {"id": identity, "error": f"the line is not JSON: {error}"}
    except BadRow as error:
        return {"id": identity, "error": str(error)}
    except Exception as error:
        log.debug("row failed", exc_info=True)
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}


def text_of(row: Row, name: str, default: str | None = None) -> str:
    """Return the string `name` of a row. Raises BadRow if it is missing or no string."""
    value = row.get(name, default)
    if not isinstance(value, str):
        raise BadRow(f'"{name}" must be a string')
    return value


def count_of(row: Row, name: str, default: int, most: int) -> int:
    """Return the whole number `name` of a row, in 1…`most`. Raises BadRow for anything else."""
    value = row.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or (value != default and not 1 <= value <= most):
        raise BadRow(f'"{name}" must be a whole number from 1 to {most}')
    return value
