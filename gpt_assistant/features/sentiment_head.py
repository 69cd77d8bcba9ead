"""The weights that read a mood off a model's states, and where they lie.

A head has two outputs: the rating that people would give a sentence (−4…4), and how strong they would find it
whichever way. A logistic rule turns both into the probabilities of the three moods. What was fitted to the
default model, small networks, lies in resources/ with the SHA-256 of the model's file, so that no other model
ever gets it. What was fitted on this machine to much less (sentiment_learning.py), a linear rule for averages
of the states, lies beside its model.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from gpt_assistant import paths
from gpt_assistant.engine.messages import Mood, MoodScores
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.model_cache import read_record
from gpt_assistant.features import sentiment_network
from gpt_assistant.features.sentiment_network import OUTPUTS, MoodNetwork
from gpt_assistant.features.sentiment_states import Reading, layer_count, width

log = logging.getLogger(__name__)

SHIPPED = "sentiment.safetensors"
FILE = "mood-v1.safetensors"
_FORMAT = "1"
_MOST = 4.0


@dataclass(frozen=True, slots=True)
class Value:
    """The rating that people would give, −4…4, and how strong they would find it, 0…4; both estimated."""

    rating: float
    strength: float

    @classmethod
    def of(cls, outputs: Sequence[float]) -> Value:
        """Return the two outputs of a head, kept where ratings are."""
        rating, strength = outputs
        return cls(max(-_MOST, min(_MOST, rating)), max(0.0, min(_MOST, strength)))


@dataclass(frozen=True, slots=True)
class Odds:
    """The logistic rule: log odds of each mood against neutral are linear in rating and strength."""

    bias: float
    rating: float
    strength: float
    tilt: float = 0.0  # added to positive, taken from negative

    def scores(self, value: Value) -> MoodScores:
        """Return the probabilities of the moods."""
        common = self.bias + self.strength * value.strength
        push = self.rating * value.rating + self.tilt
        logits = (common + push, 0.0, common - push)
        parts = [math.exp(each - max(logits)) for each in logits]
        whole = sum(parts)
        return MoodScores(*(part / whole for part in parts))


class Head(Protocol):
    """Says what the states of `layers` mean."""

    @property
    def layers(self) -> tuple[int, ...]:
        """Return the numbers of the layers, from 1."""
        ...

    @property
    def odds(self) -> Odds:
        """Return the rule for the values."""
        ...

    def value(self, reading: Reading) -> Value:
        """Return the value of a sentence."""
        ...

    def tensors(self) -> dict[str, Tensor]:
        """Return the weights by name."""
        ...


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Weights (OUTPUTS, layers · 2 · width) for the pooled states of `layers`, and a bias for each output."""

    layers: tuple[int, ...]
    odds: Odds
    weight: Tensor
    bias: Tensor

    def value(self, reading: Reading) -> Value:
        """Return what the pooled states of a sentence say."""
        return Value.of((self.weight @ reading.pooled().flatten() + self.bias).tolist())

    def tensors(self) -> dict[str, Tensor]:
        """Return the weights by name."""
        return {"weight": self.weight, "bias": self.bias}


@dataclass(frozen=True, slots=True)
class NetworkHead:
    """Networks whose answers are averaged."""

    layers: tuple[int, ...]
    odds: Odds
    networks: tuple[MoodNetwork, ...]

    def value(self, reading: Reading) -> Value:
        """Return what the networks say of a sentence."""
        present = torch.ones(1, reading.states.shape[1], dtype=torch.bool)
        return Value.of(
            sentiment_network.together(self.networks, reading.states[:, None], present)[0].tolist()
        )

    def tensors(self) -> dict[str, Tensor]:
        """Return the weights by name, those of each network behind its number."""
        return {
            f"{number}.{name}": tensor
            for number, network in enumerate(self.networks)
            for name, tensor in network.state_dict().items()
        }


def label(scores: MoodScores) -> Mood:
    """Return the likeliest mood."""
    return max((Mood.NEUTRAL, Mood.POSITIVE, Mood.NEGATIVE), key=scores.of)


def head_for(model: LanguageModel) -> Head | None:
    """Return the head that was fitted to `model`: on this machine, or before it shipped; None without."""
    own = model.folder / FILE
    if own.exists() and (found := _read(own, model, "")) is not None:
        return found
    return shipped_for(model)


def shipped_for(model: LanguageModel) -> Head | None:
    """Return the head that comes with the program for the very file that `model` is made from."""
    record = read_record(model.folder)
    shipped = paths.resource(SHIPPED)
    if record is None or not record.gguf_sha256 or not shipped.exists():
        return None
    return _read(shipped, model, record.gguf_sha256)


def save(head: Head, path: Path, model: str = "") -> None:
    """Write a head in 16 bits, for the model whose file has the SHA-256 `model`. Raises OSError."""
    numbers = (head.odds.bias, head.odds.rating, head.odds.strength, head.odds.tilt)
    about = {
        "format": _FORMAT,
        "model": model,
        "layers": json.dumps(head.layers),
        "odds": json.dumps([round(number, 5) for number in numbers]),
    }
    part = path.with_suffix(".part")
    try:
        save_file({name: tensor.half().contiguous() for name, tensor in head.tensors().items()}, part, about)
    except SafetensorError as error:
        raise OSError(str(error)) from error
    part.replace(path)


def _read(path: Path, model: LanguageModel, sha256: str) -> Head | None:
    """Return the head in a file; None if it is broken, or for another model than the one of the SHA-256."""
    try:
        with safe_open(path, framework="pt") as file:
            about = file.metadata() or {}
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
        if about.get("format") != _FORMAT or about.get("model") != sha256:
            return None
        layers = tuple(int(number) for number in json.loads(about["layers"]))
        odds = Odds(*(float(number) for number in json.loads(about["odds"])))
        if not layers or not 0 < min(layers) <= max(layers) < layer_count(model):
            raise ValueError("other layers")
        if not all(bool(torch.isfinite(tensor).all()) for tensor in tensors.values()):
            raise ValueError("numbers that are none")
        return _made(layers, odds, tensors, width(model))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        log.warning("mood's weights ignored, %s: %s", path, error)
        return None


def _made(layers: tuple[int, ...], odds: Odds, tensors: Mapping[str, Tensor], size: int) -> Head:
    """Return the head of `tensors`; raises ValueError, KeyError or RuntimeError if they do not fit."""
    if "weight" in tensors:
        weight, bias = tensors["weight"], tensors["bias"]
        if weight.shape != (OUTPUTS, len(layers) * 2 * size) or bias.shape != (OUTPUTS,):
            raise ValueError("another size")
        return LinearHead(layers, odds, weight, bias)
    parts: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        number, _, rest = name.partition(".")
        parts.setdefault(number, {})[rest] = tensor
    networks = tuple(sentiment_network.like(part) for part in parts.values())
    if any(network.centre.shape != (len(layers), 1, size) for network in networks):
        raise ValueError("another size")
    return NetworkHead(layers, odds, networks)
