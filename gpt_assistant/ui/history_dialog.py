"""Earlier versions of a document: what would change, and back to one of them, or to a part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gpt_assistant.storage import history_base as why
from gpt_assistant.storage.history import History, Kept
from gpt_assistant.storage.history_base import Version
from gpt_assistant.text.told import mark
from gpt_assistant.ui.deleting import ask_to_delete
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.keeping import Keeping
from gpt_assistant.ui.review_parts import Choice, push_button
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.version_changes import VersionChanges
from gpt_assistant.ui.widgets import give_size, label

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

T = TypeVar("T")
REASONS = {
    why.SAVED: mark("saved"),
    why.AUTOSAVED: mark("saved by itself"),
    why.WRITING: mark("while writing"),
    why.OPENED: mark("as it was opened"),
    why.BEFORE_RELOAD: mark("before reloading"),
    why.BEFORE_RESTORE: mark("before restoring"),
    why.ON_DISK: mark("by another program"),
    why.DISCARDED: mark("closed without saving"),
}


class HistoryDialog(QDialog):
    """The versions of the document in front, and of every other one that has some."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window, self._document = window, document
        self._keeping: Keeping = window.keeping
        self._key = document.history_key
        self._versions: list[Version] = []
        self._text: str | None = None
        self._asked = 0
        self.setWindowTitle(tr("Earlier versions"))
        self.setAccessibleName(tr("Earlier versions"))
        self.documents = Choice(tr("Document"), self)
        self.documents.chosen.connect(self._choose_document)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Versions, the latest first"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._choose_version)
        self.note = label("", self, "muted", wrap=True)
        self.pane = VersionChanges(self)
        self.pane.set_font(document.editor.font())
        self.pane.hint.connect(self.note.setText)
        window.theme.subscribe(self.pane.set_colours)
        self._lay_out()
        give_size(self, 900, 600)
        self._ask_documents()

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addWidget(self.documents)
        rows.addWidget(self.list, 1)
        rows = QVBoxLayout(right)
        rows.setContentsMargins(8, 0, 0, 0)
        rows.addWidget(self.note)
        rows.addWidget(self.pane, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([300, 600])
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addWidget(splitter, 1)
        column.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        self.restore = push_button(
            tr("Restore"), tr("Put this version in place of the text"), self._restore, self
        )
        self.open_copy = push_button(
            tr("Open as new document"), tr("Show this version in a tab of its own"), self._open_copy, self
        )
        self.delete = push_button(
            tr("Delete…"), tr("Delete all versions of this document"), self._ask_to_delete, self
        )
        self.clear = push_button(
            tr("Delete all…"), tr("Delete all versions of every document"), self._ask_to_clear, self
        )
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self.delete, self.clear):
            line.addWidget(button)
        line.addStretch(1)
        for each in (self.open_copy, self.restore, close):
            line.addWidget(each)
        return row

    # -- documents and versions --------------------------------------------------------------------

    def _ask_documents(self) -> None:
        self._request(lambda history: history.documents(), self._show_documents)

    def _show_documents(self, found: list[Kept] | OSError) -> None:
        if isinstance(found, OSError):
            self._show_problem(found)
            return
        titles = [each.title for each in found]
        rows: list[tuple[str, object]] = [
            (each.title if titles.count(each.title) == 1 else f"{each.title} ({each.key})", each.key)
            for each in found
        ]
        if all(each.key != self._key for each in found):
            rows.insert(0, (self._document.title, self._key))
        self.documents.fill(rows, self._key)
        self.clear.setEnabled(bool(found))
        self._ask_versions()

    def _choose_document(self, key: object) -> None:
        self._key = str(key)
        self._ask_versions()

    def _request(self, work: Callable[[History], T], then: Callable[[T | OSError], object]) -> None:
        """Ask the history; an answer that comes when this is closed is nobody's."""
        self._keeping.ask(work, lambda answer: then(answer) if isValid(self) else None)

    def _ask_versions(self) -> None:
        key = self._key
        self._request(lambda history: history.versions(key), partial(self._show_versions, key))

    def _show_versions(self, key: str, found: list[Version] | OSError) -> None:
        if key != self._key:
            return
        if isinstance(found, OSError):
            self._show_problem(found)
            return
        self._versions = found
        self.list.blockSignals(True)
        self.list.clear()
        for version in found:
            self.list.addItem(_item(version))
        self.list.blockSignals(False)
        self.delete.setEnabled(bool(found))
        # The newest version of a saved document is what is in front already.
        same = self._is_open and not self._document.modified and len(found) > 1
        row = (1 if same else 0) if found else -1
        self.list.setCurrentRow(row)
        if row < 0:
            self._choose_version(row)

    def _choose_version(self, row: int) -> None:
        self._text = None
        self._update()
        if not 0 <= row < len(self._versions):
            self.pane.show_whole("")
            off = not self._keeping.history.limit
            self.note.setText(
                tr("Earlier versions are switched off in the settings.")
                if off
                else tr("There is no earlier version.")
            )
            return
        self._asked += 1
        version = self._versions[row]
        self._request(
            lambda history: history.text(version.id), partial(self._show_text, self._asked, version)
        )

    def _show_text(self, number: int, version: Version, text: str | OSError) -> None:
        if number != self._asked:
            return
        if isinstance(text, OSError):
            self._show_problem(text)
            return
        self._text = text
        if self._is_open:
            when = describe_time(version.time)
            self.note.setText(tr("What would lead back to the version of {when}:", when=when))
            self.pane.compare(self._document, text)
        else:
            self.note.setText(tr("This document is not the one in front: it can be opened as a new one."))
            self.pane.show_whole(text)
        self._update()

    def _show_problem(self, error: OSError) -> None:
        self.note.setText(localised(error))
        self.pane.show_whole("")
        self._update()

    @property
    def _is_open(self) -> bool:
        return self._key == self._document.history_key

    def _update(self) -> None:
        here = self._text is not None
        self.restore.setEnabled(here and self._is_open and not self._document.editor.isReadOnly())
        self.open_copy.setEnabled(here)

    # -- what can be done --------------------------------------------------------------------------

    def _restore(self) -> None:
        if self._text is None or not self._is_open:
            return
        self._document.go_back_to(self._text)
        self._window.status.show_hint(tr("The earlier version is back. Undo takes it away again."))
        self.accept()

    def _open_copy(self) -> None:
        if self._text is None:
            return
        text = self._text
        self.accept()
        self._window.new_document().go_back_to(text)

    def _ask_to_delete(self) -> None:
        key = self._key
        title = self.documents.currentText()
        question = tr("Delete all versions of “{title}”?", title=title)
        self._ask(question, lambda history: history.forget(key))

    def _ask_to_clear(self) -> None:
        self._ask(tr("Delete all versions of every document?"), lambda history: history.clear())

    def _ask(self, question: str, work: Callable[[History], None]) -> None:
        ask_to_delete(
            self,
            tr("Earlier versions"),
            question,
            lambda: self._request(work, lambda _done: self._ask_documents()),
        )

    def done(self, result: int) -> None:
        """Let go of the document."""
        self.pane.forget()
        self._window.theme.unsubscribe(self.pane.set_colours)
        super().done(result)


def _item(version: Version) -> QListWidgetItem:
    when = describe_time(version.time)
    reason = tr(REASONS.get(version.reason, version.reason))
    return QListWidgetItem(f"{when}\n{reason} · {tr('{n:,} characters', n=version.length)}")


def describe_time(seconds: float) -> str:
    """Return a time as the person's language writes it, to the second."""
    at = QDateTime.fromSecsSinceEpoch(int(seconds))
    date = QLocale().toString(at.date(), QLocale.FormatType.ShortFormat)
    return f"{date} {at.time().toString('HH:mm:ss')}"


def open_history(window: MainWindow) -> HistoryDialog | None:
    """Show the versions of the document in front."""
    document = window.current_document()
    if document is None:
        return None
    dialog = HistoryDialog(window, document)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.list.setFocus()
    return dialog
