"""The keys of a suggestion."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class KeySettings:
    """The keys of a suggestion."""

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
