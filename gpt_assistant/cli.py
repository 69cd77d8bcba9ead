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

from gpt_assistant import __version__, connections, logs
from gpt_assistant.connections import Connection
from gpt_assistant.seal import seal
from gpt_assistant.settings import Settings, SettingsStore, fields

log = logging.getLogger(__name__)

COMMANDS = {
    "complete": "complete a text, or one text a line with --jsonl",
    "summarize": "summarise a text: one line, short, long or bullets",
    "rewrite": "rewrite a text: shorter, simpler, more formal, with its mistakes corrected…",
    "spell": "find misspelt and mixed-up words, and correct them",
    "explain": "say why a text is suggested: probabilities, alternatives, what led to it",
    "sentiment": "tell the mood of a text by sentence, and which words make it",
    "translate": "translate a text, its form, addresses and numbers kept",
    "mask": "replace what is personal in a text by placeholders, and put it back",
    "origins": "say who wrote what in a file: typed, completed, pasted…",
    "export": "turn a text or Markdown file into HTML, DOCX or ODT",
    "models": "list, fetch, describe and remove models",
    "remote": "list the models of a server, test it, measure it, keep its key",
    "data": "list and delete what the program keeps on this machine",
    "calibrate": "learn from texts when a suggestion of this model is right",
    "bench": "measure speed and quality on this machine",
    "settings": "list, change, export and import the settings",
    "torch": "add a build of PyTorch for a graphics card, describe it, take it away",
    "demo": "drive the real window by itself and save screenshots",
}
_SHARED_GROUPS = ("Model and device", "Server", "Completion")
_NO_ADDED_TORCH = "--no-added-torch"
# `demo` runs the model in a process of its own
_WITHOUT_TORCH = ("export", "mask", "origins", "models", "settings", "torch", "demo", "data")
_WITHOUT_SETTINGS = ("settings",)  # which is about those that are kept, not about those of one run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _NO_ADDED_TORCH in given:
        _leave_torch_out()
    if given and given[0] in COMMANDS:
        return _run_command(given[0], given[1:])
    args = _editor_parser().parse_args(given)
    _set_up_logging(args.verbose)
    if args.install_desktop or args.uninstall_desktop:
        return _change_desktop(args.install_desktop)
    _choose_torch(needed=False)
    from gpt_assistant import app  # noqa: PLC0415 (Qt, which no command needs)

    return app.run(args.files, _overridden(args), args.new_document)


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command by its name, that of the editor by "" (imports every command)."""
    return {"": _editor_parser(), **{name: _command_parser(name)[1] for name in COMMANDS}}


def _change_desktop(install: bool) -> int:
    """Add the program to this writer's desktop, or take it away again; return the exit code."""
    from gpt_assistant.desktop import per_user  # noqa: PLC0415 (which imports every command)

    try:
        for line in per_user.install() if install else per_user.uninstall():
            print(line)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"gpt-assistant: {where}{error.strerror or error}", file=sys.stderr)
        return 2
    return 0


def _leave_torch_out() -> None:
    from gpt_assistant.engine import added_torch  # noqa: PLC0415

    added_torch.leave_out()


def _choose_torch(needed: bool) -> None:
    """Look for a build of torch that the writer has added; import it, if it will be `needed` here."""
    from gpt_assistant.engine import added_torch  # noqa: PLC0415

    if problem := added_torch.take():
        print(f"gpt-assistant: {problem}", file=sys.stderr)
    if needed:
        added_torch.check()


def _run_command(name: str, given: list[str]) -> int:
    _choose_torch(name not in _WITHOUT_TORCH)
    module, parser = _command_parser(name)
    args = parser.parse_args(given)
    _set_up_logging(args.verbose)
    try:
        args.settings = SettingsStore().current.changed(**_overridden(args))
    except ValueError as error:
        parser.error(str(error))
    if args.settings.offline:
        _stay_offline(sealed=name != "demo")
    return _guarded(module, args)


def _stay_offline(sealed: bool) -> None:
    """Open no connection; with `sealed` for good, below Python and in what this process starts (seal.py)."""
    connections.set_offline(True)
    if sealed and connections.is_installed():  # whoever only imports this has other business as well
        seal()


def _command_parser(name: str) -> tuple[ModuleType, argparse.ArgumentParser]:
    module = importlib.import_module(f"gpt_assistant.commands.{name}")
    parser = argparse.ArgumentParser(prog=f"gpt-assistant {name}", description=COMMANDS[name])
    if name in _WITHOUT_SETTINGS:
        _add_verbose(parser)
    else:
        _add_settings(parser)
    module.add_arguments(parser)
    return module, parser


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
        log.debug("%s failed", module.__name__, exc_info=True)
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
    parser.add_argument("--new-document", action="store_true", help="begin a new document")
    desktop = parser.add_mutually_exclusive_group()
    desktop.add_argument(
        "--install-desktop",
        action="store_true",
        help="add the program to your desktop's menu, with its icons, manual and shell completion, and end",
    )
    desktop.add_argument(
        "--uninstall-desktop", action="store_true", help="take away what --install-desktop has added, and end"
    )
    _add_settings(parser)
    return parser


def _add_verbose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="log what happens to standard error")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Add an option for each setting that makes sense for one run, from the table."""
    _add_verbose(parser)
    parser.add_argument(
        _NO_ADDED_TORCH,
        action="store_true",
        help="use the PyTorch that came with the program, not the one that was added",
    )
    group = parser.add_argument_group("settings for this run")
    for field in fields():
        shared = field.metadata["shared"]
        if not (field.metadata["group"] in _SHARED_GROUPS if shared is None else shared):
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
    given = {name: value for name, value in vars(args).items() if name in names and value is not None}
    if given.get("remote_address"):  # who names a server for one run wants it to answer
        given.setdefault("remote", True)
    return given


def _set_up_logging(verbose: bool) -> None:
    logs.set_up(logging.DEBUG if verbose else logging.WARNING)
    connections.on_connection(_log_connection)


def _log_connection(connection: Connection) -> None:
    outcome = "opened" if connection.allowed else "refused"
    log.info("connection %s: %s port %d, %s", outcome, connection.host, connection.port, connection.why)


__all__ = ["COMMANDS", "Settings", "main"]
