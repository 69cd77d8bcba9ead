"""A line above the text that says how far opening or saving a large file is, and stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label

_STEP = 10  # thousandths: Qt paints the bar, and all else that waits for it, at each change


class WorkBar(QFrame):
    """Hidden until `begin`; `wrap` where the text may be long.

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
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 10, 7)
        row.addWidget(self.label, 2 if wrap else 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
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
