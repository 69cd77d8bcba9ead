"""A display without a screen, and a keyboard and eyes on it: X11 spoken over its socket.

Xvfb is all it needs; keys are pressed through the XTEST extension, so the application gets them as from
a real keyboard. The requests are those of the X protocol, version 11, appendix B ("Protocol encoding").
"""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

KEYS = {"Backspace": 0xFF08, "Tab": 0xFF09, "Return": 0xFF0D, "Esc": 0xFF1B, "Right": 0xFF53, "\n": 0xFF0D}
MODIFIERS = {"Shift": 0xFFE1, "Ctrl": 0xFFE3, "Alt": 0xFFE9}

_PRESS, _RELEASE = 2, 3
_VIEWABLE = 2
_IMAGE_OF_PIXELS = 2


@contextmanager
def display() -> Iterator[Display]:
    """Start Xvfb on a free display, and end it."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1100x800x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as chosen:  # it writes the number when it is ready, and nothing if it dies
            number = chosen.readline().strip()
        assert number, "Xvfb did not start"
        with Display(int(number)) as found:
            yield found
    finally:
        process.terminate()
        process.wait(10)


def installed() -> bool:
    return shutil.which("Xvfb") is not None


class Display:
    """One connection to an X server."""

    def __init__(self, number: int) -> None:
        self.name = f":{number}"
        self._socket = socket.socket(socket.AF_UNIX)
        self._connect(f"/tmp/.X11-unix/X{number}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        accepted, length = struct.unpack("<B5xH", self._read(8))
        about = self._read(4 * length)
        assert accepted == 1, about
        vendor, formats = struct.unpack_from("<H3xB", about, 16)
        self._keycodes = struct.unpack_from("<BB", about, 26)
        (self.root,) = struct.unpack_from("<I", about, 32 + (vendor + 3) // 4 * 4 + 8 * formats)
        self._xtest = self._extension(b"XTEST")
        self._codes = self._keyboard()
        self._name_of_windows = self._atom(b"_NET_WM_NAME")

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _connect(self, path: str) -> None:
        for _ in range(100):
            with suppress(OSError):
                self._socket.connect(path)
                return
            time.sleep(0.05)
        raise AssertionError(f"no X server at {path}")

    # Keys

    def press(self, key: str) -> None:
        """Press and release a key: a character, or a name with modifiers such as "Ctrl+Right"."""
        *names, key = [key] if len(key) == 1 else key.split("+")
        code, shifted = self._codes[KEYS.get(key) or ord(key)]
        held = [self._codes[MODIFIERS[name]][0] for name in names + ["Shift"] * shifted]
        for each in (*held, code):
            self._fake(_PRESS, each)
        for each in (code, *reversed(held)):
            self._fake(_RELEASE, each)
        self._sync()

    def type(self, text: str, gap: float = 0.05) -> None:
        """Press the keys of `text`, `gap` seconds apart."""
        for character in text:
            self.press(character)
            time.sleep(gap)

    def focus(self, window: int) -> None:
        """Give the keyboard to `window`; there is no window manager to do it."""
        self._send(42, 1, struct.pack("<II", window, 0))
        self._sync()

    # Eyes

    def window(self, title: str) -> int:
        """Return a window on screen with `title` in its title, 0 if there is none yet."""
        for window in self._children(self.root):
            viewable = self._ask(3, 0, struct.pack("<I", window))[26] == _VIEWABLE
            if viewable and title in self._title(window):
                return window
        return 0

    def pixels(self) -> bytes:
        """Return what is on screen, four bytes a pixel."""
        area = struct.pack("<IhhHHI", self.root, 0, 0, 1100, 800, 0xFFFFFFFF)
        return self._ask(73, _IMAGE_OF_PIXELS, area)[32:]

    # The protocol

    def _fake(self, kind: int, code: int) -> None:
        self._send(
            self._xtest, 2, struct.pack("<BBxxIIxxxxxxxxhhxxxxxxxB", kind, code, 0, self.root, 0, 0, 0)
        )

    def _keyboard(self) -> dict[int, tuple[int, bool]]:
        """Return for each symbol the code of its key, and whether with shift."""
        first, last = self._keycodes
        reply = self._ask(101, 0, struct.pack("<BBxx", first, last - first + 1))
        width = reply[1]
        symbols = struct.unpack(f"<{(len(reply) - 32) // 4}I", reply[32:])
        found: dict[int, tuple[int, bool]] = {}
        for level in (0, 1):
            for row in range(len(symbols) // width):
                found.setdefault(symbols[row * width + level], (first + row, bool(level)))
        return found

    def _extension(self, name: bytes) -> int:
        reply = self._ask(98, 0, struct.pack("<Hxx", len(name)) + name)
        assert reply[8], f"the X server lacks {name!r}"
        return reply[9]

    def _atom(self, name: bytes) -> int:
        (atom,) = struct.unpack_from("<I", self._ask(16, 0, struct.pack("<Hxx", len(name)) + name), 8)
        return int(atom)

    def _children(self, window: int) -> list[int]:
        reply = self._ask(15, 0, struct.pack("<I", window))
        (count,) = struct.unpack_from("<H", reply, 16)
        return list(struct.unpack_from(f"<{count}I", reply, 32))

    def _title(self, window: int) -> str:
        reply = self._ask(20, 0, struct.pack("<IIIII", window, self._name_of_windows, 0, 0, 256))
        (length,) = struct.unpack_from("<I", reply, 16)
        return reply[32 : 32 + length].decode("utf-8", "replace")

    def _sync(self) -> None:
        """Return once the server has done what it was told."""
        self._ask(43, 0, b"")

    def _send(self, opcode: int, detail: int, body: bytes) -> None:
        body += bytes(-len(body) % 4)
        self._socket.sendall(struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body)

    def _ask(self, opcode: int, detail: int, body: bytes) -> bytes:
        self._send(opcode, detail, body)
        while True:
            reply = self._read(32)
            assert reply[0] != 0, f"X error {reply[1]} to request {opcode}"
            if reply[0] == 1:
                (length,) = struct.unpack_from("<I", reply, 4)
                return reply + self._read(4 * length)

    def _read(self, count: int) -> bytes:
        parts = b""
        while len(parts) < count:
            part = self._socket.recv(count - len(parts))
            assert part, "the X server is gone"
            parts += part
        return parts
