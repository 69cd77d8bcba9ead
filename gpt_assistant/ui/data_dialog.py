"""Data on this machine: what the program keeps, what for, where, how much; and its deletion.

Looking at the sizes and deleting are done on a thread: a folder of models on a slow disk takes seconds. What
the window has in memory of what was deleted is forgotten too, where it would be written down again otherwise.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import fields
from gpt_assistant.storage import inventory
from gpt_assistant.storage.goals import Goals
from gpt_assistant.storage.inventory import Holding, Item
from gpt_assistant.text.told import said
from gpt_assistant.ui.deleting import ask_first
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label, scaled, table

if TYPE_CHECKING:
    from gpt_assistant.ui.settings_registry import PagePlace
    from gpt_assistant.ui.window import MainWindow

_SIZE = 1  # the column
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLE = Qt.ItemDataRole.UserRole


class Looking(QObject):
    """Looks at what there is, and deletes, on threads. Signals come on the window's thread."""

    found = Signal(object)  # Holding, one after the other
    finished = Signal()
    deleted = Signal(object, object)  # the names that are gone, and why others are not, "" if none is left

    def look(self) -> None:
        """Say what there is of each item."""
        self._start(self._look)

    def _look(self) -> None:
        for holding in inventory.holdings():
            self.found.emit(holding)
        self.finished.emit()

    def delete(self, names: Sequence[str]) -> None:
        """Delete these items, one after the other."""
        self._start(lambda: self._delete(names))

    def _delete(self, names: Sequence[str]) -> None:
        gone, problem = [], ""
        for name in names:
            try:
                inventory.delete(name)
                gone.append(name)
            except (OSError, ValueError) as error:
                problem = problem or said(error)
        self.deleted.emit(gone, problem)

    def _start(self, work: Callable[[], None]) -> None:
        def run() -> None:
            with contextlib.suppress(RuntimeError):  # the dialog was closed meanwhile
                work()

        threading.Thread(target=run, name="data", daemon=True).start()


