"""A panel about what a model reads of the text: how far it is, and lists of places that a click goes to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QPushButton, QWidget

from gpt_assistant.ui.side_panel import SidePanel
from gpt_assistant.ui.spelling_seeking import select
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import scaled

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

PLACE = int(Qt.ItemDataRole.UserRole) + 1
"""The data of an item that say where it leads: a paragraph, and UTF-16 units of it from and to."""

_REFRESH_MS = 300


class ReadingPanel(SidePanel):
    """Base of those. `refresh` is called in a moment when something `changed`."""

    def __init__(self, title: str, window: MainWindow) -> None:
        super().__init__(title, window)
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)

    def stop(self) -> None:
        """Stop what is being read."""

    def _progress(self, parent: QWidget) -> QHBoxLayout:
        """Return a row with `bar` and `stop_button`."""
        self.bar = QProgressBar(parent, textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop_button = QPushButton(tr("Stop"), parent, autoDefault=False)
        self.stop_button.clicked.connect(lambda _checked=False: self.stop())
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        return row

    def _list(self, name: str, parent: QWidget, least: int) -> QListWidget:
        """Return a list of places, at least so many pixels high."""
        listed = QListWidget(parent)
        listed.setAccessibleName(name)
        listed.setWordWrap(True)
        listed.setMinimumHeight(scaled(self, least))
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed.itemClicked.connect(self._jump)
        listed.itemActivated.connect(self._jump)
        return listed

    def _jump(self, item: QListWidgetItem) -> None:
        editor = self._window.current_editor()
        if editor is None:
            return
        number, start, end = item.data(PLACE)
        block = editor.document().findBlockByNumber(number)
        if block.isValid():
            last = editor.document().characterCount() - 1
            select(editor, min(block.position() + start, last), min(block.position() + end, last))
            editor.setFocus()

    def _changed(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _pace(self, begin: float) -> None:
        """A long text takes longer to list: a twentieth of the window's time at most, as of `begin`."""
        self._soon.setInterval(max(_REFRESH_MS, round(20_000 * (time.perf_counter() - begin))))
