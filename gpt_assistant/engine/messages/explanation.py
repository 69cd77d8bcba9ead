"""Why a suggestion, and how predictable a text is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from gpt_assistant.engine.messages.base import Priority, Reply, Request
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Candidate


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
