"""What a model can run on here, by real names and with their memory.

A device has the name that torch gives it: "cpu", "mps", "cuda:0", "xpu:1". The settings also take "auto"
and the kind alone ("cuda"), which is the first of its kind; a machine without the device that is set says so
in one line and goes on with what it had.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.memory import memory
from gpt_assistant.engine.messages import Device
from gpt_assistant.text.told import told

_CPUINFO = Path("/proc/cpuinfo")
_NAMES = ("model name", "Model", "Hardware", "cpu model")  # x86, Raspberry Pi, other boards, MIPS
_BEFORE_CPU = ("cuda", "xpu", "mps")
_NOISE = re.compile(r"\((?:R|TM|C)\)|\bCPU\b|\bProcessor\b|@.*$", re.IGNORECASE)


def devices() -> tuple[Device, ...]:
    """Return what a model can run on, the likeliest choice first, the CPU last. Imports torch."""
    return (*_accelerators(), processor())


def _accelerators() -> Iterator[Device]:
    import torch  # noqa: PLC0415 (seconds, which the command line does not always want to wait)

    for kind in ("cuda", "xpu"):
        backend: Any = getattr(torch, kind, None)
        if backend is None or not backend.is_available():
            continue
        for number in range(backend.device_count()):
            about = backend.get_device_properties(number)
            total = int(getattr(about, "total_memory", 0))
            yield Device(f"{kind}:{number}", str(about.name), total, _free(backend, number))
    if torch.backends.mps.is_available():
        whole = memory()  # which both share
        most = int(torch.mps.recommended_max_memory())
        yield Device("mps", processor().name, most, min(most, whole.available))


def _free(backend: Any, number: int) -> int:
    with contextlib.suppress(RuntimeError, AttributeError, AssertionError):  # another may have all of it
        return int(backend.mem_get_info(number)[0])
    return 0


def processor() -> Device:
    """Return the CPU: its name, its threads and the machine's memory. Imports nothing."""
    found = memory()
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Device("cpu", processor_name(), found.total, found.available, threads or 1)


def processor_name(cpuinfo: Path = _CPUINFO) -> str:
    """Return what the processor calls itself, without the marks of its maker's lawyers."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            command = ["sysctl", "-n", "machdep.cpu.brand_string"]
            name = subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout
        elif cpuinfo.is_file():
            name = _named(cpuinfo.read_text(encoding="utf-8", errors="replace")) or name
        elif "PROCESSOR_IDENTIFIER" in os.environ:
            name = os.environ["PROCESSOR_IDENTIFIER"]
    return " ".join(_NOISE.sub("", name).split()) or "CPU"


def _named(cpuinfo: str) -> str:
    values: dict[str, str] = {}
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        values.setdefault(key.strip(), value.strip())
    return next((values[name] for name in _NAMES if values.get(name)), "")


def choose_device(wanted: str) -> str:
    """Return the device that `wanted` stands for, such as "cuda", "cuda:1", "mps" or "cpu".

    "auto" is the first GPU, or the CPU. Raises ModelUnavailable if it is not on this machine.
    """
    import torch  # noqa: PLC0415 (as above)

    if wanted == "cpu":
        return wanted
    kind, _, number = wanted.partition(":")
    counts = {
        "cuda": torch.cuda.device_count() if torch.cuda.is_available() else 0,
        "xpu": torch.xpu.device_count() if torch.xpu.is_available() else 0,
        "mps": int(torch.backends.mps.is_available()),
    }
    if wanted == "auto":
        return next((name for name in _BEFORE_CPU if counts[name]), "cpu")
    there = counts.get(kind, 0) if number.isdigit() or wanted == kind else 0
    if there <= int(number if there and number else 0):
        text = told('This machine has no device "{device}". Set the device to auto or cpu.', device=wanted)
        raise ModelUnavailable(text)
    return wanted


def make_current(device: str) -> None:
    """Have this thread compute on `device` (chosen) where nothing else is said.

    Streams and recordings are those of the current device, which each thread has for itself.
    """
    import torch  # noqa: PLC0415 (as above)

    kind, _, number = device.partition(":")
    if kind in ("cuda", "xpu") and getattr(torch, kind).is_available():
        getattr(torch, kind).set_device(int(number or 0))


def device_name(device: str) -> str:
    """Return what the device calls itself, such as "NVIDIA H100"; for the CPU "cpu"."""
    import torch  # noqa: PLC0415 (as above)

    kind, _, number = device.partition(":")
    if kind in ("cuda", "xpu"):
        return str(getattr(torch, kind).get_device_properties(int(number or 0)).name)
    return device


def free_memory(device: str) -> int:
    """Return the bytes that can still be had on `device` (chosen); 0 if that is not known."""
    import torch  # noqa: PLC0415 (as above)

    kind, _, number = device.partition(":")
    if kind in ("cuda", "xpu"):
        return _free(getattr(torch, kind), int(number or 0))
    return memory().available
