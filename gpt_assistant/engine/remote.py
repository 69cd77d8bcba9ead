"""A server that answers in place of the model on this machine, while it answers well.

Any that speaks OpenAI's protocol: vLLM, which spreads over many cards and machines, llama.cpp's server,
Ollama, TGI. The network has a thread of its own; the model thread looks at what has come between two passes
of its own, so it goes on computing while a server thinks. A server that fails is left alone for a while
(breaker.py), and the model here answers at once.

The key is read from the keyring there, once, for it may ask the person for a password.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gpt_assistant.engine.breaker import Breaker
from gpt_assistant.engine.messages import Remote, RemoteChanged
from gpt_assistant.engine.remote_address import Address, parsed
from gpt_assistant.engine.remote_client import RemoteClient, Waits
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.remote_stream import Piece
from gpt_assistant.engine.remote_thread import Exchange, NetworkThread, streamed
from gpt_assistant.text.told import said, told

log = logging.getLogger(__name__)

TOP = 5  # as many alternatives as every server gives
_TASK_TRIES = 3
_LONGEST_TASK = 600.0
Put = Callable[[Piece], None]


def key_name(address: Address) -> str:
    """Return the name that the key of a server has in the keyring."""
    return f"server {address.origin}"


def stored_key(remote: Remote) -> str:
    """Return the key that is kept for `remote`, "" for none; the keyring may ask the person first."""
    from gpt_assistant.storage import secrets  # noqa: PLC0415 (only where a server is used)

    try:
        return secrets.look_up(key_name(parsed(remote.address, unencrypted=True)))
    except secrets.NoKeyringError as error:  # many servers need no key; one that does says so
        log.info("no key: %s", error)
        return ""


@dataclass
class _Ways:
    """What a server was found not to have."""

    completions: bool = True
    probabilities: bool = True


class RemoteEngine:
    """The server in use, if any. All of it is for the model thread."""

    def __init__(self) -> None:
        self.remote: Remote | None = None
        self.breaker = Breaker()
        self.problem = ""
        self.changes = 0  # how often another server was taken, or another key: what was begun before is stale
        self.first_seconds = 0.0  # that the server usually takes to its first piece, 0 if it is not known
        self._thread = NetworkThread()
        self._connection = _Connection(Remote())
        self._ways = _Ways()
        self._told = ""

    # -- which server ------------------------------------------------------------------------------

    def use(self, remote: Remote | None) -> None:
        """Use `remote` from now on; what was known of another is forgotten. Raises RemoteFailed."""
        self.remote, self.breaker, self._ways, self.problem = None, Breaker(), _Ways(), ""
        self.first_seconds, self.changes = 0.0, self.changes + 1
        self._thread.run(self._connection.close())
        if remote is None:
            return
        parsed(remote.address, unencrypted=remote.unencrypted)
        if not remote.model:
            raise RemoteFailed(told("No model of the server is chosen. Choose one in the settings."))
        self.remote, self._connection = remote, _Connection(remote)
        if not remote.offline:  # what takes long at first is done before the first key waits for it
            self._thread.run(self._connection.prepare())

    def close(self) -> None:
        """End what is under way, the connections and the thread."""
        self._thread.run(self._connection.close()).result()
        self._thread.stop()
        self.remote = None

    @property
    def name(self) -> str:
        """Return what the server and its model are called, "" without one."""
        if self.remote is None:
            return ""
        last = re.split(r"[/\\]", self.remote.model)[-1]  # llama.cpp's server calls a model by its whole path
        return f"{last or self.remote.model} · {self.place}"

    @property
    def place(self) -> str:
        """Return the host of the server, "" without one."""
        return parsed(self.remote.address, unencrypted=True).place if self.remote is not None else ""

    def completes(self) -> bool:
        """Return whether suggestions are to be asked of the server now."""
        return self.remote is not None and self.remote.completion and self._may_be_asked(self.remote)

    def writes(self) -> bool:
        """Return whether texts are to be asked of the server now."""
        return self.remote is not None and self.remote.tasks and self._may_be_asked(self.remote)

    def _may_be_asked(self, remote: Remote) -> bool:
        return not remote.offline and not self.breaker.open

    # -- how it does -------------------------------------------------------------------------------

    def began(self, seconds: float) -> None:
        """Note how long it took the server to its first piece of a suggestion."""
        self.first_seconds = 0.8 * (self.first_seconds or seconds) + 0.2 * seconds

    def succeeded(self) -> None:
        """Note an answer in time."""
        self.breaker.succeeded()
        self.problem = ""

    def failed(self, error: BaseException) -> None:
        """Note a failure, and why."""
        if not isinstance(error, RemoteFailed):
            error = RemoteFailed(
                told("The answer of the server is of no use ({kind}).", kind=type(error).__name__)
            )
        self.breaker.failed(error.pause)
        self.problem = said(error)
        log.warning("the server failed, status %d", error.status)  # what it says may hold the writer's text

    def was_slow(self, line: str) -> None:
        """Note an answer that did not come in time, `line` saying so."""
        if self.breaker.was_slow():
            self.problem = line

    def news(self, identity: int, anyway: bool = False) -> RemoteChanged | None:
        """Return what the person has not been told yet, for the request `identity`; None for nothing."""
        text = (
            told("{problem} The model on this machine answers meanwhile.", problem=self.problem)
            if self.problem
            else ""
        )
        if text == self._told and not anyway:
            return None
        self._told = text
        return RemoteChanged(identity, "" if text else self.name, text)

    # -- asking ------------------------------------------------------------------------------------

    @property
    def has_completions(self) -> bool:
        """Return whether the server goes on with a text; one that does not is asked as in a talk."""
        return self._ways.completions

    def complete(self, prompt: str, max_tokens: int) -> Exchange[None]:
        """Have the server go on with `prompt`, to the end of the line, with probabilities if it has them."""
        body: dict[str, Any] = {
            "prompt": prompt,
            "max_tokens": max_tokens,
            "temperature": 0,
            "stop": ["\n"],
        }
        waits = self._waits(max(1.0, 2 * self._used.wait))

        async def ask(put: Put) -> None:
            asked = body | {"logprobs": TOP} if self._ways.probabilities else body
            try:
                await self._connection.stream("completions", asked, waits, put)
            except RemoteFailed as error:
                self._ways.completions = not error.no_such_way
                if not (error.no_probabilities and asked is not body):
                    raise
                self._ways.probabilities = False
                try:
                    await self._connection.stream("completions", body, waits, put)
                except RemoteFailed:
                    self._ways.probabilities = True  # they were not what was wrong
                    raise

        return Exchange(self._thread, ask)

    def chat(
        self,
        messages: Sequence[Mapping[str, str]],
        max_tokens: int,
        *,
        stop: Sequence[str] = (),
        temperature: float = 0.0,
        seed: int = 0,
        quick: bool = False,
    ) -> Exchange[None]:
        """Have the server answer the last of `messages`; `quick` where nobody waits long for it."""
        body: dict[str, Any] = {
            "messages": list(messages),
            "max_tokens": max_tokens,
            "temperature": temperature,
        }
        if stop:
            body["stop"] = list(stop)
        if seed:
            body["seed"] = seed
        waits = self._waits(max(1.0, 2 * self._used.wait)) if quick else self._long_waits()
        return Exchange(
            self._thread, lambda put: self._connection.stream("chat/completions", body, waits, put)
        )

    def models(self, remote: Remote, key: str = "") -> Exchange[list[str]]:
        """Fetch the names of the models of any server."""

        async def ask(_put: Put) -> list[str]:
            connection = _Connection(remote, key)
            try:
                return await (await connection.client()).models()
            finally:
                await connection.close()

        return Exchange(self._thread, ask)

    def trial(self, remote: Remote, key: str, messages: Sequence[Mapping[str, str]]) -> Exchange[None]:
        """Have any server answer once, by either way that it has."""
        waits = Waits(first=max(remote.patience, 1.0), between=10.0, total=60.0)
        talk = {"messages": list(messages), "max_tokens": 24, "temperature": 0}
        plain = {"prompt": messages[-1]["content"], "max_tokens": 24, "temperature": 0}

        async def ask(put: Put) -> None:
            connection = _Connection(remote, key)
            try:
                try:
                    await connection.stream("completions", plain | {"logprobs": TOP}, waits, put)
                except RemoteFailed as error:
                    if not (error.no_such_way or error.no_probabilities):
                        raise
                    await connection.stream("chat/completions", talk, waits, put)
            finally:
                await connection.close()

        return Exchange(self._thread, ask)

    @property
    def _used(self) -> Remote:
        assert self.remote is not None  # nothing is asked of no server
        return self.remote

    def _waits(self, seconds: float) -> Waits:
        return Waits(first=seconds, between=seconds, total=3 * seconds)

    def _long_waits(self) -> Waits:
        patience = self._used.patience
        return Waits(first=patience, between=patience, total=_LONGEST_TASK, tries=_TASK_TRIES)


class _Connection:
    """A client that is made when it is first needed, on the network's thread, with the key that is kept."""

    def __init__(self, remote: Remote, key: str = "") -> None:
        self._remote, self._key = remote, key
        self._making: asyncio.Task[RemoteClient] | None = None
        self._closed = False

    async def client(self) -> RemoteClient:
        if self._closed:
            raise RemoteFailed(told("The server is no longer in use."))
        if self._making is None:
            self._making = asyncio.create_task(self._made())
        # A request that is given up does not end what others wait for too.
        return await asyncio.shield(self._making)

    async def _made(self) -> RemoteClient:
        key = self._key or await asyncio.to_thread(stored_key, self._remote)
        return RemoteClient(self._remote, key)

    async def prepare(self) -> None:
        """Make the client; what is wrong is said when it is used."""
        with contextlib.suppress(RemoteFailed):
            await self.client()

    async def stream(self, path: str, body: Mapping[str, Any], waits: Waits, put: Put) -> None:
        whole = {"model": self._remote.model, "stream": True, **body}
        await streamed((await self.client()).stream(path, whole, waits), put)

    async def close(self) -> None:
        self._closed = True
        if self._making is not None:
            with contextlib.suppress(RemoteFailed):
                await (await self._making).close()
