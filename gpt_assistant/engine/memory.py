"""How much memory this machine has, and how much of it a program can still have without driving others out.

Read where the system says it: /proc and the control group on Linux (a container may have less than the
machine), sysctl and vm_stat on macOS, GlobalMemoryStatusEx on Windows. 0 stands for "not known", and what is
not known refuses nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SYSTEM = Path("/")
_UNLIMITED = 1 << 60
_PAGE = re.compile(r"page size of (\d+)")
_GIVEN_BACK = ("Pages free", "Pages inactive", "Pages purgeable", "Pages speculative")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory: all of it, and what can be had now; 0 where that is not known."""

    total: int = 0
    available: int = 0


def memory(system: Path = _SYSTEM) -> Memory:
    """Return the memory of this machine, or of the container; `system` is where /proc and /sys lie."""
    with contextlib.suppress(OSError, ValueError, AttributeError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            return _on_mac()
        if sys.platform == "win32":
            return _on_windows()
        return _within(_of_proc(system), _of_group(system))
    return Memory()


def _of_proc(system: Path) -> Memory:
    lines = (system / "proc/meminfo").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.endswith(" kB")}
    return Memory(sizes.get("MemTotal", 0), sizes.get("MemAvailable", 0))


def _of_group(system: Path) -> Memory:
    """Return the limit of the control group and what it leaves; an unlimited one for none."""
    folder = system / "sys/fs/cgroup"
    pairs = (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file"),
    )
    for limit_name, used_name, given_back in pairs:
        with contextlib.suppress(OSError, ValueError):
            limit = int((folder / limit_name).read_text(encoding="ascii"))  # "max" is no number: no limit
            used = int((folder / used_name).read_text(encoding="ascii"))
            statistics = (folder / limit_name).with_name("memory.stat")
            freed = _statistic(statistics, given_back) if statistics.exists() else 0
            return Memory(limit, max(0, limit - used + freed))
    return Memory(_UNLIMITED, _UNLIMITED)


def _statistic(path: Path, name: str) -> int:
    lines = path.read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) for line in lines if line.split()[0] == name), 0)


def _within(machine: Memory, group: Memory) -> Memory:
    return Memory(min(machine.total, group.total), min(machine.available, group.available))


def _on_mac() -> Memory:
    def said(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout

    pages = said("vm_stat")
    found = _PAGE.search(pages)
    size = int(found[1]) if found else 4096
    counts = {
        line.split(":")[0]: int(line.split(":")[1].strip(" ."))
        for line in pages.splitlines()[1:]
        if ":" in line
    }
    free = sum(counts.get(name, 0) for name in _GIVEN_BACK) * size
    return Memory(int(said("sysctl", "-n", "hw.memsize")), free)


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of sysinfoapi.h."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("others", ctypes.c_uint64 * 5),
    )


def _on_windows() -> Memory:
    status = _Status(length=ctypes.sizeof(_Status))
    windows = getattr(ctypes, "windll")  # noqa: B009 (only there is it)
    if not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError("the system does not say")
    return Memory(int(status.total), int(status.available))


def give_back() -> None:
    """Give memory that was freed back to the system, where the C library (glibc) keeps it otherwise.

    What loading a model through transformers takes for a while is large: of Gemma 3 270M packed to 8 bits
    480 of 1,650 MB stayed with the process.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def used_by_this_process() -> int:
    """Return the bytes that this process holds in memory now; 0 where the system does not say."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
