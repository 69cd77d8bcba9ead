"""Loading the model for a command, with progress on standard error."""

from __future__ import annotations

import argparse
import sys

from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.sources import resolve
from gpt_assistant.settings import Settings


def load_model(settings: Settings) -> LanguageModel:
    """Return the model that `settings` name. Raises ModelUnavailable with one line that says what to do."""
    shown = _Line()
    folder = resolve(settings.model, offline=settings.offline, progress=shown.show, cancelled=lambda: False)
    shown.clear()
    return LanguageModel.load(
        folder.path, device=settings.device, dtype=settings.dtype, threads=settings.threads
    )


class _Line:
    """One line of progress on a terminal; nothing where standard error is a file."""

    def __init__(self) -> None:
        self._used = False

    def show(self, text: str, fraction: float) -> None:
        if sys.stderr.isatty():
            share = f" {fraction:4.0%}" if fraction >= 0 else ""
            print(f"\r\033[K{text}{share}", end="", file=sys.stderr, flush=True)
            self._used = True

    def clear(self) -> None:
        if self._used:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the stored settings with the options of the command line over them."""
    stored: Settings = args.settings
    return stored
