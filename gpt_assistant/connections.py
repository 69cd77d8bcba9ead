"""Which connections this process may open, to where it has opened one, and why.

Nothing here connects unasked. What was asked for, such as fetching a model, is done inside `permit`, which
names the reason; outside of it, and everywhere while "Stay offline" is on, a connection is refused before it
is opened, whoever wants it: the hook hears of every socket that Python opens, in whatever library. Both kinds
are noted, so that the window can list them. Loopback counts too, for another program may listen there; local
sockets (AF_UNIX), by which a second start hands its files to the first, never leave the machine and do not.

A name that is looked up and the connection that follows, on the same thread or, as asyncio does it, on the
one that waits for the answer, are one: the list has the name, and no connection twice. What is opened below
Python, by native code, does not come by here; seal.py stops that, on Linux, while "Stay offline" is on. The
hook costs 0.3 µs for each event that is none of its own.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gpt_assistant.text.told import told

# What libraries are told at their start, for some ask a server for news whenever they are used.
QUIET = {
    "HF_HUB_OFFLINE": "1",  # the process that fetches from the hub turns this off for itself
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DISABLE_SAFETENSORS_CONVERSION": "1",  # transformers asks the hub for a conversion otherwise
    "DO_NOT_TRACK": "1",
}
_LOOKUP_SECONDS = 60.0  # from a name's being looked up to the connection
_NETWORK = {family for family in (socket.AF_INET, socket.AF_INET6) if family is not None}


class NotPermitted(OSError):  # noqa: N818 (named for what happened)
    """A connection was refused before it was opened; the text is one line that says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.errno, self.strerror = errno.EACCES, text  # some libraries build their own message from these

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection to `host`, for the reason `why`, begun at `at` (seconds of time.time()).

    `port` is 0 where only the name was looked up. Refused ones have `allowed` false.
    """

    host: str = ""
    port: int = 0
    why: str = ""
    at: float = 0.0
    allowed: bool = True


@dataclass(slots=True)
class _Target:
    """A name that was looked up for `port`, and the addresses of it that were tried since."""

    host: str
    port: int
    at: float
    tried: set[str]


class _State:
    """What is permitted in this process; `lock` guards all of it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.installed = self.offline = False
        self.reasons: dict[object, tuple[str, int]] = {}  # with the thread that gave it
        self.listeners: list[Callable[[Connection], None]] = []
        self.descriptors: set[int] = set()
        self.looked_up: deque[_Target] = deque(maxlen=16)


_state = _State()
_thread = threading.local()  # `target`: what this thread has looked up last


def install() -> None:
    """Refuse, from now on and for as long as this process lives, every connection outside `permit`."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    with _state.lock:
        if _state.installed:
            return
        _state.installed = True
    sys.addaudithook(_audit)


def is_installed() -> bool:
    """Return whether connections outside `permit` are refused: in the program, not where it is imported."""
    return _state.installed


@contextmanager
def permit(why: str) -> Iterator[None]:
    """Allow connections meanwhile, of all threads of this process, and note them with the reason `why`.

    While "Stay offline" is on they are refused all the same.
    """
    mark = object()
    with _state.lock:
        _state.reasons[mark] = (why, threading.get_ident())
    try:
        yield
    finally:
        with _state.lock:
            del _state.reasons[mark]


def set_offline(on: bool) -> None:
    """Refuse every connection, also inside `permit`, and end those that are open; or no longer."""
    with _state.lock:
        _state.offline = on
        open_ones = _state.descriptors if on else set()
        if on:
            _state.descriptors = set()
    for descriptor in open_ones:
        _end(descriptor)


def is_offline() -> bool:
    """Return whether every connection is refused."""
    return _state.offline


def on_connection(listener: Callable[[Connection], None]) -> Callable[[], None]:
    """Call `listener` with each connection, on whatever thread wants it; returns what ends that."""
    with _state.lock:
        _state.listeners.append(listener)
    return lambda: _state.listeners.remove(listener)


def note(connection: Connection) -> None:
    """Tell the listeners of a connection: one of this process, or of a process that this one watches."""
    for listener in tuple(_state.listeners):
        listener(connection)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if (handler := _HANDLERS.get(event)) is not None:
        handler(*arguments)


def _on_address(own: socket.socket, address: Any) -> None:
    """`own` is about to connect, to send or to listen."""
    if own.family not in _NETWORK or not isinstance(address, tuple) or _is_pair():
        return
    host, port = str(address[0]), int(address[1])
    if (target := _target(host, port)) is not None:
        target.tried.add(host)
        _decide(target.host, port, noted=not _allowed())
    else:
        _decide(host, port)
    with _state.lock:
        _state.descriptors.add(own.fileno())
        offline = _state.offline  # it may have been switched on since: that ends only what it finds here
    if offline:
        raise _offline(host)


def _target(host: str, port: int) -> _Target | None:
    """Return what was looked up for this address: by this thread, else by another that made nothing of it."""
    own: _Target | None = getattr(_thread, "target", None)
    since = time.monotonic() - _LOOKUP_SECONDS
    if own is not None and own.port == port and host not in own.tried and own.at > since:
        return own
    for target in reversed(_state.looked_up.copy()):
        if target.port == port and not target.tried and target.at > since:
            _thread.target = target
            return target
    return None


def _on_lookup(host: Any, port: Any = 0, *_rest: Any) -> None:
    """A name is about to be looked up; a number needs no one to be asked."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else host
    number = int(port) if isinstance(port, int) or (isinstance(port, str) and port.isdecimal()) else 0
    _thread.target = None
    if not name or (_is_number(name) and not _state.offline):
        return
    _decide(name, number)
    _thread.target = _Target(name, number, time.monotonic(), set())
    _state.looked_up.append(_thread.target)


