"""A server over real HTTP on loopback: addresses, what is streamed, tries, keys, and what may go wrong."""

from __future__ import annotations

import asyncio
import json
import math
import ssl
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import (
    FAULTS,
    Answering,
    Handler,
    ModelServer,
    certificate,
    cut_off,
    model_server,
    no_headers,
    slow_between,
    status,
)

from gpt_assistant.engine.breaker import Breaker
from gpt_assistant.engine.messages import Remote
from gpt_assistant.engine.remote import RemoteEngine, key_name, stored_key
from gpt_assistant.engine.remote_address import parsed
from gpt_assistant.engine.remote_asking import pieces_of, result_of
from gpt_assistant.engine.remote_client import RemoteClient, Waits
from gpt_assistant.engine.remote_errors import RemoteFailed, of_trouble, retry_after
from gpt_assistant.engine.remote_stream import LONGEST_LINE, Events, Piece, piece_of
from gpt_assistant.storage import secrets

T = TypeVar("T")
QUICK = Waits(first=0.3, between=0.3, total=3.0)
BODY = {"prompt": "The", "stream": True}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def asked(remote: Remote, work: Callable[[RemoteClient], Coroutine[Any, Any, T]], key: str = "") -> T:
    async def run() -> T:
        client = RemoteClient(remote, key)
        try:
            return await work(client)
        finally:
            await client.close()

    return asyncio.run(run())


def streamed(server: ModelServer, waits: Waits = QUICK, key: str = "", **more: Any) -> list[Piece]:
    async def work(client: RemoteClient) -> list[Piece]:
        return [piece async for piece in client.stream("completions", BODY, waits)]

    return asked(Remote(server.address, "steady", **more), work, key)


# Addresses


