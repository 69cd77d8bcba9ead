"""A server that answers in place of the model here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request
from gpt_assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Remote:
    """A server that answers in place of the model on this machine: what the settings say of it.

    `completion` and `tasks` are what it is asked for, with names and the like replaced as `mask` says. A
    suggestion waits `wait` seconds for it at most, a text `patience` for each piece. `authority` is a file
    of certificates to trust besides the system's.
    """

    address: str = ""
    model: str = ""
    completion: bool = True
    tasks: bool = True
    mask: Settings | None = None
    wait: float = 0.5
    patience: float = 30.0
    authority: str = ""
    unencrypted: bool = False
    offline: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Remote:
        """Return the server that `settings` name, whether it is switched on or not."""
        return cls(
            settings.remote_address,
            settings.remote_model,
            settings.remote_for != "tasks",
            settings.remote_for != "completion",
            settings if settings.remote_mask else None,
            settings.remote_wait / 1000,
            float(settings.remote_timeout),
            settings.remote_authority,
            settings.remote_unencrypted,
            settings.offline,
        )


@dataclass(frozen=True, slots=True)
class UseRemote(Request):
    """Have the server `remote` answer from now on, or nobody but the model here for None.

    Sent again it forgets that the server has failed. Answered by one RemoteChanged and one RemoteSet.
    """

    remote: Remote | None = None
    needs_model: ClassVar[bool] = False
    priority: ClassVar[Priority] = Priority.CONTROL


@dataclass(frozen=True, slots=True)
class ListRemoteModels(Request):
    """List the models of the server `remote`. Answered by one RemoteModels. With `key`, that one is used."""

    remote: Remote = field(default_factory=Remote)
    key: str = field(default="", repr=False)
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class TestRemote(Request):
    """Have the server `remote` write a few words. Answered by one RemoteTested. `key` as above."""

    remote: Remote = field(default_factory=Remote)
    key: str = field(default="", repr=False)
    needs_model: ClassVar[bool] = False
    __test__: ClassVar[bool] = False  # pytest takes it for tests of its own otherwise


@dataclass(frozen=True, slots=True)
class KeepRemoteKey(Request):
    """Keep `key` in the system's keyring for the server `remote`; "" deletes it, None only looks for one.

    Answered by one RemoteKeyKept.
    """

    remote: Remote = field(default_factory=Remote)
    key: str | None = field(default=None, repr=False)
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RemoteChanged(Reply):
    """Where answers come from by now: from `server` ("model · host"), or from here if it is empty.

    `text` says why, with what to do, where a server that is in use has failed. It comes of whatever request
    finds out, and is no final reply.
    """

    server: str = ""
    text: str = ""
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RemoteSet(Reply):
    """The answer to UseRemote, after a RemoteChanged."""


@dataclass(frozen=True, slots=True)
class RemoteModels(Reply):
    """The answer to ListRemoteModels."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteKeyKept(Reply):
    """The answer to KeepRemoteKey: whether a key is kept for the server at `origin` by now."""

    kept: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class RemoteTested(Reply):
    """The answer to TestRemote: seconds to the first token and in all, and what was written.

    `probabilities` is true where the server gives them.
    """

    first: float = 0.0
    total: float = 0.0
    text: str = ""
    probabilities: bool = False
