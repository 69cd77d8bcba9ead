"""Tells screen readers about a suggestion, once the typing rests.

"system", the default, tells only while a screen reader or the like is there: Qt knows (`QAccessible`), as it
connects to it over the platform's accessibility interface. Braille and speech users can have it always, or
never.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

DELAY = 300  # milliseconds; a reader speaking at every keystroke would be worse than silence


class Announcer(QObject):
    """Says one thing at a time; a newer one takes the place of one not yet said."""

    announced = Signal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.enabled = False
        self.automatic = False  # while an assistive technology is there
        self._widget = widget
        self._message = ""
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._say)

    def follow(self, setting: str) -> None:
        """Do as the setting "system", "on" or "off" says."""
        self.enabled, self.automatic = setting == "on", setting == "system"
        if not self._wanted():
            self.silence()

    def _wanted(self) -> bool:
        return self.enabled or (self.automatic and QAccessible.isActive())

    def announce(self, message: str) -> None:
        """Say `message` in a moment, unless something newer comes or `silence` is called."""
        self._message = message
        if self._wanted():
            self._timer.start()

    def silence(self) -> None:
        """Do not say what has not been said yet."""
        self._timer.stop()

    def _say(self) -> None:
        event = QAccessibleAnnouncementEvent(self._widget, self._message)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.announced.emit(self._message)
