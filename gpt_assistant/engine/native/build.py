"""Compiles the kernel: `python -m gpt_assistant.engine.native.build [FOLDER]`, by default into this package.

A C compiler as it comes with a system, and nothing else: no C++, no headers of Python or torch, no ninja.
Those are what torch.utils.cpp_extension wants; it takes 32 s of a core here for a module with one function
that returns 1, against 5 s for the whole kernel, and what it makes serves one version of Python and of torch
only. The kernel is called through ctypes with pointers, which costs 20 µs a pass. One library serves every
processor of the kind: which code runs is chosen when it is called.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from gpt_assistant.storage.locks import FileLock

log = logging.getLogger(__name__)

_FOLDER = Path(__file__).parent
_SOURCES = ("kernel.h", "threads.h", "products.h", "attention.h", "pass.h", "kernel.c")
# No -ffast-math: it would change how the whole process rounds, and forget about numbers that are none.
FLAGS = (
    *("-O3", "-std=gnu11", "-fPIC", "-shared", "-pthread"),
    *("-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-fassociative-math"),
)
_COMPILERS = ("cc", "gcc", "clang")
_SECONDS = 300


class BuildFailed(Exception):  # noqa: N818 (named for what happened)
    """There is no kernel; the text is one line that says why."""


@functools.cache
def key() -> str:
    """Return what stands for the sources, the flags and the kind of machine."""
    digest = hashlib.sha256(repr((FLAGS, sys.platform, platform.machine(), platform.libc_ver()[0])).encode())
    for name in _SOURCES:
        digest.update((_FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]


def name(sha256: str) -> str:
    """Return the name of a library of this version whose contents have the hash `sha256`."""
    return f"kernel-{key()}-{sha256[:16]}.so"


def build(folder: Path) -> Path:
    """Compile the kernel into `folder`, test it in another process, and return its path.

    Raises BuildFailed or OSError. The library appears whole or not at all.
    """
    # Not in the folder for temporary files: from there nothing can be run on some machines.
    with tempfile.TemporaryDirectory(prefix=".kernel-", dir=folder) as temporary:
        made = Path(temporary) / "kernel.so"
        _run([_compiler(), *FLAGS, "-o", str(made), str(_FOLDER / "kernel.c"), "-lm"])
        content = made.read_bytes()
        final = folder / name(hashlib.sha256(content).hexdigest())
        _run([sys.executable, "-m", "gpt_assistant.engine.native.selftest", str(made)])
        made.replace(final)
    for other in folder.glob("kernel-*.so"):  # of earlier versions
        if other != final:
            other.unlink(missing_ok=True)
    return final


def _compiler() -> str:
    for command in _COMPILERS:
        if path := shutil.which(command):
            return path
    raise BuildFailed(f"no C compiler ({', '.join(_COMPILERS)}) is installed")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(f"{command[0]} took more than {_SECONDS} s") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or [f"code {done.returncode}"]
        cause = next((line for line in lines if "error" in line), lines[-1])
        raise BuildFailed(f"{Path(command[0]).name}: {cause.strip()}")


def in_background(folder: Path) -> None:
    """Have the kernel compiled into `folder` by another process, for the next start; returns at once.

    A process, and not a thread: a command that has its answer before the compiler is done may end.
    """
    if getattr(sys, "frozen", False) or not any(map(shutil.which, _COMPILERS)):
        return
    command = [sys.executable, "-m", "gpt_assistant.engine.native.build", "--quiet", str(folder)]
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
    except OSError as error:
        log.info("no kernel is compiled: %s", error)
        return
    threading.Thread(target=child.wait, name="compiling", daemon=True).start()


def main(arguments: list[str]) -> int:
    """Compile into the folder named, or into this one; return 0, or 1 after a line that says why not."""
    quiet = "--quiet" in arguments
    folder = Path(next((word for word in arguments if not word.startswith("--")), _FOLDER))
    lock = FileLock(folder / ".kernel.lock")
    try:
        if quiet:
            os.nice(15)
            if not lock.acquire():
                return 0  # another process is at it
        print(build(folder))
    except (BuildFailed, OSError) as error:
        print(f"No kernel is compiled, torch computes instead: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
