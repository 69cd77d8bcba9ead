"""Where the review lane goes: beside the text, or below it in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gpt_assistant.ui.widgets import scaled

NARROW = 600  # pixels; less, and text and lane would both be too narrow to read
_BESIDE, _BELOW = 38, 50  # the lane's part in per cent, before the writer chose


class LaneSplitter(QSplitter):
    """The text and the lane. `share` is the lane's part in per cent, 0 until the writer has moved it."""

    def __init__(self, text: QWidget, lane: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.share = 0
        self._lane = lane
        self.setChildrenCollapsible(False)
        self.setHandleWidth(4)
        self.addWidget(text)
        self.addWidget(lane)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._moved)
        lane.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn with the width of the window."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(self, NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the lane its share when it appears."""
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, self.place)  # the splitter hears of it only after this
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Give the lane its share of the room."""
        flat = self.orientation() == Qt.Orientation.Horizontal
        room = (self.width() if flat else self.height()) - self.handleWidth()
        lane = room * (self.share or (_BESIDE if flat else _BELOW)) // 100
        self.setSizes([room - lane, lane])

    def _moved(self) -> None:
        text, lane = self.sizes()
        if lane:
            self.share = min(max(round(100 * lane / (text + lane)), 5), 95)
