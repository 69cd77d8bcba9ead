"""`gpt-assistant summarize`: a summary of a file, a text, or one text a line with --jsonl."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.serving import server_of
from gpt_assistant.commands.writing import finish, given_text
from gpt_assistant.engine.messages import Length, Summarise, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.summary import Summariser

HELP = "summarise a file or a text, or one text a line with --jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="a file, or the text itself; standard input if missing")
    parser.add_argument("--length", choices=[str(length) for length in Length], default=str(Length.SHORT))
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Print the summary; return 0, or 1 where there is nothing to summarise."""
    settings = settings_of(args)
    model, summarise = load_model(settings), Summariser(server_of(settings))
    length = Length(args.length)
    if args.jsonl:
        return jsonl.serve(lambda row: answer_row(model, row, length, summarise))
    written = answer(model, given_text(args.text), length, summarise)
    for note in written.notes:
        print(note, file=sys.stderr)
    if not written.text:
        return 1
    print(written.text)
    return 0


def answer_row(model: LanguageModel, row: jsonl.Row, length: Length, summarise: Summariser) -> dict[str, Any]:
    """Return the answer to one row: the summary, and of each sentence of it the place in the text."""
    wanted = jsonl.text_of(row, "length", str(length))
    if wanted not in [str(known) for known in Length]:
        raise jsonl.BadRow(f'"length" must be one of {", ".join(Length)}')
    written = answer(model, jsonl.text_of(row, "text"), Length(wanted), summarise)
    parts = [
        {"text": written.text[p.start : p.end], "start": p.source_start, "end": p.source_end}
        for p in written.passages
    ]
    return {"summary": written.text, "parts": parts, "notes": list(written.notes)}


def answer(model: LanguageModel, text: str, length: Length, summarise: Summariser) -> Written:
    """Return the summary of `text`, with its progress on standard error if that is a terminal."""
    return finish(summarise(model, Summarise(0, text, length)))
