"""Which connections are let through, refused, noted and ended; in processes of their own, for it stays."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from gpt_assistant import connections
from gpt_assistant.connections import Connection, NotPermitted

BEGIN = """
import http.client, http.server, json, socket, threading, urllib.request
from gpt_assistant import connections

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
port = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
heard = []
connections.on_connection(lambda each: heard.append((each.host, each.port == port, each.why, each.allowed)))
connections.install()

def get(host="localhost"):
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/", timeout=30) as page:
            return page.read().decode()
    except OSError as error:
        return str(getattr(error, "reason", error))

result = None
"""
END = "\nprint(json.dumps([result, heard]))\n"


def run(body: str) -> tuple[Any, list[tuple[str, bool, str, bool]]]:
    """Return what `body` leaves in `result`, and what was heard of connections."""
    command = [sys.executable, "-W", "error", "-c", BEGIN + body + END]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    result, heard = json.loads(done.stdout)
    return result, [tuple(each) for each in heard]


def test_what_nobody_asked_for_is_refused_in_one_line_and_noted() -> None:
    result, heard = run("result = [get(), get('127.0.0.1')]")
    hosts = ("localhost", "127.0.0.1")
    assert result == [f"{host} was not contacted: nobody asked for it." for host in hosts]
    assert heard == [(host, True, "nobody asked for it", False) for host in hosts]


def test_what_was_asked_for_is_let_through_and_noted_once_by_its_name() -> None:
    body = "with connections.permit('trying'): result = [get(), get('127.0.0.1'), get()]"
    result, heard = run(body)
    assert result == ["ok"] * 3
    assert heard == [(host, True, "trying", True) for host in ("localhost", "127.0.0.1", "localhost")]


def test_offline_that_comes_between_the_look_and_the_connection_holds() -> None:
    """It ends what is open by then; this one was not yet, and was let through."""
    body = """
connections.on_connection(lambda each: connections.set_offline(True))
with connections.permit('trying'): result = get('127.0.0.1')
"""
    result, heard = run(body)
    assert result == "127.0.0.1 was not contacted: “Stay offline” is on."
    assert heard == [("127.0.0.1", True, "trying", True)]


def test_a_thread_that_is_started_for_it_may_connect_too() -> None:
    body = """
from concurrent.futures import ThreadPoolExecutor
with connections.permit("outer"), connections.permit("inner"), ThreadPoolExecutor(1) as pool:
    result = [pool.submit(get).result(), get()]
result.append(get())
"""
    result, heard = run(body)
    assert result[:2] == ["ok", "ok"]
    assert "nobody asked" in result[2]
    assert [why for _, _, why, _ in heard] == ["inner", "inner", "nobody asked for it"]


def test_asyncio_looks_up_on_one_thread_and_connects_on_another() -> None:
    body = """
import asyncio
async def reach():
    _, writer = await asyncio.open_connection("localhost", port)
    writer.close()
    await writer.wait_closed()
with connections.permit("trying"):
    asyncio.run(reach())
    asyncio.run(reach())
"""
    _, heard = run(body)
    assert heard == [("localhost", True, "trying", True)] * 2


def test_permits_that_end_in_another_order_leave_nothing_behind() -> None:
    body = """
first, second = connections.permit("first"), connections.permit("second")
first.__enter__()
second.__enter__()
first.__exit__(None, None, None)
result = [get()]
second.__exit__(None, None, None)
result.append(get())
"""
    result, heard = run(body)
    assert [why for _, _, why, _ in heard] == ["second", "nobody asked for it"]
    assert result[0] == "ok"


def test_offline_refuses_also_what_was_asked_for_and_ends_what_is_open() -> None:
    body = """
with connections.permit("trying"):
    open_one = socket.create_connection(("localhost", port), timeout=30)
    unconnected = socket.socket()  # nothing to end
    local, other = socket.socketpair()
    connections.set_offline(True)
    result = [open_one.recv(1).decode(), get(), get("127.0.0.1")]
    local.send(b"x")
    result.append(other.recv(1).decode())
    connections.set_offline(False)
    result.append(get())
for each in (open_one, unconnected, local, other):
    each.close()
"""
    result, heard = run(body)
    why = "was not contacted: “Stay offline” is on."
    assert result == ["", f"localhost {why}", f"127.0.0.1 {why}", "x", "ok"]
    assert [allowed for _, _, _, allowed in heard] == [True, False, False, True]
    assert {why for _, _, why, _ in heard} == {"trying"}


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.getaddrinfo('example.com', 443)",
        "socket.gethostbyname('example.com')",
        "socket.gethostbyaddr('192.0.2.1')",
        "socket.getnameinfo(('192.0.2.1', 80), 0)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "socket.socket(socket.AF_INET).connect_ex(('192.0.2.1', 80))",
        "socket.socket(socket.AF_INET).bind(('127.0.0.1', 0))",
        "socket.create_server(('127.0.0.1', 0))",
        "asyncio.run(asyncio.open_connection('192.0.2.1', 80))",
        "http.client.HTTPSConnection('example.com', timeout=5).request('GET', '/')",
    ],
)
def test_every_way_of_python_is_refused(attempt: str) -> None:
    body = f"""
import asyncio, gc, warnings
warnings.simplefilter("ignore", ResourceWarning)
try:
    {attempt}
except OSError as error:
    result = str(error)
gc.collect()
"""
    result, heard = run(body)
    assert result is not None
    assert "nobody asked" in result
    assert [allowed for *_, allowed in heard] == [False]


def test_local_sockets_and_numbers_are_let_be() -> None:
    body = """
local, other = socket.socketpair()
local.send(b"x")
result = [other.recv(1).decode(), socket.getaddrinfo("127.0.0.1", 80)[0][4][0], bool(socket.gethostname())]
local.close(); other.close()
"""
    result, heard = run(body)
    assert result == ["x", "127.0.0.1", True]
    assert heard == []


def test_libraries_are_told_to_be_quiet() -> None:
    result, _ = run("import os; result = {name: os.environ.get(name) for name in connections.QUIET}")
    assert result == connections.QUIET
    body = "from huggingface_hub import constants; result = constants.HF_HUB_OFFLINE"
    assert run(body)[0] is True


def test_where_it_is_only_imported_nothing_is_refused() -> None:
    assert not connections.is_installed()
    heard: list[Connection] = []
    end = connections.on_connection(heard.append)
    connections.note(Connection("example.com", 443, "why", 1.0))
    end()
    connections.note(Connection("example.com", 443, "why", 1.0))
    assert heard == [Connection("example.com", 443, "why", 1.0, True)]
    assert issubclass(NotPermitted, OSError)
