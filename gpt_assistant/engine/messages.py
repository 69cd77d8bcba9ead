"""Requests to the model thread and its replies: frozen and picklable, so they can cross a process.

Every request carries an `id` chosen by the sender; every reply names the request it answers.
A request ends with exactly one final reply (`final` is true), or with `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import ClassVar

from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Suggestion


class Priority(IntEnum):
    """Which request the thread advances first; lower goes first."""

    CONTROL = 0
    COMPLETION = 1
    SPELLING = 2
    SENTIMENT = 3
    TASK = 4
    IDLE = 5


@dataclass(frozen=True, slots=True)
class Request:
    """Anything the model thread is asked to do."""

    id: int
    priority: ClassVar[Priority] = Priority.TASK


@dataclass(frozen=True, slots=True)
class LoadModel(Request):
    """Load the model `source` (see engine/sources.py) onto `device` ("auto", "cuda", "mps", "cpu")."""

    source: str = "default"
    device: str = "auto"
    dtype: str = "auto"
    threads: int = 0
    offline: bool = False
    priority: ClassVar[Priority] = Priority.CONTROL


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
    """Rewrite `text` in a `style` of features/rewrite.py, or by the writer's own `instruction`."""

    text: str = ""
    style: str = ""
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Translate(Request):
    """Translate `text` into the language `target` (ISO 639-1); `source` is detected if empty.

    `model` names the model that translates (see engine/sources.py); empty takes the one that is loaded.
    """

    text: str = ""
    target: str = ""
    source: str = ""
    model: str = ""
    device: str = "auto"
    threads: int = 0
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Spell(Request):
    """Check the spelling of `text`: a paragraph as it is being written, or a whole document.

    `language` (ISO 639-1) is detected by paragraph if empty. `variety` of English: "mixed", "US" or "GB".
    `own` are words that are right for this writer, in this document: his own, ignored ones, names that
    stand there again and again. Without `thorough`, only words that no lexicon knows are looked for.
    """

    text: str = ""
    language: str = ""
    variety: str = "mixed"
    own: frozenset[str] = frozenset()
    thorough: bool = True
    priority: ClassVar[Priority] = Priority.SPELLING


@dataclass(frozen=True, slots=True)
class SpellRest(Spell):
    """Spell, of what is not in sight: it waits for everything else."""

    priority: ClassVar[Priority] = Priority.IDLE


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
class Loaded(Reply):
    """The model is ready. `device` is e.g. "cpu" or "cuda:0"; `memory` is in bytes of weights."""

    name: str = ""
    architecture: str = ""
    device: str = ""
    dtype: str = ""
    parameters: int = 0
    memory: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DeviceChanged(Reply):
    """The model went on elsewhere, for `text` (out of memory on the GPU, say). Not a final reply."""

    device: str = ""
    text: str = ""
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Suggesting(Reply):
    """The first words of an answer to Complete that is still being made longer."""

    suggestion: Suggestion = field(default_factory=Suggestion)
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Suggested(Reply):
    """The answer to Complete, with the milliseconds to the first word and in all."""

    suggestion: Suggestion = field(default_factory=Suggestion)
    ms_first: float = 0.0
    ms_total: float = 0.0


@dataclass(frozen=True, slots=True)
class Remembered(Reply):
    """The answer to Remember: how many phrases are kept."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Forgotten(Reply):
    """The answer to Forget."""


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
    where it was detected.
    """

    text: str = ""
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = ""


class Mistake(StrEnum):
    """What is wrong with a word."""

    NONWORD = "nonword"  # there is no such word
    REALWORD = "realword"  # there is, but another is meant
    REPEATED = "repeated"  # it stands there twice
    VARIETY = "variety"  # British in American text, or the reverse


@dataclass(frozen=True, slots=True)
class Correction:
    """What may have been meant, and how much likelier it makes the sentence: `score`, in nats."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Issue:
    """A word or two at `start`…`end` of the text (code points) that are probably not what was meant.

    `suggestions` are the likeliest first, five at most. With `sure`, the first may be put in unasked.
    """

    start: int
    end: int
    word: str
    kind: Mistake
    suggestions: tuple[Correction, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Spelt(Reply):
    """The answer to Spell: the issues in order, none overlapping another, and the main language."""

    issues: tuple[Issue, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Failed(Reply):
    """The request raised: `text` is one line for the person, with what to do."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Ended(Reply):
    """The process of the model ended by itself, for `text`; it answers no request. Its `id` is 0."""

    text: str = ""
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Cancelled(Reply):
    """The request was cancelled, or a newer one took its place."""
