"""The memory of this process and its child."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_memory_mb(*, with_child: bool = False) -> float:
    """Return the most memory this process has held so far, in MB; 0 where the system does not say.

    `with_child` adds the most that any one ended child has held: libraries that both map count twice.
    """
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    peak = _own_peak() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    if with_child:
        peak += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    return round(peak / 1e6, 1)


def _own_peak() -> int:
    """Return the bytes that Linux says; what getrusage says there may be the parent's, from before exec."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except (OSError, UnicodeError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)
