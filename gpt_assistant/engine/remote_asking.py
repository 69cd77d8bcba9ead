"""Waiting for a server in steps of the model thread, so that it goes on with what else is to be done."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from gpt_assistant.engine.remote_stream import Piece
from gpt_assistant.engine.remote_thread import Exchange
from gpt_assistant.engine.resolving import Waiting

T = TypeVar("T")
# A first token may come 50 ms after the server has sent it at the latest; this is the most added here.
POLL = Waiting(0.002)


def pieces_of(exchange: Exchange[None]) -> Generator[Piece | Waiting, None, None]:
    """Yield the pieces of an answer as they come, and Waiting meanwhile. Raises RemoteFailed.

    Closing the generator ends the exchange.
    """
    try:
        while True:
            done = exchange.done
            yield from exchange.take()
            if done:
                break
            yield POLL
        exchange.result()
    finally:
        exchange.close()


def result_of(exchange: Exchange[T]) -> Generator[Waiting, None, T]:
    """Return what comes of an exchange; yields Waiting until then. Raises RemoteFailed."""
    try:
        while not exchange.done:
            yield POLL
        return exchange.result()
    finally:
        exchange.close()
