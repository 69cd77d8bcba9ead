"""Talking to a server of OpenAI's protocol over HTTP/1.1, on an event loop of its own (remote_thread.py).

Asynchronous, because only then does a cancelled request end at once, wherever it waits: closing a socket
that another thread reads from does not wake that thread. Every wait has an end of its own: for the
connection, the first piece, between two pieces, and for the whole. What has begun to stream is never tried
again. The key goes to the one server it was entered for: redirects are not followed.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from gpt_assistant import connections
from gpt_assistant.engine.messages import Remote
from gpt_assistant.engine.remote_address import Address, is_loopback, parsed
from gpt_assistant.engine.remote_errors import RemoteFailed, of_status, of_trouble
from gpt_assistant.engine.remote_stream import (
    LARGEST_ANSWER,
    Events,
    Piece,
    broken_off,
    piece_of,
    too_large,
    unreadable,
)
from gpt_assistant.text.told import told

_CONNECT_SECONDS = 5.0
_LISTING_SECONDS = 10.0
_IDLE_SECONDS = 60.0  # a connection that is not used is kept this long
_FIRST_PAUSE, _LONGEST_PAUSE = 0.4, 10.0  # seconds between two tries
_MOST_MODELS = 1000
_STREAMED, _WHOLE = "text/event-stream", "application/json"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long to wait, in seconds: for the first piece, between two, for all of it. `tries` in all."""

    first: float = 10.0
    between: float = 10.0
    total: float = 300.0
    tries: int = 1


class RemoteClient:
    """The server `remote`, asked with `key` ("" for none). Raises RemoteFailed for an address that is none.

    To be used on one event loop, and closed there.
    """

    def __init__(self, remote: Remote, key: str = "") -> None:
        import httpx2  # noqa: PLC0415 (0.1 s, and a bare server may lack it)

        self.remote = remote
        self.address: Address = parsed(remote.address, unencrypted=remote.unencrypted)
        headers = {"accept": f"{_STREAMED}, {_WHOLE}", "accept-encoding": "identity"}
        if key:
            headers["authorization"] = f"Bearer {key}"
        self._http = httpx2.AsyncClient(
            headers=headers,
            verify=_verification(remote.authority) if self.address.secure else False,
            timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS, pool=_CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=8, keepalive_expiry=_IDLE_SECONDS),
            trust_env=not is_loopback(self.address.host),
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def models(self) -> list[str]:
        """Return the names of the models that the server has. Raises RemoteFailed."""
        async with (
            self._guarded(told("fetching the models of {server}", server=self.address.place)),
            asyncio.timeout(_LISTING_SECONDS),
            self._http.stream("GET", self._url("models")) as answer,
        ):
            await self._check(answer)
            body = await _whole(answer, self.address.place)
        try:
            entries = json.loads(body)["data"]
            names = [entry["id"] for entry in entries[:_MOST_MODELS] if isinstance(entry["id"], str)]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise unreadable(self.address.place) from None
        return sorted(dict.fromkeys(names))

    async def stream(self, path: str, body: Mapping[str, Any], waits: Waits) -> AsyncGenerator[Piece, None]:
        """Yield the answer to `body`, piece by piece. Raises RemoteFailed.

        Until the first piece has come it is tried again where that may help, up to `waits.tries` times, after
        a pause that doubles, or the one that the server asks for if it is not too long.
        """
        ends = time.monotonic() + waits.total
        for number in range(waits.tries):
            begun = False
            try:
                async with aclosing(self._once(path, body, waits, ends)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
                return
            except RemoteFailed as error:
                pause = max(error.pause, _pause(number))
                last = number + 1 == waits.tries or time.monotonic() + pause > ends
                if begun or not error.again or last or pause > _LONGEST_PAUSE:
                    raise
            await asyncio.sleep(pause)

    async def _once(
        self, path: str, body: Mapping[str, Any], waits: Waits, ends: float
    ) -> AsyncGenerator[Piece, None]:
        place, events, finished = self.address.place, Events(self.address.place), False
        empty = True
        async with self._guarded(told("asking {server}, which is switched on", server=place)):
            async with asyncio.timeout(_until(ends, waits.first)) as patience:
                request = self._http.build_request("POST", self._url(path), json=dict(body))
                answer = await self._sent(request)
                async with aclosing(answer):
                    await self._check(answer)
                    async for data in self._data(answer, events):
                        piece = piece_of(data, place)
                        if piece is None:
                            continue
                        patience.reschedule(asyncio.get_running_loop().time() + _until(ends, waits.between))
                        finished = finished or piece.finished
                        if piece.text or piece.tokens:
                            empty = False
                            yield piece
                        if data.strip() == "[DONE]":
                            break
        if not finished:
            raise broken_off(place, empty)

    async def _data(self, answer: Any, events: Events) -> AsyncIterator[str]:
        """Yield the data of the events of an answer, or the whole of one that is not streamed."""
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _WHOLE:
            yield (await _whole(answer, self.address.place)).decode("utf-8", errors="replace")
            return
        if kind != _STREAMED:
            raise unreadable(self.address.place)
        async for chunk in answer.aiter_raw():
            for data in events.feed(chunk):
                yield data
        for data in events.end():
            yield data

    async def _sent(self, request: Any) -> Any:
        """Send a request; once more at once where a kept connection turns out to have been closed."""
        import httpx2  # noqa: PLC0415 (as above)

        try:
            return await self._http.send(request, stream=True)
        except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError):
            return await self._http.send(request, stream=True)

    async def _check(self, answer: Any) -> None:
        if answer.status_code != 200:
            body = await _whole(answer, self.address.place)
            raise of_status(answer.status_code, answer.headers, body, self.address.place, self.remote.model)

    @asynccontextmanager
    async def _guarded(self, why: str) -> AsyncIterator[None]:
        """Permit a connection for `why`, and turn what goes wrong into RemoteFailed."""
        try:
            with connections.permit(why):
                yield
        except (RemoteFailed, asyncio.CancelledError, GeneratorExit):
            raise
        except Exception as error:
            raise of_trouble(error, self.address.place) from error

    def _url(self, path: str) -> str:
        return f"{self.address.base}/{path}"


def _verification(authority: str) -> Any:
    """Return how certificates are checked: by the system's authorities, and the one in a file if named."""
    if not authority:
        return True
    try:
        context = ssl.create_default_context()
        context.load_verify_locations(authority)
    except (OSError, ValueError) as error:
        raise RemoteFailed(
            told("The authority's file {name} cannot be read as one. Choose a PEM file.", name=authority)
        ) from error
    return context


async def _whole(answer: Any, place: str) -> bytes:
    """Return the body of an answer. Raises RemoteFailed if it is too large."""
    body = b""
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise too_large(place)
    return body


def _until(ends: float, seconds: float) -> float:
    return max(0.0, min(seconds, ends - time.monotonic()))


def _pause(number: int) -> float:
    """Return the seconds before the next try: doubling, less by chance, so that not all come at once."""
    return _FIRST_PAUSE * 2.0**number * random.uniform(0.5, 1.0)
