"""`gpt-assistant bench --documents FILE…`: the installed models on the writer's texts, and which to use."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from gpt_assistant.commands.measure import documents
from gpt_assistant.commands.terminal_line import TerminalLine
from gpt_assistant.settings import Settings
from gpt_assistant.text.measured import Candidate, Measured, recommend

_HEADS = ("MODEL", "DEVICE", "PRECISION", "SAVED", "RIGHT", "P50 MS", "P90 MS", "BITS", "MEMORY", "LOADED")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--documents",
        nargs="+",
        metavar="FILE",
        default=[],
        help="the installed models on these texts of yours",
    )
    parser.add_argument("--models", nargs="+", metavar="MODEL", default=[], help="of them only these")
    parser.add_argument("--devices", nargs="+", metavar="DEVICE", default=[], help="each on these devices")
    parser.add_argument(
        "--precisions", nargs="+", metavar="FORMAT", default=[], help="each in these number formats"
    )
    parser.add_argument(
        "--seconds", type=float, default=documents.SECONDS, help="how long to measure each on the texts"
    )
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Measure and print; return 0, 1 where no model can be recommended, 2 where there is too little text."""
    given = json.loads(sys.stdin.read()) if args.documents == ["-"] else None
    texts = given or documents.read_texts([Path(name) for name in args.documents])
    if not documents.pieces(texts):
        print("gpt-assistant: there is too little text in the documents to measure on.", file=sys.stderr)
        return 2
    if args.alone:
        return documents.measure_alone(texts, settings, args.seconds, sys.stdout)
    rows = _measured(documents.Plan(texts, settings, args.seconds), _candidates(args, settings))
    found = recommend(rows)
    if args.json:
        figures = {
            "models": [row.figures() for row in rows],
            "recommended": found.row.candidate.settings() if found.row else None,
            "why": str(found.why),
        }
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print("\n".join([*table(rows), "", str(found.why)]))
    return 0 if found.row else 1


def table(rows: Sequence[Measured]) -> list[str]:
    """Return the rows as aligned lines, under what their columns are."""
    cells = [_HEADS, *(_cells(row) for row in rows if not row.problem)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells]
    return lines + [f"{row.name}: {row.problem}" for row in rows if row.problem]


def _cells(row: Measured) -> tuple[str, ...]:
    return (
        row.name,
        row.device,
        row.form,
        f"{row.saved():.1%}",
        f"{row.right():.0%}",
        f"{row.milliseconds(50):.0f}",
        f"{row.milliseconds(90):.0f}",
        f"{row.bits:.2f}",
        f"{row.memory / 1e6:,.0f} MB",
        f"{row.load_seconds:.1f} s",
    )


def _candidates(args: argparse.Namespace, settings: Settings) -> list[Candidate]:
    """Return each of the models on each of the devices in each of the number formats."""
    found = list(documents.installed(settings))
    known = {candidate.model: candidate.name for candidate in found}
    models = [Candidate(known.get(name, name), name) for name in args.models] or found
    return [
        replace(model, device=device, dtype=dtype)
        for model in models
        for device in args.devices or [settings.device]
        for dtype in args.precisions or [settings.dtype]
    ]


def _measured(plan: documents.Plan, wanted: list[Candidate]) -> list[Measured]:
    progress = _Progress(len(wanted), plan.seconds)
    rows = [
        documents.measure(plan, each, progress.of(number, each.name)) for number, each in enumerate(wanted)
    ]
    progress.end()
    return rows


class _Progress:
    """One line on a terminal: which model, how far, how long it may take yet."""

    def __init__(self, models: int, seconds: float) -> None:
        self._models, self._seconds = models, seconds
        self._started, self._line = time.perf_counter(), TerminalLine()

    def of(self, number: int, name: str) -> Callable[[Measured, float], None]:
        """Return what shows the progress of one of the models."""

        def show(row: Measured, share: float) -> None:
            done = number + max(0.0, share)
            spent = time.perf_counter() - self._started
            left = spent / done * (self._models - done) if done else self._seconds * self._models
            saved = f", {row.saved():.0%} saved" if row.places else ""
            line = f"{name} ({number + 1} of {self._models}){saved}, {left:.0f} s left"
            self._line.show(line)

        return show

    def end(self) -> None:
        """Take the line away."""
        self._line.clear()
