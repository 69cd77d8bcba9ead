"""Settings into a file, and out of one after a look at what would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import SettingsStore
from gpt_assistant.settings.described import shown
from gpt_assistant.settings.store import differences, exported, imported
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.told import mark
from gpt_assistant.ui.settings_controls import choice_name
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label

_FILTER = mark("Settings (*.toml);;All files (*)")
_FILE = "gpt-assistant-settings.toml"

Say = Callable[..., None]
"""Shows one line: a problem, or with `well=True` none."""


def ask_export(store: SettingsStore, say: Say, parent: QWidget) -> None:
    """Ask for a file and write every setting into it; `say` gets one line about what came of it."""

    def write(name: str) -> None:
        path = Path(name)
        try:
            write_atomically(path, exported(store.current).encode())
        except OSError as error:
            say(localised(error))
        else:
            say(tr("The settings are in {name}, without the keys of servers.", name=path.name), well=True)

    dialog = _file_dialog(tr("Export settings"), QFileDialog.AcceptMode.AcceptSave, parent)
    dialog.setDefaultSuffix("toml")
    dialog.selectFile(str(Path.home() / _FILE))
    dialog.fileSelected.connect(write)
    dialog.open()


def ask_import(store: SettingsStore, say: Say, parent: QWidget) -> None:
    """Ask for a file, show what it would change, and change it if the writer agrees."""

    def read(name: str) -> None:
        path = Path(name)
        try:
            values, unknown = imported(path)
        except (OSError, ValueError) as error:
            say(localised(error))
            return
        if not differences(store.current, values):
            same = tr("Nothing in {name} is different from the settings as they are.", name=path.name)
            say(same, well=True)
            return
        say("")
        ImportDialog(store, values, unknown, say, parent).open()

    dialog = _file_dialog(tr("Import settings"), QFileDialog.AcceptMode.AcceptOpen, parent)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(read)
    dialog.open()


def _file_dialog(title: str, mode: QFileDialog.AcceptMode, parent: QWidget) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(Path.home()), tr(_FILTER))
    dialog.setAcceptMode(mode)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


class ImportDialog(QDialog):
    """What a file would change, setting by setting; nothing is changed before “Import”."""

    def __init__(
        self,
        store: SettingsStore,
        values: Mapping[str, Any],
        unknown: list[str],
        say: Say,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import settings"))
        self.setAccessibleName(tr("Import settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store, self._say = store, say
        self._changes = {field.name: new for field, _, new in differences(store.current, values)}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(label(tr("These settings would change:"), self))
        self.tree = self._make_tree(values)
        column.addWidget(self.tree, 1)
        if unknown:
            names = ", ".join(unknown)
            left_out = tr("Not known here, and left out: {names}.", names=names)
            column.addWidget(label(left_out, self, "muted", wrap=True))
        column.addWidget(self._buttons())
        give_size(self, 560, 400)

    def _make_tree(self, values: Mapping[str, Any]) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderLabels([tr("Setting"), tr("Now"), tr("After the import")])
        tree.setAccessibleName(tr("What would change"))
        tree.setRootIsDecorated(False)
        for field, now, new in differences(self._store.current, values):
            words = [tr(field.metadata["label"]), _in_words(field, now), _in_words(field, new)]
            item = QTreeWidgetItem(words)
            item.setToolTip(0, f"{tr(field.metadata['group'])}: {tr(field.metadata['help'])}")
            tree.addTopLevelItem(item)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        take = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setDefault(True)
        buttons.accepted.connect(self._import)
        buttons.rejected.connect(self.reject)
        return buttons

    def _import(self) -> None:
        try:
            self._store.change(**self._changes)
        except (OSError, ValueError) as error:
            self._say(localised(error))
        else:
            self._say(tr("Imported. Settings changed: {count}.", count=len(self._changes)), well=True)
        self.accept()


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    return choice_name(field, value) if field.metadata["names"] else shown(value)
