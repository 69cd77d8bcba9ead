"""Learn the weights of resources/summary.json from texts with summaries.

    python packaging/train_summary.py GENRE DATA.jsonl [--write resources/summary.json]

A row of DATA has "text" and "references", a list of summaries. Weights are found by coordinate ascent on the
mean of ROUGE-1, ROUGE-2 and ROUGE-Lsum of every second row; what they bring on the rows between is printed.
Needs the package rouge-score, which nothing else here does.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from gpt_assistant.features import summary_scoring as scoring
from gpt_assistant.features.summary_units import Unit, sections_of, units_of
from gpt_assistant.text.structure import blocks

_STEPS = (-1.0, -0.5, -0.25, 0.25, 0.5, 1.0)
_ROUNDS = 2


class Text(NamedTuple):
    """A text ready to be summarised, and what summaries of it say."""

    units: list[Unit]
    weight: dict[str, float]
    references: list[str]


def prepared(row: dict[str, Any]) -> Text:
    """Return the sentences of a row with their features."""
    text = row["text"]
    found = blocks(text)
    units = list(units_of(text, found))
    weight = scoring.term_weights(units)
    scoring.describe(units, sections_of(text, found), len(text), weight)
    return Text([unit for unit in units if scoring.worth_showing(unit)], weight, row["references"])


def summary(text: Text, chosen: scoring.Weights) -> str:
    """Return the summary that `chosen` makes of `text`."""
    scoring.rate(text.units, chosen)
    picked = scoring.select(text.units, text.weight, chosen.words, slack=chosen.slack)
    return "\n".join(unit.text for unit in sorted(picked, key=lambda unit: unit.start))


class Judge:
    """ROUGE in percent, the best of several references by ROUGE-1."""

    def __init__(self) -> None:
        from rouge_score.rouge_scorer import RougeScorer  # noqa: PLC0415

        self._names = ("rouge1", "rouge2", "rougeLsum")
        self._scorer = RougeScorer(list(self._names), use_stemmer=True)

    def figures(self, texts: Sequence[Text], chosen: scoring.Weights) -> list[float]:
        """Return the means of ROUGE-1, ROUGE-2 and ROUGE-Lsum over `texts`."""
        totals = [0.0, 0.0, 0.0]
        for text in texts:
            made = summary(text, chosen)
            marks = [self._scorer.score(reference, made) for reference in text.references]
            best = max(marks, key=lambda mark: mark["rouge1"].fmeasure)
            for i, name in enumerate(self._names):
                totals[i] += 100 * best[name].fmeasure / len(texts)
        return totals

    def mark(self, texts: Sequence[Text], chosen: scoring.Weights, size: float) -> float:
        """Return what is made as large as possible: the mean of the three, less a price for large weights."""
        return sum(self.figures(texts, chosen)) / 3 - size * sum(abs(w) for w in chosen.features.values())


def learn(judge: Judge, texts: Sequence[Text], start: scoring.Weights, size: float) -> scoring.Weights:
    """Return the weights that coordinate ascent finds from `start`."""
    best, mark = start, judge.mark(texts, start, size)
    for _ in range(_ROUNDS):
        for name in texts[0].units[0].features:
            for step in _STEPS:
                value = round(best.features.get(name, 0.0) + step, 2)
                tried = replace(best, features={**best.features, name: value})
                if (now := judge.mark(texts, tried, size)) > mark:
                    best, mark = tried, now
        for words, power in ((10, 0.0), (-10, 0.0), (0, 0.15), (0, -0.15)):
            tried = replace(best, words=best.words + words, power=round(best.power + power, 2))
            if (now := judge.mark(texts, tried, size)) > mark:
                best, mark = tried, now
        print(f"{mark:.2f} {best}", file=sys.stderr, flush=True)
    return best


def main() -> None:
    """Read the command line, learn, print and maybe write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("genre")
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", type=Path, help="the file to put the weights into")
    parser.add_argument(
        "--all", action="store_true", help="learn from all rows, once the held out ones agree"
    )
    parser.add_argument("--price", type=float, default=0.08, help="of a weight of 1, in points of ROUGE")
    args = parser.parse_args()
    lines = args.data.read_text(encoding="utf-8").splitlines()
    texts = [prepared(json.loads(line)) for line in lines if re.search(r"\S", line)]
    stored = json.loads((Path(__file__).parent.parent / "resources/summary.json").read_text(encoding="utf-8"))
    old = stored[args.genre]
    start = scoring.Weights(old["words"], old["power"], old["features"], old["slack"])
    judge = Judge()
    tuning, held = (texts, texts) if args.all else (texts[::2], texts[1::2])
    learnt = learn(judge, tuning, start, args.price)
    for name, part in (("tuning", tuning), ("held out", held)):
        for what, chosen in (("before", start), ("after", learnt)):
            print(name, what, [round(figure, 2) for figure in judge.figures(part, chosen)])
    if args.write:
        features = {name: value for name, value in learnt.features.items() if value}
        stored[args.genre] = old | {"words": learnt.words, "power": learnt.power, "features": features}
        args.write.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
