"""`gpt-assistant complete`: what Tab would insert at the end of a text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.serving import server_of
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.messages import Complete, Suggested
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.remote_completion import RemoteCompleter
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

HELP = "complete a text, or one text a line with --jsonl"
_MOST_TOKENS = 256
_local = Completer()  # nothing personal: what it keeps is counted from each row's own text
Completes = Callable[[LanguageModel, Complete], Generator[object, None, Suggested]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="the text before the caret; standard input if missing")
    parser.add_argument("--after", default="", help="the text behind the caret")
    parser.add_argument("--max-tokens", type=int, default=0, help="the most tokens to suggest")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Answer on standard output; return 0, or 1 where a single text got no suggestion."""
    settings = settings_of(args)
    model, server = load_model(settings), server_of(settings)
    completer = RemoteCompleter(_local, server) if server is not None else _local
    if args.jsonl:
        return jsonl.serve(lambda row: answer_row(model, settings, row, completer))
    before = args.text if args.text is not None else sys.stdin.read().removesuffix("\n")
    reply = answer(model, settings, Context(before, args.after), args.max_tokens, completer)
    if not reply.suggestion.text:
        print(f"No suggestion: {reply.suggestion.reason}.", file=sys.stderr)
        return 1
    print(reply.suggestion.text)
    return 0


def answer_row(
    model: LanguageModel, settings: Settings, row: jsonl.Row, completer: Completes = _local
) -> dict[str, Any]:
    """Return the answer to one row: text, reason, candidates, the milliseconds it took, and who gave it."""
    context = Context(jsonl.text_of(row, "before"), jsonl.text_of(row, "after", ""))
    most = jsonl.count_of(row, "max_tokens", 0, _MOST_TOKENS)
    reply = answer(model, settings, context, most, completer)
    suggestion = reply.suggestion
    return {
        "text": suggestion.text,
        "reason": str(suggestion.reason),
        "candidates": [{"text": c.text, "p": round(c.p, 4)} for c in suggestion.candidates],
        "ms_first": round(reply.ms_first, 1),
        "ms_total": round(reply.ms_total, 1),
        **({"server": reply.server} if settings.remote else {}),
    }


def answer(
    model: LanguageModel,
    settings: Settings,
    context: Context,
    max_tokens: int = 0,
    completer: Completes = _local,
) -> Suggested:
    """Return the suggestion for `context`, run to its end."""
    request = Complete(0, context, settings.max_words, max_tokens, settings.eagerness)
    return finish(completer(model, request))
