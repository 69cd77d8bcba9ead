"""`gpt-assistant data`: lists what the program keeps on this machine, and deletes it.

The table, or one JSON object with --json, goes to standard output; questions and errors to standard error.
Exit codes: 0 done, 1 not possible or not wanted (one line says why).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from gpt_assistant.storage import inventory
from gpt_assistant.storage.inventory import Holding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `gpt-assistant data` on its own `parser`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="write one JSON object")
    actions.add_parser("list", parents=[shared], help="what is kept, what for, and how much")
    delete = actions.add_parser("delete", parents=[shared], help="delete some of it; documents never are")
    delete.add_argument("names", nargs="*", metavar="NAME", help="a name from the list")
    delete.add_argument("--all", action="store_true", help="everything that can be deleted")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    path = actions.add_parser("path", parents=[shared], help="where it lies")
    path.add_argument("name", nargs="?", default="", metavar="NAME", help="a name from the list")


def run(args: argparse.Namespace) -> int:
    """Carry out the action; return the exit code."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list,
        "delete": _delete,
        "path": _path,
    }
    return actions[args.action](args)


def _list(args: argparse.Namespace) -> int:
    held = list(inventory.holdings())
    if args.json:
        _write({"data": [_row(each) for each in held], "bytes": sum(each.bytes for each in held)})
        return 0
    lines = [("NAME", "SIZE", "FILES", "WHAT FOR")]
    lines += [
        (each.item.name, _megabytes(each.bytes), str(len(each.files)), each.item.purpose)
        for each in held
        if each.files
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for line in lines:
        name, size, count, purpose = line
        print(f"{name:<{widths[0]}}  {size:>{widths[1]}}  {count:>{widths[2]}}  {purpose}")
    return 0


def _row(held: Holding) -> dict[str, Any]:
    return {
        "name": held.item.name,
        "title": held.item.title,
        "purpose": held.item.purpose,
        "path": str(held.folder),
        "files": len(held.files),
        "bytes": held.bytes,
        "deletable": bool(held.item.loses),
        "loses": held.item.loses or held.item.instead,
    }


def _path(args: argparse.Namespace) -> int:
    if not args.name:
        return _folders(args)
    found = next((each for each in inventory.holdings() if each.item.name == args.name), None)
    if found is None:
        return _unknown(args.name)
    if args.json:
        _write({"path": str(found.folder), "files": [str(file) for file in found.files]})
    else:
        print(found.folder)
    return 0


def _folders(args: argparse.Namespace) -> int:
    folders = {name: str(folder) for name, folder in inventory.folders().items()}
    if args.json:
        _write(folders)
    else:
        print("\n".join(f"{name:<8}{folder}" for name, folder in folders.items()))
    return 0


def _delete(args: argparse.Namespace) -> int:
    names = [item.name for item in inventory.ITEMS if item.loses] if args.all else args.names
    if not names:
        return _fail("Say what to delete: a name from `gpt-assistant data list`, or --all.")
    for name in names:
        try:
            item = inventory.find(name)
        except KeyError:
            return _unknown(name)
        if not item.loses:
            return _fail(f"{name} is not deleted here. {item.instead}")
    before = _bytes_of(names)
    if not args.yes and not _wanted(names):
        return _fail("Nothing was deleted.")
    failed = 0
    for name in names:
        try:
            inventory.delete(name)
        except OSError as error:
            failed = _fail(str(error))
    freed = max(0, before - _bytes_of(names))
    if args.json:
        _write({"deleted": names, "freed": freed})
    else:
        print(f"{_megabytes(freed)} freed.")
    return failed


def _wanted(names: Sequence[str]) -> bool:
    """Ask, saying what is lost; where nobody can answer the answer is no."""
    for name in names:
        print(f"{name}: {inventory.find(name).loses}", file=sys.stderr)
    if not sys.stdin.isatty():
        print("Nobody can be asked here: add --yes.", file=sys.stderr)
        return False
    print("Delete it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _bytes_of(names: Sequence[str]) -> int:
    return sum(each.bytes for each in inventory.holdings() if each.item.name in names)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"


def _unknown(name: str) -> int:
    known = ", ".join(item.name for item in inventory.ITEMS)
    return _fail(f"there is no {name}; there are {known}.")


def _fail(line: str) -> int:
    print(f"gpt-assistant: {line}", file=sys.stderr)
    return 1


def _write(values: dict[str, Any]) -> None:
    print(json.dumps(values, ensure_ascii=False))
