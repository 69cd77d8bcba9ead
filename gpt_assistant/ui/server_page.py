"""What the settings of a server have besides their rows: its models, its key, a test, and what goes out.

The key goes to the system's keyring and nowhere else; what is typed here is forgotten with the dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.engine.messages import Remote
from gpt_assistant.text.told import mark
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.server import Server
from gpt_assistant.ui.settings_controls import Control, Place
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_width, label, scaled, tool_button

if TYPE_CHECKING:
    from gpt_assistant.ui.settings_registry import PagePlace

_CONSENT = mark(
    "While a server answers, these leave this machine: up to 2,400 characters before the caret whenever you "
    "type, for suggestions; and what you summarise, rewrite or translate, with your own instruction. Names, "
    "addresses, numbers and keys go as placeholders while “Hide names and the like” is on. Nothing else "
    "goes: no file names, no history, no settings. Spelling, mood and explanations stay on this machine."
)


def server_of(window: QWidget | None) -> Server:
    """Return who asks about servers in `window`; one without a model for a dialog that has no window."""
    found = getattr(window, "server", None)
    return found if isinstance(found, Server) else Server(window)


class ModelBox(QComboBox):
    """A field for a model's name, with those that were fetched to choose from."""

    def __init__(self, change: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._change = change
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        give_width(self, 230)
        self.activated.connect(self._chosen)
        field = self.lineEdit()
        assert field is not None  # for it is editable
        field.editingFinished.connect(self._chosen)  # not at each letter: half a name is no model

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def offer(self, names: list[str]) -> None:
        """Have `names` to choose from; the only one is chosen where none is."""
        written = self.currentText()
        self.blockSignals(True)
        self.clear()
        self.addItems(names)
        self.setCurrentText(written)
        self.blockSignals(False)
        if not written and len(names) == 1:
            self._change(names[0])

    def _chosen(self, _index: int = 0) -> None:
        self._change(self.currentText().strip())


def model_control(place: Place) -> Control:
    """Return the field for the model of the server."""
    box, server = ModelBox(place.change, place.parent), server_of(place.window)
    box.offer(server.names)
    server.listed.connect(box.offer)
    return Control(box, box.setCurrentText)


def _reset_width(parent: QWidget) -> int:
    """Return the room that the rows above leave on the right, for the button that resets a setting."""
    button = tool_button("↺", tr("Reset"), lambda: None, parent)
    button.hide()
    width = button.sizeHint().width()
    button.deleteLater()
    return width


def server_page(place: PagePlace) -> QWidget:
    """Return the part of the page below the settings."""
    return ServerPage(place)


class ServerPage(QWidget):
    """The key of a server, its models, a test, and what leaves this machine."""

    def __init__(self, place: PagePlace) -> None:
        super().__init__(place.parent)
        self.setAccessibleName(tr("Key and test of the server"))
        self.setProperty("searchable", tr("Key Fetch models Test connection consent"))
        self._store = place.store
        self._server = server_of(place.window)
        self._build()
        self._lay_out()
        server = self._server
        server.said.connect(self._show_line)
        server.busy.connect(self._show_busy)
        server.kept.connect(self._show_kept)
        self._address = ""
        self.destroyed.connect(place.store.subscribe(lambda _settings: self._look()))
        self._look()

    def _build(self) -> None:
        self.key = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(tr("Key of the server"))
        give_width(self.key, 230)
        self.key.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.keep = self._button(tr("Keep key"), self._keep)
        self.forget = self._button(tr("Delete key"), lambda: self._server.keep(self._remote(), ""))
        self.fetch = self._button(
            tr("Fetch models"), lambda: self._server.fetch(self._remote(), self.key.text())
        )
        self.test = self._button(
            tr("Test connection"), lambda: self._server.test(self._remote(), self.key.text())
        )
        self.stop = self._button(tr("Cancel"), self._server.cancel)
        self.bar = QProgressBar(self, textVisible=False, maximum=0)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setFixedWidth(scaled(self.bar, 80))
        self.line = label("", self, wrap=True)
        self.line.setAccessibleName(tr("Result"))
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.consent = label(tr(_CONSENT), self, "muted", wrap=True)
        self.key.textChanged.connect(lambda text: self.keep.setEnabled(bool(text)))
        self.keep.setEnabled(False)
        self._pressed = self.fetch
        self._show_busy(False)

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)  # Return in a field must not press it
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.state = label("", self, "muted", wrap=True)
        name = label(tr("Key"), self)
        name.setBuddy(self.key)
        row = QHBoxLayout()
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self.key, 100)  # up to its full width, before there is room beside it
        row.addSpacing(_reset_width(self))
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(self._row(self.keep, self.forget))
        column.addWidget(self._row(self.fetch, self.test, self.bar, self.stop))
        column.addWidget(self.line)
        column.addWidget(self.consent)

    def _row(self, *widgets: QWidget) -> QWidget:
        """Return `widgets` in a row, or in several where there is little room."""
        row = QWidget(self)
        flow = FlowLayout(row, 8)
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            flow.addWidget(widget)
        return row

    # -- what is asked -----------------------------------------------------------------------------

    def _remote(self) -> Remote:
        return Remote.of(self._store.current)

    def _keep(self) -> None:
        self._server.keep(self._remote(), self.key.text())

    def _look(self) -> None:
        """Look for the key of another address."""
        address = self._store.current.remote_address
        if address != self._address or not address:
            self._address = address
            self._server.look_for_key(self._remote())

    # -- what came of it ---------------------------------------------------------------------------

    def _show_line(self, line: str, well: bool) -> None:
        self.line.setObjectName("" if well else "warning")
        self.line.style().polish(self.line)
        self.line.setText(line)
        self.line.setVisible(bool(line))

    def _show_busy(self, on: bool) -> None:
        """Show that something is asked; the keyboard goes to what cancels it, and back."""
        pressed = next((each for each in (self.fetch, self.test) if each.hasFocus()), None)
        stopping = self.stop.hasFocus()
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        if on and pressed is not None:
            self._pressed = pressed
            self.stop.setFocus()
        for button in (self.fetch, self.test):
            button.setEnabled(not on)
        if stopping and not on:
            self._pressed.setFocus()

    def _show_kept(self, known: bool) -> None:
        self.state.setText(
            tr("Kept in the system's keyring.") if known else tr("None is kept; some servers need none.")
        )
        self.forget.setVisible(known)
        if known:
            self.key.clear()
