"""A file that another program changed: its changes, taken one by one, all that do not collide, or all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from gpt_assistant.storage.errors import explain
from gpt_assistant.storage.history import History
from gpt_assistant.storage.textfile import decode
from gpt_assistant.text.merge import Merge, merge
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.version_changes import VersionChanges
from gpt_assistant.ui.widgets import give_size, label

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class _Found:
    """The bytes on disk, their text, and both texts in one where what they began from is known."""

    data: bytes
    text: str
    merged: Merge | None


class FileDialog(QDialog):
    """Closing it otherwise than by a button decides nothing: the notice above the text stays."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window, self._document = window, document
        self._found: _Found | None = None
        self.setWindowTitle(tr("Changes by another program"))
        self.setAccessibleName(tr("Changes by another program"))
        self.note = label(tr("Reading the file…"), self, "muted", wrap=True)
        self.pane = VersionChanges(self)
        self.pane.set_font(document.editor.font())
        self.pane.hint.connect(self.note.setText)
        window.theme.subscribe(self.pane.set_colours)
        self._lay_out()
        give_size(self, 720, 560)
        self._ask()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        title = tr("{title} was changed by another program", title=self._document.title)
        column.addWidget(label(title, self, "title", wrap=True))
        column.addWidget(self.note)
        column.addWidget(self.pane, 1)
        column.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        self.merge = push_button(
            tr("Merge"), tr("Take every change that does not collide with one of yours"), self._merge, self
        )
        self.reload = push_button(
            tr("Reload"), tr("Take the file as it is, without your changes"), self._reload, self
        )
        self.go_on = push_button(
            tr("Go on with this text"), tr("The next save replaces what is on disk"), self._go_on, self
        )
        self.later = push_button(tr("Decide later"), tr("Close; nothing is changed"), self.reject, self)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.later)
        line.addStretch(1)
        for button in (self.merge, self.reload, self.go_on):
            button.setEnabled(False)
            line.addWidget(button)
        return row

    # -- what there is -----------------------------------------------------------------------------

    def _ask(self) -> None:
        document = self._document
        assert document.path is not None
        mine = document.text()
        base = None if document.modified else mine
        work = partial(_find, document.path, document.file_digest, mine, base)
        # The answer may come when this is closed: then it is nobody's.
        self._window.keeping.ask(work, lambda found: self._show(found) if isValid(self) else None)

    def _show(self, found: _Found | OSError) -> None:
        if isinstance(found, OSError):
            self.note.setText(localised(found))
            return
        self._found = found
        self.merge.setEnabled(found.merged is not None and found.merged.taken > 0)
        self.reload.setEnabled(True)
        self.go_on.setEnabled(True)
        self._describe(found.merged)
        self.pane.compare(self._document, found.merged.theirs if found.merged else found.text)

    def _describe(self, merged: Merge | None) -> None:
        if merged is None:
            self.note.setText(
                tr("What the file has instead. Accept a change to take it; your own changes are among them.")
            )
        elif merged.collisions:
            self.note.setText(
                tr(
                    "What was changed in the file: places that only they changed: {taken}; "
                    "places that you have changed too: {collisions}.",
                    taken=merged.taken,
                    collisions=merged.collisions,
                )
            )
        else:
            self.note.setText(tr("What was changed in the file; none of it collides with your changes."))

    # -- what can be done --------------------------------------------------------------------------

    def _merge(self) -> None:
        assert self._found is not None
        merged = self._found.merged
        assert merged is not None
        self._document.go_back_to(merged.mine)
        self.merge.setEnabled(False)
        if not merged.collisions:
            self._go_on()
            return
        self.note.setText(tr("Merged. These collide with your changes: accept theirs, or keep yours."))
        self.pane.compare(self._document, merged.theirs)

    def _reload(self) -> None:
        try:
            self._document.reload()
        except OSError as error:
            self.note.setText(localised(error))
            return
        self.accept()

    def _go_on(self) -> None:
        assert self._found is not None
        self._document.keep_mine(self._found.data)
        self._window.status.show_hint(tr("The next save writes this text over the changed file."))
        self.accept()

    def done(self, result: int) -> None:
        """Let go of the document."""
        self.pane.forget()
        self._window.theme.unsubscribe(self.pane.set_colours)
        super().done(result)


def _find(path: Path, file_digest: str, mine: str, base: str | None, history: History) -> _Found:
    """Read the file, and merge it with `mine`; for the thread of the history, whose `base` it may need."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise explain(error, path, "read") from error
    theirs = decode(data).text
    if base is None and file_digest:
        base = history.text_of_file(str(path), file_digest)
    return _Found(data, theirs, None if base is None else merge(base, mine, theirs))


def compare_with_file(window: MainWindow, document: Document) -> FileDialog:
    """Show what another program changed in the file of `document`."""
    dialog = FileDialog(window, document)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
