"""The list of this session's connections, to be read and copied, with the switch that refuses them all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings, SettingsStore, fields
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label, scaled, table

if TYPE_CHECKING:
    from gpt_assistant.ui.connections import ConnectionRow, Connections

_COUNT = 3  # the column of numbers
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ConnectionsDialog(QDialog):
    """To where, why, when and how often; what comes meanwhile is added."""

    def __init__(self, connections: Connections, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Network connections"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._connections, self._store = connections, store
        self._forget_settings = store.subscribe(self._show_settings)
        self.offline = QCheckBox(tr("Stay offline"), self)
        (declared,) = (field for field in fields() if field.name == "offline")
        self.offline.setToolTip(tr(declared.metadata["help"]))
        self.offline.toggled.connect(self._set_offline)
        self.problem = label("", self, "warning", wrap=True)
        self.problem.hide()
        self.none = label(tr("There were none so far."), self, "muted", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build_list()
        self._lay_out()
        connections.changed.connect(self._fill)
        self._show_settings(store.current)
        self._fill()
        give_size(self, 760, 420)

    def _build_list(self) -> None:
        self.list = table(tr("Network connections"), self)
        self.list.setHeaderLabels([tr("To"), tr("Why"), tr("Last"), tr("Times"), tr("Outcome")])
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, scaled(self, 180))
        self.list.headerItem().setTextAlignment(_COUNT, _NUMBERS)

    def _lay_out(self) -> None:
        told = tr(
            "Every network connection that this program has opened since it was started, and every one that "
            "it was refused. Your text stays on this machine, unless you have switched a server on."
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(label(told, self, wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addWidget(self.offline)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    # -- the list ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        rows = self._connections.rows()
        while self.list.topLevelItemCount() < len(rows):
            self.list.addTopLevelItem(QTreeWidgetItem())
        for number, row in enumerate(rows):
            item = self.list.topLevelItem(number)
            assert item is not None
            for column, text in enumerate(_cells(row)):
                item.setText(column, text)
                item.setToolTip(column, text)
            item.setTextAlignment(_COUNT, _NUMBERS)
        if (first := self.list.topLevelItem(0)) is not None and self.list.currentItem() is None:
            self.list.setCurrentItem(first)
        self.list.setVisible(bool(rows))
        self.copy.setEnabled(bool(rows))
        self.none.setVisible(not rows)

    def as_text(self) -> str:
        """Return what is listed, a line each, its parts with tabs between them."""
        return "".join("\t".join(_cells(row)) + "\n" for row in self._connections.rows())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.as_text())
        self.copy.setText(tr("Copied"))
        QTimer.singleShot(2000, self.copy, lambda: self.copy.setText(tr("&Copy")))

    # -- the switch --------------------------------------------------------------------------------

    def _set_offline(self, on: bool) -> None:
        self.problem.hide()
        try:
            self._store.change(offline=on)
        except OSError as error:  # it counts until the program ends, and is not kept
            self.problem.setText(localised(error))
            self.problem.show()

    def _show_settings(self, settings: Settings) -> None:
        with QSignalBlocker(self.offline):
            self.offline.setChecked(settings.offline)

    def done(self, result: int) -> None:
        """Close, and listen no longer."""
        self._forget_settings()
        super().done(result)


def _cells(row: ConnectionRow) -> tuple[str, ...]:
    host = f"[{row.host}]" if ":" in row.host else row.host
    why = localised(row.why)
    return (
        f"{host}:{row.port}" if row.port else host,
        why[:1].upper() + why[1:],
        time.strftime("%H:%M:%S", time.localtime(row.last)),
        f"{row.count:,}",
        tr("opened") if row.allowed else tr("refused"),
    )
