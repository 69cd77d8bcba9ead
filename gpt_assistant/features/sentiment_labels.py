"""The mood of a sentence by how it would go on: "All in all, it was good", or "bad".

For models that no weights were fitted to. A model prefers some of these words whatever stands before them,
so that is measured on plain sentences, and taken off (Zhao et al. 2021, "Calibrate before use"). With the
default model, on 140 rated sentences, that is right in 0.79 of two moods and 0.51 of three; "This is" in
0.65, "I feel" in 0.76, "The mood of this text is" in 0.66 of two. The numbers below were fitted to our own
sentences.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

import torch

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.sentiment_head import Odds, Value
from gpt_assistant.features.sentiment_states import MOST_TOKENS
from gpt_assistant.text.plainly import plainly

T = TypeVar("T")
Steps = Generator[None, None, T]

SESSION = "sentiment"
_CHUNK = 32
_GOES_ON = " All in all, it was"
_GOOD = (" good", " great", " wonderful", " excellent", " nice", " beautiful")
_BAD = (" bad", " terrible", " awful", " poor", " boring", " sad")
# Some of the plain sentences of resources/moods.txt.
_SAYS_NOTHING = (
    "The committee meets on the second Tuesday of each month.",
    "The train to Vienna leaves from platform four.",
    "He put the keys on the table and went upstairs.",
    "What time does the library open on Saturdays?",
    "I bought it last week in the shop at the corner.",
    "The company employs four hundred people in six countries.",
    "There were about thirty people in the room.",
    "The story begins in a small town in Ohio in the fifties.",
)
_RATING = 0.72  # for each nat
ODDS = Odds(bias=-1.38, rating=1.42, strength=0.9)


class LabelReader:
    """Reads sentences with `model`, in a session of its own."""

    def __init__(self, model: LanguageModel) -> None:
        self._vocabulary = model.vocabulary
        self._session = model.session(SESSION, _CHUNK)
        self._end = self._vocabulary.encode(_GOES_ON)
        self._good, self._bad = (self._tokens(words) for words in (_GOOD, _BAD))
        self._bias: float | None = None

    def value(self, sentence: str) -> Steps[Value]:
        """Return the value of a sentence; yields before every pass."""
        if self._bias is None:
            plain = 0.0
            for each in _SAYS_NOTHING:
                plain += yield from self._preference(each)
            self._bias = plain / len(_SAYS_NOTHING)
        rating = _RATING * ((yield from self._preference(sentence)) - self._bias)
        rating = max(-4.0, min(4.0, rating))
        return Value(rating, abs(rating))

    def _preference(self, sentence: str) -> Steps[float]:
        """Return log p of the good words less that of the bad ones, behind the sentence."""
        start = self._vocabulary.start_ids or self._vocabulary.encode("\n")[:1]
        ids = self._vocabulary.encode(plainly(sentence))[:MOST_TOKENS]
        wanted = [*start, *ids, *self._end]
        while self._session.prefix != wanted or not self._session.knows(()):
            yield from self._session.read(wanted)
        row = self._session.log_probabilities()
        return float(torch.logsumexp(row[self._good], 0) - torch.logsumexp(row[self._bad], 0))

    def _tokens(self, words: tuple[str, ...]) -> list[int]:
        return sorted({self._vocabulary.encode(word)[0] for word in words})
