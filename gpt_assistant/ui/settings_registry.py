"""Where a part of the program adds its own controls and pages to the settings dialog.

A new setting needs nothing here: its control comes from its type. For more than that:

- a control for a `kind` of setting: a function from `Place` to `Control` (settings_controls.py), in a module
  of its own, entered in `CONTROLS` under the kind;
- a part of a page that is no single setting, such as a list with buttons: a function from `PagePlace` to a
  widget, entered in `PAGES` under the group's name as in the table of settings, or under a new name for a
  page that has no settings. It stands below the group's settings. The widget needs an accessible name; the
  search field finds it by this, and by its property "searchable" (`widget.setProperty("searchable", words)`)
  where it has one.

Both are called when the group is first shown or searched, not when the dialog opens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.told import mark
from gpt_assistant.ui import (
    colour_control,
    data_dialog,
    file_control,
    keys_control,
    model_controls,
    server_page,
)
from gpt_assistant.ui import settings_controls as controls


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What a page is made for. `window` is the main window, or whatever the dialog was opened over."""

    parent: QWidget
    store: SettingsStore
    window: QWidget | None


PageMaker = Callable[[PagePlace], QWidget]

CONTROLS: dict[str, controls.Maker] = {
    "colour": colour_control.colour,
    "file": file_control.file,
    "font": controls.font,
    "key": keys_control.key,
    "shortcuts": keys_control.shortcuts,
    "model": model_controls.model,
    "device": model_controls.device,
    "precision": model_controls.precision,
    "server-model": server_page.model_control,
}
PAGES: dict[str, tuple[PageMaker, ...]] = {
    mark("Server"): (server_page.server_page,),
    mark("Privacy"): (data_dialog.data_button,),
}
