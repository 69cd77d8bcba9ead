"""Every key there is, with a field to find one, and a line below the list to change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings, SettingsStore, fields
from gpt_assistant.settings.shortcuts import NO_SHORTCUTS
from gpt_assistant.text.told import mark
from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.bindings import Bound, bound, double, in_text
from gpt_assistant.ui.deleting import ask_first
from gpt_assistant.ui.key_change import KeyChange
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label

# What no table knows: ways of Qt in a text that are not keys alone.
_OWN = (
    (mark("Larger or smaller text"), mark("Ctrl+mouse wheel")),
    (mark("Go to the beginning or the end of the line"), "Home, End"),
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the overview; what can be changed has what it is `bound` to."""

    group: str
    text: str
    keys: str
    tip: str = ""
    bound: Bound | None = None

    def has(self, words: list[str]) -> bool:
        """Return whether all of `words`, in lower case, are somewhere in it."""
        everything = f"{self.group} {self.text} {self.keys} {self.tip}".casefold()
        return all(word in everything for word in words)


def key_rows(table: ActionsTable, settings: Settings) -> list[KeyRow]:
    """Return what has a key or might: the suggestion's first, then the menus', then the text's own."""
    changeable = [
        KeyRow(each.group, each.text, each.shown_keys, each.tip, each) for each in bound(table, settings)
    ]
    fixed = [KeyRow(each.group, each.text, each.shown_keys) for each in in_text()]
    own = [KeyRow(tr("In the text"), tr(text), tr(keys)) for text, keys in _OWN]
    return [*changeable, *own, *fixed]


class KeysDialog(QDialog):
    """The overview; typing finds, Return on a line changes its key, “Copy” takes what is shown as text."""

    def __init__(self, table: ActionsTable, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table, self._store = table, store
        self.rows = key_rows(table, store.current)
        self._make_search()
        self._make_tree()
        self.change = KeyChange(table, store, self)
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        for widget in (self.search, self.tree, self.nothing, self.change, self._buttons()):
            column.addWidget(widget)
        column.setStretchFactor(self.tree, 1)
        end = store.subscribe(lambda _settings: self._refresh())
        self.finished.connect(lambda _result: end())
        give_size(self, 600, 640)
        self.search.setFocus()

    def _make_search(self) -> None:
        self.search = QLineEdit(self, clearButtonEnabled=True)
        self.search.setPlaceholderText(tr("Search keys"))
        self.search.setAccessibleName(tr("Search keys"))
        self.search.textChanged.connect(self._filter)
        self.nothing = label(tr("No key has these words."), self, "muted")
        self.nothing.hide()

    def _make_tree(self) -> None:
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([tr("What it does"), tr("Keys")])
        self.tree.setAccessibleName(tr("Keys"))
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.tree.itemActivated.connect(lambda _item, _column: self.change.listen())

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda _checked=False: QApplication.clipboard().setText(self.as_text()))
        reset = buttons.addButton(tr("Reset all keys"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.clicked.connect(lambda _checked=False: self._ask_to_reset())
        for button in buttons.buttons():  # Return in the search field must not close the dialog
            button.setProperty("autoDefault", False)
            button.setProperty("default", False)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- the list ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._items: list[tuple[KeyRow, QTreeWidgetItem]] = []
        self._groups: dict[str, QTreeWidgetItem] = {}
        for row in self.rows:
            if row.group not in self._groups:
                group = QTreeWidgetItem([row.group])
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
                self.tree.addTopLevelItem(group)
                self._groups[row.group] = group
            item = QTreeWidgetItem([row.text, ""])
            self._groups[row.group].addChild(item)
            self._items.append((row, item))
        self._mark()
        self.tree.expandAll()

    def _mark(self) -> None:
        """Write the keys into the lines: those of the writer's own in bold, and what is wrong with them."""
        problems = double(self._table, self._store.current)
        for row, item in self._items:
            problem = problems.get(row.bound.name, "") if row.bound else ""
            font = item.font(1)
            font.setBold(row.bound is not None and row.bound.keys != row.bound.default)
            item.setFont(1, font)
            item.setText(1, f"⚠ {row.keys}" if problem else row.keys)
            item.setToolTip(0, row.tip)
            item.setToolTip(1, problem)

    def _refresh(self) -> None:
        """Show the keys as they are now."""
        self.rows = key_rows(self._table, self._store.current)
        self._items = [(row, item) for row, (_, item) in zip(self.rows, self._items, strict=True)]
        self._mark()
        self._chosen(self.tree.currentItem())

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        fitting = set()
        for row, item in self._items:
            item.setHidden(not row.has(words))
            if not item.isHidden():
                fitting.add(row.group)
        for name, group in self._groups.items():
            group.setHidden(name not in fitting)
        self.nothing.setVisible(all(group.isHidden() for group in self._groups.values()))
        if words and (first := next((item for _, item in self._items if not item.isHidden()), None)):
            self.tree.setCurrentItem(first)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        row = next((row for row, each in self._items if each is item), None)
        self.change.show_bound(row.bound if row else None, fixed=row is not None)

    def as_text(self) -> str:
        """Return what is shown and has a key, a line for each."""
        shown = [row for row, item in self._items if not item.isHidden() and row.keys]
        return "\n".join(f"{row.keys}\t{row.text}" for row in shown) + "\n"

    # -- all of them -------------------------------------------------------------------------------

    def _ask_to_reset(self) -> None:
        question, button = tr("Give every action its first keys again?"), tr("Reset all keys")
        ask_first(self, button, question, button, self.reset_all)

    def reset_all(self) -> None:
        """Give everything the keys it was born with."""
        try:
            self._store.change(**dict(_first_keys()), shortcuts=NO_SHORTCUTS)
        except OSError as error:
            self.change.say(localised(error))


def _first_keys() -> Iterator[tuple[str, str]]:
    return ((each.name, str(each.default)) for each in fields() if each.metadata["kind"] == "key")
