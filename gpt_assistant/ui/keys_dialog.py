"""Every key there is, made from the table of actions and the settings, with a field to find one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings, fields
from gpt_assistant.text.told import mark
from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label

_NATIVE = QKeySequence.SequenceFormat.NativeText
_FIRST_OWN, _LAST_OWN = Qt.Key.Key_Back.value, Qt.Key.Key_unknown.value
# What no table knows: Qt's own ways in a text, and those of single widgets.
_TEXT = mark("In the text")
_OWN = (
    (_TEXT, mark("Larger or smaller text"), mark("Ctrl+mouse wheel")),
    (_TEXT, mark("Go a word to the left"), "Ctrl+Left"),
    (_TEXT, mark("Go to the beginning or the end of the line"), "Home, End"),
    (_TEXT, mark("Go to the beginning or the end of the text"), "Ctrl+Home, Ctrl+End"),
    (_TEXT, mark("Delete the word before or behind"), "Ctrl+Backspace, Ctrl+Del"),
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the overview."""

    group: str
    text: str
    keys: str
    tip: str = ""

    def has(self, words: list[str]) -> bool:
        """Return whether all of `words`, in lower case, are somewhere in it."""
        everything = f"{self.group} {self.text} {self.keys} {self.tip}".casefold()
        return all(word in everything for word in words)


def key_rows(table: ActionsTable, settings: Settings) -> list[KeyRow]:
    """Return what has a key: the suggestion's first, then the menus', then the rest."""
    return [*_of_settings(settings), *_of_actions(table), *(KeyRow(*map(tr, row)) for row in _OWN)]


def _of_settings(settings: Settings) -> Iterator[KeyRow]:
    for field in fields():
        if field.metadata["kind"] == "key" and (keys := getattr(settings, field.name)):
            shown = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText).toString(_NATIVE)
            group, text, tip = (tr(field.metadata[part]) for part in ("group", "label", "help"))
            yield KeyRow(tr("Suggestions") if group == tr("Keys") else group, text, shown, tip)


def _of_actions(table: ActionsTable) -> Iterator[KeyRow]:
    for spec in table.specs:
        action = table[spec.name]
        keys = ", ".join(each.toString(_NATIVE) for each in action.shortcuts() if not _has_own_key(each))
        if keys:
            menu = table.menu(spec.menu.partition("/")[0]).title()
            tip = action.toolTip().partition("(")[0].strip()
            yield KeyRow(_bare(menu), _bare(action.text()).rstrip("…"), keys, tip)


def _has_own_key(sequence: QKeySequence) -> bool:
    """Return whether it is one of the keys that are called after what they do, such as “Undo”."""
    # The stubs do not know that a sequence can be indexed.
    key: int = sequence[0].key().value  # type: ignore[index]
    return _FIRST_OWN <= key < _LAST_OWN


def _bare(text: str) -> str:
    """Return a menu's text without the mark of its access key, "(&F)" behind Chinese included."""
    before, sign, after = text.partition("(&")
    if sign and after[1:2] == ")":
        text = before + after[2:]
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class KeysDialog(QDialog):
    """The overview; typing finds, and “Copy” takes what is shown along as text."""

    def __init__(self, rows: list[KeyRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = rows
        self.search = QLineEdit(self, clearButtonEnabled=True)
        self.search.setPlaceholderText(tr("Search keys"))
        self.search.setAccessibleName(tr("Search keys"))
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([tr("What it does"), tr("Keys")])
        self.tree.setAccessibleName(tr("Keys"))
        self.tree.setUniformRowHeights(True)
        self._items: list[tuple[KeyRow, QTreeWidgetItem]] = []
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._fill()
        self.nothing = label(tr("No key has these words."), self, "muted")
        self.nothing.hide()
        self.change = label(tr("The keys of suggestions can be changed in the settings."), self, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        for widget in (self.search, self.tree, self.nothing, self.change, self._buttons()):
            column.addWidget(widget)
        give_size(self, 560, 600)
        self.search.setFocus()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda _checked=False: QApplication.clipboard().setText(self.as_text()))
        for button in buttons.buttons():  # Return in the search field must not close the dialog
            button.setProperty("autoDefault", False)
            button.setProperty("default", False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _fill(self) -> None:
        for row in self.rows:
            if row.group not in self._groups:
                group = QTreeWidgetItem([row.group])
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
                self.tree.addTopLevelItem(group)
                self._groups[row.group] = group
            item = QTreeWidgetItem([row.text, row.keys])
            item.setToolTip(0, row.tip)
            self._groups[row.group].addChild(item)
            self._items.append((row, item))
        self.tree.expandAll()
        self.tree.resizeColumnToContents(0)

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

    def as_text(self) -> str:
        """Return what is shown, a line for each key."""
        shown = [row for row, item in self._items if not item.isHidden()]
        return "\n".join(f"{row.keys}\t{row.text}" for row in shown) + "\n"
