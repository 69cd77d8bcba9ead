"""The question before something of the writer's goes for good; "no" is what a slip of the hand says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import bold


def ask_first(
    parent: QWidget, title: str, question: str, answer: str, do: Callable[[], object], *, details: str = ""
) -> None:
    """Ask; `do` is called if the writer chooses the button `answer`. Returns at once."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(bold(question))
    box.setInformativeText(details)
    yes = box.addButton(answer, QMessageBox.ButtonRole.DestructiveRole)
    yes.clicked.connect(lambda _checked=False: do())
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def ask_to_delete(parent: QWidget, title: str, question: str, delete: Callable[[], object]) -> None:
    """Ask; `delete` is called if the answer is yes. Returns at once."""
    details = tr("This cannot be undone. The documents themselves stay as they are.")
    ask_first(parent, title, question, tr("Delete"), delete, details=details)