@pytest.mark.parametrize(
    ("given_", "base"),
    [
        ("https://server.example:8000/v1", "https://server.example:8000/v1"),
        ("server.example", "https://server.example/v1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        ("http://[::1]:8080/v1/", "http://[::1]:8080/v1"),
        ("https://server.example/openai/v1/chat/completions", "https://server.example/openai/v1"),
    ],
)
def test_addresses_as_people_write_them(given_: str, base: str) -> None:
    assert parsed(given_).base == base


@pytest.mark.parametrize(
    "given_",
    [
        "",
        "http://",
        "ftp://server.example",
        "https://server.example/?key=1",
        "https://a:b:c/",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_said(given_: str) -> None:
    with pytest.raises(RemoteFailed, match=r"It looks like|Enter its address"):
        parsed(given_)


def test_text_goes_unencrypted_only_where_that_was_allowed() -> None:
    with pytest.raises(RemoteFailed, match="unencrypted"):
        parsed("http://server.example/v1")
    assert not parsed("http://server.example/v1", unencrypted=True).secure
    assert not parsed("http://127.0.0.2:1/v1").secure


def test_a_name_and_password_in_an_address_are_refused() -> None:
    with pytest.raises(RemoteFailed, match="name or password"):
        parsed("https://anna:secret@server.example/v1")


def _named(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(
        ["text", "delta", "content", "logprobs", "tokens", "token_logprobs", "top_logprobs"]
    )
    return st.dictionaries(names, inner)


# What is streamed


def test_pieces_come_with_their_probabilities(server: ModelServer) -> None:
    server.faults = [probable]
    pieces = streamed(server)
    assert [piece.text for piece in pieces] == [" store", " and"]
    assert pieces[0].tokens[0].log_p == -0.5
    assert dict(pieces[0].tokens[0].top) == {" shop": -1.0, " store": -0.5}
    assert pieces[1].tokens[0].text == " and"


def probable(asking: Answering) -> None:
    """The two ways in which servers write probabilities."""
    asking.begin()
    lists = {
        "tokens": [" store"],
        "token_logprobs": [-0.5],
        "top_logprobs": [{" shop": -1.0, " store": -0.5}],
    }
    asking.send_event(json.dumps({"choices": [{"text": " store", "logprobs": lists}]}))
    content = [{"token": " and", "logprob": -0.1, "top_logprobs": [{"token": " or", "logprob": -3}]}]
    asking.send_event(json.dumps({"choices": [{"text": " and", "logprobs": {"content": content}}]}))
    asking.send_event(json.dumps({"choices": [{"text": "", "finish_reason": "length"}]}))
    asking.send_event("[DONE]")


def test_an_answer_that_is_not_streamed_counts_too(server: ModelServer) -> None:
    whole = {"choices": [{"message": {"content": "all of it"}, "finish_reason": "stop"}]}
    server.fault = lambda asking: asking.send_whole(200, json.dumps(whole).encode())
    assert [piece.text for piece in streamed(server)] == ["all of it"]


@given(st.lists(st.binary(max_size=60)))
def test_whatever_comes_is_a_piece_or_a_failure(chunks: list[bytes]) -> None:
    events = Events("server")
    for chunk in [*chunks, b"\n\n"]:
        for data in events.feed(b"data: " + chunk):
            try:
                piece = piece_of(data, "server")
            except RemoteFailed:
                continue
            assert piece is None or isinstance(piece, Piece)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | _named(inner)
    )
)
def test_whatever_json_comes_is_a_piece_or_a_failure(value: Any) -> None:
    for event in (value, {"choices": [value]}, {"choices": [{"text": "a", "logprobs": value}]}):
        try:
            piece = piece_of(json.dumps(event), "server")
        except RemoteFailed:
            continue
        assert piece is None or piece.text.encode() is not None
        assert piece is None or all(math.isfinite(token.log_p) for token in piece.tokens)


def test_a_line_has_an_end() -> None:
    events = Events("server")
    with pytest.raises(RemoteFailed, match="more than an answer"):
        list(events.feed(b"data: " + b"x" * (LONGEST_LINE + 1)))


# What goes wrong


@pytest.mark.parametrize("name", [name for name in FAULTS if name != "no UTF-8"])
def test_every_fault_is_one_line_that_says_who(server: ModelServer, name: str) -> None:
    server.fault = FAULTS[name]
    with pytest.raises(RemoteFailed) as failed:
        streamed(server)
    line = str(failed.value)
    assert parsed(server.address).place in line
    assert "\n" not in line
    assert line.endswith(".") or name == "400"


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (status(401, "no"), "refuses the key"),
        (status(404, "The model `steady` does not exist."), "has no model steady"),
        (status(404), "often ends in /v1"),
        (status(429), "too many requests"),
        (status(400, "prompt is too long"), "prompt is too long"),
    ],
)
def test_what_to_do_is_said(server: ModelServer, fault: Handler, line: str) -> None:
    server.fault = fault
    with pytest.raises(RemoteFailed, match=line):
        streamed(server)


def test_certificates_are_checked(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    context, path = certificate(tmp_path)
    with model_server(context) as server:
        with pytest.raises(RemoteFailed, match="is not trusted"):
            streamed(server)
        assert streamed(server, authority=str(path), waits=Waits())
        with pytest.raises(RemoteFailed, match="cannot be read"):
            streamed(server, authority=str(tmp_path / "none.pem"))


def test_https_where_there_is_none(server: ModelServer) -> None:
    server.address = server.address.replace("http:", "https:")
    with pytest.raises(RemoteFailed, match="Does it speak HTTPS"):
        streamed(server)


def test_a_failure_below_is_named() -> None:
    cause = ssl.SSLCertVerificationError("certificate has expired")
    error = RuntimeError("handshake")
    error.__cause__ = cause
    assert "out of date" in str(of_trouble(error, "server"))


# Tries


def test_it_is_tried_again_until_something_has_come(server: ModelServer) -> None:
    server.faults = [status(503, "", Retry_After="0.1"), status(500)]
    assert streamed(server, Waits(tries=3))
    assert len(server.bodies) == 3


def test_what_has_begun_is_not_tried_again(server: ModelServer) -> None:
    server.faults = [cut_off]
    with pytest.raises(RemoteFailed, match="in the middle"):
        streamed(server, Waits(tries=3))
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    "fault", [status(401), status(404), status(400, "no"), status(429, "", Retry_After="900")]
)
def test_what_would_fail_again_is_not_tried_again(server: ModelServer, fault: Handler) -> None:
    server.fault = fault
    with pytest.raises(RemoteFailed):
        streamed(server, Waits(tries=3))
    assert len(server.bodies) == 1


