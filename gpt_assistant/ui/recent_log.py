"""The last lines of the log, without what may be the writer's.

A line is kept as its template, with numbers filled in and everything else left out: what a document is
called and what is in it never gets that far. Of an exception the type is kept, and where it was raised.
"""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from pathlib import Path

KEPT = 60
LOGGER = "gpt_assistant"
_PLACE = re.compile(r"%(?:\(\w+\))?[-+ #0]*(?:\d+|\*)?(?:\.\d+)?([a-zA-Z%])")


class RecentLog(logging.Handler):
    """Keeps the last lines of the program's own loggers."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: deque[str] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep `record`, without anything that is not a number."""
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        line = f"{at} {record.levelname} {record.name}: {template(record)}"
        if record.exc_info and record.exc_info[0] is not None:
            line += f" [{record.exc_info[0].__name__}{_raised_at(record)}]"
        self._lines.append(line)

    def lines(self) -> list[str]:
        """Return the lines, oldest first."""
        return list(self._lines)

    def start(self) -> None:
        """Begin to listen."""
        logging.getLogger(LOGGER).addHandler(self)

    def stop(self) -> None:
        """Listen no longer."""
        logging.getLogger(LOGGER).removeHandler(self)


def template(record: logging.LogRecord) -> str:
    """Return the message with its numbers, and "…" for all else that was to be filled in."""
    if not isinstance(record.msg, str):
        return "…"
    values = list(record.args) if isinstance(record.args, tuple) else []

    def filled(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        value = values.pop(0) if values else None
        if isinstance(value, int | float):
            try:
                return match[0] % value
            except (TypeError, ValueError):
                return "…"
        return "…"

    return _PLACE.sub(filled, record.msg)


def _raised_at(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
