"""A line above the text that says what happened to the file, with buttons for what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gpt_assistant.ui.tr import tr


class NoticeBar(QFrame):
    """Hidden until `show_notice`; the writer keeps typing meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName(tr("Notice about this document"))
        self._label = QLabel(self, wordWrap=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 7, 10, 7)
        self._row.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """Return what is shown, "" when nothing is."""
        return "" if self.isHidden() else self._label.text()

    def button(self, name: str) -> QPushButton:
        """Return the button called `name`; raises StopIteration if there is none."""
        return next(button for button in self._buttons if button.text() == name)

    def show_notice(self, text: str, choices: dict[str, Callable[[], object]] | None = None) -> None:
        """Show `text` with a button for each choice; any of them, or “Hide”, closes the notice."""
        self.clear()
        self._label.setText(text)
        for name, run in (choices or {tr("Hide"): lambda: None}).items():
            button = QPushButton(name, self, autoDefault=False)
            button.clicked.connect(lambda _checked=False, run=run: self._choose(run))
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()

    def _choose(self, run: Callable[[], object]) -> None:
        self.clear()
        run()

    def clear(self) -> None:
        """Hide the notice."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self.hide()
