"""`gpt-assistant calibrate`: learn from texts when a suggestion of this model is right.

Every text is typed from `--skip` on; at each place the model proposes, and what the text goes on with
is the answer. The scalings of features/gate.py are fitted to that, each fifth text is kept apart to
check them, and they are written beside the model, or to `--out`. For another model, or for
writing of another kind, run it again on texts of that kind; nothing of the texts is kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor
from torch.nn import functional

from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.messages import Complete
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import gate
from gpt_assistant.features.candidates import MARKS, Word
from gpt_assistant.features.completion import Completer, Completion, impossible
from gpt_assistant.features.gate import Gate, Scaling
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.context import Context

T = TypeVar("T")
_JUDGED = 2  # candidates at each place
_FURTHER = 3  # words behind a right one
_APART = 5
_TOO_LITTLE = "too little text to learn from; give a hundred pages or more."


class Example(NamedTuple):
    """A word that was proposed with the model's probability `p`, and whether it was what came."""

    p: float
    mark: bool
    right: bool


@dataclass
class Examples:
    """First words, and further words behind right ones."""

    first: list[Example] = field(default_factory=list)
    further: list[Example] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("texts", nargs="+", type=Path, help="text files, or .jsonl with a text a line")
    parser.add_argument("--skip", type=int, default=300, help="characters of each text to begin behind")
    parser.add_argument("--characters", type=int, default=150, help="how much of each text to type")
    parser.add_argument("--every", type=int, default=1, help="take one text of so many")
    parser.add_argument("--first", type=int, default=0, help="and begin with this one")
    parser.add_argument("--out", type=Path, help="where to write instead of beside the model")


def run(args: argparse.Namespace) -> int:
    """Collect, fit, check and write; return 0, or 2 where there is too little to learn from."""
    try:
        texts = list(read_texts(args.texts))[args.first :: args.every]
    except ValueError as error:
        return _fail(str(error))
    model = load_model(settings_of(args))
    learnt, checked = Examples(), Examples()
    for number, text in enumerate(texts, 1):
        apart = len(texts) >= _APART and number % _APART == 0
        collect(model, text, args.skip, args.characters, checked if apart else learnt)
        print(f"\r{number} of {len(texts)} texts", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if not all(0 < sum(row.right for row in rows) < len(rows) for rows in (learnt.first, learnt.further)):
        return _fail(_TOO_LITTLE)
    judge = Gate(fit(learnt.first), fit(learnt.further))
    if min(judge.first.slope, judge.further.slope) <= 0:
        return _fail(_TOO_LITTLE)
    if checked.first and checked.further:
        judge = Gate(_kept(judge.first, checked.first), _kept(judge.further, checked.further))
    for line in report(judge, checked if checked.first else learnt):
        print(line)
    target = args.out or model.folder / gate.FILE
    write_atomically(target, (json.dumps(judge.to_json(), indent=1) + "\n").encode())
    print(f"Written to {target}")
    return 0


def _fail(line: str) -> int:
    print(f"gpt-assistant: {line}", file=sys.stderr)
    return 2


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the texts of the files. Raises OSError or ValueError with a line for the person."""
    for path in paths:
        content = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix != ".jsonl":
            yield content
            continue
        for number, line in enumerate(content.splitlines(), 1):
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError(f'{path}:{number}: no JSON object with a "text"')
            yield row["text"]


def collect(model: LanguageModel, text: str, skip: int, characters: int, into: Examples) -> None:
    """Add what the model proposes along `text`, and whether it was right."""
    completer = Completer()
    start = min(skip, len(text) // 2)
    for at in range(start, min(start + characters, len(text) - 1)):
        context = Context(text[:at])
        if impossible(context):
            continue
        request = Complete(0, context)
        work = Completion(model, request, completer.sources(request), Gate())
        words = finish(work.first_words())
        for word in words[:_JUDGED]:
            into.first.append(Example(word.p, False, _comes(text, at, word.text)))
        if words and _comes(text, at, words[0].text):
            _collect_further(work, words[0], text[at:], into)


def _collect_further(work: Completion, word: Word, comes: str, into: Examples) -> None:
    for _ in range(_FURTHER):
        longer = finish(work.next_word(word))
        if longer is None:
            return
        right = _comes(comes, 0, longer.text)
        into.further.append(Example(longer.p, longer.text[-1] in MARKS, right))
        if not right:
            return
        word = longer


def _comes(text: str, at: int, proposed: str) -> bool:
    """Return whether `text` goes on with the whole words `proposed`."""
    end = at + len(proposed)
    if not text.startswith(proposed, at):
        return False
    return not (end < len(text) and text[end].isalnum() and proposed[-1].isalnum())


def fit(rows: Sequence[Example]) -> Scaling:
    """Return the scaling with the least log loss (by maximum likelihood, as Platt's)."""
    x = torch.tensor([[gate.logit(row.p), 1.0, float(row.mark)] for row in rows], dtype=torch.float64)
    y = torch.tensor([float(row.right) for row in rows], dtype=torch.float64)
    weights = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(x @ weights, y)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Scaling(*(round(value, 4) for value in weights.tolist()))


def _kept(scaling: Scaling, rows: Sequence[Example]) -> Scaling:
    """Return `scaling` if it is better on what it was not fitted to, else none."""
    return scaling if _loss(scaling, rows) < _loss(Scaling(), rows) else Scaling()


def _loss(scaling: Scaling, rows: Sequence[Example]) -> float:
    p = torch.tensor([scaling.estimate(row.p, row.mark) for row in rows])
    right = torch.tensor([float(row.right) for row in rows])
    return float(functional.binary_cross_entropy(p, right))


def report(judge: Gate, examples: Examples) -> list[str]:
    """Return lines: log loss with and without scaling, and how often each estimate was right."""
    lines = []
    for name, scaling, rows in (
        ("first words", judge.first, examples.first),
        ("further words", judge.further, examples.further),
    ):
        if not rows:
            continue
        right = torch.tensor([float(row.right) for row in rows])
        p = torch.tensor([scaling.estimate(row.p, row.mark) for row in rows])
        loss, before = _loss(scaling, rows), _loss(Scaling(), rows)
        lines.append(f"{name}: {len(rows)}, log loss {loss:.4f}, unscaled {before:.4f}")
        for low in range(0, 100, 10):
            inside = (p >= low / 100) & (p < (low + 10) / 100)
            if count := int(inside.sum()):
                share = float(right[inside].mean())
                lines.append(f"  estimated {low}–{low + 10} %: right {share:.0%} of {count}")
    return lines
