"""`gpt-assistant sentiment`: whether a text sounds positive, neutral or negative, and which words make it so.

A page may be waited for, so that this command computes on all cores unless told otherwise, as `spell` does.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.writing import finish, given_text
from gpt_assistant.engine.messages import (
    Feel,
    Feeling,
    Felt,
    LearnMood,
    MoodScores,
    WeighWords,
    WordsWeighed,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.sentiment import MoodReader
from gpt_assistant.features.sentiment_head import shipped_for
from gpt_assistant.settings import Settings

HELP = "tell the mood of a text, sentence by sentence"
_MOST_SHOWN = 4  # words of a line
_LEAST_SHOWN = 0.05


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="*", help="files, or the text itself; standard input if missing")
    parser.add_argument("--words", action="store_true", help="also weigh each word: what it adds to the mood")
    parser.add_argument(
        "--fit", action="store_true", help="fit the mood to a model that is not the default one, once"
    )
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON, one object a file")


def run(args: argparse.Namespace) -> int:
    """Print a line a sentence and one for the whole; return 0."""
    reader = MoodReader()
    if args.jsonl:
        model = load_model(_on_all_cores(settings_of(args)))
        return jsonl.serve(lambda row: answer_row(reader, model, row, args.words))
    if args.fit:
        model = load_model(_on_all_cores(settings_of(args)))
        learnt = finish(reader.learn(model, LearnMood(0)))
        if shipped_for(model):
            print(f"It came fitted; of {learnt.sentences} sentences it reads {learnt.accuracy:.0%} right.")
        else:
            print(f"Fitted to {learnt.sentences} sentences; of others it reads {learnt.accuracy:.0%} right.")
        return 0
    texts = _given(args.text)
    model = load_model(_on_all_cores(settings_of(args)))
    for name, text in texts:
        if args.json:
            answered = _answer(reader, model, text, args.words)
            print(json.dumps({"file": name, **answered} if name else answered, ensure_ascii=False))
            continue
        if len(texts) > 1:
            print(f"{name}:")
        _print(reader, model, text, args.words)
    return 0


def answer_row(reader: MoodReader, model: LanguageModel, row: jsonl.Row, words: bool) -> dict[str, Any]:
    """Return the answer to one row; the words are weighed if `words` or the row's own says so."""
    wanted = row.get("words", words)
    if not isinstance(wanted, bool):
        raise jsonl.BadRow('"words" must be true or false')
    return _answer(reader, model, jsonl.text_of(row, "text"), wanted)


def _answer(reader: MoodReader, model: LanguageModel, text: str, words: bool) -> dict[str, Any]:
    felt = finish(reader(model, Feel(0, text)))
    weighed = finish(reader.weigh(model, WeighWords(0, text))) if words else None
    return {
        "label": felt.label.value,
        "scores": _scores(felt.scores),
        "sentences": [_sentence(each, weighed) for each in felt.sentences],
    }


def _sentence(each: Feeling, weighed: WordsWeighed | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start": each.start,
        "end": each.end,
        "label": each.label.value,
        "scores": _scores(each.scores),
    }
    if weighed is not None:
        found["words"] = [
            {"start": word.start, "end": word.end, "weight": round(word.weight, 4)}
            for word in weighed.words
            if each.start <= word.start < each.end
        ]
    return found


def _scores(scores: MoodScores) -> dict[str, float]:
    return {
        "positive": round(scores.positive, 4),
        "neutral": round(scores.neutral, 4),
        "negative": round(scores.negative, 4),
    }


def _print(reader: MoodReader, model: LanguageModel, text: str, words: bool) -> None:
    """Print a line a sentence: how likely its mood is, the mood, and the sentence; then the whole."""
    felt = finish(reader(model, Feel(0, text)))
    weighed = finish(reader.weigh(model, WeighWords(0, text))) if words else None
    for each in felt.sentences:
        sentence = " ".join(text[each.start : each.end].split())
        print(f"{_share(each.scores, each)}  {sentence}")
        if weighed is not None and (heaviest := _heaviest(text, each, weighed)):
            print(f"{'':17}{heaviest}")
    _print_whole(felt)
    if not felt.fitted:
        line = (
            "Nothing was fitted to this model yet, so this is a rough guess; --learn does that in a minute."
        )
        print(line, file=sys.stderr)


def _print_whole(felt: Felt) -> None:
    if not felt.sentences:
        print("There is nothing to read.", file=sys.stderr)
    elif len(felt.sentences) > 1:
        print(f"{_share(felt.scores, felt)}  (the whole text)")


def _share(scores: MoodScores, of: Feeling | Felt) -> str:
    return f"{scores.of(of.label):4.0%}  {of.label.value:<9}"


def _heaviest(text: str, each: Feeling, weighed: WordsWeighed) -> str:
    """Return the words of a sentence that add most to its mood, each with what it adds."""
    mine = [word for word in weighed.words if each.start <= word.start < each.end]
    mine = sorted((word for word in mine if word.weight >= _LEAST_SHOWN), key=lambda word: -word.weight)
    return ", ".join(f"{text[w.start : w.end]} {w.weight:+.2f}" for w in mine[:_MOST_SHOWN])


def _given(arguments: Sequence[str]) -> list[tuple[str, str]]:
    """Return each text with the name of its file, "" where it is none. Raises OSError with one line."""
    if len(arguments) <= 1:
        one = arguments[0] if arguments else None
        return [("", given_text(one))]
    for name in arguments:
        if not Path(name).expanduser().is_file():
            raise FileNotFoundError(f"There is no file {name}. One text is given in quotes, with its spaces.")
    return [(name, given_text(name)) for name in arguments]


def _on_all_cores(settings: Settings) -> Settings:
    return settings if settings.threads else replace(settings, threads=os.cpu_count() or 1)
