"""Less motion, for whom moving things make ill or distract: by the setting, or because the system says so.

What moves here: the blinking caret, a bar that runs to and fro while nobody knows how long something takes,
tabs and menus that slide (Qt's own), the glide of typewriter scrolling. Qt knows no such wish of the system
(6.11), so the desktop's portal is asked for it on Linux, without waiting: "reduced-motion" of the
freedesktop settings, and GNOME's "enable-animations".
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QProgressBar, QStyle

log = logging.getLogger(__name__)

_PROPERTY = "reducedMotion"  # of the application
_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
_INTERFACE = "org.freedesktop.portal.Settings"
# Where the wish may stand, and what is said there by who wants less.
_WISHES = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
)
_ALL = 1000


def reduced_motion() -> bool:
    """Return whether nothing is to move by itself."""
    application = QApplication.instance()
    return application is not None and bool(application.property(_PROPERTY))


def show_fraction(bar: QProgressBar, fraction: float) -> None:
    """Show `fraction` (0…1) in a bar; negative for nobody knows: then it runs to and fro, or stands still."""
    unknown = fraction < 0
    bar.setMaximum(0 if unknown and not reduced_motion() else _ALL)
    bar.setValue(_ALL // 2 if unknown else round(_ALL * min(fraction, 1.0)))


class Motion(QObject):
    """Keeps the application to the setting "system", "less" or "full"; calls `changed` when that matters."""

    def __init__(self, changed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self._setting = "system"
        self._wished = _system_is_still()
        self._blink = QApplication.cursorFlashTime()
        self._calls: list[object] = []
        _ask_portal(self)

    def apply(self, setting: str) -> None:
        """Follow `setting`."""
        self._setting = setting
        self._refresh()

    def wish(self) -> None:
        """Note that the system's user wants less."""
        self._wished = True
        self._refresh()

    def _refresh(self) -> None:
        still = self._setting == "less" or (self._setting == "system" and self._wished)
        if still == reduced_motion():
            return
        application = QApplication.instance()
        assert application is not None
        application.setProperty(_PROPERTY, still)
        QApplication.setCursorFlashTime(0 if still else self._blink)
        self._changed()

    def keep(self, call: object) -> None:
        """Hold a question to the portal until it is answered."""
        self._calls.append(call)


def _system_is_still() -> bool:
    """Return whether Windows or macOS has animations switched off; on Linux the portal is asked."""
    if sys.platform not in ("win32", "darwin"):
        return False
    return not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animate)


def _ask_portal(motion: Motion) -> None:
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher  # noqa: PLC0415
    except ImportError:
        return
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return
    for namespace, key, wish in _WISHES:
        message = QDBusMessage.createMethodCall(*_PORTAL, _INTERFACE, "Read")
        message.setArguments([namespace, key])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message), motion)
        watcher.finished.connect(lambda call, wish=wish: _answered(motion, call, wish))
        motion.keep(watcher)


def _answered(motion: Motion, call: Any, wish: object) -> None:
    reply = call.reply()
    if reply.type() != reply.MessageType.ReplyMessage or not reply.arguments():
        return
    value = reply.arguments()[0]
    while hasattr(value, "variant"):  # one within another, as the portal's "Read" has it
        value = value.variant()
    if value == wish and type(value) is type(wish):
        motion.wish()
