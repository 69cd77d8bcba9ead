"""`gpt-assistant settings`: lists, changes, exports and imports the settings, as the dialog does.

Results go to standard output, as a table or with --json as one JSON object. A window that is open takes a
change over when it is next in front. Exit codes: 0 done, 1 not possible (one line says why, and nothing is
changed).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gpt_assistant.settings import SettingsStore, Shortcuts, fields
from gpt_assistant.settings.described import described, markdown, shown
from gpt_assistant.settings.store import differences, exported, imported
from gpt_assistant.storage.writing import write_atomically

_WORDS = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `gpt-assistant settings` on its own `parser`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    names = [each.name for each in fields()]
    listed = actions.add_parser("list", help="every setting with its value; changed ones have a star")
    listed.add_argument("--changed", action="store_true", help="only those that are not the default")
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="write one JSON object")
    form.add_argument("--markdown", action="store_true", help="write the documentation of all settings")
    got = actions.add_parser("get", help="the value of one setting")
    got.add_argument("name", choices=names, metavar="NAME", help="the setting, as in the list")
    put = actions.add_parser("set", help="change one setting")
    put.add_argument("name", choices=names, metavar="NAME", help="the setting, as in the list")
    put.add_argument("value", help="what it is to be: on or off, a number or a text, as the list shows it")
    reset = actions.add_parser("reset", help="put settings back to their defaults")
    reset.add_argument("names", nargs="*", choices=[*names, []], metavar="NAME", help="which")
    reset.add_argument("--all", action="store_true", help="every setting")
    out = actions.add_parser("export", help="write every setting into a file, for another machine")
    out.add_argument("file", nargs="?", type=Path, help="the file; without it, standard output")
    take = actions.add_parser("import", help="take over the settings that a file names")
    take.add_argument("file", type=Path, help="a file that was exported, or a part of one")
    take.add_argument("--dry-run", action="store_true", help="only say what would change")
    actions.add_parser("path", help="where the settings are kept")


def run(args: argparse.Namespace) -> int:
    """Carry out the action; return the exit code."""
    actions: dict[str, Callable[[SettingsStore, argparse.Namespace], int]] = {
        "list": _list,
        "get": _get,
        "set": _set,
        "reset": _reset,
        "export": _export,
        "import": _import,
        "path": _path,
    }
    try:
        return actions[args.action](SettingsStore(), args)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        print(f"gpt-assistant: {error}", file=sys.stderr)
        return 1


def _list(store: SettingsStore, args: argparse.Namespace) -> int:
    if args.markdown:
        print(markdown(), end="")
        return 0
    current = store.current
    chosen = [each for each in fields() if not args.changed or getattr(current, each.name) != each.default]
    if args.json:
        _write_json({"settings": [described(each, current) for each in chosen]})
        return 0
    for group, rows in _grouped(chosen).items():
        print(group)
        for each in rows:
            value = getattr(current, each.name)
            star = "*" if value != each.default else " "
            print(f"{star} {each.name:<22}{shown(value):<16}  {each.metadata['label']}".rstrip())
    return 0


def _get(store: SettingsStore, args: argparse.Namespace) -> int:
    print(shown(getattr(store.current, args.name)))
    return 0


def _set(store: SettingsStore, args: argparse.Namespace) -> int:
    (field,) = (each for each in fields() if each.name == args.name)
    store.change(**{args.name: _value(field, args.value)})
    return 0


def _reset(store: SettingsStore, args: argparse.Namespace) -> int:
    if bool(args.names) == args.all:
        raise ValueError("name the settings to reset, or say --all")
    store.change(**{each.name: each.default for each in fields() if args.all or each.name in args.names})
    return 0


def _export(store: SettingsStore, args: argparse.Namespace) -> int:
    text = exported(store.current)
    if args.file is None:
        print(text, end="")
    else:
        write_atomically(args.file, text.encode())
    return 0


def _import(store: SettingsStore, args: argparse.Namespace) -> int:
    values, unknown = imported(args.file)
    changes = differences(store.current, values)
    for field, now, to_come in changes:
        print(f"{field.name}: {shown(now)} -> {shown(to_come)}")
    for name in unknown:
        print(f"gpt-assistant: {name} is not known here, and is left out", file=sys.stderr)
    if not changes:
        print("Nothing changes.")
    if not args.dry_run:
        store.change(**{field.name: to_come for field, _, to_come in changes})
    return 0


def _path(store: SettingsStore, _args: argparse.Namespace) -> int:
    print(store.path)
    return 0


def _value(field: dataclasses.Field[Any], text: str) -> Any:
    """Return the value that a word of the command line stands for. Raises ValueError, one line."""
    default = field.default
    if isinstance(default, bool):
        if text.lower() not in _WORDS:
            raise ValueError(f"{field.name} must be on or off, not {text!r}")
        return _WORDS[text.lower()]
    if isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError:
            raise ValueError(f"{field.name} must be a number, not {text!r}") from None
    if isinstance(default, Mapping | tuple):
        return _of_toml(field, text)
    return text


def _of_toml(field: dataclasses.Field[Any], text: str) -> Any:
    try:
        plain = tomllib.loads(f"value = {text}")["value"]
    except ValueError as error:
        raise ValueError(f"{field.name} must be written as in the settings file: {error}") from None
    return Shortcuts.of(plain) if isinstance(field.default, Shortcuts) else tuple(plain)


def _grouped(rows: list[dataclasses.Field[Any]]) -> dict[str, list[dataclasses.Field[Any]]]:
    groups: dict[str, list[dataclasses.Field[Any]]] = {}
    for each in rows:
        groups.setdefault(each.metadata["group"], []).append(each)
    return groups


def _write_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
