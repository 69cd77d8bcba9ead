"""A panel beside the text, or below it in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

from gpt_assistant.ui.lane_splitter import NARROW
from gpt_assistant.ui.widgets import scaled

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_BESIDE, _BELOW = 300, 42  # pixels wide, per cent high, before the writer moves the edge


class SidePanel(QDockWidget):
    """Hidden at first; `refresh` is called when it appears. `below` is its height there, in per cent."""

    def __init__(self, title: str, window: MainWindow, below: int = _BELOW) -> None:
        super().__init__(title, window)
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget(self))  # ours is inside
        self._window, self._below = window, below
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.installEventFilter(self)
        self.hide()

    def refresh(self) -> None:
        """Show what is known now."""

    def follow(self, shown: bool) -> None:
        """Show it, or close it; in focus mode there is only the text."""
        shown = shown and not self._window.focus.on
        if shown != self.isVisibleTo(self._window):
            self.setVisible(shown)
            QTimer.singleShot(0, self, self._place_in_room)  # the window hears of it only after this
            self.refresh()

    def _place_in_room(self) -> None:
        """Take a part of the window that leaves most of it to the text."""
        below = self._window.dockWidgetArea(self) == Qt.DockWidgetArea.BottomDockWidgetArea
        size = self._window.height() * self._below // 100 if below else scaled(self, _BESIDE)
        way = Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal
        self._window.resizeDocks([self], [size], way)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move below the text in a narrow window."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            narrow = self._window.width() < scaled(self, NARROW)
            area = Qt.DockWidgetArea.BottomDockWidgetArea if narrow else Qt.DockWidgetArea.RightDockWidgetArea
            if self._window.dockWidgetArea(self) != area:
                shown = self.isVisibleTo(self._window)
                self._window.addDockWidget(area, self)
                self.setVisible(shown)
                QTimer.singleShot(0, self, self._place_in_room)
        return super().eventFilter(watched, event)
