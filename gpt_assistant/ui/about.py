"""About the program, and the licences of what it is made of, each with its text."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant import __version__
from gpt_assistant.ui.licences import Part, parts
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label


class PartsReader(QThread):
    """Reads what the packages say of themselves: up to a second, when none of it is in memory."""

    read = Signal(list)

    def __init__(self, present: Callable[[], Collection[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._present = present

    def run(self) -> None:
        """Read them all."""
        self.read.emit(parts(self._present()))


class AboutDialog(QDialog):
    """Name, version, promise and licences. `present` names the models that are on this machine."""

    def __init__(self, present: Callable[[], Collection[str]] = tuple, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About GPT Assistant"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.parts: list[Part] = []
        self._add_head()
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels([tr("Part"), tr("Version"), tr("Licence")])
        self.list.setAccessibleName(tr("What it is made of"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.currentItemChanged.connect(lambda item, _before: self._show_text(item))
        self.text = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        self.text.setPlaceholderText(tr("Reading…"))
        self.text.document().setDocumentMargin(9)
        self.text.setAccessibleName(tr("Text of the licence"))
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(9)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.list)
        split.addWidget(self.text)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(label(tr("Made with"), self, "group"))
        column.addWidget(split, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        give_size(self, 560, 600)
        self._reader = PartsReader(present, self)
        self._reader.read.connect(self._fill)
        self._reader.start()

    def _add_head(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(8)
        column.addWidget(label("GPT Assistant", self, "title"))
        column.addWidget(label(tr("Version {version} · Apache-2.0", version=__version__), self, "muted"))
        promise = tr(
            "An editor that writes along with you. The model runs on this machine; your text stays here."
        )
        column.addWidget(label(promise, self, wrap=True))

    def _fill(self, found: list[Part]) -> None:
        self.parts = found
        for number, part in enumerate(found):
            item = QTreeWidgetItem([part.name, part.version, part.licence])
            item.setToolTip(2, part.licence)
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            self.list.addTopLevelItem(item)
        for column in (0, 1):
            self.list.resizeColumnToContents(column)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)

    def _show_text(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.text.setPlainText(self.parts[item.data(0, Qt.ItemDataRole.UserRole)].text())

    def done(self, result: int) -> None:
        """Close once nothing is being read any more."""
        self._reader.wait()
        super().done(result)
