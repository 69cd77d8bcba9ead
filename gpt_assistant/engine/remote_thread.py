"""The thread that waits for the network, and an exchange with a server as the model thread sees it."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from gpt_assistant.engine.remote_stream import Piece

T = TypeVar("T")


class NetworkThread:
    """An event loop on a daemon thread, begun at the first use."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> Any:
        """Run `work` there; return its concurrent future."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        """End what runs there, and the thread."""
        if self._loop is None or self._thread is None:
            return
        self.run(_end_others()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
        self._loop = self._thread = None


async def _end_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class Exchange(Generic[T]):
    """What comes of something asked of a server, to be looked at without waiting: `take`, then `result`.

    `done` becomes true at its end, whichever it is. Ended by `close`, at once.
    """

    def __init__(
        self, thread: NetworkThread, work: Callable[[Callable[[Piece], None]], Awaitable[T]]
    ) -> None:
        self._pieces: queue.SimpleQueue[Piece] = queue.SimpleQueue()
        self._future = thread.run(self._work(work))

    async def _work(self, work: Callable[[Callable[[Piece], None]], Awaitable[T]]) -> T:
        return await work(self._pieces.put)

    def take(self) -> list[Piece]:
        """Return the pieces that have come since the last time."""
        found = []
        while not self._pieces.empty():
            found.append(self._pieces.get())
        return found

    @property
    def done(self) -> bool:
        """Return whether nothing more comes, but for what `take` has not returned yet."""
        return bool(self._future.done())

    def result(self) -> T:
        """Return what came of it, once it is done. Raises RemoteFailed."""
        found: T = self._future.result(0)
        return found

    def close(self) -> None:
        """End it, if it has not ended."""
        self._future.cancel()


async def streamed(pieces: AsyncGenerator[Piece, None], put: Callable[[Piece], None]) -> None:
    """Hand all `pieces` to `put`."""
    async with aclosing(pieces) as open_pieces:
        async for piece in open_pieces:
            put(piece)
