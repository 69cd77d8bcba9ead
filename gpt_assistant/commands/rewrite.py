"""`gpt-assistant rewrite`: a text in another style."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.engine.messages import Progress, Rewrite, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.rewrite import STYLES, Rewriter
from gpt_assistant.storage.instructions import own_instructions
from gpt_assistant.storage.textfile import read_text

HELP = "rewrite a text in another style"
_rewrite = Rewriter()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="a file, or the text itself; standard input if missing")
    parser.add_argument("--style", choices=STYLES, default="", help="what the text is to become")
    parser.add_argument(
        "--instruction", default="", help="an instruction of your own, or the name of a saved one"
    )
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Write the text to standard output, and what was left as it was to standard error; return 0."""
    if not (args.style or args.instruction or args.jsonl):
        print("gpt-assistant rewrite: give a --style or an --instruction", file=sys.stderr)
        return 2
    instruction = own_instructions().all().get(args.instruction, args.instruction)
    if args.jsonl:
        model = load_model(settings_of(args))
        return jsonl.serve(lambda row: _answer_row(model, row, args.style, instruction))
    text = _text(args.text)
    reply = _finish(
        _rewrite(load_model(settings_of(args)), Rewrite(0, text, args.style, instruction)),
        sys.stderr.isatty(),
    )
    print(reply.text.removesuffix("\n"))
    for note in reply.notes:
        print(note, file=sys.stderr)
    return 0


def _text(given: str | None) -> str:
    """Return the text of the file that is named, or what was given, or standard input."""
    if given is None:
        return sys.stdin.read()
    # A text may be too long to be asked about as a path.
    if "\n" not in given and len(given) < 256 and Path(given).is_file():
        return read_text(Path(given)).text
    return given


def _answer_row(model: LanguageModel, row: jsonl.Row, style: str, instruction: str) -> dict[str, Any]:
    """Return the answer to one row; its own style and instruction go before those of the command line."""
    text = jsonl.text_of(row, "text")
    asked = jsonl.text_of(row, "instruction", instruction)
    request = Rewrite(0, text, jsonl.text_of(row, "style", style), own_instructions().all().get(asked, asked))
    try:
        reply = _finish(_rewrite(model, request), False)
    except ValueError as error:
        raise jsonl.BadRow(str(error)) from error
    return {"text": reply.text, "notes": list(reply.notes)}


def _finish(steps: Generator[object, None, Written], shown: bool) -> Written:
    """Drive a rewriting to its end, its progress on standard error if that is a terminal."""
    while True:
        try:
            step = next(steps)
        except StopIteration as stop:
            if shown:
                print("\r\033[K", end="", file=sys.stderr, flush=True)
            reply: Written = stop.value
            return reply
        if shown and isinstance(step, Progress):
            left = f", {step.seconds_left:.0f} s left" if step.seconds_left >= 0 else ""
            print(f"\r\033[K{step.text} {step.fraction:.0%}{left}", end="", file=sys.stderr, flush=True)