def _on_bind(own: socket.socket, address: Any) -> None:
    """`own` is about to listen. To try whether any port can be had, as urllib3 does, calls nobody."""
    if isinstance(address, tuple) and address[1] == 0 and _allowed():
        return
    _on_address(own, address)


def _on_new(_own: socket.socket, family: int, *_rest: Any) -> None:
    """A socket is about to be made, of which it is not known yet where it goes."""
    if _state.offline and family in _NETWORK and not _is_pair():
        raise NotPermitted(told("Nothing was contacted: “Stay offline” is on."))


def _on_reverse_lookup(address: Any) -> None:
    host, port = (address[0], address[1]) if isinstance(address, tuple) else (address, 0)
    _decide(str(host), int(port))


_HANDLERS: dict[str, Callable[..., None]] = {
    "socket.connect": _on_address,
    "socket.__new__": _on_new,
    "socket.bind": _on_bind,
    "socket.sendto": _on_address,
    "socket.sendmsg": _on_address,
    "socket.getaddrinfo": _on_lookup,
    "socket.gethostbyname": _on_lookup,
    "socket.gethostbyaddr": _on_reverse_lookup,
    "socket.getnameinfo": _on_reverse_lookup,
}


def _allowed() -> bool:
    return bool(_state.reasons) and not _state.offline


def _decide(host: str, port: int, noted: bool = True) -> None:
    """Note a connection; raises NotPermitted if it is not to be."""
    why = _reason()
    allowed = bool(why) and not _state.offline
    if noted:
        note(Connection(host, port, why or told("nobody asked for it"), time.time(), allowed))
    if allowed:
        return
    if _state.offline:
        raise _offline(host)
    raise NotPermitted(told("{host} was not contacted: nobody asked for it.", host=host))


def _offline(host: str) -> NotPermitted:
    return NotPermitted(told("{host} was not contacted: “Stay offline” is on.", host=host))


def _reason() -> str:
    """Return why this thread may connect: its own reason, else the latest of another thread; "" for none."""
    with _state.lock:
        given = list(_state.reasons.values())
    own = [why for why, thread in given if thread == threading.get_ident()]
    return (own or [why for why, _ in given] or [""])[-1]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_pair() -> bool:
    """Return whether this is `socket.socketpair`, which Windows makes of two sockets on loopback."""
    if sys.platform != "win32":
        return False
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_code.co_filename in (__file__, socket.__file__):
        if frame.f_code.co_name.endswith("socketpair"):
            return True
        frame = frame.f_back
    return False


def _end(descriptor: int) -> None:
    """Shut a connection down, whatever object holds it by now; a number that means another file is let be."""
    with contextlib.suppress(OSError), socket.socket(fileno=socket.dup(descriptor)) as twin:
        if twin.family in _NETWORK:
            twin.shutdown(socket.SHUT_RDWR)
