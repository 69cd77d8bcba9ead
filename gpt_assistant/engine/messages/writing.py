"""Texts that are written: summaries, rewritings, translations; and what is personal in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request
from gpt_assistant.settings import Settings
from gpt_assistant.text.masked import Masked


@dataclass(frozen=True, slots=True)
class Mask(Request):
    """Replace what is personal in `text`, as `choice` says. Answered by one Hidden; needs no model."""

    text: str = ""
    choice: Settings = field(default_factory=Settings)
    priority: ClassVar[Priority] = Priority.EXPLANATION
    needs_model: ClassVar[bool] = False


class Length(StrEnum):
    """How long a summary is to be."""

    LINE = "line"
    SHORT = "short"
    LONG = "long"
    BULLETS = "bullets"


@dataclass(frozen=True, slots=True)
class Summarise(Request):
    """Summarise `text`, which may be as long as a novel. Answered by Writing and one Written."""

    text: str = ""
    length: Length = Length.SHORT


@dataclass(frozen=True, slots=True)
class Rewrite(Request):
    """Rewrite `text` in a `style` of features/rewrite.py, or by the writer's own `instruction`.

    `choice` says what is personal, for the style that masks it.
    """

    text: str = ""
    style: str = ""
    instruction: str = ""
    choice: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Translate(Request):
    """Translate `text` into the language `target` (ISO 639-1); `source` is detected if empty.

    `model` names the model that translates (see engine/sources.py); empty takes the one that is loaded. With
    `anyway` it is loaded also where the memory will not be enough for it.
    """

    text: str = ""
    target: str = ""
    source: str = ""
    model: str = ""
    device: str = "auto"
    threads: int = 0
    offline: bool = False
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Hidden(Reply):
    """The answer to Mask."""

    masked: Masked = field(default_factory=lambda: Masked(""))


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a piece of a written text comes from: offsets of it, and of its source, in code points."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Writing(Reply):
    """What is written so far of a summary, a rewriting or a translation; it replaces what came before."""

    text: str = ""
    passages: tuple[Passage, ...] = ()
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Written(Reply):
    """A finished summary, rewriting or translation.

    `notes` are lines for the writer ("Two sentences were left out: …"); `language` is that of the source
    where it was detected; `server` names the one that wrote it, "" for the model here.
    """

    text: str = ""
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = ""
    server: str = ""
