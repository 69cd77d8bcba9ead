"""What the File menu does: opening, saving and closing, with every question asked without blocking.

A question is a dialog shown with `open()`; what follows from the answer is a callback. Nothing here
waits in an event loop of its own, so it is safe to call from a slot of an asynchronous program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gpt_assistant.storage.history_base import AUTOSAVED
from gpt_assistant.storage.textfile import EncodingError
from gpt_assistant.text.told import mark
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import bold

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

FILTERS = mark("Text and Markdown (*.txt *.md *.markdown *.text);;All files (*)")
_LARGEST_KEPT = 100_000_000  # bytes of a file that is replaced
Done = Callable[[bool], object]
Buttons = QMessageBox.StandardButton


def _ignore(_done: bool) -> None:
    return


def _proposed_name(document: Document) -> str:
    """Return where “Save as” begins."""
    if document.path is None:
        return f"{document.title}.md"
    return str(document.path)


class FileCommands(QObject):
    """The file commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.folder = ""

    # -- opening -----------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Let the writer choose files to open."""
        dialog = self._file_dialog(tr("Open"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open_all([Path(name) for name in names]))
        dialog.open()

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open each of `paths`."""
        for path in paths:
            self._window.open_path(path)

    def reload(self, document: Document) -> None:
        """Take the text from disk again; as a change that undo takes back."""
        if document.path is None:
            return
        try:
            document.reload()
        except OSError as error:
            self._window.status.show_problem(localised(error), lambda: self.reload(document))

    # -- saving ------------------------------------------------------------------------------------

    def save(self, document: Document, done: Done = _ignore) -> None:
        """Save `document`, asking for a name or about a conflict where needed; `done` gets success."""
        if document.loading:
            document.problem.emit(
                tr("{title} is still being opened. Try again when all of it is there.", title=document.title)
            )
            done(False)
        elif document.path is None:
            self.save_as(document, done)
        elif document.path.exists() and document.changed_on_disk():
            self._ask_overwrite(document, done)
        else:
            self._write(document, document.path, done)

    def save_as(self, document: Document, done: Done = _ignore) -> None:
        """Ask for a name and save under it."""
        dialog = self._file_dialog(tr("Save as"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.selectFile(_proposed_name(document))
        dialog.fileSelected.connect(lambda name: self._write(document, Path(name), done))
        dialog.rejected.connect(lambda: done(False))
        self._window.show_document(document)
        dialog.open()

    def save_all(self, documents: Sequence[Document], done: Done = _ignore) -> None:
        """Save each modified one of `documents`, one after the other; stops at the first that fails."""
        rest = [document for document in documents if document.unsaved]
        if not rest:
            done(True)
            return
        # All again: while a large one was written, more was typed.
        self.save(rest[0], lambda saved: self.save_all(rest, done) if saved else done(False))

    def save_quietly(self, document: Document, then: Callable[[str], object]) -> None:
        """Save `document` to its file without a question; `then` gets why it could not be, "" if it was."""
        assert document.path is not None

        def written(error: Exception | None) -> None:
            if error is None:
                self._window.document_saved(document)
            then("" if error is None else localised(error))

        document.write(document.path, written, reason=AUTOSAVED)

    def _write(self, document: Document, path: Path, done: Done, encoding: str = "") -> None:
        self._keep_what_is_there(document, path)
        document.write(path, lambda error: self._written(document, path, done, error), encoding)

    def _written(self, document: Document, path: Path, done: Done, error: Exception | None) -> None:
        if isinstance(error, EncodingError):
            self._ask_utf8(document, path, localised(error), done)
            return
        if error is not None:
            self._window.status.show_problem(
                localised(error),
                lambda: self.save(document),
                other=(tr("Save as…"), lambda: self.save_as(document)),
            )
            done(False)
            return
        self._window.status.clear_problem()
        self._window.document_saved(document)
        done(True)

    def _keep_what_is_there(self, document: Document, path: Path) -> None:
        """Keep a version of a file that is replaced although it is not what this document began from."""
        try:
            other = path != document.path or document.changed_on_disk()
            if other and path.exists() and path.stat().st_size < _LARGEST_KEPT:
                self._window.keeping.keep_bytes(path, path.read_bytes())
        except OSError:
            return  # what cannot be read cannot be kept; saving tells what is wrong

    def _ask_overwrite(self, document: Document, done: Done) -> None:
        path = document.path
        assert path is not None
        box = self._box(
            tr("The file was changed by another program"),
            tr(
                "{title} is not as it was when you opened it. Saving replaces what is there.",
                title=document.title,
            ),
        )
        replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        other = box.addButton(tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        compare = box.addButton(tr("Show changes…"), QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(compare)
        compare.clicked.connect(lambda: self._compare(document, done))
        replace.clicked.connect(lambda: self._write(document, path, done))
        other.clicked.connect(lambda: self.save_as(document, done))
        box.rejected.connect(lambda: done(False))
        box.open()

    def _compare(self, document: Document, done: Done) -> None:
        document.compare_with_file.emit()
        done(False)

    def _ask_utf8(self, document: Document, path: Path, problem: str, done: Done) -> None:
        box = self._box(tr("The text does not fit the encoding"), problem)
        convert = box.addButton(tr("Save as UTF-8"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(convert)
        convert.clicked.connect(lambda: self._write(document, path, done, "utf-8"))
        box.rejected.connect(lambda: done(False))
        box.open()

    # -- closing -----------------------------------------------------------------------------------

    def ask_to_close(self, documents: Sequence[Document], then: Done) -> None:
        """Ask about unsaved work in `documents`; `then(True)` when they may go, `then(False)` if not."""
        unsaved = [document for document in documents if document.unsaved]
        if not unsaved:
            then(True)
            return
        self._window.show_document(unsaved[0])
        names = "\n".join(f"•  {document.title}" for document in unsaved[:12])
        one = len(unsaved) == 1
        one_title = tr("Save “{title}”?", title=unsaved[0].title)
        box = self._box(
            one_title if one else tr("Save {n} documents?", n=len(unsaved)),
            tr("Changes that are not saved will be lost.") + ("" if one else f"\n\n{names}"),
        )
        save, discard = box.addButton(Buttons.Save), box.addButton(Buttons.Discard)
        box.setDefaultButton(save)
        save.clicked.connect(lambda: self.save_all(unsaved, then))
        discard.clicked.connect(lambda: then(True))
        box.rejected.connect(lambda: then(False))
        box.open()

    # -- dialogs -----------------------------------------------------------------------------------

    def _box(self, title: str, text: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(title)
        box.setText(bold(title))
        box.setInformativeText(text)
        box.setEscapeButton(box.addButton(Buttons.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box

    def _file_dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._folder(), tr(FILTERS))
        dialog.setAcceptMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._remember_folder)
        return dialog

    def _folder(self) -> str:
        document = self._window.current_document()
        if document is not None and document.path is not None:
            return str(document.path.parent)
        return self.folder if Path(self.folder or "/nowhere").is_dir() else str(Path.home())

    def _remember_folder(self, name: str) -> None:
        self.folder = str(Path(name).parent)
