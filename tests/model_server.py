"""A real server of OpenAI's protocol on this machine, which can be made to fail in every way."""

from __future__ import annotations

import datetime
import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MODEL = "steady"
HANG = 30.0  # seconds: longer than any test waits
Handler = Callable[["Answering"], None]


class Answering(BaseHTTPRequestHandler):
    """One request being answered; `server.model_server` says how."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        owner = self.owner
        owner.asked.append((self.path, {}, dict(self.headers)))
        if owner.fault is not None and owner.models_fail:
            owner.fault(self)
            return
        listed = {"object": "list", "data": [{"id": name} for name in owner.models]}
        self.send_whole(200, json.dumps(listed).encode())

    def do_POST(self) -> None:
        owner = self.owner
        self.body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        owner.asked.append((self.path, self.body, dict(self.headers)))
        try:
            fault = owner.faults.pop(0) if owner.faults else owner.fault
            (fault or steady)(self)
        except OSError:
            owner.hung_up += 1
            self.close_connection = True

    @property
    def owner(self) -> ModelServer:
        return self.server.model_server  # type: ignore[attr-defined,no-any-return]

    @property
    def talks(self) -> bool:
        """Whether this is a talk, rather than a text to go on with."""
        return self.path.endswith("/chat/completions")

    def send_whole(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def send_event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def send_token(self, text: str, finished: bool = False) -> None:
        choice: dict[str, Any] = {"index": 0, "finish_reason": "stop" if finished else None}
        if self.talks:
            choice["delta"] = {"content": text}
        else:
            choice["text"] = text
            if "logprobs" in self.body and text and self.owner.probabilities:
                top = self.owner.tops.get(text, {}) | {text: self.owner.log_p}
                choice["logprobs"] = {
                    "tokens": [text],
                    "token_logprobs": [self.owner.log_p],
                    "top_logprobs": [top],
                    "text_offset": [0],
                }
        self.send_event(json.dumps({"choices": [choice]}))

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class ModelServer:
    """What is served: `answer` cut into tokens at "|", `fault` for every request or `faults` in turn."""

    address: str
    answer: str | Callable[[Answering], str] = " store| and| bought| some| bread|."
    models: list[str] = field(default_factory=lambda: [MODEL, "other"])
    fault: Handler | None = None
    faults: list[Handler] = field(default_factory=list)
    models_fail: bool = False
    probabilities: bool = True
    log_p: float = -0.05
    tops: dict[str, dict[str, float]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    hung_up: int = 0

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies of what was asked by POST."""
        return [body for _, body, _ in self.asked if body]


def tokens_of(asking: Answering) -> list[str]:
    answer = asking.owner.answer
    return (answer if isinstance(answer, str) else answer(asking)).split("|")


def steady(asking: Answering) -> None:
    """Answer as a server should."""
    asking.begin()
    for token in tokens_of(asking):
        asking.send_token(token)
    asking.send_token("", finished=True)
    asking.send_event("[DONE]")


def slow_first(asking: Answering) -> None:
    asking.begin()
    time.sleep(3.0)
    asking.send_token(" late", finished=True)


def no_headers(asking: Answering) -> None:
    time.sleep(HANG)


def hangs_after_headers(asking: Answering) -> None:
    asking.begin()
    time.sleep(HANG)


def slow_between(asking: Answering) -> None:
    asking.begin()
    asking.send_token(tokens_of(asking)[0])
    time.sleep(HANG)


def cut_off(asking: Answering) -> None:
    asking.begin()
    asking.send_token(tokens_of(asking)[0])


def cut_off_at_once(asking: Answering) -> None:
    asking.begin()


def cut_in_chunk(asking: Answering) -> None:
    """End in the middle of a chunk of the transfer."""
    asking.send_response(200)
    asking.send_header("Content-Type", "text/event-stream")
    asking.send_header("Transfer-Encoding", "chunked")
    asking.end_headers()
    asking.wfile.write(b"400\r\ndata: {")
    asking.close_connection = True


