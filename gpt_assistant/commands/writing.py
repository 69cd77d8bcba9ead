"""What the commands that write a text from another share: where theirs comes from, and their progress."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from gpt_assistant.commands.terminal_line import TerminalLine
from gpt_assistant.engine.messages import Progress, RemoteChanged
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.storage.textfile import decode, read_text

T = TypeVar("T")
_WAIT_SECONDS = 0.005
_LONGEST_PATH = 256
_LIKE_A_PATH = re.compile(r"(?:~|\.{0,2}/|[A-Za-z]:\\)?[^\s]*(?:[/\\][^\s/\\]*|\.[A-Za-z]\w{0,4})")


def given_text(given: str | None) -> str:
    """Return the text of the file that is named, or what was given, or standard input.

    Raises OSError with one line for what looks like a file and is not there, and for a file of no text.
    """
    if given is None:
        return _checked(decode(sys.stdin.buffer.read()).text, "Standard input")
    if "\n" in given or len(given) >= _LONGEST_PATH:  # longer ones may not even be asked about
        return given
    path = Path(given).expanduser()
    if path.is_file():
        return _checked(read_text(path).text, given)
    if path.is_dir():
        raise IsADirectoryError(f"{given} is a folder. Name a file in it.")
    if _LIKE_A_PATH.fullmatch(given):
        raise FileNotFoundError(f"There is no file {given}. A text is given in quotes, with its spaces.")
    return given


def finish(steps: Generator[object, None, T]) -> T:
    """Return the reply of a feature, driven to its end; progress goes to a terminal's standard error."""
    line = TerminalLine()
    while True:
        try:
            step = next(steps)
        except StopIteration as stop:
            line.clear()
            reply: T = stop.value
            return reply
        if isinstance(step, Waiting):
            time.sleep(min(_WAIT_SECONDS, step.seconds))
        elif isinstance(step, RemoteChanged) and step.text:
            print(f"gpt-assistant: {step.text}", file=sys.stderr)
        elif isinstance(step, Progress):
            line.show(_told(step))


def _checked(text: str, name: str) -> str:
    if "\0" in text:
        raise OSError(f"{name} is no text: it has null characters in it.")
    return text


def _told(step: Progress) -> str:
    share = f" {step.fraction:.0%}" if step.fraction >= 0 else ""
    left = f", {step.seconds_left:.0f} s left" if step.seconds_left >= 0 else ""
    return f"{step.text}{share}{left}"
