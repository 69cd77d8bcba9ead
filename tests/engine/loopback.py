"""A real web server on this machine: a package index and a hub, in small."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "c0ffee" + "0" * 34


class Server:
    """Serves `pages` by path; `cut` answers end after that many bytes, `slow` sends for that many seconds.

    `ranges` answers ask for the rest of a file, as real indexes do; `cuts` is how many more answers are cut.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.cut: int | None = None
        self.cuts = 1_000_000
        self.slow = 0.0
        self.ranges = True
        self.statuses: list[int] = []  # of the next answers, in place of 200

    def add_package(self, name: str, wheel: Path) -> None:
        self.pages[f"/simple/{name}/"] = f'<a href="/files/{wheel.name}">{wheel.name}</a>'.encode()
        self.pages[f"/files/{wheel.name}"] = wheel.read_bytes()

    def add_repository(self, name: str, files: dict[str, bytes]) -> None:
        siblings = [{"rfilename": path, "size": len(data)} | _lfs(path, data) for path, data in files.items()]
        info = json.dumps({"id": name, "sha": COMMIT, "siblings": siblings}).encode()
        tree = [
            {"type": "file", "path": path, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
            for path, data in files.items()
        ]
        self.pages[f"/api/models/{name}"] = info
        self.pages[f"/api/models/{name}/revision/{COMMIT}"] = info
        self.pages[f"/api/models/{name}/tree/{COMMIT}"] = json.dumps(tree).encode()
        for path, data in files.items():
            self.pages[f"/{name}/resolve/{COMMIT}/{path}"] = data

    def asked_for(self, part: str) -> list[str]:
        return [path for path in self.requests if part in path]


def _lfs(path: str, data: bytes) -> dict[str, object]:
    """Return what the hub says beside the size of a large file."""
    if not path.endswith(".safetensors"):
        return {}
    return {"lfs": {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 135}}


@contextmanager
def serving() -> Iterator[Server]:
    """Run a Server on a free port of the loopback address."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            server.requests.append(f"{self.command} {path}")
            data = server.pages.get(path)
            if data is None:
                self.send_error(404)
                return
            if server.statuses and path.startswith("/files/"):
                self.send_error(server.statuses.pop(0))
                return
            start = self.rest_from() if path.startswith("/files/") else 0
            if start > len(data):
                self.send_error(416)
                return
            data = data[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", "application/json" if path.startswith("/api/") else "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("ETag", f'"{hashlib.sha1(data).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if self.command == "GET":
                cut = server.cut is not None and server.cuts > 0 and path.startswith("/files/")
                server.cuts -= cut
                self.send(data[: server.cut] if cut else data)

        def rest_from(self) -> int:
            asked = self.headers.get("Range", "")
            if not asked or not server.ranges:
                return 0
            server.requests.append(asked)
            return int(asked.removeprefix("bytes=").removesuffix("-"))

        def send(self, data: bytes) -> None:
            if not server.slow or not self.path.split("?")[0].endswith((".whl", ".safetensors")):
                self.wfile.write(data)
                return
            try:
                for start in range(0, len(data), 1 + len(data) // 100):
                    self.wfile.write(data[start : start + 1 + len(data) // 100])
                    time.sleep(server.slow / 100)
            except OSError:
                server.requests.append("HUNG UP")

        def log_message(self, *_: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    server = Server(f"http://127.0.0.1:{web.server_port}")
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


def write_wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """Write a wheel of version 1.0 that pip accepts, with `files` in it."""
    module = name.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    info = f"{module}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: no-such\n"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: no-such\n"
    files = files | {
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{member},,\n" for member in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in (files | {f"{info}/RECORD": record.encode()}).items():
            archive.writestr(member, data)
    return path
