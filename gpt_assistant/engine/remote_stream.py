"""What a server streams: server-sent events with pieces of text, and what may be wrong with them.

The format is that of OpenAI's API, in the three dialects met with: /v1/completions with lists of tokens
and their log-probabilities (vLLM, llama-cpp-python), the same with one object a token (llama.cpp), and
/v1/chat/completions. Nothing that comes is trusted to be of that form or to end.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.text.told import told

LONGEST_LINE = 1 << 18
LARGEST_ANSWER = 1 << 23
_DONE = "[DONE]"


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an answer: its text, its log-probability, and those of the likeliest at its place."""

    text: str
    log_p: float
    top: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some more text of an answer; `tokens` are empty where the server gives no probabilities."""

    text: str = ""
    tokens: tuple[Token, ...] = ()
    finished: bool = False


class Events:
    """Cuts bytes into the data of server-sent events (WHATWG HTML, 9.2.6), within limits."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._rest = b""
        self._data: list[str] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[str]:
        """Yield the data of the events that `chunk` ends. Raises RemoteFailed beyond the limits."""
        self._size += len(chunk)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if self._size > LARGEST_ANSWER or max(map(len, (*lines, self._rest))) > LONGEST_LINE:
            raise too_large(self._place)
        for raw in lines:
            # Cut at line ends, so no character is cut; bytes that are none stand for themselves.
            line = raw.decode("utf-8", errors="replace").rstrip("\r")
            if line.startswith("data:"):
                self._data.append(line[5:].removeprefix(" "))
            elif not line and self._data:
                yield from self.end()

    def end(self) -> Iterator[str]:
        """Yield what is still open when the stream ends."""
        if self._data:
            data, self._data = "\n".join(self._data), []
            yield data


def piece_of(data: str, place: str) -> Piece | None:
    """Return the piece that an event's data, or a whole answer, is; None for what says nothing.

    Raises RemoteFailed for an error that the server sends in place of it, and for what is of another form.
    """
    if data.strip() == _DONE:
        return Piece(finished=True)
    try:
        event = json.loads(data)
        if event.get("error"):
            raise RemoteFailed(told("{server} broke off with an error of its own.", server=place), again=True)
        choices = event.get("choices") or []
        return _of_choice(choices[0]) if choices else None
    except RemoteFailed:
        raise
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        raise unreadable(place) from None


def _of_choice(choice: Any) -> Piece:
    message = choice.get("delta") or choice.get("message") or {}
    text = choice.get("text") if "text" in choice else message.get("content")
    if text is not None and not isinstance(text, str):
        raise TypeError("a text that is none")
    # JSON may spell half a surrogate pair, which is no text and could not be written to a file.
    clean = (text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Piece(clean, _tokens(choice.get("logprobs")), bool(choice.get("finish_reason")))


def _tokens(given: Any) -> tuple[Token, ...]:
    """Return the tokens with their probabilities; none where any of them is missing or of no use."""
    try:
        if not given:
            return ()
        found = tuple(_of_chat(given["content"]) if given.get("content") else _of_lists(given))
    except (TypeError, AttributeError, KeyError, ValueError, IndexError):
        return ()
    return found if all(-math.inf < token.log_p <= 1e-3 for token in found) else ()


def _of_lists(given: Any) -> Iterator[Token]:
    tops = given.get("top_logprobs") or [None] * len(given["tokens"])
    for text, log_p, top in zip(given["tokens"], given["token_logprobs"], tops, strict=True):
        likeliest = tuple((str(other), float(p)) for other, p in (top or {}).items())
        yield Token(str(text), float(log_p), likeliest)


def _of_chat(given: Any) -> Iterator[Token]:
    for entry in given:
        likeliest = tuple((str(t["token"]), float(t["logprob"])) for t in entry.get("top_logprobs") or ())
        yield Token(str(entry["token"]), float(entry["logprob"]), likeliest)


def unreadable(place: str) -> RemoteFailed:
    """Return the failure of a server that answers in another form."""
    return RemoteFailed(
        told(
            "{server} answers in a form that is not an OpenAI-compatible server's. Check the address.",
            server=place,
        )
    )


def too_large(place: str) -> RemoteFailed:
    """Return the failure of a server that does not come to an end."""
    return RemoteFailed(told("{server} sends more than an answer can be. It was cut off.", server=place))


def broken_off(place: str, empty: bool) -> RemoteFailed:
    """Return the failure of an answer that ends in the middle, or before it has begun."""
    failed = RemoteFailed(told("{server} broke off in the middle of its answer.", server=place), again=True)
    failed.empty = empty
    return failed
