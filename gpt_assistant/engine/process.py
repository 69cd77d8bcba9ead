"""The model thread in a process of its own: what computes cannot hold up the window, nor take it along.

In the window's process the model held the interpreter up to 105 ms while torch and tokenizers were loaded,
a key waited up to 10 ms behind a pass, and a native crash, or the kernel short of memory, would have ended
both. Here the longest stall is the window's own. When the process ends by itself, every open request gets
Failed, then comes one Ended, and the next request starts another process.

Messages are pickled and go through the standard input and output of the child, each behind its length.
Both ends are ours, so nobody else's pickles are ever read. The child ends when its input does, so it
outlives no window. Sending and receiving have threads of their own: neither may ever wait for the other
side's interpreter on the window's thread.

"Stay offline" seals the child (seal.py), also in the middle of a step, and for good: when it is turned off
the child is ended, and the next request starts another one.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, NoReturn

from gpt_assistant import connections, logs
from gpt_assistant.engine import added_torch
from gpt_assistant.engine.messages import (
    Cancelled,
    Connected,
    DeviceChanged,
    Ended,
    Failed,
    Loaded,
    Reply,
    Request,
    Unlock,
)
from gpt_assistant.engine.worker import Loop, Message, StayOffline, Stop
from gpt_assistant.seal import seal
from gpt_assistant.storage import vault
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)

FLAG = "--model-process"
_OFFLINE = "offline"
_LENGTH = struct.Struct(">Q")
_LARGE_PAGES = "glibc.malloc.hugetlb=1"
_REST_SECONDS = 10.0  # nothing is computed any more, and nobody waits
_NICENESS = 5  # when cores are short, the window goes first
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from gpt_assistant.engine.process import main; main(sys.argv[2:])"
)


class ModelProcess:
    """Runs the loop of worker.py in a child. `reply` is called on a thread of this object's.

    `features` names what returns the features, as "module:function", for functions cannot cross. With
    `offline` it opens no connection from its first instruction on; StayOffline changes that later.
    """

    def __init__(self, reply: Callable[[Reply], None], features: str, offline: bool = False) -> None:
        self._reply, self._features, self._offline = reply, features, offline
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._unlock: Unlock | None = None  # the last: whoever starts another process need not think of it
        self._start()

    def submit(self, message: Message) -> None:
        """Hand a request or Cancel to the process, starting one if there is none; returns at once."""
        retired = None
        with self._lock:
            if isinstance(message, StayOffline):
                retired = self._retired_by(message.on)
            if self._child is None and isinstance(message, Request):
                self._start()
            if self._child is not None:
                self._child.send(message)
            if isinstance(message, Unlock):
                self._unlock = message
        if retired is not None:  # without the lock: the thread that hears of its end takes it
            retired.stop(0.0)
            for identity in retired.open_requests():
                self._reply(Cancelled(identity))

    def stop(self, seconds: float = 2.0) -> bool:
        """End the process after its current step, or by force after `seconds`; true for the first."""
        with self._lock:
            child, self._child = self._child, None
        return child is None or child.stop(seconds)

    def rest(self) -> None:
        """End the process, which gives its memory back; returns at once. The next request starts another."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            threading.Thread(target=child.stop, args=(_REST_SECONDS,), name="rest", daemon=True).start()

    @property
    def running(self) -> bool:
        """Return whether the process is alive."""
        child = self._child
        return child is not None and child.process.poll() is None

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 if there is none."""
        child = self._child
        return child.process.pid if child is not None else 0

    def _start(self) -> None:
        self._child = _Child(self._features, self._reply, self._ended, self._offline)
        if self._unlock is not None:
            self._child.send(self._unlock)

    def _retired_by(self, on: bool) -> _Child | None:
        """Note "Stay offline" for the next child; return this one if it is sealed and not to be any more."""
        before, self._offline = self._offline, on
        if on or not before:
            return None
        child, self._child = self._child, None
        return child

    def _ended(self, child: _Child) -> None:
        """Answer what a child that ended by itself has left open."""
        with self._lock:
            if self._child is not child:
                return
            self._child = None
        text = told("The model stopped unexpectedly ({cause}).", cause=_cause(child.process.wait()))
        log.warning("%s", text)
        for identity in child.open_requests():
            self._reply(Failed(identity, text))
        self._reply(Ended(0, text))


class _Child:
    """One process and the two threads that talk to it."""

    def __init__(
        self,
        features: str,
        reply: Callable[[Reply], None],
        ended: Callable[[_Child], None],
        offline: bool,
    ) -> None:
        self._reply, self._ended = reply, ended
        self._open: dict[int, None] = {}
        self._outbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [*_command(), features, str(logs.level()), *[_OFFLINE] * offline],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
        )
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for work, name in ((self._write, "to model"), (self._read, "from model"))
        ]
        for thread in self._threads:
            thread.start()

    def send(self, message: Message) -> None:
        if isinstance(message, Request):
            self._open[message.id] = None
        self._outbox.put(message)

    def open_requests(self) -> list[int]:
        return list(self._open)

    def stop(self, seconds: float) -> bool:
        self._outbox.put(Stop())
        try:
            self.process.wait(seconds)
            in_time = True
        except subprocess.TimeoutExpired:  # inside a library; it has nothing that could be lost
            self.process.kill()
            self.process.wait()
            in_time = False
        for thread in self._threads:
            thread.join(1.0)
        return in_time

    def _write(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError), self.process.stdin as target:
            while True:
                message = self._outbox.get()
                _send(target, message)
                if isinstance(message, Stop):
                    return

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as source:
            while (reply := _receive(source)) is not None:
                if reply.final:
                    self._open.pop(reply.id, None)
                self._reply(reply)
        self._outbox.put(Stop())  # ends the other thread, if the process ended by itself
        self._ended(self)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):  # a bundle has no interpreter but itself
        return [sys.executable, FLAG]
    # faulthandler says on standard error where a native crash was
    isolated = ["-I"] if sys.flags.isolated else []
    return [sys.executable, *isolated, "-X", "faulthandler", "-c", _START, json.dumps(sys.path)]


def _environment() -> dict[str, str]:
    """Return the child's environment, in which glibc asks for large pages.

    A pass reads a hundred megabytes of weights, and looking up where 4 KiB pages lie takes time: with
    large ones suggestions came in 59 instead of 66 ms at the median, on two AVX2 cores.
    """
    given = os.environ.get("GLIBC_TUNABLES", "")
    if not sys.platform.startswith("linux") or _LARGE_PAGES.split("=", maxsplit=1)[0] in given:
        return dict(os.environ)
    return os.environ | {"GLIBC_TUNABLES": ":".join(filter(None, (given, _LARGE_PAGES)))}


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def _send(target: IO[bytes], message: object) -> None:
    """Write one message; raises OSError if nobody reads any more."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    target.write(_LENGTH.pack(len(data)) + data)
    target.flush()


