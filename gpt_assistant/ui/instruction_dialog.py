"""Asks for an instruction of the writer's own, and saves it under a name if she gives one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.storage.instructions import Instructions
from gpt_assistant.text.told import mark, said
from gpt_assistant.ui.asking import instructed
from gpt_assistant.ui.review_parts import Choice, push_button
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label

_NEW = mark("A new one")


class InstructionDialog(QDialog):
    """An instruction, a name to save it under, and those saved before. `asked(ask)` when it is to be used."""

    asked = Signal(object)

    def __init__(self, stored: Instructions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Rewrite by your own instruction"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stored = stored
        self.saved = Choice(tr("Saved instructions"), self)
        self.saved.chosen.connect(self._show)
        self.remove = push_button(tr("Delete"), tr("Delete this saved instruction"), self._remove, self)
        self.text = QLineEdit(self, placeholderText=tr("Rewrite this as a …"), maxLength=2000)
        self.text.setAccessibleName(tr("Instruction"))
        self.text.textChanged.connect(self._check)
        self.name = QLineEdit(self, placeholderText=tr("Leave it empty to use it once"), maxLength=80)
        self.name.setAccessibleName(tr("Name to save it under"))
        self.problem = label("", self, "warning", wrap=True)
        self.problem.hide()
        self.go = QPushButton(tr("Rewrite"), self)
        self._lay_out()
        self._fill("")
        self._check()
        self.text.setFocus()
        give_size(self, 480, 0)

    def _lay_out(self) -> None:
        saved = QHBoxLayout()
        saved.setSpacing(8)
        saved.addWidget(self.saved, 1)
        saved.addWidget(self.remove)
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        grid.addWidget(label(tr("Saved"), self), 0, 0)
        grid.addLayout(saved, 0, 1)
        grid.addWidget(label(tr("Instruction"), self), 1, 0)
        grid.addWidget(self.text, 1, 1)
        grid.addWidget(label(tr("Save as"), self), 2, 0)
        grid.addWidget(self.name, 2, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(14)
        rows.addLayout(grid)
        rows.addWidget(self.problem)
        rows.addWidget(buttons)

    def _fill(self, current: str) -> None:
        names = list(self._stored.all())
        self.saved.fill([(tr(_NEW), ""), *((name, name) for name in names)], current)
        self.saved.setEnabled(bool(names))
        self.remove.setEnabled(bool(current))

    def _show(self, name: str) -> None:
        self.text.setText(self._stored.all().get(name, ""))
        self.name.setText(name)
        self.remove.setEnabled(bool(name))

    def _check(self) -> None:
        self.go.setEnabled(bool(self.text.text().strip()))

    def _remove(self) -> None:
        try:
            self._stored.remove(self.name.text())
        except (KeyError, OSError) as error:
            self._say(tr("It could not be deleted: {why}", why=said(error)))
        self.name.clear()
        self._fill("")

    def _accept(self) -> None:
        text, name = self.text.text().strip(), self.name.text().strip()
        if not text:
            return
        if name:
            try:
                self._stored.add(name, text)
            except OSError as error:
                self._say(tr("It could not be saved: {why}", why=said(error)))
                return
        self.accept()
        self.asked.emit(instructed(text, name))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
