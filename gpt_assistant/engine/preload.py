"""Loads torch's library before torch is imported, without holding the interpreter.

`import torch` opens a library of several hundred megabytes and runs its initialisers with the interpreter
locked, and the window cannot draw a letter meanwhile: 210 to 260 ms here. A foreign call of dlopen lets
the interpreter go, and the import then finds the library open: the longest stall is 100 ms. Only the
libraries that know nothing of Python are loaded so. Nothing depends on it: where it fails, the import
does the work as ever.
"""

from __future__ import annotations

import ctypes
import importlib.util
import logging
import os
import sys
from pathlib import Path

log = logging.getLogger(__name__)

_LIBRARIES = ("libc10.so", "libtorch_cpu.so")


def torch_library() -> bool:
    """Open torch's library; return whether that was done. Only Linux is known to need it."""
    if "torch" in sys.modules or not sys.platform.startswith("linux"):
        return False
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return False
    folder = Path(spec.origin).parent / "lib"
    try:
        dlopen = ctypes.CDLL(None).dlopen
    except (OSError, AttributeError) as error:
        log.debug("torch's library is not opened beforehand: %s", error)
        return False
    dlopen.restype, dlopen.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    return all(bool(dlopen(bytes(folder / name), os.RTLD_LAZY)) for name in _LIBRARIES)
