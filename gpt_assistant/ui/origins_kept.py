"""The documents about which it is remembered who wrote what, for who wants some of it, or all, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.storage.history import UNTITLED
from gpt_assistant.storage.origins import Remembered
from gpt_assistant.ui.deleting import ask_to_delete
from gpt_assistant.ui.history_dialog import describe_time
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label


class OriginsKept(QDialog):
    """The list. `documents` returns what there is; `forget(key)` deletes one of them, all for ""."""

    def __init__(
        self,
        documents: Callable[[], Sequence[Remembered]],
        forget: Callable[[str], object],
        on: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Who wrote what: what is remembered"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._documents, self._forget, self._on = documents, forget, on
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Documents, the latest first"))
        self.list.currentRowChanged.connect(lambda _row: self._update())
        self.note = label("", self, "muted", wrap=True)
        self.delete = push_button(
            tr("Delete…"), tr("Forget who wrote what in this document"), self._ask_one, self
        )
        self.clear = push_button(
            tr("Delete all…"), tr("Forget who wrote what in all documents"), self._ask_all, self
        )
        self._lay_out()
        give_size(self, 520, 400)
        self.refresh()

    def _lay_out(self) -> None:
        about = tr(
            "For each of these documents it is remembered who wrote which part of it, on this machine alone."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(about, self, "muted", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def refresh(self) -> None:
        """Show what there is now."""
        self.list.clear()
        for each in self._documents():
            item = QListWidgetItem(f"{each.title}\n{_where(each)} · {describe_time(each.time)}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            item.setToolTip("" if each.key.startswith(UNTITLED) else each.key)
        if self.list.count():
            self.list.setCurrentRow(0)
        none = tr("Nothing is remembered.")
        off = tr("Who wrote what is not remembered: it is switched off in the settings.")
        self.note.setText("" if self.list.count() else none if self._on else off)
        self._update()

    def _update(self) -> None:
        self.delete.setEnabled(self.list.currentRow() >= 0)
        self.clear.setEnabled(self.list.count() > 0)

    def _ask_one(self) -> None:
        if (item := self.list.currentItem()) is not None:
            title = item.text().partition("\n")[0]
            key = str(item.data(Qt.ItemDataRole.UserRole))
            self._ask(tr("Forget who wrote what in “{title}”?", title=title), key)

    def _ask_all(self) -> None:
        self._ask(tr("Forget who wrote what in all documents?"), "")

    def _ask(self, question: str, key: str) -> None:
        ask_to_delete(self, self.windowTitle(), question, lambda: self._do(key))

    def _do(self, key: str) -> None:
        self._forget(key)
        self.refresh()


def _where(each: Remembered) -> str:
    return tr("Not saved yet") if each.key.startswith(UNTITLED) else str(Path(each.key).parent)
