"""The command line as plain data, read from its parsers, for the manual and for shell completion."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its names, or an operand, which has none; `value` is "" where it takes none."""

    names: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `path` is what follows the program's name, () for the editor itself."""

    path: tuple[str, ...]
    about: str
    options: tuple[Option, ...]
    operands: tuple[Option, ...]
    actions: tuple[Command, ...] = field(default=())

    def walk(self) -> list[Command]:
        """Return this command and all below it."""
        return [self, *(each for action in self.actions for each in action.walk())]


def commands(parsers: dict[str, argparse.ArgumentParser]) -> list[Command]:
    """Return the commands of `parsers`, which has the editor's under ""."""
    return [
        _command((name,) if name else (), parser.description or "", parser)
        for name, parser in parsers.items()
    ]


def _command(path: tuple[str, ...], about: str, parser: argparse.ArgumentParser) -> Command:
    formatter = parser._get_formatter()
    options: list[Option] = []
    operands: list[Option] = []
    below: list[Command] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            abouts = {choice.dest: choice.help or "" for choice in action._choices_actions}
            below = [_command((*path, n), abouts.get(n, ""), p) for n, p in action.choices.items()]
        elif action.help != argparse.SUPPRESS:
            option = _option(action, formatter)
            (options if option.names else operands).append(option)
    return Command(path, about, tuple(options), tuple(operands), tuple(below))


def _option(action: argparse.Action, formatter: argparse.HelpFormatter) -> Option:
    value = ""
    if not action.option_strings or action.nargs != 0:
        value = formatter._format_args(action, formatter._get_default_metavar_for_optional(action))
        if not action.option_strings:
            value = formatter._format_args(action, formatter._get_default_metavar_for_positional(action))
    text = formatter._expand_help(action) if action.help else ""
    choices = tuple(map(str, action.choices or ()))
    return Option(tuple(action.option_strings), value, choices, re.sub(r"\s+", " ", text).strip())
