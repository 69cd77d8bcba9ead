"""How likely the writer is to take what could be shown: the model's own probability, calibrated.

The probability of a word's tokens and of the break behind it is already an honest judge. On 44 texts of
2025–26 (mail, news, recipes, manuals, blogs; 9,476 candidates, five-fold over texts) it has a log loss of
0.350, and none of what was added to it in a logistic regression made that less: the margin over the next
best (0.352), whether the word is finished (0.354), letters typed, characters gained, whether the text
before has the word (0.354), the phrases' share (0.353), entropy, place in the line, capitals and symbols
nearby (0.355). For further words only whether it is a punctuation mark helps (0.543, 0.541). So one
slope and one bias each (Platt 2000), learnt by `gpt-assistant calibrate` and kept where they are better on
texts kept apart: none for the default model (0.316 without, 0.320 with; of what it is 20 to 30 % sure of
25 % is right, of 90 % and more all), and what another model needs that is too sure of itself. They lie
in resources/gate.json, or beside a model that has been calibrated for itself.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gpt_assistant import paths

log = logging.getLogger(__name__)

FILE = "gate.json"
FORMAT = 1
_CLIP = 1e-4


def logit(p: float) -> float:
    """Return log(p / (1 − p)), for p kept away from 0 and 1."""
    kept = min(max(p, _CLIP), 1 - _CLIP)
    return math.log(kept / (1 - kept))


@dataclass(frozen=True, slots=True)
class Scaling:
    """Platt's scaling of a probability; `mark` is added for a punctuation mark."""

    slope: float = 1.0
    bias: float = 0.0
    mark: float = 0.0

    def estimate(self, p: float, mark: bool = False) -> float:
        """Return the probability in 0…1 that a word of the model's probability `p` is what comes."""
        return 1 / (1 + math.exp(-(self.slope * logit(p) + self.bias + self.mark * mark)))


@dataclass(frozen=True, slots=True)
class Gate:
    """The scalings of a suggestion's first word and of each further one."""

    first: Scaling = Scaling()
    further: Scaling = Scaling()

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return {"format": FORMAT, "first": asdict(self.first), "further": asdict(self.further)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Gate:
        """Return a gate. Raises ValueError, KeyError or TypeError for anything that is none."""
        if stored["format"] != FORMAT:
            raise ValueError(f"format {stored['format']}")
        return cls(*(_scaling(stored[name]) for name in ("first", "further")))


def load(folder: Path) -> Gate:
    """Return the gate of the model in `folder`, else the one that comes with the program."""
    for path in (folder / FILE, paths.resource(FILE)):
        try:
            return Gate.from_json(json.loads(path.read_bytes()))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("gate ignored, %s: %s", path, error)
    return Gate()


def _scaling(stored: Mapping[str, Any]) -> Scaling:
    if not isinstance(stored, Mapping):
        raise TypeError("a scaling that is none")
    found = Scaling(**{str(name): float(value) for name, value in stored.items()})
    if not all(map(math.isfinite, asdict(found).values())) or found.slope <= 0:
        raise ValueError("a scaling that is none")
    return found
