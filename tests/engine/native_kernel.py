"""The kernel for tests: the one beside the package or, where none was built, one made for this run."""

from __future__ import annotations

import functools
import os
import tempfile
from pathlib import Path

import pytest

from gpt_assistant.engine.native import build, library
from gpt_assistant.engine.native.library import Kernel


@functools.cache
def path() -> Path | None:
    """Return a whole library of this version and machine, None if none can be made here."""
    if not library.suitable():
        return None
    if (found := next(library.found(), None)) is not None:
        return found
    folder = tempfile.mkdtemp(prefix="gpt-assistant-kernel-")
    try:
        return build.build(Path(folder))
    except build.BuildFailed:
        return None


@functools.cache
def opened() -> Kernel | None:
    """Return the kernel, None if this machine cannot use one."""
    found = path()
    return library.tested(found) if found else None


def get() -> Kernel:
    """Return the kernel; skip the test without one. CI has compilers and AVX2: there it fails."""
    if (kernel := opened()) is None:
        if os.environ.get("CI"):
            pytest.fail("no kernel could be built")
        pytest.skip("no kernel for this machine")
    return kernel
