"""`gpt-assistant spell`: the words of a text that are wrong, and the text corrected.

A page may be waited for, so that this command computes on all cores unless told otherwise; the window's
model leaves one to the window.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.loading import load_model, settings_of
from gpt_assistant.commands.writing import finish, given_text
from gpt_assistant.engine.messages import Issue, Spell
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.spelling import Speller, corrected
from gpt_assistant.settings import Settings
from gpt_assistant.storage.textfile import encode, read_text
from gpt_assistant.storage.writing import write_atomically

HELP = "check the spelling of a text"
VARIETIES = ("mixed", "US", "GB")
_MOST_WORKERS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="a file, or the text itself; standard input if missing")
    parser.add_argument(
        "--fix", action="store_true", help="print the text corrected, and what changed as a diff"
    )
    parser.add_argument(
        "--write", action="store_true", help="with --fix, write the file instead of printing it"
    )
    parser.add_argument(
        "--language", dest="text_language", default="", help="a code such as en or de; found if missing"
    )
    parser.add_argument("--variety", choices=VARIETIES, help="the English that is right; mixed takes both")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Write the issues, a line each, or the corrected text; return 0, or 1 where issues were found."""
    speller, asked = _speller(), Spell(0, language=args.text_language, variety=args.variety or "mixed")
    if args.jsonl:
        model = load_model(_on_all_cores(settings_of(args)))
        return jsonl.serve(lambda row: _answer_row(speller, model, row, asked))
    if args.write and not (args.fix and args.text and Path(args.text).is_file()):
        print("gpt-assistant spell: --write needs --fix and the name of a file", file=sys.stderr)
        return 2
    text = given_text(args.text)
    reply = finish(speller(load_model(_on_all_cores(settings_of(args))), replace(asked, text=text)))
    if args.fix:
        _fix(text, corrected(text, reply.issues), Path(args.text) if args.write else None)
        return 0
    for issue in reply.issues:
        print(_line(text, issue))
    return 1 if reply.issues else 0


def _answer_row(speller: Speller, model: LanguageModel, row: jsonl.Row, asked: Spell) -> dict[str, Any]:
    """Return the answer to one row."""
    text = jsonl.text_of(row, "text")
    language = jsonl.text_of(row, "language", asked.language)
    reply = finish(speller(model, replace(asked, text=text, language=language)))
    return {
        "issues": [_described(issue) for issue in reply.issues],
        "corrected": corrected(text, reply.issues),
        "language": reply.language,
    }


def _described(issue: Issue) -> dict[str, Any]:
    return {
        "start": issue.start,
        "end": issue.end,
        "word": issue.word,
        "kind": issue.kind.value,
        "suggestions": [{"text": each.text, "score": each.score} for each in issue.suggestions],
        "sure": issue.sure,
    }


def _line(text: str, issue: Issue) -> str:
    """Return "line:column: word: suggestions" as editors read it."""
    line = text.count("\n", 0, issue.start) + 1
    column = issue.start - (text.rfind("\n", 0, issue.start) + 1) + 1
    meant = ", ".join(each.text for each in issue.suggestions) or "nothing like it is known"
    return f"{line}:{column}: {issue.word} ({issue.kind.value}): {meant}"


def _fix(text: str, new: str, target: Path | None) -> None:
    """Print or write `new`, and what changed on standard error."""
    sys.stderr.writelines(_diff(text.splitlines(keepends=True), new.splitlines(keepends=True)))
    if target is None:
        sys.stdout.write(new)
        return
    old = read_text(target)
    write_atomically(target, encode(new, old.encoding, old.newline, old.bom))


def _diff(old: Sequence[str], new: Sequence[str]) -> list[str]:
    lines = difflib.unified_diff(old, new, "as it is", "corrected", n=1)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _speller() -> Speller:
    # The workers wait for each other's Python: 5 ms each time, unless told otherwise.
    sys.setswitchinterval(0.001)
    return Speller(workers=min(_MOST_WORKERS, os.cpu_count() or 1))


def _on_all_cores(settings: Settings) -> Settings:
    return settings if settings.threads else replace(settings, threads=os.cpu_count() or 1)
