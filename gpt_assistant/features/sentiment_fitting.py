"""Fits the weights that read a mood off a model's states to rated sentences.

Ridge regression (Hoerl and Kennard 1970) of the rating and of its size on standardised states, and the
logistic rule that makes probabilities of ratings which something was not fitted to (Platt 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from gpt_assistant.engine.messages import Mood
from gpt_assistant.features.sentiment_head import Odds

PLAIN = 0.5  # a rating of less, either way, is neutral
_STEADY = 1e-3  # added to a standard deviation
_STEPS = 100
_DECAY = 1e-3


@dataclass(frozen=True, slots=True)
class Examples:
    """Rated sentences: pooled states (n, features), ratings (n,) in −4…4, and a fold each."""

    pooled: Tensor
    ratings: Tensor
    folds: Tensor


def mood_of(rating: float) -> Mood:
    """Return the mood that a rating stands for."""
    return Mood.POSITIVE if rating >= PLAIN else Mood.NEGATIVE if rating <= -PLAIN else Mood.NEUTRAL


def fit_linear(examples: Examples, penalty: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return weight (OUTPUTS, features), bias (OUTPUTS,) and what is predicted of each sentence (n, OUTPUTS).

    That is by weights which its fold had no part in. `penalty` is the ridge's, a share of the variance.
    """
    ridge = _Ridge(examples, penalty)
    predicted = torch.zeros_like(ridge.targets)
    for fold in sorted(set(examples.folds.tolist())):
        here = examples.folds == fold
        weight, bias = ridge.without(here)
        predicted[here] = examples.pooled[here] @ weight.T + bias
    return *ridge.without(None), predicted


def fit_odds(predicted: Tensor, ratings: Tensor) -> Odds:
    """Return the rule that makes `predicted` (n, 2: rating and strength) likeliest to be the moods rated.

    A mood that there are fewer examples of counts for more (by the root of their number): what people
    collect and rate has little that is neutral, what they write is mostly that.
    """
    wanted = (ratings >= PLAIN).long() + 2 * (ratings <= -PLAIN).long()
    share = wanted.bincount(minlength=3).clamp_min(1).rsqrt()[wanted]
    share /= share.sum()
    rule = torch.zeros(4, dtype=torch.float32, requires_grad=True)
    optimiser = torch.optim.LBFGS([rule], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        common = rule[0] + rule[2] * predicted[:, 1]
        push = rule[1] * predicted[:, 0] + rule[3]
        logits = torch.stack([torch.zeros_like(common), common + push, common - push], dim=1)
        picked = logits.log_softmax(1).gather(1, wanted[:, None])[:, 0]
        value = -(share * picked).sum() + _DECAY * rule.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    bias, rating, strength, tilt = rule.detach().tolist()
    return Odds(bias, rating, strength, tilt)


class _Ridge:
    """The ridge regression of rating and strength, with and without a part of the examples."""

    def __init__(self, examples: Examples, penalty: float) -> None:
        self.targets = torch.stack([examples.ratings, examples.ratings.abs()], dim=1)
        self._penalty = penalty * len(self.targets)
        self._centre, self._level = examples.pooled.mean(0), self.targets.mean(0)
        self._spread = examples.pooled.std(0) + _STEADY
        self._x = (examples.pooled - self._centre) / self._spread
        self._y = self.targets - self._level
        self._wide = self._x.shape[0] < self._x.shape[1]
        # Among features, or among examples where these are fewer.
        self._products = self._x @ self._x.T if self._wide else self._x.T @ self._x

    def without(self, part: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return weight (outputs, features) and bias (outputs,), fitted to all but the examples in `part`."""
        rest = slice(None) if part is None else ~part
        x, y = self._x[rest], self._y[rest]
        if self._wide:
            found = x.T @ self._solved(self._products[rest][:, rest], y)
        elif part is None:
            found = self._solved(self._products, x.T @ y)
        else:
            found = self._solved(self._products - self._x[part].T @ self._x[part], x.T @ y)
        weight = (found / self._spread[:, None]).T.contiguous()
        return weight, self._level - weight @ self._centre

    def _solved(self, products: Tensor, y: Tensor) -> Tensor:
        products = products.clone()
        products.diagonal().add_(self._penalty)
        return torch.cholesky_solve(y, torch.linalg.cholesky(products))
