"""Keys the writer may rebind, compared with what is pressed on any keyboard."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gpt_assistant.settings import Settings
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import tr

_SHIFT = Qt.KeyboardModifier.ShiftModifier
# Where a bracket or a backslash needs AltGr or the keypad, that is not part of what the writer means.
_MEANT = (
    _SHIFT
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Binding:
    """One key with its modifiers, from a settings string such as "Ctrl+Right"; "" is no key."""

    def __init__(self, text: str) -> None:
        sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
        # The stubs do not know that a sequence can be indexed.
        self._combination = _plain(sequence[0]) if sequence.count() else None  # type: ignore[index]
        self._name = sequence.toString(QKeySequence.SequenceFormat.NativeText)

    def __str__(self) -> str:
        return self._name

    def matches(self, event: QKeyEvent) -> bool:
        """Return whether `event` is this key. For a symbol, shift does not matter: layouts differ."""
        if self._combination is None:
            return False
        pressed = _plain(event.keyCombination())
        if pressed == self._combination:
            return True
        key, modifiers = self._combination
        return _is_symbol(key) and pressed == (key, modifiers | _SHIFT)


class KeyMap:
    """The keys of the settings: those whose name begins with "key_"."""

    def __init__(self, settings: Settings) -> None:
        names = [name for name in vars(settings) if name.startswith("key_")]
        self._bindings = {name: Binding(getattr(settings, name)) for name in names}

    def pressed(self, event: QKeyEvent) -> str:
        """Return the name of the setting that `event` is bound by, "" if there is none."""
        return next((name for name, binding in self._bindings.items() if binding.matches(event)), "")

    def how_to_take(self) -> str:
        """Return in one phrase, for people, which keys take a suggestion."""
        said = (
            ("key_accept", mark("{key} takes it")),
            ("key_accept_word", mark("{key} takes its next word")),
            ("key_dismiss", mark("{key} hides it")),
        )
        bound = ((str(self._bindings[name]), phrase) for name, phrase in said)
        return tr(", ").join(tr(phrase, key=key) for key, phrase in bound if key)


def cause_of(event: QKeyEvent) -> str:
    """Return what an edit made by this key press is called."""
    for key, cause in (
        (QKeySequence.StandardKey.Undo, "undo"),
        (QKeySequence.StandardKey.Redo, "redo"),
        (QKeySequence.StandardKey.Cut, "delete"),
        (QKeySequence.StandardKey.Paste, "paste"),
    ):
        if event.matches(key):
            return cause
    return "typing"


def _plain(combination: QKeyCombination) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    key, modifiers = combination.key(), combination.keyboardModifiers() & _MEANT
    return (Qt.Key.Key_Tab, modifiers | _SHIFT) if key == Qt.Key.Key_Backtab else (key, modifiers)


def _is_symbol(key: Qt.Key) -> bool:
    return 0x20 < key.value < 0x7F and not chr(key.value).isalnum()
