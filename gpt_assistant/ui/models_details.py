"""What is known of one model, and what can be done with it: the right side of the models' window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from gpt_assistant.engine.messages import ModelInfo
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.machine import Download, Machine
from gpt_assistant.ui.models_words import (
    KINDS,
    ORIGINS,
    language_names,
    memory_line,
    precision_line,
    state_line,
)
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label
from gpt_assistant.ui.workbar import WorkBar

_LEAST = 60  # of a label with long words, such as a path: it is cut rather than the window made wider


class ModelDetails(QWidget):
    """One model. The dialog says what the buttons do."""

    def __init__(
        self,
        machine: Machine,
        use: Callable[[], object],
        delete: Callable[[], object],
        open_folder: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._machine = machine
        self._row: ModelInfo | None = None
        self.title = label("", self, "title", wrap=True)
        self.title.setMinimumWidth(_LEAST)
        self.good_for = label("", self, wrap=True)
        self.facts: dict[str, QLabel] = {}
        self.terms = label("", self, "muted", wrap=True)
        self.accept = QCheckBox(tr("I accept these terms"), self)
        self.accept.toggled.connect(lambda _on: self._show_buttons())
        self.work = WorkBar(self, wrap=True)
        self.work.setAccessibleName(tr("Progress of fetching"))
        self.work.label.setMinimumWidth(_LEAST)
        self.problem = label("", self, "warning", wrap=True)
        self.fetch = push_button(tr("Fetch"), tr("Fetch this model"), self._fetch, self)
        self.use = push_button(tr("Use it"), tr("Complete and write with this model"), use, self)
        self.delete = push_button(tr("Delete…"), tr("Delete this model from this machine"), delete, self)
        self.folder = push_button(tr("Open folder"), tr("Show where it lies"), open_folder, self)
        self._lay_out()
        self.show_model(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 2, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.good_for)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(4)
        for key, name in _facts():
            value = label("", self, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(name)
            value.setMinimumWidth(_LEAST)
            self.facts[key] = value
            form.addRow(label(name, self, "muted"), value)
        self._form = form
        column.addLayout(form)
        column.addWidget(self.terms)
        column.addWidget(self.accept)
        column.addWidget(self.problem)
        column.addWidget(self.work)
        row = QWidget(self)
        buttons = FlowLayout(row)
        buttons.setContentsMargins(0, 6, 0, 0)
        for button in (self.fetch, self.use, self.delete, self.folder):
            buttons.addWidget(button)
        column.addWidget(row)
        column.addStretch(1)

    def show_model(self, row: ModelInfo | None) -> None:
        """Show a model, or nothing."""
        if row is None or self._row is None or row.id != self._row.id:
            self.accept.setChecked(False)
        self._row = row
        self.title.setText(row.name if row else "")
        self.good_for.setText(tr(row.good_for) if row and row.good_for else "")
        self.good_for.setVisible(bool(row and row.good_for))
        values = self._values(row) if row else {}
        for key, shown in self.facts.items():
            shown.setText(values.get(key, ""))
            self._form.setRowVisible(shown, bool(values.get(key)))
        self._show_terms(row)
        self._show_buttons()
        self.show_download()

    def _values(self, row: ModelInfo) -> dict[str, str]:
        models = self._machine.models
        return {
            "kind": tr(KINDS[row.kind]),
            "languages": language_names(row.languages),
            "state": state_line(row),
            "memory": memory_line(row, self._machine.precision, models) if models else "",
            "precisions": precision_line(row),
            "parameters": tr("{millions:.0f} million", millions=row.parameters / 1e6)
            if row.parameters
            else "",
            "licence": row.licence,
            "origin": f"{tr(ORIGINS.get(row.origin, row.origin))}: {row.source}",
            "path": row.path,
        }

    def _show_terms(self, row: ModelInfo | None) -> None:
        wanted = row is not None and bool(row.terms)
        self.terms.setText(row.terms if row is not None else "")
        self.terms.setVisible(wanted)
        self.accept.setVisible(wanted and row is not None and not row.accepted and not row.installed)

    def _show_buttons(self) -> None:
        row, fetched = self._row, self.fetch.hasFocus()
        fetching = row is not None and self._machine.running(row.id)
        asked = row is not None and bool(row.terms) and not row.accepted and not self.accept.isChecked()
        to_fetch = row is not None and not row.installed and not fetching
        self.fetch.setVisible(to_fetch)
        self.fetch.setEnabled(not asked)
        if row is not None and to_fetch:
            self.fetch.setText(_fetch_text(row))
        used = row is not None and self._machine.in_use(row)
        loads = row is not None and row.kind in ("completion", "chat")
        self.use.setVisible(row is not None and row.installed and loads)
        self.use.setEnabled(not used)
        self.use.setText(tr("In use") if used else tr("Use it"))
        ours = row is not None and row.origin != "folder"
        self.delete.setVisible(
            row is not None and ours and (row.installed or row.partial > 0) and not fetching
        )
        self.delete.setEnabled(not used)
        self.folder.setVisible(row is not None and bool(row.path))
        if fetched and self.fetch.isHidden():
            self.use.setFocus()

    def show_download(self) -> None:
        """Show how far the model is, if it is being fetched, and why it is not here, if that failed."""
        row = self._row
        download = self._machine.downloads.get(row.id) if row is not None else None
        running = download is not None and not download.problem
        if running and download is not None:
            self._show_running(download)
        stopping = self.work.button.hasFocus() and not running
        self.problem.setText(download.problem if download is not None else "")
        self.problem.setVisible(bool(self.problem.text()))
        self._show_buttons()
        if stopping:  # the keyboard would go to what deletes
            self.fetch.setFocus()
        if not running and not self.work.isHidden():
            self.work.end()

    def _show_running(self, download: Download) -> None:
        if self.work.isHidden():
            self.work.begin("", lambda: self._machine.stop(download.source))
        self.work.label.setText(download.text)
        show_fraction(self.work.bar, min(download.fraction, 0.999))

    def _fetch(self) -> None:
        if (row := self._row) is not None:
            self._machine.fetch(row.id, row.name, self.accept.isChecked())
            self.show_download()
            if self.work.isVisible():
                self.work.button.setFocus()


def _facts() -> tuple[tuple[str, str], ...]:
    return (
        ("kind", tr("Made for")),
        ("languages", tr("Languages")),
        ("state", tr("Where")),
        ("memory", tr("Memory")),
        ("precisions", tr("By number format")),
        ("parameters", tr("Weights")),
        ("licence", tr("Licence")),
        ("origin", tr("From")),
        ("path", tr("Folder")),
    )


def _fetch_text(row: ModelInfo) -> str:
    if row.origin == "bundled":
        return tr("Prepare")
    if row.partial:
        return tr("Go on fetching")
    return tr("Fetch ({size})", size=said_size(row.download))