def test_every_wait_has_an_end(server: ModelServer) -> None:
    for fault in (no_headers, slow_between):
        server.fault = fault
        with pytest.raises(RemoteFailed, match="too long to answer"):
            streamed(server)


def test_a_connection_is_used_again_and_a_dead_one_replaced(server: ModelServer) -> None:
    whole = json.dumps({"choices": [{"text": "a", "finish_reason": "stop"}]}).encode()

    def then_hangs_up(asking: Answering) -> None:
        asking.send_whole(200, whole)
        asking.close_connection = True  # without saying so

    server.faults = [then_hangs_up]
    server.fault = lambda asking: asking.send_whole(200, whole)

    async def work(client: RemoteClient) -> list[str]:
        texts = []
        for _ in range(3):
            texts += [piece.text async for piece in client.stream("completions", BODY, QUICK)]
            await asyncio.sleep(0.05)
        return texts

    assert asked(Remote(server.address, "steady"), work) == ["a", "a", "a"]


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after("7") == 7.0
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 50 < retry_after(date) < 70
    for other in ("", "soon", "nan", "-5", "inf"):
        assert 0.0 <= retry_after(other) <= 3600.0


def test_a_failing_server_is_left_alone_longer_and_longer() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    pauses = []
    for _ in range(8):
        breaker.failed()
        pauses.append(breaker._until - now[0])
        now[0] = breaker._until
        assert not breaker.open
    assert 4.0 <= pauses[0] <= 5.0
    assert pauses == sorted(pauses[:6]) + pauses[6:]
    assert max(pauses) <= 300.0
    breaker.succeeded()
    assert not breaker.failing
    assert [breaker.was_slow() for _ in range(3)] == [False, False, True]


# Keys


def test_the_key_goes_to_its_server_alone(server: ModelServer) -> None:
    with model_server() as other:
        server.fault = lambda asking: asking.send_whole(307, b"", "text/plain", Location=other.address)
        with pytest.raises(RemoteFailed, match="points elsewhere"):
            streamed(server, key="secret-key")
        assert server.asked[0][2]["authorization"] == "Bearer secret-key"
        assert not other.asked


def test_the_key_is_kept_by_server(server: ModelServer) -> None:
    remote = Remote(server.address, "steady")
    secrets.keep(key_name(parsed(server.address)), "secret-key")
    assert stored_key(remote) == "secret-key"
    assert stored_key(Remote("https://server.example/v1")) == ""
    engine = RemoteEngine()
    try:
        engine.use(remote)
        assert [piece.text for piece in waited(pieces_of(engine.complete("The", 5)))]
        assert server.asked[-1][2]["authorization"] == "Bearer secret-key"
        assert waited(result_of(engine.models(remote))) == []
    finally:
        engine.close()
    assert "secret-key" not in repr(engine.__dict__)


def waited(steps: Any) -> list[Any]:
    found = []
    for step in steps:
        if isinstance(step, Piece):
            found.append(step)
        else:
            time.sleep(step.seconds)
    return found


def test_the_models_are_listed(server: ModelServer) -> None:
    assert asked(Remote(server.address), lambda client: client.models()) == ["other", "steady"]
    server.models_fail = True
    for fault in (FAULTS["wrong JSON"], FAULTS["a page in place of an answer"], FAULTS["401"], FAULTS["500"]):
        server.fault = fault
        with pytest.raises(RemoteFailed):
            asked(Remote(server.address), lambda client: client.models())
