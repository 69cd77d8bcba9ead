"""A sealed process, its threads and its children open no socket but local ones; in processes of their own."""

from __future__ import annotations

import json
import platform
import struct
import subprocess
import sys
from typing import Any

import pytest

from gpt_assistant import seal

pytestmark = pytest.mark.skipif(not seal.can_seal(), reason="Linux on x86-64 or AArch64 only")

BEGIN = """
import ctypes, json, os, socket, subprocess, sys, threading
from gpt_assistant.seal import seal
result = {}

def try_socket(*arguments):
    try:
        socket.socket(*arguments).close()
    except OSError as error:
        return os.strerror(error.errno)
    return "opened"
"""


def run(body: str) -> Any:
    command = [sys.executable, "-c", BEGIN + body + "\nprint(json.dumps(result))"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_only_local_sockets_are_left() -> None:
    body = """
before = try_socket(socket.AF_INET)
result["sealed"] = seal()
result["before"] = before
for name in ("AF_INET", "AF_INET6", "AF_PACKET", "AF_VSOCK", "AF_UNIX"):
    result[name] = try_socket(getattr(socket, name))
result["AF_NETLINK"] = try_socket(socket.AF_NETLINK, socket.SOCK_RAW)
result["again"] = seal()
"""
    refused = "Permission denied"
    assert run(body) == {
        "sealed": True,
        "before": "opened",
        "AF_INET": refused,
        "AF_INET6": refused,
        "AF_PACKET": refused,
        "AF_VSOCK": refused,
        "AF_UNIX": "opened",
        "AF_NETLINK": "opened",
        "again": True,
    }


def test_it_holds_for_threads_that_run_already_for_children_and_below_python() -> None:
    body = """
go, said = threading.Event(), []
def work():
    go.wait()
    said.append(try_socket())
thread = threading.Thread(target=work)
thread.start()
seal()
go.set()
thread.join()
library = ctypes.CDLL(None, use_errno=True)
result["thread"] = said[0]
result["native"] = library.socket(2, 1, 0)
program = "import socket; socket.socket()"
result["child"] = subprocess.run([sys.executable, "-c", program], stderr=subprocess.DEVNULL).returncode
result["ring"] = library.syscall(425, 1, ctypes.create_string_buffer(256))
result["ring error"] = os.strerror(ctypes.get_errno())
"""
    found = run(body)
    assert found["thread"] == "Permission denied"
    assert (found["native"], found["child"], found["ring"]) == (-1, 1, -1)
    assert found["ring error"] == "Function not implemented"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_ends_at_a_verdict_on_every_way(machine: str) -> None:
    """Walks it as the kernel would, for every kind of call."""
    code = seal.instructions(machine)
    audit, socket_call, _ = seal._CALLS[machine]
    allow, refuse = 0x7FFF0000, 0x5000D
    assert verdict(code, audit, 1, 0) == allow
    assert verdict(code, audit, socket_call, 1) == allow
    assert verdict(code, audit, socket_call, 16) == allow
    assert verdict(code, audit, socket_call, 2) == refuse
    assert verdict(code, audit, socket_call, 10) == refuse
    assert verdict(code, audit, 425, 0) == 0x50026
    assert verdict(code, audit ^ 1, 1, 0) == refuse, "calls of another machine"
    if machine == "x86_64":
        assert verdict(code, audit, 0x40000000 | socket_call, 1) == refuse, "calls with short pointers"


def verdict(code: bytes, audit: int, call: int, argument: int) -> int:
    data = struct.pack("<iIQQQQQQQ", call, audit, 0, argument, 0, 0, 0, 0, 0)
    at = held = 0
    while True:
        operation, yes, no, value = struct.unpack_from("<HBBI", code, 8 * at)
        at += 1
        if operation == 0x06:
            return int(value)
        if operation == 0x20:
            (held,) = struct.unpack_from("<I", data, value)
        elif operation == 0x15:
            at += yes if held == value else no
        else:
            assert operation == 0x35
            at += yes if held >= value else no


def test_an_unknown_machine_is_not_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "s390x")
    assert not seal.can_seal()
    assert not seal.seal()
