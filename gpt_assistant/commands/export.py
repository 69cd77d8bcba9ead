"""`gpt-assistant export`: a text or Markdown file as HTML, DOCX or ODT. PDF is the window's to make."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gpt_assistant.export.formats import FORMATS, read, render
from gpt_assistant.export.structure import PAPER_SIZES, Paper
from gpt_assistant.storage.textfile import read_text
from gpt_assistant.storage.writing import write_atomically

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", help="a text or Markdown file")
    parser.add_argument("--to", choices=FORMATS, help="the format; by default what --output ends in")
    parser.add_argument("--output", "-o", help="the new file; by default beside the old one")
    parser.add_argument("--plain", action="store_true", help="take it for text without marks")
    parser.add_argument("--paper", choices=PAPER_SIZES, default="A4", help="the sheet (default: A4)")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(args: argparse.Namespace) -> int:
    """Write the file and print its name; return 0, or 2 where it is not clear what is wanted."""
    source = Path(args.file).expanduser()
    output = Path(args.output).expanduser() if args.output else None
    kind = args.to or (output.suffix.lower().removeprefix(".") if output else "")
    if kind not in FORMATS:
        print(f"gpt-assistant: name the format with --to {', '.join(FORMATS)}.", file=sys.stderr)
        return 2
    target = output or source.with_suffix(f".{kind}")
    if target.exists() and not args.force:
        print(f"gpt-assistant: {target} is there already. Replace it with --force.", file=sys.stderr)
        return 2
    text = read_text(source).text
    markdown = source.suffix.lower() in _MARKDOWN and not args.plain
    structure = read(text, source.stem, markdown)
    paper = Paper(*PAPER_SIZES[args.paper])
    write_atomically(target, render(structure, kind, source.absolute().parent, paper=paper))
    print(target)
    return 0
