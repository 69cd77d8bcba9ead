"""Loading the model for a command, with progress on standard error."""

from __future__ import annotations

import argparse

from gpt_assistant.commands.terminal_line import TerminalLine
from gpt_assistant.engine import footprint
from gpt_assistant.engine.devices import choose_device
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.model_cache import ModelFolder
from gpt_assistant.engine.sources import resolve
from gpt_assistant.settings import Settings


def load_model(settings: Settings) -> LanguageModel:
    """Return the model that `settings` name. Raises ModelUnavailable with one line that says what to do."""
    line = TerminalLine()

    def show(text: str, fraction: float) -> None:
        line.show(f"{text} {fraction:4.0%}" if fraction >= 0 else text)

    folder = resolve(settings.model, offline=settings.offline, progress=show, cancelled=lambda: False)
    line.clear()
    if settings.check_memory:
        _check_memory(folder, settings)
    return LanguageModel.load(
        folder.path, device=settings.device, dtype=settings.dtype, threads=settings.threads
    )


def _check_memory(found: ModelFolder, settings: Settings) -> None:
    """Raise ModelUnavailable if the model clearly needs more memory than can be had."""
    if (count := footprint.counted(found)) is None:
        return
    try:
        footprint.check(found.name, count, choose_device(settings.device), settings.dtype)
    except footprint.NotFitting as error:
        raise ModelUnavailable(f"{error} With --no-check-memory it is tried anyway.") from error


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the stored settings with the options of the command line over them."""
    stored: Settings = args.settings
    return stored
