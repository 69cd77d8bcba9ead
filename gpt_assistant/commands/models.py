"""`gpt-assistant models`: lists, fetches, describes and removes models, and lists what they can run on.

Results go to standard output, as a table or with --json as one JSON object; progress and errors go to
standard error. Exit codes: 0 done, 1 not possible (one line says why), 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from gpt_assistant.commands.terminal_line import TerminalLine
from gpt_assistant.engine import catalogue, housekeeping, model_cache, sources
from gpt_assistant.engine.fetch import size_of
from gpt_assistant.engine.messages import ModelInfo

_INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `gpt-assistant models` on its own `parser`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="write one JSON object")
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("name", help='a name from the list, "default", a hub id such as org/name, or a .gguf')
    actions.add_parser("list", parents=[shared], help="what can be had and what is on this machine")
    pull = actions.add_parser("pull", parents=[named, shared], help="fetch a model and prepare it")
    pull.add_argument(
        "--accept-licence",
        action="store_true",
        help="accept the model's terms, which `info` shows, where it has any",
    )
    actions.add_parser("info", parents=[named, shared], help="licence, size, terms and where it lies")
    actions.add_parser("devices", parents=[shared], help="what a model can run on here, and its memory")
    actions.add_parser("remove", parents=[named, shared], help="delete the fetched copy")


def run(args: argparse.Namespace) -> int:
    """Carry out the action; return the exit code."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list,
        "pull": _pull,
        "info": _info,
        "devices": _devices,
        "remove": _remove,
    }
    try:
        return actions[args.action](args)
    except sources.ModelUnavailable as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename or 'The models'}: {error.strerror or error}")
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return _INTERRUPTED


def _fail(line: str) -> int:
    print(f"gpt-assistant: {line}", file=sys.stderr)
    return 1


def _list(args: argparse.Namespace) -> int:
    rows = [_row(row) for row in housekeeping.models()]
    if args.json:
        _write_json({"models": rows})
        return 0
    lines = [("", "NAME", "FOR", "DOWNLOAD", "MEMORY", "LICENCE", "GOOD FOR")]
    lines += [
        (
            "*" if row["installed"] else "",
            row["id"],
            row["kind"],
            _megabytes(row["download"]),
            _megabytes(row["memory"].get("auto", 0)),
            row["licence"],
            row["good_for"],
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        print("  ".join([*cells, line[6]]).rstrip())
    print("* is on this machine. MEMORY is an estimate for the CPU and the automatic number format.")
    return 0


def _row(row: ModelInfo) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "default": row.default,
        "origin": row.origin,
        "source": row.source,
        "download": row.download,
        "fetched": row.partial,
        "parameters": row.parameters,
        "memory": dict(row.memory),
        "licence": row.licence,
        "languages": list(row.languages),
        "good_for": row.good_for or row.name,
        "terms": row.terms,
        "accepted": row.accepted,
        "installed": row.installed,
        "path": row.path,
        "bytes": row.size,
    }


def _devices(args: argparse.Namespace) -> int:
    from gpt_assistant.engine.devices import choose_device, devices  # noqa: PLC0415 (they import torch)

    found, automatic = devices(), choose_device("auto")
    if args.json:
        rows = [asdict(device) | {"automatic": device.id.startswith(automatic)} for device in found]
        _write_json({"devices": rows})
        return 0
    for device in found:
        memory = f"{_megabytes(device.free)} of {_megabytes(device.total)} free" if device.total else ""
        threads = f"{device.threads} threads" if device.threads else ""
        mark = "*" if device.id.startswith(automatic) else " "
        print("  ".join(filter(None, (f"{mark} {device.id:<8}{device.name}", threads, memory))))
    print("* is what the setting “automatic” takes.")
    return 0


def _pull(args: argparse.Namespace) -> int:
    entry = catalogue.find(args.name)
    if entry and not catalogue.accepted(entry):
        print(entry.terms, file=sys.stderr)
        if args.accept_licence:
            catalogue.accept(entry)
    progress = _Progress()
    try:
        model = sources.resolve(args.name, offline=False, progress=progress, cancelled=lambda: False)
    finally:
        progress.end()
    if args.json:
        size = size_of(model.path)
        state = {"installed": True, "path": str(model.path), "bytes": size}
        _write_json({"name": model.name, "source": model.source, **state})
    else:
        print(f"{model.name} is ready in {model.path}")
    return 0


def _info(args: argparse.Namespace) -> int:
    names = (args.name.lower(), args.name)
    found = [row for row in housekeeping.models() if row.id in names or (row.default and "default" in names)]
    row = _row(found[0]) if found else {}
    if not row:
        return _fail(f"{args.name} is not in the list and not on this machine: `gpt-assistant models list`.")
    if args.json:
        _write_json(row)
        return 0
    for label, value in _info_lines(row):
        print(f"{label + ':':<12}{value}")
    return 0


def _info_lines(row: dict[str, Any]) -> list[tuple[str, str]]:
    here = f"{row['path']} ({_megabytes(row['bytes'])})" if row["installed"] else "no"
    lines = [
        ("Name", row["name"]),
        ("From", row["source"]),
        ("Licence", row["licence"]),
        ("Languages", ", ".join(row.get("languages", ()))),
        ("Made for", row["kind"]),
        ("Good for", row["good_for"]),
        ("Parameters", f"{row['parameters'] / 1e6:.0f} million" if row.get("parameters") else ""),
        ("Download", _megabytes(row["download"])),
        ("Fetched", _megabytes(row["fetched"])),
        ("Memory", ", ".join(f"{name} {_megabytes(size)}" for name, size in row["memory"].items())),
        ("Here", here),
        (
            "Terms",
            row.get("terms", "") and f"{row['terms']} ({'accepted' if row['accepted'] else 'not accepted'})",
        ),
    ]
    return [(label, value) for label, value in lines if value]


def _remove(args: argparse.Namespace) -> int:
    freed = model_cache.remove(sources.folder_name(args.name)) or model_cache.remove(args.name)
    if args.json:
        _write_json({"name": args.name, "freed": freed})
    elif freed:
        print(f"{args.name} is removed, {_megabytes(freed)} are free again.")
    if not freed:
        return _fail(f"{args.name} is not on this machine: `gpt-assistant models list` shows what is.")
    return 0


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count else ""


def _write_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


class _Progress:
    """Shows progress on standard error: one line rewritten on a terminal, else a line each ten per cent."""

    def __init__(self) -> None:
        self._line = TerminalLine()
        self._shown = ("", -1)

    def __call__(self, text: str, fraction: float) -> None:
        percent = f"{fraction:4.0%} " if fraction >= 0 else ""
        if self._line.terminal:
            self._line.show(percent + text)
        elif (state := (text.split(":", maxsplit=1)[0], int(fraction * 10))) != self._shown:
            self._shown = state
            print(f"{percent}{text}", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._line.terminal:
            print(file=sys.stderr)
