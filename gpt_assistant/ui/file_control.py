"""A setting that names a file: a field for its path, and a button that lets the writer choose it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gpt_assistant.ui.settings_controls import Control, Place
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_width

_WIDTH = 260


def file(place: Place) -> Control:
    """Return a field with a button; the field may also be written in, or emptied."""
    control = FileControl(place)
    return Control(control, control.field.setText)


class FileControl(QWidget):
    """The path of a file."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.parent)
        self._place = place
        name = tr(place.field.metadata["label"])
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.field.editingFinished.connect(lambda: place.change(self.field.text().strip()))
        self.button = QPushButton(tr("Choose…"), self, autoDefault=False)
        self.button.setAccessibleName(tr("Choose: {setting}", setting=name))
        self.button.clicked.connect(lambda _checked=False: self._ask())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        give_width(self, _WIDTH)
        self.setMinimumWidth(0)  # that of its parts
        self.setFocusProxy(self.field)

    def _ask(self) -> None:
        before = Path(self.field.text())
        dialog = QFileDialog(self, tr(self._place.field.metadata["label"]))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if before.parent.is_dir() and before.name:
            dialog.setDirectory(str(before.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._place.change)
        dialog.open()
