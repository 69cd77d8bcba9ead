"""How likely words are to the model, in sentences that share their beginnings.

It judges cuts, and does not choose sentences. Five ways for it to do that were measured, each as a factor
on the scores of the best sentences, and none is here, for none brought anything: how likely a sentence is a
token (35 meetings: ROUGE-1 33.5 without, 32.7, 31.7 and 31.1 with weights of 0.25, 0.5 and 0.8), how likely
given the text's main sentences, the same less how likely without them, and the perplexity drop, how much
likelier the text's beginning is given the sentence (15 documents: 37.5 without, 35.3 to 37.7 with any; the
rank correlation of the perplexity drop with a sentence's own ROUGE-1 was 0.00 ± 0.10).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeVar

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session

T = TypeVar("T")
Steps = Generator[None, None, T]

_STEP = 16  # tokens a pass, for a completion may be waiting
_LARGEST_TREE = 160  # tokens that the session keeps beside each other


class Reader:
    """Reads sentences as beginnings of a text, with what they share read once."""

    def __init__(self, model: LanguageModel, session: Session) -> None:
        self._model, self._session = model, session
        self._held = 0

    def likelihood(self, ids: Sequence[int]) -> Steps[list[float]]:
        """Return log p of each of `ids`; a generator that yields before every pass."""
        if self._held + len(ids) > _LARGEST_TREE:
            self._session.forget()
            self._held = 0
        yield from self._session.read(self._model.vocabulary.start_ids)
        for end in [*range(_STEP, len(ids), _STEP), len(ids)]:
            yield from self._session.expand([tuple(ids[:end])])
        self._held += len(ids)
        return self._session.score(tuple(ids))
