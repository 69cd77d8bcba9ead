"""Margins around the text: room to breathe, and lines no longer than one reads with ease."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit

from gpt_assistant.settings import Settings

_SIDE = 20
_TOP = 14


class ColumnMargins(QObject):
    """Centres a column of `column_width` characters in the editor; 0 uses the whole width."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._characters = 0
        self._margins = (-1, -1)
        editor.document().setDocumentMargin(4)
        editor.installEventFilter(self)

    def apply_settings(self, settings: Settings) -> None:
        """Take the column's width from `settings`; long lines that are not wrapped get all there is."""
        self._characters = settings.column_width if settings.line_wrap else 0
        self.update()

    def update(self) -> None:
        """Set the margins for the editor's present width and font."""
        side = _SIDE
        if self._characters:
            column = QFontMetricsF(self._editor.font()).averageCharWidth() * self._characters
            side = max(side, int((self._editor.width() - column) / 2))
        if (side, _TOP) != self._margins:
            self._margins = (side, _TOP)
            right = max(0, side - self._editor.verticalScrollBar().sizeHint().width())
            if self._editor.isRightToLeft():  # the scroll bar is at the left
                self._editor.setViewportMargins(right, _TOP, side, 0)
            else:
                self._editor.setViewportMargins(side, _TOP, right, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the editor's size and font."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show):
            self.update()
        return super().eventFilter(watched, event)
