"""Run by test_motion.py on a bus of its own: a desktop's portal whose person wants less motion, or not.

Prints a line when it is there, then answers questions for the settings until it is ended.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject


class Portal(QDBusVirtualObject):
    """Says whether animations are enabled, as GNOME does; it knows no other setting."""

    def __init__(self, enabled: bool) -> None:
        super().__init__()
        self._enabled = enabled

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        if message.arguments()[1] == "enable-animations":
            reply = message.createReply()
            reply.setArguments([QDBusVariant(QDBusVariant(self._enabled))])
        else:
            reply = message.createErrorReply("org.freedesktop.portal.Error.NotFound", "no such setting")
        return connection.send(reply)


if __name__ == "__main__":
    application = QCoreApplication([])
    portal = Portal(sys.argv[1] == "enabled")
    bus = QDBusConnection.sessionBus()
    assert bus.registerVirtualObject("/org/freedesktop/portal/desktop", portal)
    assert bus.registerService("org.freedesktop.portal.Desktop")
    print("there", flush=True)
    application.exec()
