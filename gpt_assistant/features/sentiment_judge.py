"""Who says how a sentence sounds: the weights that were fitted to the model, or else its own words for it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from gpt_assistant.engine.messages import MoodScores
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import sentiment_labels
from gpt_assistant.features.sentiment_head import Value, head_for
from gpt_assistant.features.sentiment_labels import LabelReader
from gpt_assistant.features.sentiment_states import StateReader

T = TypeVar("T")
Steps = Generator[None, None, T]


class Judge:
    """Reads the mood of sentences with `model`."""

    def __init__(self, model: LanguageModel) -> None:
        self._head = head_for(model)
        self._states = StateReader(model, self._head.layers) if self._head else None
        self._labels = LabelReader(model)

    @property
    def fitted(self) -> bool:
        """Return whether weights were fitted to this model."""
        return self._head is not None

    def value(self, sentence: str) -> Steps[Value]:
        """Return the value of a sentence that says something; yields before every pass."""
        if self._head is None or self._states is None:
            return (yield from self._labels.value(sentence))
        reading = yield from self._states.read(sentence)
        return self._head.value(reading)

    def scores(self, value: Value) -> MoodScores:
        """Return the probabilities of the moods."""
        return (self._head.odds if self._head else sentiment_labels.ODDS).scores(value)
