"""A small network that looks over the states of a sentence's tokens and says how it sounds.

Each layer's states become a few features; a few questions, learnt too, weigh the tokens by them (attention
pooling, Lin et al. 2017, "A structured self-attentive sentence embedding"), and what they find, with the last
token, goes through one hidden layer. Figures against plain averages are in packaging/train_sentiment.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

OUTPUTS = 2
_HIDDEN = 64
_OF_STATES, _OF_FOUND = 0.3, 0.4  # shares that are left out in training


class MoodNetwork(nn.Module):
    """Rating and strength of sentences from the states of `layers` layers of `width` numbers."""

    def __init__(self, layers: int, width: int, features: int = 96, questions: int = 4) -> None:
        super().__init__()
        found = (questions + 1) * layers * features
        self.register_buffer("centre", torch.zeros(layers, 1, width, dtype=torch.float32))
        self.register_buffer("spread", torch.ones(layers, 1, width, dtype=torch.float32))
        linear = partial(nn.Linear, dtype=torch.float32)  # whatever another thread loads meanwhile
        self.projections = nn.ModuleList(linear(width, features) for _ in range(layers))
        self.questions = linear(layers * features, questions)
        self.hidden = linear(found, _HIDDEN)
        self.output = linear(_HIDDEN, OUTPUTS)
        self.straight = linear(found, OUTPUTS)

    def forward(self, states: Tensor, present: Tensor) -> Tensor:
        """Return (sentences, OUTPUTS) for states (layers, sentences, tokens, width).

        `present` (sentences, tokens) is True where there is a token; they stand to the left.
        """
        centre, spread = self.centre[:, None], self.spread[:, None]
        standard = self._thinned((states - centre) / spread, _OF_STATES)
        parts = [functional.gelu(project(x)) for project, x in zip(self.projections, standard, strict=True)]
        features = torch.cat(parts, dim=-1)
        scores = self.questions(features).masked_fill(~present[..., None], -torch.inf)
        answers = scores.softmax(1).transpose(1, 2) @ features
        last = features[torch.arange(len(features)), present.sum(1) - 1]
        found = self._thinned(torch.cat([answers.flatten(1), last], dim=1), _OF_FOUND)
        hidden = self._thinned(functional.gelu(self.hidden(found)), _OF_FOUND)
        result: Tensor = self.output(hidden) + self.straight(found)
        return result

    def standardise(self, states: Tensor) -> None:
        """Take the mean and the spread of states (layers, tokens, width) for those of all."""
        self.centre = states.mean(1, keepdim=True)
        self.spread = states.std(1, keepdim=True) + 0.1

    def _thinned(self, x: Tensor, share: float) -> Tensor:
        return functional.dropout(x, share, self.training)


def like(weights: dict[str, Tensor]) -> MoodNetwork:
    """Return the network that `weights`, a state_dict, are of; raises KeyError or RuntimeError for others."""
    layers, _, width = weights["centre"].shape
    network = MoodNetwork(
        layers, width, weights["projections.0.weight"].shape[0], weights["questions.weight"].shape[0]
    )
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
    return network.eval().requires_grad_(False)


def together(networks: Sequence[MoodNetwork], states: Tensor, present: Tensor) -> Tensor:
    """Return what several networks say on average: (sentences, OUTPUTS)."""
    with torch.inference_mode():
        return torch.stack([network(states, present) for network in networks]).mean(0)
