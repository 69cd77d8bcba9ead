"""The settings, made from the table in the package settings: a new field there appears here by itself.

A page for each group is made when it is first shown or searched; what is not seen costs nothing when the
dialog opens. Controls and pages of single parts of the program come from settings_registry.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings, SettingsStore, fields, invalid
from gpt_assistant.ui.deleting import ask_first
from gpt_assistant.ui.settings_controls import Place, choice_name
from gpt_assistant.ui.settings_files import ask_export, ask_import
from gpt_assistant.ui.settings_registry import PAGES, PagePlace
from gpt_assistant.ui.settings_row import GroupPage, Row
from gpt_assistant.ui.statusbar import StatusBar
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label, scaled

_NARROW = 520  # pixels of the usual font; in a narrower dialog the list of groups becomes a menu
_LIST = 176


class SettingsDialog(QDialog):
    """Every change applies at once; “Reset all” and the arrow beside a setting take it back."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAccessibleName(tr("Settings"))
        self._store = store
        self._last = 0  # the group shown before a search
        self._pages: dict[str, GroupPage] = {}
        self.group_names = list(dict.fromkeys((*(f.metadata["group"] for f in fields()), *PAGES)))
        self.search = QLineEdit(self, placeholderText=tr("Search settings"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search settings"))
        self.search.textChanged.connect(self._filter)
        self.message = label("", self, "warning", wrap=True)
        self.message.hide()
        self._make_groups()
        self._lay_out()
        self.finished.connect(_once(store.subscribe(self._show)))
        if isinstance(status := getattr(parent, "status", None), StatusBar):
            status.problem_shown.connect(self.say)  # why a setting went back, say
        give_size(self, 760, 600)
        self.show_group(self.group_names[0])
        self.search.setFocus()

    # -- parts -------------------------------------------------------------------------------------

    def _make_groups(self) -> None:
        """Make the list of groups, and the menu that takes its place where there is little room."""
        names = [tr(name) for name in self.group_names]
        self.groups = QListWidget(self)
        self.groups.setAccessibleName(tr("Groups of settings"))
        self.groups.addItems(names)
        self.groups.setFixedWidth(max(scaled(self, _LIST), self.groups.sizeHintForColumn(0) + 24))
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.currentRowChanged.connect(self._picked)
        self.group_menu = QComboBox(self)
        self.group_menu.setAccessibleName(tr("Groups of settings"))
        self.group_menu.addItems(names)
        self.group_menu.activated.connect(self.groups.setCurrentRow)
        self.group_menu.hide()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 14)
        outer.setSpacing(10)
        outer.addWidget(self.search)
        outer.addWidget(self.group_menu)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.groups)
        middle.addWidget(self._area(), 1)
        outer.addLayout(middle, 1)
        outer.addWidget(self.message)
        outer.addWidget(self._buttons())

    def _area(self) -> QScrollArea:
        self.area = QScrollArea(self, widgetResizable=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table = QWidget(self)
        self._column = QVBoxLayout(self._table)
        self._column.setContentsMargins(2, 0, 10, 0)
        self._column.setSpacing(14)
        self.nothing = label(tr("No setting has these words."), self._table, "muted")
        self.nothing.hide()
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.area.setWidget(self._table)
        return self.area

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        reset = buttons.addButton(tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.clicked.connect(lambda _checked=False: self._ask_to_reset())
        store = self._store
        out = buttons.addButton(tr("Export…"), QDialogButtonBox.ButtonRole.ActionRole)
        out.clicked.connect(lambda _checked=False: ask_export(store, self.say, self))
        take = buttons.addButton(tr("Import…"), QDialogButtonBox.ButtonRole.ActionRole)
        take.clicked.connect(lambda _checked=False: ask_import(store, self.say, self))
        for button in buttons.buttons():  # Return in the search field must not close the dialog
            button.setProperty("autoDefault", False)
            button.setProperty("default", False)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- pages -------------------------------------------------------------------------------------

    def page(self, name: str) -> GroupPage:
        """Return the page of the group called `name`, which is made now if it was not shown yet."""
        if name not in self._pages:
            window = self.parentWidget()
            places = (
                Place(field, self._changer(field.name), self.say, self, self._store, window)
                for field in fields()
                if field.metadata["group"] == name
            )
            made = GroupPage(name, places, PagePlace(self._table, self._store, window))
            made.hide()
            self._pages[name] = made
            before = [each for each in self.group_names if each in self._pages].index(name)
            self._column.insertWidget(before, made)
        return self._pages[name]

    @property
    def rows(self) -> dict[str, Row]:
        """Return the row of every setting, by the setting's name; this makes all pages."""
        return {name: row for group in self.group_names for name, row in self.page(group).rows.items()}

    def row(self, name: str) -> Row:
        """Return the row of the setting `name`, shown: its group is chosen and scrolled to it."""
        (group,) = (field.metadata["group"] for field in fields() if field.name == name)
        self.show_group(group)
        row = self.page(group).rows[name]
        self._column.activate()
        self.area.ensureWidgetVisible(row)
        return row

    def show_group(self, name: str) -> None:
        """Show the group called `name`, as in the table of settings, and end a search."""
        self.search.clear()
        self.groups.setCurrentRow(self.group_names.index(name))

    def _picked(self, number: int) -> None:
        """Show one group, with what fits the search; for -1 the search shows what it finds in all."""
        self.group_menu.setCurrentIndex(number)
        if number < 0:
            return
        words = self.search.text().casefold().split()
        chosen = self.page(self.group_names[number])
        chosen.filter(words)
        for each in self._pages.values():
            each.setVisible(each is chosen)
        self.nothing.hide()
        self.area.verticalScrollBar().setValue(0)

    def _filter(self, text: str) -> None:
        """Show what has the words of `text`, of all groups; without words the first group again."""
        words = text.casefold().split()
        if not words:
            self._list_groups(self.group_names)
            shown = self.groups.currentRow()
            self.groups.setCurrentRow(self._last if shown < 0 else shown)
            self._picked(self.groups.currentRow())
            return
        if self.groups.currentRow() >= 0:
            self._last = self.groups.currentRow()
        found = [name for name in self.group_names if self.page(name).filter(words)]
        self.groups.setCurrentRow(-1)
        for name, page in self._pages.items():
            page.setVisible(name in found)
        self._list_groups(found)
        self.nothing.setVisible(not found)
        self.area.verticalScrollBar().setValue(0)

    def _list_groups(self, names: list[str]) -> None:
        for number, name in enumerate(self.group_names):
            self.groups.item(number).setHidden(name not in names)

    # -- values ------------------------------------------------------------------------------------

    def _show(self, settings: Settings) -> None:
        for page in self._pages.values():
            page.show_values(settings)

    def _changer(self, name: str) -> Callable[[Any], None]:
        return lambda value: self._change(name, value)

    def _change(self, name: str, value: Any) -> None:
        problem = invalid(name, value)
        if not problem:
            try:
                self._store.change(**{name: value})
            except (OSError, ValueError) as error:
                problem = localised(error)
        self.say(localised(problem))

    def say(self, text: str, well: bool = False) -> None:
        """Show one line above the buttons, a problem unless all is `well`; "" takes it away."""
        self.message.setObjectName("" if well else "warning")
        self.message.style().polish(self.message)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _ask_to_reset(self) -> None:
        question, button = tr("Put every setting back to its default?"), tr("Reset all")
        details = tr("Your own keys and colours go too. Your documents stay as they are.")
        ask_first(self, button, question, button, self.reset_all, details=details)

    def reset_all(self) -> None:
        """Put every setting back to its default."""
        try:
            self._store.change(**{field.name: field.default for field in fields()})
        except OSError as error:
            self.say(localised(error))

    # -- room --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the list of groups into a menu where there is no room for both."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(self, _NARROW)
        self.group_menu.setVisible(narrow)
        self.groups.setVisible(not narrow)


def _once(end: Callable[[], None]) -> Callable[[int], None]:
    """Return a slot that calls `end` the first time only."""
    waiting = [end]
    return lambda _result: waiting.pop()() if waiting else None


def open_settings(store: SettingsStore, parent: QWidget, group: str = "") -> SettingsDialog:
    """Show the dialog, at the page of `group` if one is named, without waiting for it."""
    dialog = SettingsDialog(store, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if group:
        dialog.show_group(group)
    dialog.open()
    QTimer.singleShot(0, dialog.search, dialog.search.setFocus)
    return dialog


__all__ = ["SettingsDialog", "choice_name", "open_settings"]
