"""Requests to the model thread and its replies: frozen and picklable, so they can cross a process.

Every request carries an `id` chosen by the sender; every reply names the request it answers.
A request ends with exactly one final reply (`final` is true), or with `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import ClassVar

from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Candidate, Suggestion


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
class Explain(Request):
    """Explain why `text` may go on from `context`. Answered by one Explained.

    With `alternatives`, how likely each word and token of it is and what else might stand there; with
    `weigh`, which of the words before led to it. `personal` as in Complete.
    """

    context: Context = field(default_factory=lambda: Context(""))
    text: str = ""
    personal: bool = False
    alternatives: bool = True
    weigh: bool = True
    priority: ClassVar[Priority] = Priority.EXPLANATION


@dataclass(frozen=True, slots=True)
class Predict(Request):
    """Measure how well the model foresees each word of `text`. Answered by one Predicted.

    `before` is what stands in front of it and is read with it, as far as it is of use.
    """

    text: str = ""
    before: str = ""
    priority: ClassVar[Priority] = Priority.SENTIMENT


@dataclass(frozen=True, slots=True)
class PredictRest(Predict):
    """Predict, of what is not in sight: it waits for everything else."""

    priority: ClassVar[Priority] = Priority.IDLE


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
class Odds:
    """How likely a word or a token was at its place: `start`…`end` of the text asked about (code points).

    `p` is its probability in 0…1 given all that stands before it; `rank` is 1 for the likeliest, and at
    least as bad as said where the place was not searched that far. `alternatives`, the word itself among
    them, are the likeliest first. `phrase` in 0…1 is the part of `p` that comes from phrases of the writer.
    """

    start: int
    end: int
    p: float
    rank: int
    alternatives: tuple[Candidate, ...] = ()
    phrase: float = 0.0


@dataclass(frozen=True, slots=True)
class Influence:
    """What an earlier word, at `start`…`end` of `Context.before` (code points), did for a text.

    `weight`, in nats, is how much less likely the text is without it; negative where it speaks against it.
    `shared` is True where the sentence was weighed as a whole, and this is the word's share. `parts` are the
    weights for each of the first tokens of the text, which add up to `weight`.
    """

    start: int
    end: int
    weight: float
    shared: bool = False
    parts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained(Reply):
    """The answer to Explain: the words and the tokens of the text, and the earlier words, each in order.

    Words and tokens are empty without `alternatives`, influences without `weigh`. `p` is the probability of
    the whole text, the end of its last word included.
    """

    words: tuple[Odds, ...] = ()
    tokens: tuple[Odds, ...] = ()
    influences: tuple[Influence, ...] = ()
    p: float = 0.0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How well a word at `start`…`end` of a text (code points) was foreseen.

    `rank` is the worst of its tokens' (1 for the likeliest), `bits` its surprisal, the sum of theirs.
    """

    start: int
    end: int
    rank: int
    bits: float


@dataclass(frozen=True, slots=True)
class SentenceSurprise:
    """The surprisal of the sentence at `start`…`end`: `bits` in all, marks included, for so many `words`."""

    start: int
    end: int
    bits: float
    words: int

    @property
    def bits_per_word(self) -> float:
        """Return the mean surprisal of a word."""
        return self.bits / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Predicted(Reply):
    """The answer to Predict: the words and the sentences of the text, in order."""

    words: tuple[Foreseen, ...] = ()
    sentences: tuple[SentenceSurprise, ...] = ()


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
