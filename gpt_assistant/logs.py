"""The log: what happens and what goes wrong, and never what is written.

A message of an exception may hold anything: `int()` quotes what is no number, a decoder what it could not
read. So of an exception the log has its type and where it was raised, of the sentences of this program their
template, of the system's errors what the system says; not the rest. The tracebacks have lines of code, and no
values. Other packages speak at WARNING and above only, with --verbose too: some tell what they are given.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from gpt_assistant.text.told import Told

OWN = "gpt_assistant"  # the logger above all of the program's
_LINE = "%(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def set_up(level: int) -> None:
    """Write what the program logs at `level` or above to standard error, as `Discreet` does."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(_LINE))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler])
    logging.getLogger(OWN).setLevel(level)


def level() -> int:
    """Return the level of the program's own loggers."""
    return logging.getLogger(OWN).getEffectiveLevel()


def catch() -> None:
    """Log what nobody has caught, in place of Python's traceback, which ends in the message."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def leave_no_core() -> None:
    """Have a crash leave no image of this process's memory on the disk: the text would be in it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 (Unix only)

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def described(error: BaseException) -> str:
    """Return what a log may say of `error`."""
    name = type(error).__name__
    first = error.args[0] if len(error.args) == 1 else None
    if isinstance(first, Told):
        return f"{name}: {first.template}"
    if isinstance(error, OSError) and error.strerror and error.errno and len(error.args) > 1:
        return f"{name}: {error.strerror}"
    return f"{name}{_raised_at(error)}"


class Discreet(logging.Formatter):
    """Leaves out of a record what may be the writer's."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback below it."""
        discreet = logging.makeLogRecord(record.__dict__)
        discreet.exc_text = None  # another handler's, with the message
        discreet.msg = _harmless(record.msg)
        if isinstance(record.args, tuple):
            discreet.args = tuple(map(_harmless, record.args))
        return super().format(discreet)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the base's name)
        """Return the traceback without the messages in it."""
        return "\n".join(_parts(ei[1])) if ei[1] is not None else ""


def _harmless(value: object) -> object:
    return described(value) if isinstance(value, BaseException) else value


def _parts(error: BaseException) -> Iterator[str]:
    """Yield the tracebacks of an exception and of those that led to it, the first of them first."""
    if error.__cause__ is not None:
        yield from _parts(error.__cause__)
        yield "Which led to:"
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _parts(error.__context__)
        yield "While that was being handled:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield described(error)


def _raised_at(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    if error is None:
        log.error("%s was raised and not caught", kind.__name__)
    else:
        log.error("not caught", exc_info=(kind, error, trace))
