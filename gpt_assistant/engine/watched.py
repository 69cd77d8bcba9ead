"""A module such as pip, run in a process of its own whose connections are noted by the one that started it.

What opens connections in another process does not come by the hook of connections.py in this one, so the hook
is set there too, with the reason: the child writes a line for each connection to its standard error, among
what it says otherwise, and the parent notes what it finds there. The child ends when its standard input does,
so that a download does not outlive the program, however that ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from gpt_assistant import connections
from gpt_assistant.connections import Connection

_PREFIX = b"connection: "
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from gpt_assistant.engine.watched import main; main(sys.argv[2:])"
)


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs `module` with `arguments`, as `python -m` would, and watches it.

    Its standard input is to be a pipe that stays open for as long as it is to run.
    """
    isolated = ["-I"] if sys.flags.isolated else []
    return [sys.executable, *isolated, "-c", _START, json.dumps(sys.path), module, *arguments]


class Report:
    """What a watched process that writes to the file `log` says of its connections; they are for `why`."""

    def __init__(self, log: Path, why: str) -> None:
        self._log, self._why = log, why
        self._read = 0

    def look(self) -> None:
        """Note what has been added to the file since the last look."""
        with self._log.open("rb") as file:
            file.seek(self._read)
            lines, end, _ = file.read().rpartition(b"\n")
        self._read += len(lines) + len(end)
        for line in lines.splitlines():
            if line.startswith(_PREFIX):
                with contextlib.suppress(ValueError, TypeError):  # two that wrote into each other's line
                    found = Connection(**json.loads(line.removeprefix(_PREFIX)) | {"why": self._why})
                    connections.note(found)


def said(log: Path) -> str:
    """Return what a watched process has written to the file `log`, but for its connections."""
    lines = log.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_PREFIX)).decode(errors="replace")


def main(arguments: list[str]) -> None:
    """Run a module in this process, with its arguments, and say which connections it opens."""
    module, *sys.argv[1:] = arguments
    connections.install()
    connections.on_connection(_tell)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with connections.permit(module):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


def _tell(connection: Connection) -> None:
    line = _PREFIX + json.dumps(asdict(connection)).encode() + b"\n"
    with contextlib.suppress(OSError):
        os.write(2, line)


def _end_with_the_parent() -> NoReturn:
    while os.read(0, 4096):
        pass
    os._exit(1)
