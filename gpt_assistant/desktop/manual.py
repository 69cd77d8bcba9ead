"""The manual page, written from the parsers, so that it cannot say anything else than `--help` does.

The macros are those of man(7).
"""

from __future__ import annotations

from collections.abc import Set

from gpt_assistant import __version__
from gpt_assistant.desktop.interface import Command, Option
from gpt_assistant.settings import fields
from gpt_assistant.settings.described import explained

_KEYS = (
    ("Tab", "takes the suggestion; without one it stays Tab"),
    ("Ctrl+Right", "takes one word of it"),
    ("Esc", "hides it"),
    ("Ctrl+Shift+M", "summarises what is selected, or the whole document"),
    ("Ctrl+Shift+R", "rewrites it"),
    ("Ctrl+Shift+L", "translates it"),
    ("Ctrl+Shift+P", "lists every command"),
    ("F1", "shows all keys"),
)
_PLACES = (
    ("GPT_ASSISTANT_HOME", "keeps settings, documents' journal and models under this folder"),
    ("GPT_ASSISTANT_MODELS", "keeps models in this folder"),
    ("GPT_ASSISTANT_TORCH", "has a build of PyTorch that comes before the one of the program"),
)
_FILES = (
    ("~/.config/gpt-assistant/settings.toml", "the settings, to read and to edit"),
    ("~/.local/share/gpt-assistant/", "journal of unsaved work, session, the writer's own words"),
    ("~/.cache/gpt-assistant/models/", "models; can be fetched or made again"),
)


def manual(commands: list[Command], date: str) -> str:
    """Return the page gpt-assistant(1) for all commands, the editor first. `date` is like 2026-11-25."""
    editor, *others = commands
    lines = [
        f'.TH GPT\\-ASSISTANT 1 "{_text(date)}" "gpt\\-assistant {_text(__version__)}" "User Commands"',
        ".SH NAME",
        "gpt\\-assistant \\- editor that writes along with you, on your own machine",
        ".SH SYNOPSIS",
        *_synopsis(editor),
        *(line for command in others for line in [".PP", ".nf", *_synopsis(command)[1:-1], ".fi"]),
        ".SH DESCRIPTION",
        "An editor for plain text and Markdown. A language model on this machine completes your sentence in",
        "grey while you type. Without a command the editor opens; every capability works without one too.",
        ".SH OPTIONS",
        *_options(editor),
        ".SH COMMANDS",
        "Each also takes the settings above.",
    ]
    shared = set(editor.options)
    for command in (each for first in others for each in first.walk()):
        lines += [f".SS {_text(' '.join(command.path))}", _text(_sentence(command.about))]
        lines += _options(command, shared)
    settings = [(each.name, explained(each)) for each in fields()]
    for title, rows in (("SETTINGS", settings), ("KEYS", _KEYS), ("ENVIRONMENT", _PLACES), ("FILES", _FILES)):
        lines += [f".SH {title}", *(line for name, text in rows for line in _row(_bold(name), text))]
    return "\n".join(lines) + "\n"


def _synopsis(command: Command) -> list[str]:
    name = " ".join(("gpt-assistant", *command.path))
    rest = "".join(f" {operand.value}" for operand in command.operands) + " ACTION" * bool(command.actions)
    return [".nf", f"{_bold(name)} [{_italic('option')}...]{_text(rest)}", ".fi"]


def _options(command: Command, shared: Set[Option] = frozenset()) -> list[str]:
    lines = []
    for option in (*command.operands, *command.options):
        if option in shared:
            continue
        names = ", ".join(map(_bold, option.names)) or _italic(option.value)
        value = f" {_italic(option.value)}" if option.names and option.value else ""
        lines += _row(names + value, option.help)
    return lines


def _row(head: str, text: str) -> list[str]:
    return [".TP", head, _text(_sentence(text))]


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ")", "…")) else ".") if text else text


def _bold(text: str) -> str:
    return f"\\fB{_text(text)}\\fR"


def _italic(text: str) -> str:
    return f"\\fI{_text(text)}\\fR"


def _text(text: str) -> str:
    """Return `text` such that roff prints it: no dash becomes a hyphen, no line becomes a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    escaped = "".join(each if each.isascii() else f"\\[u{ord(each):04X}]" for each in escaped)
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped
