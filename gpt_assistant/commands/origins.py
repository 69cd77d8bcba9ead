"""`gpt-assistant origins`: what the editor remembers about who wrote what in a file."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.export.origins_report import FORMATS, Report, write_report
from gpt_assistant.storage.origins import SAVED, OriginStore, text_digest
from gpt_assistant.storage.recovery import digest
from gpt_assistant.storage.textfile import decode
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.origin_counts import Tally
from gpt_assistant.text.origins import NAMES_OF_ORIGINS, Origin, Run, carried
from gpt_assistant.text.words import utf16_length


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", help="a text file that was written in the editor")
    parser.add_argument("--to", choices=FORMATS, help="write a report instead of a table of counts")
    parser.add_argument("--output", "-o", help="the report's file; by default standard output")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(args: argparse.Namespace) -> int:
    """Print the counts or write the report; return 0, or 2 where it is not clear what is wanted."""
    path = Path(args.file).expanduser().absolute()
    data = path.read_bytes()
    text = decode(data).text
    report = Report(path.name, text, _runs(path, data, text), datetime.now().astimezone())
    output = Path(args.output).expanduser() if args.output else None
    kind = args.to or (output.suffix.lower().removeprefix(".") if output else "")
    if not kind:
        print(_table(report))
        return 0
    if kind not in FORMATS:
        print(f"gpt-assistant: name the format with --to {', '.join(FORMATS)}.", file=sys.stderr)
        return 2
    made = write_report(report, kind)
    if output is None:
        print(made.decode(), end="")
        return 0
    if output.exists() and not args.force:
        print(f"gpt-assistant: {output} is there already. Replace it with --force.", file=sys.stderr)
        return 2
    write_atomically(output, made)
    print(output)
    return 0


def _runs(path: Path, data: bytes, text: str) -> list[Run]:
    """Return whose the text of a file is; what was changed outside of the editor since is not known."""
    unknown = [(utf16_length(text), Origin.EARLIER)]
    base = paths.data_folder() / "origins.db"
    if not base.exists():
        return unknown
    store = OriginStore(base)
    try:
        found = [each for each in store.of(str(path), digest(data)) if each.slot == SAVED]
    finally:
        store.close()
    if not found:
        return unknown
    record = found[0]
    if record.digest == text_digest(text):
        return record.runs
    return carried(record.runs, record.text, text) if record.text is not None else unknown


def _table(report: Report) -> str:
    counts = report.counts
    total = sum(counts.values(), Tally())
    lines = [f"{'':<20}{'words':>10}{'':>7}{'characters':>13}{'':>7}"]
    for origin, each in counts.items():
        lines.append(_line(NAMES_OF_ORIGINS[origin], each, total))
    return "\n".join([*lines, _line("In all", total, total)])


def _line(name: str, each: Tally, total: Tally) -> str:
    words = 100 * each.words / total.words if total.words else 0.0
    characters = 100 * each.characters / total.characters if total.characters else 0.0
    return f"{name:<20}{each.words:>10,}{words:>5.0f} %{each.characters:>13,}{characters:>5.0f} %"
