"""The memory of this process and its child."""

from __future__ import annotations

import sys


def peak_memory_mb(*, with_child: bool = False) -> float:
    """Return the most memory this process has held so far, in MB; 0 where the system does not say.

    `with_child` adds the most that any one ended child has held: libraries that both map count twice.
    """
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if with_child:
        peak += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(peak * unit / 1e6, 1)
