"""A button that shows a key and, once pressed, takes the next key as the new one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import scaled

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
# With one of these a key types no character.
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class KeyButton(QPushButton):
    """Emits `recorded(key)`, as portable text; while it listens every key is its own, Tab and Esc as well.

    Backspace stands for no key at all. One that types text is refused by `refused(key)`. Leaving the button
    ends the listening without a key.
    """

    recorded = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setMinimumWidth(scaled(self, 130))
        self._key = ""
        self.empty = tr("None")
        self.setToolTip(tr("Press it, then the new key. Backspace takes the key away."))
        self.toggled.connect(lambda _on: self._show())
        self._show()

    def show_key(self, key: str) -> None:
        """Show `key`, portable text, as this system writes it."""
        self._key = key
        self._show()

    def listen(self) -> None:
        """Take the next key, as after a click."""
        self.setFocus()
        self.setChecked(True)

    def _show(self) -> None:
        shown = native(self._key) or self.empty
        self.setText(tr("Press a key…") if self.isChecked() else shown)

    def event(self, event: QEvent) -> bool:
        """Take every key while it listens, before it can be a menu's, or move the focus."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop listening."""
        self.setChecked(False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS or event.isAutoRepeat():
            return
        key = pressed_key(event)
        self.setChecked(False)
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & (_COMMANDS | _SHIFT):
            self.recorded.emit("")
        elif text and text.isprintable() and not event.modifiers() & _COMMANDS:
            self.refused.emit(key)
        else:
            self.recorded.emit(key)


def pressed_key(event: QKeyEvent) -> str:
    """Return the key of `event` as portable text. A symbol has no shift of its own: layouts differ."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & (_COMMANDS | _SHIFT)
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | _SHIFT
    elif 0x20 < key.value < 0x7F and not chr(key.value).isalnum():
        modifiers &= ~_SHIFT
    return QKeySequence(QKeyCombination(modifiers, key)).toString(_PORTABLE)


def native(key: str) -> str:
    """Return a key, given as portable text, as this system writes it."""
    return QKeySequence(key, _PORTABLE).toString(_NATIVE)
