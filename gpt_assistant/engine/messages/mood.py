"""The mood of a text, and the words that make it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request


class Mood(StrEnum):
    """What a text sounds like."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Feel(Request):
    """Find the mood of `text`: a paragraph, or a whole document. Answered by Progress and one Felt.

    What was found of a sentence is kept by its text, so that asking again for a text in which one has
    changed costs one sentence.
    """

    text: str = ""
    priority: ClassVar[Priority] = Priority.SENTIMENT


@dataclass(frozen=True, slots=True)
class FeelRest(Feel):
    """Feel, of what is not in sight: it waits for everything else."""

    priority: ClassVar[Priority] = Priority.IDLE


@dataclass(frozen=True, slots=True)
class WeighWords(Request):
    """Weigh each word of `text` for its mood. Answered by Progress and one WordsWeighed.

    Every sentence is weighed by itself, for `label`; for its own label if that is None.
    """

    text: str = ""
    label: Mood | None = None
    priority: ClassVar[Priority] = Priority.SENTIMENT


@dataclass(frozen=True, slots=True)
class LearnMood(Request):
    """Fit the mood to the model in use, once. Answered by Progress and one MoodLearnt.

    What was learnt is kept on this machine, by model. Nothing of the writer's is read for it.
    """


@dataclass(frozen=True, slots=True)
class MoodScores:
    """The probability of each mood; they add up to 1."""

    positive: float = 0.0
    neutral: float = 1.0
    negative: float = 0.0

    @property
    def balance(self) -> float:
        """Return positive less negative, −1…1: the height of a curve."""
        return self.positive - self.negative

    def of(self, mood: Mood) -> float:
        """Return the probability of `mood`."""
        return {Mood.POSITIVE: self.positive, Mood.NEUTRAL: self.neutral, Mood.NEGATIVE: self.negative}[mood]


@dataclass(frozen=True, slots=True)
class Feeling:
    """The mood of a sentence or a paragraph, at `start`…`end` of the text (code points)."""

    start: int
    end: int
    label: Mood
    scores: MoodScores


@dataclass(frozen=True, slots=True)
class Felt(Reply):
    """The answer to Feel: the mood of the whole text, and of its sentences and paragraphs, in order.

    `label` is neutral and there are no sentences where there is no word. With `fitted`, the mood is read by
    weights that were fitted to the model in use; else it is a good deal less sure, and LearnMood would help.
    `languages` are those of the paragraphs (ISO 639-1): what is not English the weights know little of.
    """

    label: Mood = Mood.NEUTRAL
    scores: MoodScores = field(default_factory=MoodScores)
    sentences: tuple[Feeling, ...] = ()
    paragraphs: tuple[Feeling, ...] = ()
    fitted: bool = True
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordWeight:
    """What the word at `start`…`end` of the text (code points) does to the mood of its sentence.

    `weight` is how much probability it adds to the label that was weighed, and takes away where it is
    negative; `push` is the same for positive less negative (−2…2), whatever the label: what colours a text.
    """

    start: int
    end: int
    weight: float
    push: float


@dataclass(frozen=True, slots=True)
class WordsWeighed(Reply):
    """The answer to WeighWords: the words in order, and the sentences with the label each was weighed for."""

    words: tuple[WordWeight, ...] = ()
    sentences: tuple[Feeling, ...] = ()


@dataclass(frozen=True, slots=True)
class MoodLearnt(Reply):
    """The answer to LearnMood: how many sentences it was fitted to, and the share of others read right.

    A model that the program ships weights for keeps those, and is tried on all the sentences.
    """

    accuracy: float = 0.0
    sentences: int = 0
