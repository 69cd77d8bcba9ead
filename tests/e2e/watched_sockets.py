"""Runs a program so that the kernel tells of every socket that it, or anything it starts, wants to open.

A filter on system calls (seccomp; the kernel's Documentation/userspace-api/seccomp_filter.rst) is set before
the program begins and inherited by all it starts: `socket` for anything but a local one, io_uring and calls
in the form of another machine are held up, told to the observer, and refused. `connect` to a local socket is
told too and goes on: a name could be looked up by another program at its other end. Nothing of the program's
own is used here, so that this proves something about it. Linux on x86-64 and AArch64.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

# By machine: its number in the kernel's audit, the calls `socket`, `connect` and `seccomp`.
CALLS = {"x86_64": (0xC000003E, 41, 42, 317), "aarch64": (0xC00000B7, 198, 203, 277)}
LOCAL = (socket.AF_UNIX, 16)  # and AF_NETLINK, by which the C library asks what interfaces there are
IO_URING_SETUP, X32 = 425, 0x40000000
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, TELL = 0x7FFF0000, 0x7FC00000
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16
RECEIVE, ANSWER = 0xC0502100, 0xC0182101  # ioctl numbers of seccomp's notifications
GO_ON = 1


@dataclass
class Seen:
    """What a program did: the attempts at sockets of a network, and the local ones it connected to."""

    code: int = 0
    out: str = ""
    error: str = ""
    attempts: list[str] = field(default_factory=list)
    local: list[str] = field(default_factory=list)


def program_filter() -> bytes:
    machine = platform.machine()
    number, socket_call, connect_call, _ = CALLS[machine]
    steps = [(LOAD, MACHINE, 0, 0), (EQUAL, number, 1, 0), (RETURN, TELL, 0, 0), (LOAD, NUMBER, 0, 0)]
    if machine == "x86_64":
        steps += [(AT_LEAST, X32, 0, 1), (RETURN, TELL, 0, 0)]
    for call in (IO_URING_SETUP, connect_call):
        steps += [(EQUAL, call, 0, 1), (RETURN, TELL, 0, 0)]
    steps += [(EQUAL, socket_call, 1, 0), (RETURN, ALLOW, 0, 0), (LOAD, FIRST_ARGUMENT, 0, 0)]
    for family in LOCAL:
        steps += [(EQUAL, family, 0, 1), (RETURN, ALLOW, 0, 0)]
    steps.append((RETURN, TELL, 0, 0))
    return b"".join(struct.pack("<HBBI", code, yes, no, value) for code, value, yes, no in steps)


def possible() -> str:
    """Return "", or why this kernel cannot be asked."""
    if not sys.platform.startswith("linux") or platform.machine() not in CALLS:
        return f"no filter is written for {sys.platform} on {platform.machine()}"
    seen = run([sys.executable, "-c", "print('ran')"], {})
    return "" if seen.out == "ran\n" else f"the kernel allows no filter here: {seen.error.strip()[-200:]}"


def run(command: Sequence[str], environment: dict[str, str], stdin: str = "", seconds: float = 600) -> Seen:
    """Run `command` to its end and return what it did."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno()), *command],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=os.environ | environment,
                text=True,
            )
        seen = Seen()
        _, received, _, _ = socket.recv_fds(ours, 1, 1)
    observer = threading.Thread(target=_observe, args=(received, seen), daemon=True)
    observer.start()
    try:
        seen.out, seen.error = process.communicate(stdin, timeout=seconds)
    finally:
        process.kill()
        process.wait()
    seen.code = process.returncode
    observer.join(10)
    return seen


def _observe(received: list[int], seen: Seen) -> None:
    """Answer what is told, until nothing that has the filter is alive."""
    for listener in received:
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        with suppress(OSError):
            while True:
                ((_, events),) = poll.poll()
                if not events & select.POLLIN:
                    break
                _answer(listener, seen)
        os.close(listener)


def _answer(listener: int, seen: Seen) -> None:
    told = bytearray(80)
    try:
        fcntl.ioctl(listener, RECEIVE, told)
    except FileNotFoundError:  # it was killed while it waited
        return
    identity, process, _, call, machine, _, first, second, third = struct.unpack_from("<QIIiIQQQQ", told)
    number, _, connect_call, _ = CALLS[platform.machine()]
    go_on = machine == number and call == connect_call
    if not go_on:
        seen.attempts.append(f"call {call} ({first}, {second}) of {_name(process)}")
    elif address := _address(process, second, third):
        seen.local.append(address)
    answer = struct.pack("<QqiI", identity, 0, 0 if go_on else -errno.EACCES, GO_ON if go_on else 0)
    with suppress(FileNotFoundError):
        fcntl.ioctl(listener, ANSWER, answer)


def _name(process: int) -> str:
    with suppress(OSError):
        return (
            Path(f"/proc/{process}/cmdline")
            .read_bytes()
            .replace(b"\0", b" ")[:300]
            .decode("utf-8", "replace")
        )
    return str(process)


def _address(process: int, at: int, size: int) -> str:
    """Return the path of the local socket at an address of another process's memory, "" for what is none."""
    with suppress(OSError), Path(f"/proc/{process}/mem").open("rb") as memory:
        memory.seek(at)
        data = memory.read(min(size, 128))
        if struct.unpack_from("<H", data)[0] == socket.AF_UNIX:
            return data[2:].lstrip(b"\0").partition(b"\0")[0].decode("utf-8", "replace")
    return ""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def begin(channel: int, command: list[str]) -> None:
    """Set the filter in this process, hand its listener over and become `command`."""
    library = ctypes.CDLL(None, use_errno=True)
    code = program_filter()
    program = _Program(len(code) // 8, code)
    library.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    listener = library.syscall(CALLS[platform.machine()][3], 1, 8, ctypes.byref(program))  # a new listener
    with socket.socket(fileno=channel) as to_parent:
        if listener < 0:
            to_parent.sendall(b"n")
            sys.exit(os.strerror(ctypes.get_errno()))
        socket.send_fds(to_parent, [b"y"], [listener])
    os.close(listener)
    os.execvp(command[0], command)


if __name__ == "__main__":
    begin(int(sys.argv[1]), sys.argv[2:])
