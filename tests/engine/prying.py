"""A feature that tries to connect by all means: what test_process_offline.py has the model's process run."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from typing import Any

from gpt_assistant import connections
from gpt_assistant.engine.messages import Complete, Reply, Rewrite, Written
from gpt_assistant.engine.model import LanguageModel

_CHILD = "import socket; socket.socket().close()"


def features() -> Mapping[type[Any], Callable[..., Any]]:
    return {Rewrite: _try, Complete: _hold}


def _try(_model: LanguageModel, request: Rewrite) -> Generator[None, None, Written]:
    """Return what came of it: by Python, by the C library, by a program that it starts."""
    yield
    port = int(request.text)
    with connections.permit("prying"):
        said = [_python(port), _native(), _child()]
    return Written(request.id, text=", ".join(said))


def _python(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def _native() -> str:
    found = ctypes.CDLL(None).socket(2, 1, 0)
    if found >= 0:
        os.close(found)
    return "opened" if found >= 0 else "refused"


def _child() -> str:
    code = subprocess.run([sys.executable, "-c", _CHILD], stderr=subprocess.DEVNULL, check=False).returncode
    return "refused" if code else "opened"


def _hold(_model: LanguageModel, request: Complete) -> Generator[Reply | None, None, Written]:
    """Keep a connection open and say how it ends, the loop held up meanwhile as by a long pass."""
    yield None
    with (
        connections.permit("holding"),
        socket.create_connection(("127.0.0.1", int(request.context.before)), timeout=60) as held,
    ):
        try:
            said = "ended" if held.recv(1) == b"" else "answered"
        except OSError as error:
            said = type(error).__name__
    return Written(request.id, text=said)
