"""Suggestions at the caret, and what is learnt from those that are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Complete(Request):
    """Complete the text at the caret. A newer one replaces an older one that is not finished."""

    context: Context = field(default_factory=lambda: Context(""))
    max_words: int = 6
    max_tokens: int = 0
    eagerness: int = 50
    personal: bool = False
    priority: ClassVar[Priority] = Priority.COMPLETION


@dataclass(frozen=True, slots=True)
class Remember(Request):
    """Keep `text`, what the writer took with a few words before it, to suggest its like again."""

    text: str = ""
    priority: ClassVar[Priority] = Priority.SPELLING


@dataclass(frozen=True, slots=True)
class Forget(Request):
    """Forget everything that was remembered."""

    priority: ClassVar[Priority] = Priority.CONTROL


@dataclass(frozen=True, slots=True)
class Unlock(Request):
    """Read what is encrypted in the writer's data `folder` with these keys (storage/vault.py).

    The keys are the keyring's texts: the model's process does not ask the keyring itself. Answered by one
    Unlocked; needs no model.
    """

    folder: str = ""
    keys: tuple[str, ...] = field(default=(), repr=False)
    priority: ClassVar[Priority] = Priority.CONTROL
    needs_model: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Suggesting(Reply):
    """The first words of an answer to Complete that is still being made longer."""

    suggestion: Suggestion = field(default_factory=Suggestion)
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Suggested(Reply):
    """The answer to Complete, with the milliseconds to the first word and in all.

    `server` names the one that it comes from; "" is the model here.
    """

    suggestion: Suggestion = field(default_factory=Suggestion)
    ms_first: float = 0.0
    ms_total: float = 0.0
    server: str = ""


@dataclass(frozen=True, slots=True)
class Remembered(Reply):
    """The answer to Remember: how many phrases are kept."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Forgotten(Reply):
    """The answer to Forget."""


@dataclass(frozen=True, slots=True)
class Unlocked(Reply):
    """The answer to Unlock."""
