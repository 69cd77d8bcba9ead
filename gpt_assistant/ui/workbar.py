"""A line above the text that says how far opening or saving a large file is, and stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QPushButton, QWidget

from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label

_STEP = 10  # thousandths: Qt paints the bar, and all else that waits for it, at each change


class WorkBar(QFrame):
    """Hidden until `begin`; with `wrap` the text, which may be long then, has a line of its own.

    The button stops the work, Esc does not: it is pressed for other things too.
    """

    def __init__(self, parent: QWidget | None = None, wrap: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName(tr("Progress of this document"))
        self._cancel: Callable[[], object] = lambda: None
        self.label = label("", self, wrap=wrap)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.button = QPushButton(tr("Cancel"), self, autoDefault=False)
        self.button.clicked.connect(lambda _checked=False: self._cancel())
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 7, 10, 7)
        grid.addWidget(self.label, 0, 0, 1, 3 if wrap else 1)
        grid.addWidget(self.bar, int(wrap), int(not wrap), 1, 2 if wrap else 1)
        grid.addWidget(self.button, int(wrap), 2)
        grid.setColumnStretch(1, 1)
        self.hide()

    def begin(self, text: str, cancel: Callable[[], object]) -> None:
        """Show `text` with an empty bar; the button calls `cancel`."""
        self._cancel = cancel
        self.label.setText(text)
        self.bar.setValue(0)
        self.show()

    def show_progress(self, fraction: float) -> None:
        """Show how far the work is, 0…1."""
        value = round(1000 * fraction)
        if abs(value - self.bar.value()) >= _STEP or value == self.bar.maximum():
            self.bar.setValue(value)

    def end(self) -> None:
        """Hide: the work is done, or stopped."""
        self._cancel = lambda: None
        self.hide()
