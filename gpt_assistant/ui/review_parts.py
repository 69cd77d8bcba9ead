"""The parts of the review lane: how far the answer is, what went wrong, and models that could do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.engine.messages import Progress
from gpt_assistant.text.told import mark
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import bold, label

READ_ONLY = mark("This document cannot be changed: it is closed or read-only.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that could do what the present one cannot. `terms` are to be accepted first, "" for none."""

    id: str
    name: str
    download: int  # bytes; 0 if it is on this machine already
    licence: str
    terms: str = ""


class Choice(QComboBox):
    """A combo box of (text, value) pairs; `chosen(value)` when the person picks another one."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._values: list[object] = []
        self.activated.connect(lambda index: self.chosen.emit(self._values[index]))

    def fill(self, rows: Sequence[tuple[str, object]], current: object) -> None:
        """Show `rows`, with `current` chosen."""
        self.clear()
        self._values = [value for _, value in rows]
        self.addItems([text for text, _ in rows])
        self.setCurrentIndex(self._values.index(current) if current in self._values else -1)

    @property
    def values(self) -> Sequence[object]:
        """Return the values, in the order of the list."""
        return tuple(self._values)

    def value(self) -> object:
        """Return the value that is chosen, None for none."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: turning it by accident must not start anything."""
        event.ignore()


class ProgressRow(QWidget):
    """A bar, a line and a button to cancel."""

    def __init__(self, cancel: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.text = label("", self, "muted", wrap=True)
        self.cancel = push_button(tr("Cancel"), tr("Stop at once (Esc)"), cancel, self)
        rows = QVBoxLayout()
        rows.setSpacing(5)
        rows.addWidget(self.bar)
        rows.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(rows, 1)
        row.addWidget(self.cancel)
        self.show_progress(None)

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far it is; None for not known yet."""
        progress = progress or Progress(0)
        self.show_at(localised(progress.text) or tr("Working…"), progress.fraction, progress.seconds_left)

    def show_at(self, text: str, fraction: float, seconds_left: float) -> None:
        """Show a line, how far it is (0…1) and how long it may take yet; negative where nobody knows."""
        show_fraction(self.bar, fraction)
        self.text.setText(" · ".join(part for part in (text, time_left(seconds_left)) if part))


class Problem(QWidget):
    """One line that says what went wrong and what to do, with buttons for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = label("", self, "warning", wrap=True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._rows.addWidget(self.text)
        self._made: list[QWidget] = []
        self.hide()

    def show_problem(self, text: str, choices: dict[str, Callable[[], object]] | None = None) -> None:
        """Show `text` and a button for each choice; any of them hides it."""
        self.clear()
        self.text.setText(text)
        self.text.setAccessibleName(text)
        for name, run in (choices or {}).items():
            self._add(push_button(name, name, partial(self._choose, run), self))
        self.show()

    def add_offers(self, offers: Sequence[Offer], choose: Callable[[Offer], object]) -> None:
        """Show a row for each model that could do it, with its size and licence."""
        for offer in offers:
            row = OfferRow(offer, partial(self._choose, partial(choose, offer)), self)
            self._add(row, Qt.AlignmentFlag(0))

    def _add(self, widget: QWidget, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        self._rows.addWidget(widget, 0, alignment)
        self._made.append(widget)

    def buttons(self) -> dict[str, QPushButton]:
        """Return the buttons shown, by what they say to a screen reader."""
        found = [button for widget in self._made for button in _buttons_in(widget)]
        return {button.accessibleName(): button for button in found}

    def _choose(self, run: Callable[[], object]) -> None:
        self.clear()
        run()

    def clear(self) -> None:
        """Hide it."""
        for widget in self._made:
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        self.hide()


class OfferRow(QWidget):
    """A model, its size and licence, and a button that fetches it, asking about its terms first."""

    def __init__(self, offer: Offer, use: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._offer, self._use = offer, use
        size = said_size(offer.download) if offer.download else tr("on this machine")
        about = f"{size} · {offer.licence}"
        name = tr("Fetch and use {name}, {about}", name=offer.name, about=about)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(0)
        grid.addWidget(label(offer.name, self, wrap=True), 0, 0)
        grid.addWidget(label(about, self, "muted", wrap=True), 1, 0)
        text = tr("Fetch and use") if offer.download else tr("Use")
        self.button = push_button(text, name, self._clicked, self)
        grid.addWidget(self.button, 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)

    def _clicked(self) -> None:
        if not self._offer.terms:
            self._use()
            return
        box = QMessageBox(self.window())
        box.setWindowTitle(self._offer.name)
        box.setText(tr("{name} comes with terms of its own.", name=bold(self._offer.name)))
        box.setInformativeText(self._offer.terms)
        accept = box.addButton(tr("Accept and fetch"), QMessageBox.ButtonRole.AcceptRole)
        accept.clicked.connect(lambda _checked=False: self._use())
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


class Buttons(QWidget):
    """Buttons in one row, or two by two where that is too wide."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        for button in buttons:
            button.setMinimumWidth(40)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange them anew for the new width."""
        super().resizeEvent(event)
        widest = max(button.sizeHint().width() for button in self._buttons)
        fits = len(self._buttons) * (widest + self._grid.spacing()) <= self.width()
        self._arrange(len(self._buttons) if fits else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, number // columns, number % columns)


def push_button(text: str, tip: str, run: Callable[[], object], parent: QWidget) -> QPushButton:
    """Return a button that the Tab key reaches, read out as its tip."""
    made = QPushButton(text, parent, autoDefault=False)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(lambda _checked=False: run())
    return made


def _buttons_in(widget: QWidget) -> list[QPushButton]:
    own = [widget] if isinstance(widget, QPushButton) else []
    return own + list(widget.findChildren(QPushButton))


def time_left(seconds: float) -> str:
    """Return "about 40 s left" and the like, "" for a negative number: nobody knows."""
    if seconds < 0:
        return ""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {seconds} s left", seconds=round(seconds / 5) * 5)
    return tr("about {minutes} min left", minutes=round(seconds / 60))
