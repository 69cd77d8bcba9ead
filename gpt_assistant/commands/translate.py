"""`gpt-assistant translate`: a text in another language."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import settings_of
from gpt_assistant.commands.serving import server_of
from gpt_assistant.commands.writing import finish, given_text
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import Translate
from gpt_assistant.features.languages import NAMES, normal
from gpt_assistant.features.translation import Translator

HELP = "translate a text, or one text a line with --jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="a file, or the text itself; standard input if missing")
    parser.add_argument("--to", default="", help="the language to translate into, such as fr or German")
    parser.add_argument("--from", dest="source", default="", help="the text's language; detected if missing")
    parser.add_argument(
        "--translation-model",
        default=None,
        help="the model that translates; that of the settings, or --model, if missing",
    )
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Write the translation to standard output and notes to standard error; return 0, or 2 for bad options.

    Raises ModelUnavailable, with one line that says what to do, where the model cannot do it.
    """
    settings = settings_of(args)
    target = args.to or settings.translate_to
    if problem := _unknown(target, "--to") or (args.source and _unknown(args.source, "--from")):
        print(f"gpt-assistant translate: {problem}", file=sys.stderr)
        return 2
    asked = Translate(
        0,
        target=target,
        source=args.source,
        model=settings.translation_model or settings.model,
        device=settings.device,
        threads=settings.threads,
        offline=settings.offline,
        anyway=not settings.check_memory,
    )
    translator = Translator(server_of(settings), named_first=bool(settings.translation_model))
    if args.jsonl:
        return jsonl.serve(lambda row: _answer_row(translator, asked, row))
    reply = finish(translator(None, _with_text(asked, given_text(args.text))))
    print(reply.text.removesuffix("\n"))
    for note in reply.notes:
        print(note, file=sys.stderr)
    return 0


def _unknown(language: str, option: str) -> str:
    """Return in one line why `language` cannot be taken, or "" if it can."""
    if normal(language):
        return ""
    return f"give a language with {option}: one of {', '.join(sorted(NAMES))}"


def _with_text(asked: Translate, text: str, target: str = "", source: str = "") -> Translate:
    return replace(asked, text=text, target=target or asked.target, source=source or asked.source)


def _answer_row(translator: Translator, asked: Translate, row: jsonl.Row) -> dict[str, Any]:
    """Return the answer to one row; its own "to" and "from" go before those of the command line."""
    target, source = jsonl.text_of(row, "to", ""), jsonl.text_of(row, "from", "")
    request = _with_text(asked, jsonl.text_of(row, "text"), target, source)
    try:
        reply = finish(translator(None, request))
    except ModelUnavailable as error:
        raise jsonl.BadRow(str(error)) from error
    return {"text": reply.text, "language": reply.language, "notes": list(reply.notes)}
