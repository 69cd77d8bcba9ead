"""Asks in which format, on which paper, and then for the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.export.structure import PAPER_SIZES
from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import label, scaled

# What is offered, and for what: the name of a format's files, and its explanation.
FORMATS = {
    "pdf": (mark("PDF"), mark("Pages as they are printed, for reading on any machine.")),
    "docx": (mark("Word (DOCX)"), mark("To go on writing in Word or another word processor.")),
    "odt": (mark("OpenDocument (ODT)"), mark("To go on writing in LibreOffice.")),
    "html": (mark("Web page (HTML)"), mark("One file for a browser, with its images in it.")),
}


class ExportDialog(QDialog):
    """`chosen(format, file)` when both are known; format and paper are remembered."""

    chosen = Signal(str, str)

    def __init__(
        self, store: SettingsStore, path: Path | None, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._start = path.with_suffix("") if path else Path.home() / title
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(scaled(self, 380))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(12)
        self.form = QFormLayout()
        self.form.setVerticalSpacing(8)
        self._add_controls()
        column.addLayout(self.form)
        self.explanation = label("", self, "muted", wrap=True)
        column.addWidget(self.explanation)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton(tr("&Choose file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self._ask_file)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._format_changed()

    def _add_controls(self) -> None:
        settings = self._store.current
        self.format = QComboBox(self)
        for kind, (name, _) in FORMATS.items():
            self.format.addItem(tr(name), kind)
        self.format.setCurrentIndex(list(FORMATS).index(settings.export_format))
        self.format.currentIndexChanged.connect(self._format_changed)
        self.paper = QComboBox(self)
        self.paper.addItem(tr("Like the system"), "system")
        for size in PAPER_SIZES:
            self.paper.addItem(size, size)
        self.paper.setCurrentIndex(self.paper.findData(settings.paper))
        self.margin = QSpinBox(self, minimum=5, maximum=60, value=settings.page_margin, suffix=tr(" mm"))
        for text, name, control in (
            (tr("&Format:"), tr("Format"), self.format),
            (tr("&Paper:"), tr("Paper"), self.paper),
            (tr("&Margins:"), tr("Margins"), self.margin),
        ):
            row = label(text, self)
            row.setBuddy(control)
            control.setAccessibleName(name)
            self.form.addRow(row, control)

    @property
    def kind(self) -> str:
        """Return the format that is chosen."""
        return str(self.format.currentData())

    def choose(self, kind: str) -> None:
        """Choose the format `kind`."""
        self.format.setCurrentIndex(self.format.findData(kind))

    def _format_changed(self) -> None:
        self.explanation.setText(tr(FORMATS[self.kind][1]))
        for control in (self.paper, self.margin):
            control.setEnabled(self.kind != "html")

    def _ask_file(self) -> None:
        try:
            self._store.change(
                export_format=self.kind, paper=self.paper.currentData(), page_margin=self.margin.value()
            )
        except OSError as error:  # only the choice is forgotten
            self.explanation.setText(localised(error))
        dialog = QFileDialog(self, tr("Export"), str(self._start.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{tr(name)} (*.{kind})" for kind, (name, _) in FORMATS.items()])
        dialog.selectNameFilter(f"{tr(FORMATS[self.kind][0])} (*.{self.kind})")
        dialog.setDefaultSuffix(self.kind)
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(_suffix_in(text)))
        dialog.selectFile(f"{self._start.name}.{self.kind}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    def _file_chosen(self, name: str) -> None:
        """Take the format that the name ends in, where it is one of them."""
        ending = Path(name).suffix.lower().removeprefix(".")
        self.accept()
        self.chosen.emit(ending if ending in FORMATS else self.kind, name)


def _suffix_in(name_filter: str) -> str:
    return next(kind for kind in FORMATS if f"*.{kind})" in name_filter)
