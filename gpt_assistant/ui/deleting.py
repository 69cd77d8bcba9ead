"""The question before something of the writer's is deleted for good; "no" is what a slip of the hand says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import bold


def ask_to_delete(parent: QWidget, title: str, question: str, delete: Callable[[], object]) -> None:
    """Ask; `delete` is called if the answer is yes. Returns at once."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(bold(question))
    box.setInformativeText(tr("This cannot be undone. The documents themselves stay as they are."))
    box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole).clicked.connect(
        lambda _checked=False: delete()
    )
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
