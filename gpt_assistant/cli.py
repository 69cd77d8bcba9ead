"""The command line. Every capability works without a window; without a command the editor opens.

A command's module is imported when it is chosen, so that `--help` needs neither torch nor Qt.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from gpt_assistant import __version__
from gpt_assistant.settings import Settings, SettingsStore, fields

COMMANDS = {
    "complete": "complete a text, or one text a line with --jsonl",
    "summarize": "summarise a text: one line, short, long or bullets",
    "rewrite": "rewrite a text: shorter, simpler, more formal, with its mistakes corrected…",
    "translate": "translate a text, its form, addresses and numbers kept",
    "models": "list, fetch, describe and remove models",
    "calibrate": "learn from texts when a suggestion of this model is right",
    "bench": "measure speed and quality on this machine",
    "demo": "drive the real window by itself and save screenshots",
}
_SHARED_GROUPS = ("Model", "Completion")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in COMMANDS:
        return _run_command(given[0], given[1:])
    args = _editor_parser().parse_args(given)
    _set_up_logging(args.verbose)
    from gpt_assistant import app  # noqa: PLC0415 (Qt, which no command needs)

    return app.run(args.files, _overridden(args))


def _run_command(name: str, given: list[str]) -> int:
    module = importlib.import_module(f"gpt_assistant.commands.{name}")
    parser = argparse.ArgumentParser(prog=f"gpt-assistant {name}", description=COMMANDS[name])
    _add_settings(parser)
    module.add_arguments(parser)
    args = parser.parse_args(given)
    _set_up_logging(args.verbose)
    try:
        args.settings = SettingsStore().current.changed(**_overridden(args))
    except ValueError as error:
        parser.error(str(error))
    return _guarded(module, args)


def _guarded(module: ModuleType, args: argparse.Namespace) -> int:
    """Run a command; an error that says what to do becomes one line instead of a traceback."""
    from gpt_assistant.engine.job import ModelUnavailable  # noqa: PLC0415 (kept out of the editor's start)

    try:
        code: int = module.run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Python would complain at exit that standard output cannot be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ModelUnavailable, OSError, UnicodeError) as error:
        if args.verbose:
            raise
        print(f"gpt-assistant: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _editor_parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<12}{text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="gpt-assistant",
        description="An editor that writes along with you, on your own machine.",
        epilog=f"commands (gpt-assistant COMMAND --help):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", help="files to open")
    parser.add_argument("--version", action="version", version=f"gpt-assistant {__version__}")
    _add_settings(parser)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Add an option for each setting that makes sense for one run, from the table."""
    parser.add_argument("--verbose", action="store_true", help="log what happens to standard error")
    group = parser.add_argument_group("settings for this run")
    for field in fields():
        if field.metadata["group"] not in _SHARED_GROUPS:
            continue
        option = "--" + field.name.replace("_", "-")
        text = field.metadata["help"].replace("%", "%%")
        if isinstance(field.default, bool):
            group.add_argument(
                option, dest=field.name, default=None, action=argparse.BooleanOptionalAction, help=text
            )
        else:
            group.add_argument(
                option,
                dest=field.name,
                default=None,
                type=type(field.default),
                choices=field.metadata["choices"] or None,
                metavar=None if field.metadata["choices"] else type(field.default).__name__.upper(),
                help=f"{text} (default: {field.default})",
            )


def _overridden(args: argparse.Namespace) -> dict[str, object]:
    names = {f.name for f in fields()}
    return {name: value for name, value in vars(args).items() if name in names and value is not None}


def _set_up_logging(verbose: bool) -> None:
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )


__all__ = ["COMMANDS", "Settings", "main"]
