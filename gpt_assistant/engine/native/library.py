"""Finds the compiled kernel, makes sure of it, and calls it.

It is looked for beside this file, where packaging/setup.sh and packages put it, and in the folder of caches,
where the first start without one has it compiled in the background if the machine has a compiler (build.py).
Its name states what it was made from and its own SHA-256, so that one of another version or machine, or half
of one, is never opened; and it must pass selftest.py before it is used. Whatever fails, torch computes
(lean.py), more slowly: nobody needs a compiler.

`GPT_ASSISTANT_KERNEL` may be "off" (torch computes) or "found" (nothing is compiled in the background).
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import logging
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from gpt_assistant import paths
from gpt_assistant.engine.native import build
from gpt_assistant.engine.native.packing import Packed
from gpt_assistant.engine.native.structures import SIZES, Network, Pass

log = logging.getLogger(__name__)

ANY, AVX2, VNNI = range(3)
"""The kinds of processor that the kernel has code for."""


class Kernel:
    """The kernel in the library at `path`. Raises OSError or AttributeError if it is none of ours."""

    def __init__(self, path: Path) -> None:
        library = ctypes.CDLL(str(path))
        sizes = (ctypes.c_int32 * len(SIZES))()
        library.kernel_sizes(sizes)
        if list(sizes) != [ctypes.sizeof(kind) for kind in SIZES]:
            raise OSError(f"{path} has other structures")
        pointer, number = ctypes.c_void_p, ctypes.c_int
        library.kernel_forward.argtypes = (pointer, pointer, number)
        library.kernel_multiply.argtypes = (pointer, pointer, number, pointer, number)
        self._library = library
        self.best = int(library.kernel_best())
        self.kind = self.best

    def forward(self, network: Network, one_pass: Pass) -> None:
        """Run a pass; other Python threads run meanwhile. Raises MemoryError."""
        if self._library.kernel_forward(ctypes.addressof(network), ctypes.addressof(one_pass), self.kind):
            raise MemoryError("no memory for a pass of the model")

    def multiply(self, x: Tensor, matrix: Packed) -> Tensor:
        """Return x (rows, columns) times the transpose of `matrix`: float32 (rows, matrix rows)."""
        x = x.float().contiguous()
        out = torch.empty(len(x), matrix.rows, dtype=torch.float32)
        structure = matrix.structure()
        if self._library.kernel_multiply(
            ctypes.addressof(structure), x.data_ptr(), len(x), out.data_ptr(), self.kind
        ):
            raise MemoryError("no memory for a product")
        return out


@functools.cache
def kernel() -> Kernel | None:
    """Return the kernel, the same at every call; None if torch has to compute in this process."""
    wanted = os.environ.get("GPT_ASSISTANT_KERNEL", "auto")
    if wanted == "off" or not suitable():
        return None
    try:
        libraries = list(found())
        if not libraries and wanted != "found":
            build.in_background(paths.cache_folder())
    except OSError as error:
        log.warning("no kernel is looked for: %s", error)
        return None
    return next((opened for path in libraries if (opened := tested(path)) is not None), None)


def suitable() -> bool:
    """Return whether there may be a kernel for this machine.

    The code for any processor is for tests: torch's own is faster where there is no AVX2.
    """
    return sys.platform != "win32" and platform.machine().lower() in ("x86_64", "amd64")


def found() -> Iterator[Path]:
    """Yield the whole libraries of this version and machine."""
    for folder in (Path(__file__).parent, paths.cache_folder()):
        for path in sorted(folder.glob(build.name("*"))):
            try:
                whole = path.name == build.name(hashlib.sha256(path.read_bytes()).hexdigest())
            except OSError:
                continue
            if whole:
                yield path
            else:
                log.warning("%s is damaged; it is not used", path)


def tested(path: Path) -> Kernel | None:
    """Return the kernel at `path` if it can be opened and computes what torch computes."""
    from gpt_assistant.engine.native import selftest  # noqa: PLC0415 (it imports this)

    try:
        opened = Kernel(path)
        if opened.best == ANY:
            return None
        problem = selftest.problem(opened)
    except (OSError, AttributeError, MemoryError) as error:
        problem = str(error)
    if not problem:
        return opened
    log.warning("the kernel is not used: %s", problem)
    return None
