"""`gpt-assistant explain`: why a text may stand behind another, word by word, and what led to it.

Like `spell`, it computes on all cores unless told otherwise.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.complete import answer as complete
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.messages import Explain, Explained, Influence, Odds
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.explanation import Explainer
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

HELP = "explain why a text may stand behind another"
_LISTED = 4  # alternatives of a word in the table
_HEAVIEST = 8  # earlier words in the table
_MOST = math.log(1000)
_explain = Explainer(Completer())  # nothing personal: what it counts is from each row's own text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("before", nargs="?", help="the text before; standard input if missing")
    parser.add_argument("text", nargs="?", help="what stands behind it; what is suggested there if missing")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Write a table, or JSON; return 0, or 1 where there is nothing to explain."""
    settings = settings_of(args)
    model = load_model(settings if settings.threads else replace(settings, threads=os.cpu_count() or 1))
    if args.jsonl:
        return jsonl.serve(lambda row: _answer_row(model, row))
    before = args.before if args.before is not None else sys.stdin.read().removesuffix("\n")
    text = args.text or _suggested(model, settings, before)
    if not text.strip():
        return 1
    reply = _answer(model, before, text)
    if args.json:
        print(json.dumps(_described(before, text, reply), ensure_ascii=False))
    else:
        print("\n".join(_table(before, text, reply)))
    return 0


def _suggested(model: LanguageModel, settings: Settings, before: str) -> str:
    """Return what is suggested behind `before`; where nothing is, say why and return the best guess."""
    suggestion = complete(model, settings, Context(before)).suggestion
    if suggestion.text:
        return suggestion.text
    print(f"No suggestion: {suggestion.reason}.", file=sys.stderr)
    return suggestion.candidates[0].text if suggestion.candidates else ""


def _answer(model: LanguageModel, before: str, text: str) -> Explained:
    return finish(_explain(model, Explain(0, Context(before), text)))


def _answer_row(model: LanguageModel, row: jsonl.Row) -> dict[str, Any]:
    """Return the answer to one row."""
    before, text = jsonl.text_of(row, "before"), jsonl.text_of(row, "text")
    if not text.strip():
        raise jsonl.BadRow('"text" must have a word')
    return _described(before, text, _answer(model, before, text))


def _described(before: str, text: str, reply: Explained) -> dict[str, Any]:
    return {
        "tokens": [
            _odds(text, each) | {"weights": _weights(reply.influences, number)}
            for number, each in enumerate(reply.tokens)
        ],
        "words": [_odds(text, each) for each in reply.words],
        "weights": [_influence(before, each) for each in reply.influences],
        "p": _rounded(reply.p),
    }


def _odds(text: str, odds: Odds) -> dict[str, Any]:
    return {
        "text": text[odds.start : odds.end],
        "start": odds.start,
        "end": odds.end,
        "p": _rounded(odds.p),
        "rank": odds.rank,
        "alternatives": [{"text": each.text, "p": _rounded(each.p)} for each in odds.alternatives],
    }


def _weights(influences: Sequence[Influence], token: int) -> list[float]:
    """Return the weight of each earlier word for one token; none for those that were not weighed."""
    return [round(each.parts[token], 4) for each in influences if token < len(each.parts)]


def _influence(before: str, influence: Influence) -> dict[str, Any]:
    return {
        "word": before[influence.start : influence.end],
        "start": influence.start,
        "end": influence.end,
        "weight": round(influence.weight, 4),
        "shared": influence.shared,
    }


def _rounded(p: float) -> float:
    return float(f"{p:.4g}")


# -- for people ------------------------------------------------------------------------------------


def _table(before: str, text: str, reply: Explained) -> list[str]:
    """Return the words in rows, and the earlier words that weigh most."""
    rows = [("word", "p", "rank", "instead")]
    for each in reply.words:
        word = text[each.start : each.end]
        others = [c for c in each.alternatives if c.text.strip() != word.strip()][:_LISTED]
        listed = ", ".join(f"{c.text.strip()} {_percent(c.p)}" for c in others)
        rows.append((word, _percent(each.p), str(each.rank), listed))
    lines = _aligned(rows)
    heaviest = sorted(reply.influences, key=lambda each: -abs(each.weight))[:_HEAVIEST]
    if heaviest:
        lines += ["", "what led to it (how many times less likely without the word)"]
        lines += _aligned([(before[i.start : i.end], _factor(i.weight)) for i in heaviest])
    return lines


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [line.rstrip() for line in padded]


def _percent(p: float) -> str:
    return f"{100 * p:.0f} %" if p >= 0.1 else f"{100 * p:.2g} %"


def _factor(weight: float) -> str:
    shown = f"× {math.exp(abs(weight)):.3g}" if abs(weight) < _MOST else "× 1000 or more"
    return shown if weight >= 0 else f"{shown}, more: it speaks against it"