def _receive(source: IO[bytes]) -> Any:
    """Return the next message, or None at the end, in the middle of a message too."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = source.read(length)
    return pickle.loads(data) if len(data) == length else None


def main(arguments: list[str]) -> NoReturn:
    """Serve the process that started this one; ends when that one does."""
    features, level, *offline = arguments
    connections.install()
    vault.set_patience(0.0)  # keys come from the window (Unlock): one process asks the keyring, once
    if offline == [_OFFLINE]:
        _stay_offline(True)
    added_torch.take()
    added_torch.check()
    source, target = _take_streams()
    logs.set_up(int(level))
    logs.catch()
    logs.leave_no_core()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(source, inbox), name="inbox", daemon=True).start()
    sending = threading.Lock()

    def send(message: Reply) -> None:
        try:
            with sending:  # a thread that fetches something tells of its connections
                _send(target, message)
        except OSError:
            _leave(0)

    def reply(message: Reply) -> None:
        send(message)
        if isinstance(message, Loaded):
            _leave_to_its_place()
            if failure := added_torch.failure():
                send(DeviceChanged(message.id, message.device, failure))

    def load_features() -> Any:
        module, _, name = features.partition(":")
        return getattr(importlib.import_module(module), name)()

    connections.on_connection(lambda connection: send(Connected(0, connection)))
    Loop(reply, load_features).serve(inbox)
    _leave(0)


def _stay_offline(on: bool) -> None:
    connections.set_offline(on)
    if on and not seal():
        log.info("connections are refused to Python only: this system cannot seal a process")


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two ends for messages, and leave to libraries that print only standard error."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return source, target


def _take_in(source: IO[bytes], inbox: queue.SimpleQueue[Message]) -> None:
    while (message := _receive(source)) is not None:
        if isinstance(message, StayOffline):  # at once, whatever the loop is doing
            _stay_offline(message.on)
        inbox.put(message)
        if isinstance(message, Stop):
            return
    _leave(0)  # the window is gone; nobody waits for what is being computed


def _leave(code: int) -> NoReturn:
    """End at once: torch's own clearing up takes long, and in the middle of a step it would crash."""
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)


def _leave_to_its_place() -> None:
    """Let Python's garbage collector look at new objects only.

    torch and transformers leave half a million objects that live as long as the process. Looking through
    them took 130 ms at every full collection, one in ten keys. So the first model's are not even looked
    through once; those of an earlier model are, when another comes.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
