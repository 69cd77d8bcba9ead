"""Whether this machine runs on its battery, and whether it is too hot to work at full speed.

Linux says both in files (Documentation/ABI/testing/sysfs-class-power and sysfs-class-thermal of the kernel),
which cost 0.3 ms to read; macOS by `pmset`, Windows by GetSystemPowerStatus. What cannot be read counts as
"no": a suggestion too many does less harm than none without a reason that anybody could see.

The zones of a machine that have a trip point of the kind "passive" are those for which the kernel itself
slows the processor down from there on. Some report one at 0 °C that nobody has set. Once hot, a machine
counts as hot until it is some degrees below, or suggestions would come and go every few seconds.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SYS = Path("/sys")
_MILLI = 1000
_LEAST_TRIP = 50 * _MILLI
_HYSTERESIS = 6 * _MILLI
# Of the processor or the whole machine; not those of a battery, a disk or a radio.
_ZONES = re.compile(r"x86_pkg_temp|acpitz|k10temp|cpu|soc|tzts|skin", re.IGNORECASE)
_SECONDS = 5.0
_FULL_SPEED = 100  # per cent


@dataclass(frozen=True, slots=True)
class Power:
    """The state of the machine's power; it is `hot` where it is being slowed down for its heat."""

    on_battery: bool = False
    hot: bool = False


def read(before: Power | None = None, root: Path | None = None) -> Power:
    """Return the state now; `before` is that of the last time, by which heat is judged.

    `root` is where Linux has its files. It may take some milliseconds, on macOS tens of them.
    """
    root = root or _SYS
    was_hot = before is not None and before.hot
    if sys.platform == "darwin":
        return _of_mac()
    if sys.platform == "win32":
        return Power(_windows_on_battery())
    return Power(_on_battery(root / "class/power_supply"), _hot(root / "class/thermal", was_hot))


def _on_battery(supplies: Path) -> bool:
    """Return whether nothing but a battery of the machine itself supplies it."""
    discharging = False
    for supply in _folders(supplies):
        kind = _text(supply / "type")
        if kind in ("Battery", "UPS"):
            own = _text(supply / "scope") != "Device"  # not that of a mouse
            discharging |= own and _text(supply / "status") == "Discharging"
        elif _text(supply / "online") in ("1", "2"):
            return False
    return discharging


def _hot(zones: Path, was_hot: bool) -> bool:
    return any(_zone_hot(zone, was_hot) for zone in _folders(zones) if zone.name.startswith("thermal_zone"))


def _zone_hot(zone: Path, was_hot: bool) -> bool:
    if not _ZONES.search(_text(zone / "type")):
        return False
    temperature, trip = _number(zone / "temp"), _trip(zone)
    if temperature is None or trip is None:
        return False
    return temperature >= trip - (_HYSTERESIS if was_hot else 0)


def _trip(zone: Path) -> int | None:
    """Return from which temperature on the kernel slows the processor down for `zone`, in 0.001 °C."""
    found = []
    for kind in zone.glob("trip_point_*_type"):
        if _text(kind) == "passive":
            limit = _number(kind.with_name(kind.name.replace("_type", "_temp")))
            if limit is not None and limit >= _LEAST_TRIP:
                found.append(limit)
    return min(found, default=None)


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""  # a zone that is switched off has no temperature, for one


def _number(path: Path) -> int | None:
    text = _text(path)
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _of_mac() -> Power:
    return of_pmset(_said_by_pmset("batt"), _said_by_pmset("therm"))


def of_pmset(battery: str, heat: str) -> Power:
    """Return the state by what `pmset -g batt` and `pmset -g therm` of macOS print."""
    limit = re.search(r"CPU_Speed_Limit\s*=\s*(\d+)", heat)
    return Power("'Battery Power'" in battery, limit is not None and int(limit[1]) < _FULL_SPEED)


def _said_by_pmset(what: str) -> str:
    command = ["/usr/bin/pmset", "-g", what]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


class _SystemPowerStatus(ctypes.Structure):
    _fields_ = (
        ("ac_line_status", ctypes.c_ubyte),
        ("battery_flag", ctypes.c_ubyte),
        ("battery_life_percent", ctypes.c_ubyte),
        ("system_status_flag", ctypes.c_ubyte),
        ("battery_life_time", ctypes.c_ulong),
        ("battery_full_life_time", ctypes.c_ulong),
    )


def _windows_on_battery() -> bool:
    status = _SystemPowerStatus()
    try:
        known = ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status))  # type: ignore[attr-defined]
    except (AttributeError, OSError):
        return False
    return bool(known) and status.ac_line_status == 0
