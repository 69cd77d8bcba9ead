"""The keys of a suggestion, and those that the writer gave to other actions."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option
from gpt_assistant.settings.shortcuts import NO_SHORTCUTS, Shortcuts


@dataclass(frozen=True)
class KeySettings:
    """The keys of a suggestion, and those that the writer gave to other actions."""

    key_accept: str = option(
        "Tab", label="Take the suggestion", help="Inserts all of it.", group="Keys", kind="key"
    )
    key_accept_word: str = option(
        "Ctrl+Right", label="Take the next word", help="Inserts one word of it.", group="Keys", kind="key"
    )
    key_dismiss: str = option(
        "Esc", label="Hide the suggestion", help="Until the next change.", group="Keys", kind="key"
    )
    key_next: str = option("Alt+]", label="Next suggestion", help="Cycle forwards.", group="Keys", kind="key")
    key_previous: str = option(
        "Alt+[", label="Previous suggestion", help="Cycle backwards.", group="Keys", kind="key"
    )
    key_trigger: str = option(
        "Alt+\\",
        label="Suggest now",
        help="Ask for a suggestion here, even when it is less likely.",
        group="Keys",
        kind="key",
    )
    shortcuts: Shortcuts = option(  # noqa: RUF009 (it returns a field, as for the others)
        NO_SHORTCUTS,
        label="Keys of the menus",
        help='Of every action; in the file a line for each changed, such as save_as = ["Ctrl+Shift+S"].',
        group="Keys",
        kind="shortcuts",
    )
