"""The network that finds names, organisations, places and addresses by their looks and surroundings.

Each token's rows of a table (see masking_tokens.py) are added up, and three layers of convolution look at ten
tokens to each side; for each token comes out how likely it is of each kind. With int8 weights it is 1 MB. It
is computed with numpy, so that texts can be masked where there is no torch, and while the model is busy.

It was trained (packaging/train_masking.py) on sentences made up from a few hundred patterns with names from
some hundred countries, on half of the labelled texts there, and on ordinary English in which a larger network
had marked the names. Presidio with spaCy, which does the same, takes 250 MB with its model, and on the
other half of the texts finds less (see masking.py for the figures).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gpt_assistant import paths
from gpt_assistant.features.masking_tokens import COLUMNS, NOTHING, Describer, Token, WordLists, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "masking.safetensors"
LABELS = (
    "",
    "name",
    "organization",
    "place",
    "address",
    "title",
    "nationality",
    "date",
    "age",
    "phone",
    "card",
    "id",
    "contact",
)
WIDTH = 5  # tokens that a layer sees
STRIDES = (1, 2, 2)  # how far apart they are, layer by layer
REACH = sum(WIDTH // 2 * stride for stride in STRIDES)  # tokens to each side that matter
_TOKENS_AT_ONCE = 4096
_BLOCK = 24  # tokens
_ENDS_SENTENCE = re.compile(r"\.\s+\w+")
_ABBREVIATION = {"name": 2, "organization": 4}  # letters before a full stop that ends no sentence: "J. Berg"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A run of tokens of one kind, in code points, and how sure that is, 0…1."""

    start: int
    end: int
    kind: str
    sure: float


@dataclass(frozen=True, slots=True)
class Network:
    """The weights, and what describes the tokens for them."""

    describer: Describer
    table: NDArray[Any]  # (ROWS, width)
    layers: tuple[tuple[NDArray[Any], NDArray[Any]], ...]  # weight (WIDTH · in, out), bias (out)
    output: tuple[NDArray[Any], NDArray[Any]]

    def likelihoods(self, text: str, found: Sequence[Token]) -> NDArray[Any]:
        """Return for each token how likely it is of each of LABELS: (tokens, LABELS), float32."""
        import numpy  # noqa: PLC0415 (takes a tenth of a second, and the window's start needs none)

        rows = numpy.full((len(found) + 2 * REACH, COLUMNS), NOTHING, dtype=numpy.int32)
        if found:
            rows[REACH:-REACH] = self.describer.rows(text, found)
        parts = [
            self._run(rows[at : at + _TOKENS_AT_ONCE + 2 * REACH])
            for at in range(0, len(found), _TOKENS_AT_ONCE)
        ]
        return numpy.concatenate(parts) if parts else numpy.zeros((0, len(LABELS)), dtype=numpy.float32)

    def _run(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the likelihoods of all rows but REACH at each end."""
        import numpy  # noqa: PLC0415

        states = self.table[rows].sum(axis=1)
        for stride, (weight, bias) in zip(STRIDES, self.layers, strict=True):
            side = WIDTH // 2 * stride
            length = len(states) - 2 * side
            seen = (states[i * stride : i * stride + length] for i in range(WIDTH))
            parts = zip(seen, numpy.split(weight, WIDTH), strict=True)
            new = numpy.maximum(sum(_product(part, own) for part, own in parts) + bias, 0)
            states = new + states[side : side + length] if new.shape[1] == states.shape[1] else new
        weight, bias = self.output
        scores = states @ weight + bias
        scores = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        likely: NDArray[Any] = scores / scores.sum(axis=1, keepdims=True)
        return likely

    def find(self, text: str, bar: float) -> list[Found]:
        """Return what is of some kind with a likelihood of at least `bar`."""
        found = tokens(text)
        likely = self.likelihoods(text, found)
        return list(_runs(text, found, likely, bar)) if found else []


def _product(states: NDArray[Any], weight: NDArray[Any]) -> NDArray[Any]:
    """Return `states @ weight`, in blocks so small that BLAS does not start threads for them.

    On two cores that are busy its threads wait for each other: 80 ms for a sentence instead of 2.
    """
    import numpy  # noqa: PLC0415

    rows, width = states.shape
    padded = numpy.zeros((-(-rows // _BLOCK) * _BLOCK, width), dtype=numpy.float32)
    padded[:rows] = states
    made: NDArray[Any] = numpy.matmul(padded.reshape(-1, _BLOCK, width), weight)
    return made.reshape(-1, weight.shape[1])[:rows]


def _runs(text: str, found: Sequence[Token], likely: NDArray[Any], bar: float) -> Iterator[Found]:
    """Yield runs of neighbours of one kind; the end of a line ends all but addresses, a blank line those."""
    kinds = likely[:, 1:].argmax(axis=1) + 1
    sure = 1 - likely[:, 0]
    chosen = [int(kind) if is_sure else 0 for kind, is_sure in zip(kinds, sure >= bar, strict=True)]
    at = 0
    while at < len(found):
        end = at + 1
        if chosen[at]:
            while end < len(found) and chosen[end] == chosen[at] and _goes_on(text, found, end, chosen[at]):
                end += 1
            yield from _trimmed(found[at:end], LABELS[chosen[at]], float(sure[at:end].max()))
        at = end


def _goes_on(text: str, found: Sequence[Token], at: int, kind: int) -> bool:
    """Return whether token `at` may belong with the one before it."""
    between = text[found[at - 1].start : found[at].end]
    if LABELS[kind] in _ABBREVIATION and _ENDS_SENTENCE.fullmatch(between) and at > 1:
        before = found[at - 2].text
        return before[0].isupper() and len(before) <= _ABBREVIATION[LABELS[kind]]
    return not _BLANK_LINE.search(between) if LABELS[kind] == "address" else "\n" not in between


def _trimmed(run: Sequence[Token], kind: str, sure: float) -> Iterator[Found]:
    """Yield the run without signs at its ends; nothing if it is all signs."""
    words = [i for i, token in enumerate(run) if token.text[0].isalnum()]
    if words:
        last = run[words[-1]]
        dot = words[-1] + 1 < len(run) and run[words[-1] + 1].text == "." and len(last.text) <= 3
        end = last.end + 1 if dot else last.end
        yield Found(run[words[0]].start, end, kind, sure)


@functools.cache
def network() -> Network:
    """Return the network that is shipped, read once. Raises OSError if its file is missing."""
    return read(paths.resource(FILE))


def read(path: Path) -> Network:
    """Return the network in the file `path`."""
    from safetensors import safe_open  # noqa: PLC0415

    with safe_open(path, "numpy") as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (it is no mapping)
        scales = json.loads(file.metadata()["scales"])
    weights = {name: arrays[name].astype("float32") * scale for name, scale in scales.items()}
    lists = WordLists(
        arrays["common"], arrays["commonness"], [arrays[n] for n in ("first", "last", "places")]
    )
    layers = tuple((weights[f"layer{i}"], arrays[f"bias{i}"]) for i in range(len(STRIDES)))
    return Network(Describer(lists), weights["table"], layers, (weights["output"], arrays["output_bias"]))
