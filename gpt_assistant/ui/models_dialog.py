"""The models: which are on this machine, which can be had, what they take, and which one is used.

What is fetched goes on when the dialog is closed. Everything shown comes from the model's process by way of
machine.py, so that walking through folders of gigabytes never holds up the window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.engine.messages import ModelInfo
from gpt_assistant.ui.deleting import ask_first
from gpt_assistant.ui.machine import Machine
from gpt_assistant.ui.models_details import ModelDetails
from gpt_assistant.ui.models_words import KINDS, language_names, state_line
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.review_parts import Choice, push_button
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label, scaled, turn_splitter
from gpt_assistant.ui.workbar import WorkBar

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_SOURCE = int(Qt.ItemDataRole.UserRole) + 1
_NARROW = 600  # pixels of the usual font


class ModelsDialog(QDialog):
    """A list of models, filtered, with one of them in detail."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.machine: Machine = window.machine
        self._added = ""
        self._wanted = window.store.current.model  # what is to be chosen in the list when it comes
        self.setWindowTitle(tr("Models"))
        self.setAccessibleName(tr("Models"))
        self.where = Choice(tr("Which models are shown"), self)
        self.kind = Choice(tr("What the models are for"), self)
        self.language = Choice(tr("Which language"), self)
        self._fill_filters()
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Models"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda *_: self._chosen_by_hand())
        self.details = ModelDetails(self.machine, self._use, self._ask_to_delete, self._open_chosen, self)
        self.total = label("", self, "muted", wrap=True)
        self.message = label("", self, "warning", wrap=True)
        self.message.hide()
        self.work = WorkBar(self, wrap=True)  # of what is added and not in the list yet
        self.work.setAccessibleName(tr("Progress of adding"))
        self._lay_out()
        self._connect()
        give_size(self, 860, 600)
        self._fill()
        self.machine.refresh()

    # -- building ----------------------------------------------------------------------------------

    def _fill_filters(self) -> None:
        self.where.fill(
            [(tr("All models"), "all"), (tr("On this machine"), "here"), (tr("Not fetched"), "away")], "all"
        )
        kinds = [(tr(name), kind) for kind, name in KINDS.items() if kind != "completion"]
        self.kind.fill([(tr("For everything"), ""), (tr("completion"), "completion"), *kinds], "")
        self.language.fill([(tr("Any language"), "")], "")

    def _lay_out(self) -> None:
        left, right = QWidget(self), QScrollArea(self, widgetResizable=True)
        filters = QGridLayout()
        filters.setContentsMargins(0, 0, 0, 0)
        filters.addWidget(self.where, 0, 0, 1, 2)
        filters.addWidget(self.kind, 1, 0)
        filters.addWidget(self.language, 1, 1)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addLayout(filters)
        rows.addWidget(self.list, 1)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.setWidget(self.details)
        splitter = self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([scaled(self, 330), scaled(self, 500)])
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(splitter, 1)
        column.addWidget(self.total)
        column.addWidget(self.message)
        column.addWidget(self.work)
        column.addLayout(self._buttons())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details below the list where there is no room beside it."""
        super().resizeEvent(event)
        turn_splitter(self.splitter, self.width(), _NARROW)

    def _buttons(self) -> QHBoxLayout:
        self.add = QPushButton(tr("Add"), self, autoDefault=False)
        self.add.setToolTip(tr("Add a model that is not in the list"))
        menu = QMenu(self.add)
        menu.addAction(tr("GGUF &file…"), self._ask_file)
        menu.addAction(tr("F&older…"), self._ask_folder)
        menu.addAction(tr("From the &hub…"), self._ask_hub)
        self.add.setMenu(menu)
        self.open_folder = push_button(
            tr("Open the folder of models"), tr("Show where the models lie"), self._open_folder, self
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.open_folder)
        row.addStretch(1)
        row.addWidget(buttons)
        return row

    def _connect(self) -> None:
        for choice in (self.where, self.kind, self.language):
            choice.chosen.connect(lambda _value: self._fill())
        self.machine.models_changed.connect(self._fill)
        self.machine.download_changed.connect(self._show_download)
        self.machine.fetched.connect(self._choose)
        self.machine.failed.connect(self._say)
        forget = self._window.store.subscribe(lambda _settings: self._fill())
        self.finished.connect(lambda _result: forget())

    # -- the list ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show the models that the filters let through, with the same one chosen as before."""
        models = self.machine.models
        rows = models.models if models else ()
        self._fill_languages(rows)
        chosen = self._wanted or self._chosen_source()
        self.list.blockSignals(True)
        self.list.clear()
        for row in filter(self._passes, rows):
            item = QListWidgetItem("")
            item.setData(_SOURCE, row.id)
            self.list.addItem(item)
            self._label(item, row)
            if chosen in (row.id, "default" if row.default else row.id):
                self.list.setCurrentItem(item)
                self._wanted = ""
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show_chosen()
        self._show_total(rows)

    def _label(self, item: QListWidgetItem, row: ModelInfo) -> None:
        download = self.machine.downloads.get(row.id)
        if download is not None and not download.problem:
            state = (
                tr("Fetching: {percent:.0f} %", percent=100 * download.fraction)
                if download.fraction >= 0
                else tr("Fetching…")
            )
        else:
            state = state_line(row)
        name = tr("{name} (in use)", name=row.name) if self.machine.in_use(row) else row.name
        item.setText(f"{name}\n{state}")

    def _passes(self, row: ModelInfo) -> bool:
        where = self.where.currentIndex()
        kind, language = self.kind.value(), self.language.value()
        here = (where != 1 or row.installed) and (where != 2 or not row.installed)
        fits = not kind or row.kind == kind or (kind == "completion" and row.kind == "chat")
        return here and fits and (not language or language in row.languages or "many" in row.languages)

    def _fill_languages(self, rows: tuple[ModelInfo, ...]) -> None:
        codes = sorted({code for row in rows for code in row.languages if code != "many"})
        if len(codes) + 1 != self.language.count():
            named = [(language_names((code,)), code) for code in codes]
            self.language.fill([(tr("Any language"), ""), *named], self.language.value())

    def _chosen_source(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_SOURCE)) if item is not None else ""

    def _choose(self, source: str) -> None:
        self._wanted = source  # in the list as soon as that has been asked for again
        self._fill()

    def _chosen_by_hand(self) -> None:
        self._wanted = ""
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.details.show_model(self.machine.info(self._chosen_source()))

    def _show_download(self, source: str) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            row = self.machine.info(source)
            if row is not None and item.data(_SOURCE) == row.id:
                self._label(item, row)
        if source == self._chosen_source():
            self.details.show_download()
        if source == self._added:
            self._show_adding(source)

    def _show_adding(self, source: str) -> None:
        download = self.machine.downloads.get(source)
        if download is None or download.problem:
            self._added = ""
            self.work.end()
            self._say(download.problem if download is not None else "")
            return
        if self.work.isHidden():
            self.work.begin("", lambda: self.machine.stop(source))
        self.work.label.setText(download.text)
        show_fraction(self.work.bar, min(download.fraction, 0.999))

    def _show_total(self, rows: tuple[ModelInfo, ...]) -> None:
        models = self.machine.models
        if models is None:
            self.total.setText(tr("Looking for the models…"))
            return
        taken = sum(row.size for row in rows if row.installed and row.origin != "folder")
        self.total.setText(
            tr(
                "The models here take {taken}; {free} are free in {folder}.",
                taken=said_size(taken),
                free=said_size(models.free),
                folder=models.folder,
            )
        )

    # -- what can be done --------------------------------------------------------------------------

    def _use(self) -> None:
        if (row := self.machine.info(self._chosen_source())) is not None:
            try:
                self.machine.use(row)
            except OSError as error:
                self._say(localised(error))

    def _ask_to_delete(self) -> None:
        if (row := self.machine.info(self._chosen_source())) is None:
            return
        question = tr("Delete {name} from this machine?", name=row.name)
        ask_first(
            self,
            tr("Delete a model"),
            question,
            tr("Delete"),
            lambda: self.machine.remove(row.id),
            details=_lost(row),
        )

    def _open_chosen(self) -> None:
        if (row := self.machine.info(self._chosen_source())) is not None and row.path:
            _show_folder(Path(row.path))

    def _open_folder(self) -> None:
        if self.machine.models is not None:
            _show_folder(Path(self.machine.models.folder))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("Choose a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("GGUF files (*.gguf)"), tr("All files (*)")])
        self._open(dialog)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, tr("Choose the folder of a model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.add_model)
        dialog.open()

    def _ask_hub(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("From the hub"))
        dialog.setLabelText(
            tr("The name of a model on the Hugging Face hub, such as org/name. Its licence is on its page.")
        )
        dialog.setOkButtonText(tr("Fetch"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda text: self.add_model(text.strip()))
        dialog.open()

    def add_model(self, source: str) -> None:
        """Prepare a GGUF file or a folder, or fetch a model of the hub; it is in the list then."""
        if not source:
            return
        path = Path(source)
        if path.is_dir():
            self.machine.added = (*self.machine.added, str(path))
        self._wanted = str(path) if path.exists() else source
        self._say("")
        self._added = source
        self.machine.fetch(source, path.name if path.exists() else source)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))


def _lost(row: ModelInfo) -> str:
    freed = said_size(row.size or row.partial)
    if row.origin == "gguf":
        return tr("{size} are free then. Your own GGUF file stays.", size=freed)
    return tr("{size} are free then. It can be fetched again.", size=freed)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_models(window: MainWindow) -> ModelsDialog:
    """Show the dialog, without waiting for it."""
    dialog = ModelsDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.list.setFocus()
    return dialog
