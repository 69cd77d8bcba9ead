"""Answers to what is asked about a server itself: to use it, which models it has, whether it works."""

from __future__ import annotations

import time
from collections.abc import Generator
from functools import partial

from gpt_assistant.engine.messages import (
    KeepRemoteKey,
    ListRemoteModels,
    RemoteKeyKept,
    RemoteModels,
    RemoteSet,
    RemoteTested,
    TestRemote,
    UseRemote,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine, key_name
from gpt_assistant.engine.remote_address import parsed
from gpt_assistant.engine.remote_asking import pieces_of, result_of
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.resolving import Step, Waiting, on_a_thread
from gpt_assistant.features.remote_hiding import hide
from gpt_assistant.storage import secrets
from gpt_assistant.text.told import told

_TRIAL = ({"role": "user", "content": "The quick brown fox jumps over the"},)


class RemoteControl:
    """Answers UseRemote, ListRemoteModels and TestRemote for the server of `remote`."""

    def __init__(self, remote: RemoteEngine) -> None:
        self._remote = remote

    def use(self, _model: LanguageModel | None, request: UseRemote) -> Generator[Step, None, RemoteSet]:
        """Use another server, or none."""
        try:
            self._remote.use(request.remote)
            if request.remote is not None and request.remote.mask is not None:
                # What takes long at first is done before the first key waits for it.
                yield from on_a_thread(partial(hide, ("",), request.remote.mask), "hiding")
        except RemoteFailed as error:
            self._remote.failed(error)
        news = self._remote.news(request.id, anyway=True)
        assert news is not None  # anyway
        yield news
        return RemoteSet(request.id)

    def key(
        self, _model: LanguageModel | None, request: KeepRemoteKey
    ) -> Generator[Step, None, RemoteKeyKept]:
        """Keep a key, delete it, or say whether there is one. Raises RemoteFailed, NoKeyringError."""
        address = parsed(request.remote.address, unencrypted=True)
        name, key = key_name(address), request.key
        if key is None:
            return RemoteKeyKept(request.id, name in secrets.names(), address.origin)
        work = partial(secrets.keep, name, key) if key else partial(secrets.forget, name)
        yield from on_a_thread(work, "keyring")
        if self._remote.remote is not None:
            self._remote.use(self._remote.remote)  # with the new key
        return RemoteKeyKept(request.id, bool(key), address.origin)

    def models(
        self, _model: LanguageModel | None, request: ListRemoteModels
    ) -> Generator[Step, None, RemoteModels]:
        """Return the models of a server. Raises RemoteFailed."""
        if request.remote.offline:
            raise RemoteFailed(told("“Stay offline” is on. Switch it off to use a server."))
        names = yield from result_of(self._remote.models(request.remote, request.key))
        return RemoteModels(request.id, tuple(names))

    def test(self, _model: LanguageModel | None, request: TestRemote) -> Generator[Step, None, RemoteTested]:
        """Have a server write a few words, and return how long that took. Raises RemoteFailed."""
        if request.remote.offline:
            raise RemoteFailed(told("“Stay offline” is on. Switch it off to use a server."))
        if not request.remote.model:
            raise RemoteFailed(told("No model of the server is chosen. Choose one in the settings."))
        started = time.perf_counter()
        text, first, probabilities = "", 0.0, False
        for piece in pieces_of(self._remote.trial(request.remote, request.key, _TRIAL)):
            if isinstance(piece, Waiting):
                yield piece
                continue
            first = first or time.perf_counter() - started
            text += piece.text
            probabilities = probabilities or bool(piece.tokens)
        return RemoteTested(request.id, first, time.perf_counter() - started, text, probabilities)
