"""A watched process: it runs a module, its connections are noted here, and it does not outlive its parent."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import loopback
import pytest

from gpt_assistant import connections
from gpt_assistant.connections import Connection
from gpt_assistant.engine import fetch, watched
from gpt_assistant.engine.job import Job, ModelUnavailable, ResolveCancelled

MODULE = """
import http.client, sys
print("arguments", *sys.argv[1:])
page = http.client.HTTPConnection("localhost", int(sys.argv[1]))
page.request("GET", "/")
page.getresponse().read()
page.close()
print("connection: no such line")
sys.exit(int(sys.argv[2]))
"""
WAITING = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as held:
    held.recv(1)
"""
SECONDS = 60.0


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module that connects, and one that waits, as "reaching_waiting"."""
    (tmp_path / "reaching.py").write_text(MODULE)
    (tmp_path / "reaching_waiting.py").write_text(WAITING)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return "reaching"


@pytest.fixture
def heard() -> Iterator[list[Connection]]:
    found: list[Connection] = []
    end = connections.on_connection(found.append)
    yield found
    end()


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS)
        yield server


def run(command: list[str], log: Path, cancelled: bool = False) -> tuple[int, str]:
    job = Job(lambda _text, _fraction: None, lambda: cancelled)
    return fetch.run_process(command, dict(os.environ), log, job, lambda: ("", -1.0), why="trying")


def test_it_runs_as_a_module_does_and_its_connections_are_noted(
    module: str, tmp_path: Path, heard: list[Connection]
) -> None:
    with loopback.serving() as server:
        port = server.address.rpartition(":")[2]
        code, said = run(watched.command(module, port, "7"), tmp_path / "log.txt")
        assert server.requests == ["GET /"]
    assert code == 7
    assert said.splitlines()[0] == f"arguments {port} 7"
    assert "localhost" not in said, "what is noted is no part of what it said"
    assert [(each.host, each.port, each.why, each.allowed) for each in heard] == [
        ("localhost", int(port), "trying", True)
    ]


def test_turning_offline_on_ends_it_with_one_line(
    module: str, tmp_path: Path, listening: socket.socket
) -> None:
    port = listening.getsockname()[1]

    def measure() -> tuple[str, float]:
        if not connections.is_offline():
            held.append(listening.accept()[0])
            connections.set_offline(True)
        return "", -1.0

    held: list[socket.socket] = []
    job = Job(lambda _text, _fraction: None, lambda: False)
    command = watched.command("reaching_waiting", str(port))
    with pytest.raises(ModelUnavailable, match="Stay offline") as caught:
        fetch.run_process(command, dict(os.environ), tmp_path / "log.txt", job, measure, why="trying")
    assert "\n" not in str(caught.value)
    with held[0] as connection:
        connection.settimeout(SECONDS)
        assert connection.recv(1) == b"", "its process is gone"


def test_cancelled_it_is_ended(module: str, tmp_path: Path) -> None:
    with pytest.raises(ResolveCancelled):
        run(watched.command("reaching_waiting", "1"), tmp_path / "log.txt", cancelled=True)


def test_it_ends_when_what_started_it_does(module: str, listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    script = (
        "import subprocess, sys, os\n"
        "subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n"
        "sys.stdin.read()\n"
        "os._exit(0)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, *watched.command("reaching_waiting", str(port))],
        stdin=subprocess.PIPE,
    )
    with parent, listening.accept()[0] as connection:
        parent.kill()
        connection.settimeout(SECONDS)
        assert connection.recv(1) == b""


def test_lines_are_noted_once_and_when_they_are_whole(tmp_path: Path, heard: list[Connection]) -> None:
    log = tmp_path / "log.txt"
    log.write_bytes(b'said\nconnection: {"host": "a", "port": 1, "why": "", "at": 1.0, "allowed": tr')
    report = watched.Report(log, "trying")
    report.look()
    assert heard == []
    with log.open("ab") as file:
        file.write(b'ue}\nconnection: nonsense\nconnection: {"no": 1}\nmore\n')
    for _ in range(2):
        report.look()
    assert heard == [Connection("a", 1, "trying", 1.0, True)]
    assert watched.said(log) == "said\nmore\n"
