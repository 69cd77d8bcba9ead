"""Fits the mood to a model on the writer's machine, from two hundred sentences of ours.

The sentences (resources/moods.txt) were written for this, a third of each mood: praise and blame of things,
people, films, places and politics, with negation and "but" among them, and plain statements, requests and
questions of the same subjects. They are part of the program, so that nothing has to be fetched and nothing of
the writer's is read. With the default model, what is fitted to them is right of rated sentences that people
wrote in 0.83 (films) to 0.87 (messages) of two moods, and in 0.65 of three in the news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from typing import TypeVar

import torch

from gpt_assistant import paths
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import LearnMood, MoodLearnt, Progress
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features import sentiment_head
from gpt_assistant.features.sentiment_fitting import Examples, fit_linear, mood_of
from gpt_assistant.features.sentiment_head import LinearHead, Odds, Value
from gpt_assistant.features.sentiment_states import Reading, StateReader, layers_of
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[Step, None, T]

SENTENCES = "moods.txt"
_RATINGS = {"+": 2.0, "0": 0.0, "-": -2.0}
_FOLDS = 5
_PENALTY = 3.0
# Fitted to our own sentences, plainer than what people write, too little would be neutral: 0.45 of the prose
# of manuals. With these it is 0.68; of three moods 0.65 are right in the news (0.62 otherwise), 0.66 in
# reviews of products (0.70) and 0.65 in messages (0.70).
_ODDS = Odds(bias=-4.0, rating=1.2, strength=2.5)


def learn(model: LanguageModel, request: LearnMood) -> Steps[MoodLearnt]:
    """Fit a head to `model`, keep it beside the model; return how well it reads what it was not fitted to.

    A model that the program ships weights for keeps those: they were fitted to fifty times as much.
    Raises ModelUnavailable with one line if they cannot be kept.
    """
    shipped = sentiment_head.shipped_for(model)
    layers = shipped.layers if shipped else layers_of(model)
    rated = sentences()
    readings = yield from _read(model, request, layers, [text for text, _ in rated])
    ratings = [rating for _, rating in rated]
    if shipped is not None:
        values = [shipped.value(reading) for reading in readings]
        return MoodLearnt(request.id, _share_right(shipped.odds, values, ratings), len(rated))
    head, values = _fitted(readings, rated, layers)
    try:
        sentiment_head.save(head, model.folder / sentiment_head.FILE)
    except OSError as error:
        text = told("The weights for the mood could not be kept: {why}.", why=error.strerror or str(error))
        raise ModelUnavailable(text) from error
    return MoodLearnt(request.id, _share_right(head.odds, values, ratings), len(rated))


def sentences() -> list[tuple[str, float]]:
    """Return our sentences, each with the rating that it stands for."""
    lines = paths.resource(SENTENCES).read_text(encoding="utf-8").splitlines()
    return [(line[2:], _RATINGS[line[0]]) for line in lines if line]


def fold_of(text: str) -> int:
    """Return which of five parts a sentence belongs to, whatever else there is."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % _FOLDS


def _read(
    model: LanguageModel, request: LearnMood, layers: Sequence[int], texts: Sequence[str]
) -> Steps[list[Reading]]:
    reader = StateReader(model, layers)
    found: list[Reading] = []
    for number, text in enumerate(texts):
        found.append((yield from reader.read(text)))
        yield Progress(request.id, number / len(texts), told("Fitting the mood to the model"))
    return found


def _fitted(
    readings: Sequence[Reading], rated: Sequence[tuple[str, float]], layers: Sequence[int]
) -> tuple[LinearHead, list[Value]]:
    """Return a head, and the values that sentences get from one that was not fitted to them."""
    examples = Examples(
        torch.stack([reading.pooled().flatten() for reading in readings]),
        torch.tensor([rating for _, rating in rated], dtype=torch.float32),
        torch.tensor([fold_of(text) for text, _ in rated]),
    )
    weight, bias, predicted = fit_linear(examples, _PENALTY)
    head = LinearHead(tuple(layers), _ODDS, weight, bias)
    return head, [Value.of(row) for row in predicted.tolist()]


def _share_right(odds: Odds, values: Sequence[Value], ratings: Sequence[float]) -> float:
    pairs = zip(values, ratings, strict=True)
    right = [sentiment_head.label(odds.scores(value)) is mood_of(rating) for value, rating in pairs]
    return sum(right) / len(right)
