"""Keys that the text would take for itself, but which the writer has given to a menu or taken from it."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence

from gpt_assistant.settings import Settings
from gpt_assistant.ui.keys import Binding

_PORTABLE = QKeySequence.SequenceFormat.PortableText
# What the text does by itself as well as by the menu.
_BOTH = {
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence.StandardKey.Redo,
    "cut": QKeySequence.StandardKey.Cut,
    "copy": QKeySequence.StandardKey.Copy,
    "paste": QKeySequence.StandardKey.Paste,
    "select_all": QKeySequence.StandardKey.SelectAll,
}


class Rebound:
    """The writer's own keys of the menus, as the text has to know them."""

    def __init__(self, settings: Settings) -> None:
        given = {key for keys in settings.shortcuts.values() for key in keys}
        released = {
            key.toString(_PORTABLE)
            for name, standard in _BOTH.items()
            if name in settings.shortcuts
            for key in QKeySequence.keyBindings(standard)
        }
        self._given = [Binding(key) for key in sorted(given)]
        self._released = [Binding(key) for key in sorted(released - given)]

    def of_menus(self, event: QKeyEvent) -> bool:
        """Return whether the writer gave this key to an action: the text leaves it alone then."""
        return any(key.matches(event) for key in self._given)

    def released(self, event: QKeyEvent) -> bool:
        """Return whether it was the key of undo, say, and is nobody's now: the text does nothing."""
        return any(key.matches(event) for key in self._released)
