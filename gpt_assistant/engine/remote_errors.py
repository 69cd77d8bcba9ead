"""What can go wrong with a server, each as one line that says what to do."""

from __future__ import annotations

import json
import math
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

from gpt_assistant.text.told import mark, said, told

_LONGEST_PAUSE = 3600.0
_SLOW = mark("{server} takes too long to answer.")
_SHOWN = 120  # characters of what a server says
_TOO_MANY, _UNAVAILABLE = 429, 503
# Statuses after which the same request may well succeed a little later.
_PASSING = frozenset({408, 425, _TOO_MANY, 500, 502, _UNAVAILABLE, 504})
_NO_SUCH_WAY = frozenset({404, 405, 501})
_LINES = (
    ({401, 403}, mark("{server} refuses the key. Enter the right one in the settings.")),
    (_NO_SUCH_WAY, mark("{server} has no such page. Check the address; it often ends in /v1.")),
    (range(300, 400), mark("{server} points elsewhere. Enter the address that it points to.")),
    ({_TOO_MANY}, mark("{server} has too many requests. Wait a little, or ask who runs it.")),
    (range(500, 600), mark("{server} has a problem of its own ({status}). Ask who runs it.")),
)


_TROUBLES: tuple[tuple[type[BaseException], bool, str], ...] = (
    (ssl.SSLError, False, mark("No secure connection to {server}. Does it speak HTTPS on this port?")),
    (socket.gaierror, True, mark("{server} is not found. Check the address and the network.")),
    (ConnectionRefusedError, True, mark("{server} does not answer. Is it running?")),
    (TimeoutError, True, _SLOW),
)


class RemoteFailed(Exception):  # noqa: N818 (named for what happened)
    """A server did not answer as it should; the text is one line for the person, with what to do.

    `again` is true where trying again may help, `pause` the seconds that the server asks to wait.
    `status` is that of HTTP, 0 where it did not come to one, `detail` what the server said of it.
    """

    def __init__(
        self, text: str, *, again: bool = False, pause: float = 0.0, status: int = 0, detail: str = ""
    ) -> None:
        super().__init__(text)
        self.again, self.pause, self.status, self.detail = again, pause, status, detail
        self.empty = False  # an answer that ended before its first piece

    @property
    def no_such_way(self) -> bool:
        """Return whether the server does not know this way of asking, rather than the model."""
        return self.status in _NO_SUCH_WAY and "model" not in self.detail.lower()

    @property
    def no_probabilities(self) -> bool:
        """Return whether the server may object to being asked for probabilities.

        That of llama-cpp-python, not told to keep them, breaks off without a word.
        """
        told_so = re.search(r"log_?prob|logits_all", self.detail, re.IGNORECASE)
        return self.empty or (self.status in (400, 422, 500, 501) and told_so is not None)


def of_status(status: int, headers: Mapping[str, str], body: bytes, place: str, model: str) -> RemoteFailed:
    """Return what an answer other than 200 means."""
    detail = _detail(body)
    return RemoteFailed(
        _line_of(status, detail, place, model),
        again=status in _PASSING,
        pause=retry_after(headers.get("retry-after", "")),
        status=status,
        detail=detail,
    )


def _line_of(status: int, detail: str, place: str, model: str) -> str:
    if status == 404 and "model" in detail.lower():
        return told(
            "{server} has no model {model}. Fetch its models in the settings.", server=place, model=model
        )
    for statuses, line in _LINES:
        if status in statuses:
            return told(line, server=place, status=status)
    if detail:
        return told("{server} does not take the request: {detail}", server=place, detail=detail[:_SHOWN])
    return told("{server} does not take the request ({status}).", server=place, status=status)


def _detail(body: bytes) -> str:
    """Return what an error's body says, on one line, "" for a page that is not for programs."""
    try:
        told_so = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for name in ("error", "message", "detail"):
        if isinstance(told_so, dict) and name in told_so:
            told_so = told_so[name]
    return " ".join(told_so.split()) if isinstance(told_so, str) else json.dumps(told_so)[:500]


def retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks to wait (RFC 9110, 10.2.3), 0 for none."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), _LONGEST_PAUSE) if math.isfinite(seconds) else 0.0


def of_trouble(error: BaseException, place: str) -> RemoteFailed:
    """Return what an exception on the way to a server, or on the way back, means."""
    for cause in _causes(error):
        if isinstance(cause, RemoteFailed):
            return cause
        if found := _known(cause, place):
            return found
    if type(error).__name__ in ("RemoteProtocolError", "LocalProtocolError", "DecodingError"):
        text = told("{server} does not answer as a web server should. Check the address.", server=place)
    else:
        kind = type(error).__name__
        text = told("The connection to {server} broke off ({kind}). Try again.", server=place, kind=kind)
    return RemoteFailed(text, again=True)


def _known(cause: BaseException, place: str) -> RemoteFailed | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return RemoteFailed(_certificate(cause, place))
    if type(cause).__name__ == "NotPermitted":
        return RemoteFailed(said(cause))
    for kinds, again, line in _TROUBLES:
        if isinstance(cause, kinds):
            return RemoteFailed(told(line, server=place), again=again)
    return RemoteFailed(slow(place), again=True) if "Timeout" in type(cause).__name__ else None


def slow(place: str) -> str:
    """Return the line for a server that takes too long."""
    return told(_SLOW, server=place)


def _certificate(error: ssl.SSLCertVerificationError, place: str) -> str:
    why = f"{getattr(error, 'verify_message', '')} {error}".lower()
    if "expired" in why or "not yet valid" in why:
        return told(
            "The certificate of {server} is out of date. Ask who runs it, or check the clock.", server=place
        )
    if "mismatch" in why or "not valid for" in why:
        return told("The certificate of {server} is for another name. Check the address.", server=place)
    return told(
        "The certificate of {server} is not trusted. Name its authority's file in the settings.", server=place
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        yield seen
        if isinstance(seen, BaseExceptionGroup):  # of a name with several addresses
            seen = seen.exceptions[0]
        else:
            seen = seen.__cause__ or seen.__context__
