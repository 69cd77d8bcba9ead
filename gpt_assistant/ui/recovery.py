"""Offers back what was not saved when the program ended."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.storage.recovery import LostDocument
from gpt_assistant.text.words import count_words
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label

_PREVIEW = 2000
_COUNTED = 1_000_000


class RecoveryDialog(QDialog):
    """Lists unsaved documents. Closing it any other way than by its buttons leaves them for next time."""

    restore = Signal(list)  # of LostDocument
    discard = Signal(list)
    later = Signal()

    def __init__(self, documents: tuple[LostDocument, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Unsaved work was found"))
        self.setAccessibleName(tr("Unsaved work"))
        self._documents = documents
        self._answered = False
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Unsaved documents; Space ticks them"))
        self.preview = QPlainTextEdit(self, readOnly=True)
        self.preview.document().setDocumentMargin(9)
        self.preview.setAccessibleName(tr("The end of the text"))
        self._fill()
        self._lay_out()
        give_size(self, 560, 460)

    def _fill(self) -> None:
        for document in self._documents:
            item = QListWidgetItem(describe(document))
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(document.meta.path)
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._show_preview)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(tr("The program ended before these were saved"), self, "title", wrap=True))
        column.addWidget(label(tr("Restoring changes no file until you save."), self, "muted"))
        column.addWidget(self.list, 1)
        column.addWidget(self.preview, 1)
        roles = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox(self)
        restore = self.buttons.addButton(tr("Restore"), roles.AcceptRole)
        later = self.buttons.addButton(tr("Not now"), roles.RejectRole)
        discard = self.buttons.addButton(tr("Delete…"), roles.DestructiveRole)
        restore.setDefault(True)
        restore.clicked.connect(self._restore)
        later.clicked.connect(self.reject)
        discard.clicked.connect(self._ask_discard)
        column.addWidget(self.buttons)

    def chosen(self) -> list[LostDocument]:
        """Return the documents that are ticked."""
        ticked = Qt.CheckState.Checked
        rows = range(self.list.count())
        return [self._documents[row] for row in rows if self.list.item(row).checkState() == ticked]

    def _show_preview(self, row: int) -> None:
        if 0 <= row < len(self._documents):
            self.preview.setPlainText(self._documents[row].text[-_PREVIEW:])
            bar = self.preview.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _restore(self) -> None:
        self._answered = True
        self.restore.emit(self.chosen())
        self.accept()

    def _ask_discard(self) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        buttons = QMessageBox.StandardButton
        what = (
            tr("“{title}”", title=chosen[0].meta.title)
            if len(chosen) == 1
            else tr("{n} documents", n=len(chosen))
        )
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            tr("Delete unsaved work"),
            tr("Delete the unsaved work in {what}? This cannot be undone.", what=what),
            buttons.Cancel,
            self,
        )
        box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole).clicked.connect(
            lambda: self._discard(chosen)
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _discard(self, chosen: list[LostDocument]) -> None:
        self._answered = True
        self.discard.emit(chosen)
        self.accept()

    def done(self, result: int) -> None:
        """Closing without an answer keeps everything."""
        super().done(result)
        if not self._answered:
            self._answered = True
            self.later.emit()


def describe(document: LostDocument) -> str:
    """Return one line: name, folder, when, how much."""
    meta = document.meta
    changed_at = QDateTime.fromSecsSinceEpoch(int(meta.changed))
    when = QLocale().toString(changed_at, QLocale.FormatType.ShortFormat)
    words = (
        tr("{n:,} words", n=count_words(document.text))
        if len(document.text) < _COUNTED
        else tr("a long text")
    )
    name = meta.title
    if meta.path:
        name = tr("{title} in {folder}", title=meta.title, folder=str(Path(meta.path).parent))
    parts = [name, when, words]
    if document.file_changed:
        parts.append(tr("the file was changed since"))
    return " · ".join(parts)
