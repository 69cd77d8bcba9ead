"""The plain editor underneath the suggestions: font, zoom, wrapping, snapshots of its text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QWidget

from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context
from gpt_assistant.ui.passages import context_at

ZOOM_RANGE = (50, 400)
ZOOM_STEP = 10

_MENU = {"edit-undo": "undo", "edit-redo": "redo", "edit-cut": "cut", "edit-paste": "paste"}


class Page(QPlainTextEdit):
    """A plain text editor that follows the settings.

    Signals: `zoom_changed(percent)`; `menu_made(menu)`, for who has something to add to a context menu.
    """

    zoom_changed = Signal(int)
    menu_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu_place = QPoint()  # of the viewport, where the latest context menu was asked for
        self._zoom = 100
        self._turned = 0
        self.apply_settings(Settings())

    def apply_settings(self, settings: Settings) -> None:
        """Take font, wrapping and tab width from `settings`."""
        self._settings = settings
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if settings.line_wrap else mode.NoWrap)
        self._apply_font()

    def zoom(self) -> int:
        """Return the zoom in per cent of the font size in the settings."""
        return self._zoom

    def zoom_in(self) -> None:
        """Make the text a step larger."""
        self._zoom_to(self._zoom + ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make the text a step smaller."""
        self._zoom_to(self._zoom - ZOOM_STEP)

    def zoom_reset(self) -> None:
        """Show the text in the size of the settings."""
        self._zoom_to(100)

    def snapshot(self, limit: int = 8192) -> Context:
        """Return the text around the caret, from a start that stays put while the writer types on."""
        return context_at(self.document(), self.textCursor().position(), limit)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Return whether `source` is text. Files are not: opening them is the window's business."""
        files = any(url.isLocalFile() for url in source.urls())
        return not files and super().canInsertFromMimeData(source)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / 120)  # a touchpad sends many small turns
        self._turned -= notches * 120
        self._zoom_to(self._zoom + notches * ZOOM_STEP)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu for this place; by the keyboard, for the caret's."""
        at_caret = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu = self.context_menu(self.cursorRect().center() if at_caret else event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        below = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        menu.popup(below if at_caret else event.globalPos())

    def context_menu(self, position: QPoint) -> QMenu:
        """Return a new menu for the place seen at `position` of the viewport."""
        self.menu_place = position
        menu = self.createStandardContextMenu(position)
        for old in menu.actions():
            if method := _MENU.get(old.objectName()):  # Qt's own would pass our methods by
                new = QAction(old.icon(), old.text(), menu, enabled=old.isEnabled())
                new.setObjectName(old.objectName())
                new.triggered.connect(getattr(self, method))
                menu.insertAction(old, new)
                menu.removeAction(old)
        self.menu_made.emit(menu)
        return menu

    def _zoom_to(self, percent: int) -> None:
        percent = min(max(percent, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        if percent != self._zoom:
            self._zoom = percent
            self._apply_font()
            self.zoom_changed.emit(percent)

    def _apply_font(self) -> None:
        font = QApplication.font()
        if self._settings.font_family:
            font.setFamily(self._settings.font_family)
        font.setPointSizeF(self._settings.font_size * self._zoom / 100)
        self.setFont(font)
        self.setTabStopDistance(QFontMetricsF(font).horizontalAdvance(" ") * self._settings.tab_width)
