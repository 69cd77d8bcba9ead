"""`gpt-assistant rewrite`: a text in another style."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.serving import server_of
from gpt_assistant.commands.writing import finish, given_text
from gpt_assistant.engine.messages import Rewrite
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.rewrite import STYLES, Rewriter
from gpt_assistant.storage.instructions import own_instructions

HELP = "rewrite a text in another style"


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
    settings = settings_of(args)
    rewriter = Rewriter(remote=server_of(settings))
    if args.jsonl:
        model, asked = load_model(settings), Rewrite(0, "", args.style, instruction, settings)
        return jsonl.serve(lambda row: _answer_row(rewriter, model, row, asked))
    text = given_text(args.text)
    reply = finish(rewriter(load_model(settings), Rewrite(0, text, args.style, instruction, settings)))
    print(reply.text.removesuffix("\n"))
    for note in reply.notes:
        print(note, file=sys.stderr)
    return 0


def _answer_row(rewriter: Rewriter, model: LanguageModel, row: jsonl.Row, usual: Rewrite) -> dict[str, Any]:
    """Return the answer to one row; its own style and instruction go before those of the command line."""
    asked = jsonl.text_of(row, "instruction", usual.instruction)
    request = replace(
        usual,
        text=jsonl.text_of(row, "text"),
        style=jsonl.text_of(row, "style", usual.style),
        instruction=own_instructions().all().get(asked, asked),
    )
    try:
        reply = finish(rewriter(model, request))
    except ValueError as error:
        raise jsonl.BadRow(str(error)) from error
    return {"text": reply.text, "notes": list(reply.notes)}
