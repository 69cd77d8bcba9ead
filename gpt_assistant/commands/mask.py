"""`gpt-assistant mask`: a text without what is personal in it, and the way back for an answer to it.

What the placeholders stand for is written only where `--map` says so, readable by this person alone. It takes
the writer's choice of what is masked, and her own words, from the settings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gpt_assistant.commands import jsonl
from gpt_assistant.commands.terminal_line import TerminalLine
from gpt_assistant.commands.writing import given_text
from gpt_assistant.features.masking import Options, mask, masking
from gpt_assistant.features.masking_choice import options_of
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.masked import KINDS, Masked, restored


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="?", help="a file, or the text itself; standard input if missing")
    parser.add_argument(
        "--kinds", default="", help=f"what to mask, instead of what the settings say: {', '.join(KINDS)}"
    )
    parser.add_argument("--map", help="a new file for what the placeholders stand for, as JSON")
    parser.add_argument("--restore", metavar="MAP", help="put back in the text what the map of --map says")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out")


def run(args: argparse.Namespace) -> int:
    """Print the masked text; return 0, or 2 where it is not clear what is wanted."""
    wanted = [kind.strip() for kind in args.kinds.split(",") if kind.strip()]
    if unknown := [kind for kind in wanted if kind not in KINDS]:
        print(f"gpt-assistant mask: there is no kind {unknown[0]}: {', '.join(KINDS)}.", file=sys.stderr)
        return 2
    if args.restore:
        return _restore(given_text(args.text), Path(args.restore).expanduser())
    options = options_of(args.settings, kinds=frozenset(wanted))
    if args.jsonl:
        return jsonl.serve(lambda row: _answer_row(row, options))
    target = Path(args.map).expanduser() if args.map else None
    if target is not None and target.exists():
        print(f"gpt-assistant mask: {target} is there already. Name a new file.", file=sys.stderr)
        return 2
    masked = _with_progress(given_text(args.text), options)
    if target is not None:
        _write_map(target, dict(masked.originals))
    sys.stdout.write(masked.text)
    return 0


def _answer_row(row: jsonl.Row, options: Options) -> dict[str, Any]:
    """Return the answer to one row."""
    masked = mask(jsonl.text_of(row, "text"), options)
    entities = [
        {"start": each.start, "end": each.end, "type": each.type, "placeholder": each.placeholder}
        for each in masked.entities
    ]
    return {"text": masked.text, "entities": entities}


def _with_progress(text: str, options: Options) -> Masked:
    """Return the masked text, with the progress on standard error if that is a terminal."""
    steps, line = masking(text, options), TerminalLine()
    while True:
        try:
            share = next(steps)
        except StopIteration as stop:
            line.clear()
            masked: Masked = stop.value
            return masked
        line.show(f"{share:.0%}")


def _write_map(target: Path, originals: Mapping[str, str]) -> None:
    target.touch(mode=0o600)
    write_atomically(target, json.dumps(originals, ensure_ascii=False, indent=1).encode())
    target.chmod(0o600)


def _restore(text: str, source: Path) -> int:
    """Print `text` with what the placeholders in it stand for."""
    try:
        originals = json.loads(source.read_text(encoding="utf-8"))
    except ValueError:
        originals = None
    if not isinstance(originals, dict) or not all(isinstance(value, str) for value in originals.values()):
        print(f"gpt-assistant mask: {source} is no map that --map has written.", file=sys.stderr)
        return 2
    sys.stdout.write(restored(text, originals))
    return 0