def status(code: int, detail: str = "", **headers: str) -> Handler:
    """Return what answers with the status `code`."""
    body = json.dumps({"error": {"message": detail}}).encode() if detail else b"<html>no</html>"
    kind = "application/json" if detail else "text/html"
    return lambda asking: asking.send_whole(code, body, kind, **headers)


def wrong_json(asking: Answering) -> None:
    asking.begin()
    asking.send_event('{"choices": [{"text": ')


def other_json(asking: Answering) -> None:
    asking.begin()
    asking.send_event('{"choices": {"text": 7}}')


def deep_json(asking: Answering) -> None:
    asking.begin()
    asking.send_event("[" * 100_000)


def error_in_stream(asking: Answering) -> None:
    asking.begin()
    asking.send_event('{"error": {"message": "out of memory"}}')


def wrong_kind(asking: Answering) -> None:
    asking.send_whole(200, b"<html><body>Log in to the hotel's network</body></html>", "text/html")


def huge_line(asking: Answering) -> None:
    asking.begin()
    asking.wfile.write(b"data: ")
    for _ in range(200):
        asking.wfile.write(b"x" * 100_000)


def endless(asking: Answering) -> None:
    asking.begin()
    while True:
        asking.wfile.write(b": nothing\n" * 10_000)


def not_utf8(asking: Answering) -> None:
    asking.begin()
    asking.wfile.write(b'data: {"choices": [{"text": "\xff\xfe\xc3"}]}\n\n')
    asking.wfile.write(b"\xff\xff\xff\n\n")


def not_http(asking: Answering) -> None:
    asking.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    asking.close_connection = True


def redirects(asking: Answering) -> None:
    asking.send_whole(302, b"", "text/plain", Location="http://127.0.0.1:9/v1/completions")


FAULTS: dict[str, Handler] = {
    "a slow first token": slow_first,
    "no headers": no_headers,
    "nothing after the headers": hangs_after_headers,
    "a stop between tokens": slow_between,
    "cut off in the middle": cut_off,
    "cut off at once": cut_off_at_once,
    "cut off in a chunk": cut_in_chunk,
    "401": status(401, "Invalid API key"),
    "403": status(403),
    "404 for the model": status(404, "The model `steady` does not exist."),
    "404": status(404),
    "429": status(429, "slow down", Retry_After="7"),
    "500": status(500, "CUDA error"),
    "503": status(503, "", Retry_After="1"),
    "400": status(400, "prompt is too long"),
    "a redirect": redirects,
    "wrong JSON": wrong_json,
    "other JSON": other_json,
    "deep JSON": deep_json,
    "an error in the stream": error_in_stream,
    "a page in place of an answer": wrong_kind,
    "a huge line": huge_line,
    "no end": endless,
    "no UTF-8": not_utf8,
    "no HTTP": not_http,
}


@contextmanager
def model_server(context: ssl.SSLContext | None = None) -> Iterator[ModelServer]:
    """Run a ModelServer on a free port of the loopback address, with TLS if a context is given."""
    web = _Quiet(("127.0.0.1", 0), Answering)
    web.daemon_threads = True
    if context is not None:
        web.socket = context.wrap_socket(web.socket, server_side=True, do_handshake_on_connect=False)
    server = ModelServer(f"{'https' if context else 'http'}://127.0.0.1:{web.server_port}/v1")
    web.model_server = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        web.socket.close()  # not server_close: it would wait for requests that hang
        thread.join()


class _Quiet(ThreadingHTTPServer):
    request_queue_size = 32

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that hang up are what is tested."""


def certificate(
    folder: Path, *, host: str = "127.0.0.1", days: tuple[int, int] = (-1, 30)
) -> tuple[ssl.SSLContext, Path]:
    """Return the context of a server with a certificate of its own making for `host`, and its file.

    It is valid from so many days after today to so many.
    """
    from cryptography import x509  # noqa: PLC0415 (skipped without it)
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        alternative = x509.DNSName(host)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(pem)
    both = folder / f"{host}-with-key.pem"
    both.write_bytes(private + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, path
