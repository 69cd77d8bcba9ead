"""Run by test_scaling.py with QT_SCALE_FACTOR set: shows the window on as much of a screen as there is then.

Prints a line for each widget that is cut off.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QLineEdit, QWidget

from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.settings_dialog import open_settings
from gpt_assistant.ui.statusbar import ElidedLabel
from gpt_assistant.ui.window import MainWindow


def cut_off(window: QWidget) -> Iterator[str]:
    """Yield what has less room than it needs, or stands outside of its window."""
    for each in window.findChildren(QWidget):
        if not isinstance(each, QLabel | QAbstractButton | QLineEdit) or not each.isVisible():
            continue
        if isinstance(each, ElidedLabel) or not each.visibleRegion().boundingRect().isValid():
            continue
        name = f"{type(each).__name__} {each.accessibleName() or getattr(each, 'text', str)()!r}"
        needed = each.minimumSizeHint()
        if each.width() < needed.width() or each.height() < needed.height():
            yield f"{window.windowTitle()}: {name}: {each.size().toTuple()} < {needed.toTuple()}"
        inside = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        if not _scrolls(each) and not window.rect().contains(inside):
            yield f"{window.windowTitle()}: {name} is outside: {inside.getRect()}"


def _scrolls(widget: QWidget | None) -> bool:
    while widget is not None:
        if isinstance(widget, QAbstractScrollArea):
            return True
        widget = widget.parentWidget()
    return False


def main(width: int, height: int, language: str, picture: str) -> None:
    """Show everything in a window of this size (logical pixels)."""
    application = QApplication(sys.argv[:1])
    store = SettingsStore()
    store.change(language=language)
    window = MainWindow(store)
    window.start()
    window.resize(width, height)
    window.show()
    window.status.show_problem("A problem that takes a while to read, with what to do about it", lambda: None)
    window.actions_table["replace"].trigger()
    QTest.qWait(50)
    found = list(cut_off(window))
    if picture:
        window.grab().save(picture)
    dialog = open_settings(store, window)
    dialog.resize(dialog.size().boundedTo(window.size()))
    QTest.qWait(50)
    found += cut_off(dialog)
    print("\n".join(found))
    print(f"ratio {window.devicePixelRatioF():g}")
    dialog.reject()
    window.end_keeping_work()
    del application


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], *(sys.argv[4:5] or [""]))
