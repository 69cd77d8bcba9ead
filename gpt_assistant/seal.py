"""No connection from here on, for any code of this process: what "Stay offline" does on Linux.

The hook of connections.py hears of what Python opens. A native library, or a program that is started, opens
its sockets itself, and only the kernel can refuse those. A filter on system calls (seccomp; see
Documentation/userspace-api/seccomp_filter.rst of the kernel) lets `socket` make local sockets alone (AF_UNIX,
and AF_NETLINK, by which the C library asks the kernel what interfaces there are): all others get EACCES. The
filter holds for all threads and for every process that this one starts, and nothing takes it away again; so
the model's process is started anew when "Stay offline" is turned off. io_uring, which can open a socket
without that call, is refused too, as on a kernel without it, and so are calls in the form of another machine.

The window's own process is not sealed: its display may be another machine's (ssh -X), and a browser that
shows a link may be its child. It has no code that connects but Python's; Qt's network classes are used for
the local socket alone (tests/test_layers.py asserts that). macOS and Windows have nothing like it that a
program could ask for by itself: there the hook is what there is.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_TSYNC, _SPEC_ALLOW = 1, 4  # for all threads; without the slower branches that old kernels take otherwise
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, on a little-endian machine
_LOCAL = (1, 16)  # AF_UNIX, AF_NETLINK
_IO_URING_SETUP = 425
_X32 = 0x40000000  # calls of x86-64 with pointers of 32 bits have numbers of their own
# By machine: its number in the kernel's audit, the calls `socket` and `seccomp`.
_CALLS = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def can_seal() -> bool:
    """Return whether this system and machine are ones that `seal` knows."""
    return sys.platform.startswith("linux") and platform.machine() in _CALLS


def seal() -> bool:
    """Refuse this process, its threads and its children every socket but local ones, for good.

    Returns False where that cannot be had: on another system, or where the kernel forbids it.
    """
    if not can_seal():
        return False
    library = ctypes.CDLL(None, use_errno=True)
    _, _, seccomp = _CALLS[platform.machine()]
    code = instructions(platform.machine())
    program = _Program(len(code) // 8, code)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return any(
        library.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(program)) == 0
        for flags in (_TSYNC | _SPEC_ALLOW, _TSYNC)
    )


def instructions(machine: str) -> bytes:
    """Return the filter for `machine`, a key of platform.machine(): instructions of 8 bytes each."""
    number, socket_call, _ = _CALLS[machine]
    no_socket, no_ring = _ERRNO | errno.EACCES, _ERRNO | errno.ENOSYS
    parts = [_step(_LOAD, _MACHINE), _step(_JUMP_EQUAL, number, 1, 0), _step(_RETURN, no_socket)]
    parts.append(_step(_LOAD, _NUMBER))
    if machine == "x86_64":
        parts += [_step(_JUMP_AT_LEAST, _X32, 0, 1), _step(_RETURN, no_socket)]
    parts += [_step(_JUMP_EQUAL, _IO_URING_SETUP, 0, 1), _step(_RETURN, no_ring)]
    parts += [_step(_JUMP_EQUAL, socket_call, 1, 0), _step(_RETURN, _ALLOW)]
    parts.append(_step(_LOAD, _FIRST_ARGUMENT))
    for family in _LOCAL:
        parts += [_step(_JUMP_EQUAL, family, 0, 1), _step(_RETURN, _ALLOW)]
    return b"".join([*parts, _step(_RETURN, no_socket)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction (struct sock_filter); the jumps skip so many of those that follow."""
    return struct.pack("<HBBI", code, if_true, if_false, value)
