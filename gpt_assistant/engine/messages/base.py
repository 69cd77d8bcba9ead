"""What every request and reply has, and the replies that any request may get."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import ClassVar

from gpt_assistant.connections import Connection


class Priority(IntEnum):
    """Which request the thread advances first; lower goes first."""

    CONTROL = 0
    COMPLETION = 1
    SPELLING = 2
    EXPLANATION = 3  # asked for and waited for, unlike what stands below
    SENTIMENT = 4
    TASK = 5
    IDLE = 6


@dataclass(frozen=True, slots=True)
class Request:
    """Anything the model thread is asked to do."""

    id: int
    priority: ClassVar[Priority] = Priority.TASK
    needs_model: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Reply:
    """Anything the model thread says; `id` is that of the request."""

    id: int
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Progress(Reply):
    """How far a request is: `fraction` in 0…1, a line to show, seconds left; negative when unknown."""

    fraction: float = -1.0
    text: str = ""
    seconds_left: float = -1.0
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Failed(Reply):
    """The request raised: `text` is one line for the person, with what to do.

    With `memory` it was refused because there is too little of it, and may be tried anyway.
    """

    text: str = ""
    memory: bool = False


@dataclass(frozen=True, slots=True)
class Ended(Reply):
    """The process of the model ended by itself, for `text`; it answers no request. Its `id` is 0."""

    text: str = ""
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Connected(Reply):
    """The process of the model opens a connection, or was kept from it; answers no request. Its `id` is 0."""

    connection: Connection = field(default_factory=Connection)
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Cancelled(Reply):
    """The request was cancelled, or a newer one took its place."""
