"""The settings dialog's keys: those of a suggestion, and the way to the list with those of all actions."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton

from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.bindings import clash
from gpt_assistant.ui.key_button import KeyButton
from gpt_assistant.ui.settings_controls import Control, Place
from gpt_assistant.ui.tr import tr


def key(place: Place) -> Control:
    """Return a button that takes another key, and says what else has that key."""
    button = KeyButton(place.parent)
    table = getattr(place.window, "actions_table", None)  # the main window's

    def take(pressed: str) -> None:
        found = None
        if pressed and isinstance(table, ActionsTable):
            found = clash(place.field.name, pressed, table, place.store.current)
        if found is None or found.allowed:
            place.change(pressed)
        if found is not None:
            more = "" if found.allowed else tr("“Keys of the menus” can take it from there.")
            place.say(f"{found.line} {more}".strip())

    button.recorded.connect(take)
    button.refused.connect(place.change)  # what is invalid is said by whoever changes it
    return Control(button, button.show_key)


def shortcuts(place: Place) -> Control:
    """Return a button that opens the list of keys, and says how many were changed."""
    button = QPushButton(place.parent)
    button.setAutoDefault(False)

    def open_keys() -> None:
        help_menu = getattr(place.window, "help", None)  # the main window's; a test may have another parent
        if help_menu is not None:
            help_menu.show_keys()

    def show(value: Any) -> None:
        button.setText(tr("Change… ({count} changed)", count=len(value)) if value else tr("Change…"))

    button.clicked.connect(lambda _checked=False: open_keys())
    return Control(button, show)