class DataDialog(QDialog):
    """The list, and what is selected in it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Data on this machine"))
        self.setAccessibleName(tr("Data on this machine"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._held: dict[str, Holding] = {}
        self.looking = Looking(self)
        self.looking.found.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self.looking.finished.connect(self._looked, Qt.ConnectionType.QueuedConnection)
        self.looking.deleted.connect(self._deleted, Qt.ConnectionType.QueuedConnection)
        self.purpose = label("", self, wrap=True)
        self.place = label("", self, "muted", wrap=True)
        for part in (self.purpose, self.place):
            part.hide()
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = label("", self, "warning", wrap=True)
        self.problem.hide()
        self.whole = label(tr("Looking…"), self)
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(tr("Looking"))
        self._build_list()
        self._lay_out()
        give_size(self, 620, 540)
        self.look()

    def _build_list(self) -> None:
        self.list = table(tr("Data on this machine"), self)
        self.list.setHeaderLabels([tr("What"), tr("Size")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.headerItem().setTextAlignment(_SIZE, _NUMBERS)
        self.list.currentItemChanged.connect(lambda *_: self._select())

    def _lay_out(self) -> None:
        told = tr(
            "Everything that this program keeps on this machine. Your documents are not in it:"
            " they lie where you saved them, and nothing here deletes them."
        )
        self.folder = push_button(tr("Open &folder"), tr("Show where it lies"), self._open_folder, self)
        self.delete = push_button(tr("&Delete…"), tr("Delete what is selected"), self.ask_to_delete, self)
        actions = QHBoxLayout()
        actions.addWidget(self.whole, 1)
        actions.addWidget(self.folder)
        actions.addWidget(self.delete)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.everything = buttons.addButton(tr("Delete &everything…"), QDialogButtonBox.ButtonRole.ResetRole)
        for button in buttons.buttons():  # Return is for the list
            button.setProperty("autoDefault", False)
            button.setProperty("default", False)
        self.everything.clicked.connect(lambda _checked=False: self.ask_to_delete_everything())
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        for part in (label(told, self, wrap=True), self.bar):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self.purpose.setMinimumHeight(scaled(self, 40))  # so that the list keeps its place
        self.purpose.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.purpose, self.place, self.problem):
            column.addWidget(part)
        column.addLayout(actions)
        column.addWidget(buttons)

    # -- looking -----------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at what there is, again."""
        self.bar.setRange(0, len(inventory.ITEMS))
        self.bar.setValue(0)
        self.bar.show()
        self.looking.look()

    def _show(self, holding: Holding) -> None:
        self._held[holding.item.name] = holding
        self.bar.setValue(self.bar.value() + 1)
        row = self._row(holding.item)
        row.setHidden(not holding.files)
        row.setText(_SIZE, said_size(holding.bytes))

    def _row(self, item: Item) -> QTreeWidgetItem:
        for number in range(self.list.topLevelItemCount()):
            row = self.list.topLevelItem(number)
            if row is not None and row.data(0, _ROLE) == item.name:
                return row
        made = QTreeWidgetItem([tr(item.title), ""])
        made.setData(0, _ROLE, item.name)
        made.setTextAlignment(_SIZE, _NUMBERS)
        self.list.addTopLevelItem(made)
        return made

    def _looked(self) -> None:
        self.bar.hide()
        self.whole.setText(
            tr("{size} in all", size=said_size(sum(each.bytes for each in self._held.values())))
        )
        current = self.list.currentItem()
        if current is None or current.isHidden():
            rows = (self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount()))
            if (first := next((row for row in rows if row and not row.isHidden()), None)) is not None:
                self.list.setCurrentItem(first)
        self._select()

    @property
    def selected(self) -> Holding | None:
        """Return what is selected in the list."""
        row = self.list.currentItem()
        return None if row is None or row.isHidden() else self._held.get(row.data(0, _ROLE))

    def select(self, name: str) -> None:
        """Select the item of this name."""
        self.list.setCurrentItem(self._row(inventory.find(name)))

    def _select(self) -> None:
        held = self.selected
        item = held.item if held else None
        instead = tr(item.instead) if item and item.instead else ""
        for part, text in (
            (self.purpose, f"{tr(item.purpose)} {instead}".strip() if item else ""),
            (self.place, str(held.folder) if held else ""),
        ):
            part.setText(text)
            part.setVisible(bool(text))
        self.folder.setEnabled(held is not None)
        self.delete.setEnabled(bool(item and item.loses))

    def _open_folder(self) -> None:
        if (held := self.selected) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(held.folder)))

    # -- deleting ----------------------------------------------------------------------------------

    def ask_to_delete(self) -> None:
        """Ask whether what is selected is to be deleted, saying what is lost."""
        held = self.selected
        if held is None or not held.item.loses:
            return
        question = tr("Delete “{what}”, {size}?", what=tr(held.item.title), size=said_size(held.bytes))
        lost = tr(held.item.loses) + self._unsaved([held.item.name])
        self._ask(question, lost, [held.item.name])

    def ask_to_delete_everything(self) -> None:
        """Ask whether all that can be deleted is to be."""
        names = [name for name, held in self._held.items() if held.files and held.item.loses]
        size = said_size(sum(self._held[name].bytes for name in names))
        lost = tr(
            "Models, earlier versions, unsaved work of earlier runs, own words, settings and all the rest."
            " Your documents stay as they are."
        )
        self._ask(tr("Delete everything, {size}?", size=size), lost + self._unsaved(names), names)

    def _unsaved(self, names: Sequence[str]) -> str:
        """Return what is to be said where documents are open and not saved: they stay."""
        unsaved = any(document.unsaved for document in self._window.documents())
        return " " + tr("What is open and not saved stays open.") if unsaved and "unsaved" in names else ""

    def _ask(self, question: str, lost: str, names: list[str]) -> None:
        details, delete = f"{lost} {tr('This cannot be undone.')}", tr("Delete")
        ask_first(self, delete, question, delete, lambda: self._delete(names), details=details)

    def _delete(self, names: list[str]) -> None:
        if "settings" in names:  # first here, or the window would write them down again
            _reset_settings(self._window)
        self.bar.setRange(0, 0)
        self.bar.show()
        for button in (self.delete, self.everything):
            button.setEnabled(False)
        self.looking.delete(names)

    def _deleted(self, gone: list[str], problem: str) -> None:
        self.everything.setEnabled(True)
        self.problem.setText(localised(problem))
        self.problem.setVisible(bool(problem))
        for name in gone:
            _forget(self._window, name)
        self.look()


def _reset_settings(window: MainWindow) -> None:
    # Not the encryption: deleting settings is no wish to have it taken off.
    values = {field.name: field.default for field in fields() if field.name != "encrypt"}
    with contextlib.suppress(OSError):
        window.store.change(**values)


def _forget(window: MainWindow, name: str) -> None:
    """Have the window forget what was deleted, and would be written down again."""
    if name == "goals":
        window.goal.goals = Goals()
        window.goal.show()
    elif name == "phrases":
        window.forget_learnt.emit()
    elif name == "words":
        window.spelling.words_changed()
    elif name == "ignored":
        window.spelling.heed_all()


def open_data(window: MainWindow) -> DataDialog:
    """Show the dialog, without waiting for it."""
    dialog = DataDialog(window)
    dialog.open()
    dialog.list.setFocus()
    return dialog


def data_button(place: PagePlace) -> QWidget:
    """Return what opens the dialog from a page of the settings."""
    from gpt_assistant.ui.window import MainWindow  # noqa: PLC0415 (which has the settings)

    def show() -> None:
        if isinstance(place.window, MainWindow):
            open_data(place.window)

    line = QWidget(place.parent)
    line.setAccessibleName(tr("Data on this machine"))
    line.setProperty("searchable", tr("Data on this machine: what is kept, where, how much; delete it"))
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    tip = tr("See what this program keeps, and delete it")
    row.addWidget(label(tip, line, "muted", wrap=True), 1)
    row.addWidget(push_button(tr("Data on this machine…"), tip, show, line))
    return line
