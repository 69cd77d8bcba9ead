"""Measures the models of this machine on the writer's texts, and says which of them to use, and why.

Everything is computed in other processes (measuring_run.py), on copies of the texts, so that the writer may
go on with them meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
)

from gpt_assistant.engine.messages import ModelInfo
from gpt_assistant.storage.decoding import decode_parts
from gpt_assistant.text.measured import Candidate, Measured, recommend
from gpt_assistant.ui.machine import Machine
from gpt_assistant.ui.measuring_run import MeasuringRun
from gpt_assistant.ui.measuring_table import MeasuringTable
from gpt_assistant.ui.review_parts import ProgressRow, push_button
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import bold, give_size, label

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_LARGEST = 20_000_000  # bytes of a file
_LEAST = 400  # characters, or there is nothing to type behind something
_MOST = 400_000  # of each text: the last ones
_SECONDS = 60
_KINDS = ("completion", "chat")
_FORMATS = ("int8", "int4")
_TICK_MS = 500
_CHECKED = Qt.CheckState.Checked


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    text: str


class MeasuringDialog(QDialog):
    """Texts and models to choose, a table that fills, a sentence at the end, a button that does it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.machine: Machine = window.machine
        self.setWindowTitle(tr("Measure on my documents"))
        self.setAccessibleName(tr("Measure on my documents"))
        self._files: list[_Text] = []
        self._run: MeasuringRun | None = None
        self._recommended: Measured | None = None
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._make_choices()
        self._make_results()
        self._lay_out()
        self._fill_texts()
        self._fill_models()
        self.machine.models_changed.connect(self._fill_models)
        self.machine.devices_changed.connect(self._fill_models)
        window.closing.connect(self.stop)
        self.machine.refresh()
        give_size(self, 820, 640)
        self._update()

    # -- building ----------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        self.texts = self._list(tr("Texts"))
        self.models = self._list(tr("Models on this machine"))
        self.add = push_button(tr("Add files…"), tr("Choose files to measure on"), self._ask_files, self)
        self.formats = QCheckBox(tr("Each in 8 and in 4 bits too"), self)
        self.formats.toggled.connect(lambda _on: self._update())
        self.devices = QCheckBox(tr("Each on every device"), self)
        self.devices.toggled.connect(lambda _on: self._update())
        self.seconds = QSpinBox(self, minimum=15, maximum=1800, singleStep=15, value=_SECONDS)
        self.seconds.setSuffix(tr(" s"))
        self.seconds.setAccessibleName(tr("Seconds for each model"))
        self.seconds.valueChanged.connect(lambda _value: self._update())
        self.takes = label("", self, "muted", wrap=True)

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemChanged.connect(lambda _item: self._update())
        return made

    def _make_results(self) -> None:
        self.table = MeasuringTable(self)
        self.verdict = label("", self, wrap=True)
        self.verdict.setTextFormat(Qt.TextFormat.RichText)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict.hide()
        self.problem = label("", self, "warning", wrap=True)
        self.problem.hide()
        self.progress = ProgressRow(self.stop, self)
        self.progress.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self.measure = push_button(tr("&Measure"), tr("Measure the models chosen"), self.start, self)
        self.use = push_button(
            tr("&Use this model"), tr("Use the model that is recommended"), self._use, self
        )
        self.use.hide()
        self._row = QHBoxLayout()
        self._row.addWidget(self.measure)
        self._row.addWidget(self.use)
        self._row.addStretch(1)
        self._row.addWidget(buttons)

    def _lay_out(self) -> None:
        said = tr(
            "The models type pieces of your texts behind what stands before them. You see how many keys each "
            "would have saved you, on this machine. Your texts stay here, and you can go on writing."
        )
        choices = QGridLayout()
        choices.setHorizontalSpacing(16)
        for place, (name, shown) in enumerate(((tr("&Texts"), self.texts), (tr("M&odels"), self.models))):
            heading = label(name, self, "group")
            heading.setBuddy(shown)
            choices.addWidget(heading, 0, place)
            choices.addWidget(shown, 1, place)
        choices.addWidget(self.add, 2, 0, Qt.AlignmentFlag.AlignLeft)
        more = QVBoxLayout()
        more.setSpacing(8)
        more.addWidget(self.formats)
        more.addWidget(self.devices)
        choices.addLayout(more, 2, 1)
        time = QHBoxLayout()
        heading = label(tr("Time for &each"), self)
        heading.setBuddy(self.seconds)
        time.addWidget(heading)
        time.addWidget(self.seconds)
        time.addWidget(self.takes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(label(said, self, wrap=True))
        column.addLayout(choices, 2)
        column.addLayout(time)
        column.addWidget(self.table, 3)
        column.addWidget(self.verdict)
        column.addWidget(self.problem)
        column.addWidget(self.progress)
        column.addLayout(self._row)

    # -- what there is to choose -------------------------------------------------------------------

    def _fill_texts(self) -> None:
        chosen = self._checked(self.texts)
        self.texts.clear()
        current = self._window.current_document()
        for document in self._window.documents():
            text = document.editor.toPlainText()
            if len(text) >= _LEAST:
                on = document is current or document.title in chosen
                self._add_text(_Text(document.title, text), on)
        for found in self._files:
            self._add_text(found, True)

    def _add_text(self, found: _Text, on: bool) -> None:
        count = tr("{n:,} characters", n=len(found.text))
        item = _checkable(f"{found.name} · {count}", on)
        item.setData(Qt.ItemDataRole.UserRole, found)
        self.texts.addItem(item)

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Choose texts"))
        for name in names:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Offer the text in a file, or say why it cannot be had."""
        try:
            if path.stat().st_size > _LARGEST:
                raise OSError(tr("{file} is too large: choose a shorter text.", file=path.name))
            text = "".join(decode_parts(path.read_bytes()).parts)
        except OSError as error:
            self._say(localised(error))
            return
        if len(text) < _LEAST:
            self._say(tr("{file} is too short: some paragraphs are needed.", file=path.name))
            return
        self._say("")
        self._files.append(_Text(path.name, text))
        self._add_text(self._files[-1], True)
        self._update()

    def _fill_models(self) -> None:
        if self._run is not None and self._run.running:
            return
        known = self.machine.models
        rows = [row for row in (known.models if known else ()) if row.installed and row.kind in _KINDS]
        before = self._checked(self.models)
        self.models.clear()
        for row in rows:
            self._add_model(row, known.available if known else 0, not before or row.name in before)
        devices = self.machine.devices
        self.devices.setVisible(devices is not None and len(devices.devices) > 1)
        self._update()

    def _add_model(self, row: ModelInfo, available: int, on: bool) -> None:
        needed = dict(row.memory).get(self._window.store.current.dtype, 0)
        fits = not available or needed <= available
        size = tr("about {size} of memory", size=said_size(needed)) if needed else said_size(row.size)
        line = f"{row.name} · {size}" if fits else tr("{name} · {size}, too much", name=row.name, size=size)
        item = _checkable(line, on and fits)
        item.setData(Qt.ItemDataRole.UserRole, row)
        self.models.addItem(item)

    def _checked(self, shown: QListWidget) -> set[str]:
        return {found.name for found in _chosen(shown)}

    def candidates(self) -> list[Candidate]:
        """Return what is chosen to be measured."""
        settings = self._window.store.current
        devices = [settings.device]
        if self.devices.isChecked() and self.machine.devices is not None:
            devices = [device.id for device in self.machine.devices.devices]
        return [
            Candidate(row.name, "default" if row.default else row.id, device, form)
            for row in _chosen(self.models)
            for device in devices
            for form in (settings.dtype, *(self._other_formats(row) if self.formats.isChecked() else ()))
        ]

    def _other_formats(self, row: ModelInfo) -> list[str]:
        """Return the packed formats that are not what the model is in by the setting anyway."""
        memory, own = dict(row.memory), self._window.store.current.dtype
        return [form for form in _FORMATS if form != own and memory.get(form) != memory.get(own, -1)]

    # -- measuring ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Measure what is chosen."""
        self._say("")
        self.verdict.hide()
        self.use.hide()
        texts = [found.text[-_MOST:] for found in _chosen(self.texts)]
        if self._run is not None:
            self._run.deleteLater()
        self._run = MeasuringRun(
            texts, self.candidates(), self._window.store.current, self.seconds.value(), self
        )
        self._run.changed.connect(self._show_row)
        self._run.ended.connect(self._ended)
        self.table.begin(self._run.rows)
        self._run.start()
        self._tick.start()
        self._show_progress()
        self._update()
        self.progress.cancel.setFocus()

    def stop(self) -> None:
        """End measuring; what was found so far stays in the table."""
        if self._run is not None:
            self._run.stop()

    def _show_row(self, number: int) -> None:
        assert self._run is not None
        self.table.show_row(number, self._run.rows[number], number == self._run.at)

    def _show_progress(self) -> None:
        run = self._run
        if run is None or not run.running:
            return
        self.progress.show_at(
            tr(
                "{name}, {number} of {count}",
                name=run.rows[run.at].name,
                number=run.at + 1,
                count=len(run.rows),
            ),
            run.fraction,
            run.seconds_left,
        )

    def _ended(self) -> None:
        assert self._run is not None
        self._tick.stop()
        self.table.end(self._run.rows)
        found = recommend([row for row in self._run.rows if row.places or row.problem])
        if any(row.places or row.problem for row in self._run.rows):
            self.verdict.setText(bold(localised(found.why)))
            self.verdict.setAccessibleName(localised(found.why))
            self.verdict.show()
        self._recommended = found.row
        self.table.mark(self._run.rows.index(found.row) if found.row is not None else -1)
        self._update()
        (self.use if self.use.isVisibleTo(self) else self.measure).setFocus()

    def _use(self) -> None:
        if self._recommended is None:
            return
        try:
            self._window.store.change(**self._recommended.candidate.settings())
        except OSError as error:
            self._say(localised(error))
            return
        self.accept()

    def _update(self) -> None:
        """Enable what makes sense, and say how long it will take."""
        running = self._run is not None and self._run.running
        count = len(self.candidates())
        for widget in (self.texts, self.models, self.add, self.formats, self.devices, self.seconds):
            widget.setEnabled(not running)
        self.measure.setEnabled(not running and bool(count) and bool(_chosen(self.texts)))
        self.measure.setVisible(not running)
        self.progress.setVisible(running)
        found = self._recommended if not running and self.verdict.isVisibleTo(self) else None
        self.use.setVisible(found is not None)
        self.use.setEnabled(found is not None and not self._in_use(found))
        self.takes.setText(self._said_of(count))

    def _said_of(self, count: int) -> str:
        if not self.texts.count():
            return tr("Open a document of some paragraphs, or add a file.")
        if not self.models.count():
            return tr("There is no model on this machine yet.")
        if not count:
            return tr("Choose a model.")
        minutes = max(1, round(count * self.seconds.value() / 60))
        return tr("{count} to measure, about {minutes} min", count=count, minutes=minutes)

    def _in_use(self, row: Measured) -> bool:
        current = self._window.store.current
        return all(getattr(current, name) == value for name, value in row.candidate.settings().items())

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def done(self, result: int) -> None:
        """End what is being measured with the dialog."""
        self.stop()
        super().done(result)


def _checkable(text: str, on: bool) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    item.setToolTip(text)
    return item


def _chosen(shown: QListWidget) -> list[Any]:
    """Return what the checked lines stand for."""
    items = [shown.item(number) for number in range(shown.count())]
    return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is _CHECKED]


def open_measuring(window: MainWindow) -> MeasuringDialog:
    """Show the dialog beside the window, in which the writer may go on."""
    dialog = MeasuringDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.NonModal)
    dialog.show()
    dialog.measure.setFocus()
    return dialog
