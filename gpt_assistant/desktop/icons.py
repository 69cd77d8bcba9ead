"""The icon in the sizes that desktops look for, drawn from its SVG."""

from __future__ import annotations

from gpt_assistant import paths

SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)


def pngs() -> dict[int, bytes]:
    """Return the icon as PNG files, by its side in pixels. Needs Qt, but no display."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt  # noqa: PLC0415 (no other command needs it)
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    renderer = QSvgRenderer(str(paths.resource("icons/gpt-assistant.svg")))
    found = {}
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        found[size] = bytes(data.data())
    return found
