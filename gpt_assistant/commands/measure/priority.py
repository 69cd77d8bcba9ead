"""The priority of this process."""

from __future__ import annotations

import contextlib
import os
import sys

_NICENESS = 10
_BELOW_NORMAL = 0x4000  # BELOW_NORMAL_PRIORITY_CLASS of Windows


def lower_priority() -> None:
    """Let everything else on the machine go first."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        kernel = ctypes.WinDLL("kernel32")
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    with contextlib.suppress(OSError):
        os.nice(_NICENESS)
