"""A goal in words, for this session or for a document: counted quietly, and said once when it is reached.

What counts is what the writer does: words that come with a file, a reload or a restored version do not.
The counter tells totals only when typing pauses, so the change between two of them is put down to the
writer unless something else changed the text in between.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gpt_assistant.storage import vault
from gpt_assistant.storage.goals import MOST_WORDS, Goals, SessionGoal, load_goals, save_goals
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

log = logging.getLogger(__name__)

_STORE_MS = 5000


class WordsWritten(QObject):
    """Tells how many words the writer added to one document since the last time it was asked."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._counter = document.counter
        self._known: int | None = None
        self._not_hers = False
        document.editor.edited.connect(self._on_edit)

    def _on_edit(self, _position: int, _removed: int, _added: int, cause: str) -> None:
        self._not_hers = self._not_hers or cause == "program"

    def take(self) -> int:
        """Return the change, negative after deleting; 0 while the text is still being counted."""
        if not self._counter.complete:
            return 0
        total, before = self._counter.total.words, self._known
        self._known = total
        if before is None or self._not_hers:
            self._not_hers = False
            return 0
        return total - before


class Goal(QObject):
    """The goals of one window, shown in its status bar."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self.goals = load_goals(path, date.today())
        self._untitled: dict[Document, int] = {}
        self._said: set[Document] = set()
        self._stored = self.goals
        self._timer = QTimer(self, singleShot=True, interval=_STORE_MS)
        self._timer.timeout.connect(self.store)
        window.editor_added.connect(self._add)
        window.editor_removed.connect(lambda _editor: self._forget_closed())
        window.current_editor_changed.connect(lambda _editor: self.show())
        window.closing.connect(self.store)
        window.status.goal_clicked.connect(self.ask)

    def _add(self, editor: Editor) -> None:
        document = next(each for each in self._window.documents() if each.editor is editor)
        written = WordsWritten(document)
        document.counter.changed.connect(lambda: self._counted(document, written.take()))
        document.changed.connect(lambda: self._named(document))

    def take_up(self) -> None:
        """Read what was encrypted, and out of reach, at the start; what was done since then is added."""
        if not vault.of(self._path.parent).is_unread(self._path):
            return
        before, found = self.goals, load_goals(self._path, date.today())
        written = found.session.written + before.session.written
        session = replace(found.session, written=written) if found.session.words else before.session
        self.goals = Goals(session, found.documents | before.documents)
        self._stored = found
        self.show()

    def _forget_closed(self) -> None:
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        present = set(self._window.documents())
        self._said &= present
        self._untitled = {each: words for each, words in self._untitled.items() if each in present}

    def _named(self, document: Document) -> None:
        """An untitled document got a file: its goal goes with it."""
        if document.path is not None and document in self._untitled:
            self.goals = self.goals.with_document(str(document.path), self._untitled.pop(document))
            self.store()

    def of_document(self, document: Document) -> int:
        """Return how long `document` is to become, in words; 0 for no goal."""
        if document.path is None:
            return self._untitled.get(document, 0)
        return self.goals.documents.get(str(document.path), 0)

    # -- counting ----------------------------------------------------------------------------------

    def _counted(self, document: Document, written: int) -> None:
        if written:
            session = self.goals.session
            self.goals = replace(self.goals, session=replace(session, written=session.written + written))
            self._timer.start()
            self._say_once(document)
        self.show()

    def _say_once(self, document: Document) -> None:
        session, length = self.goals.session, self.of_document(document)
        if session.words and not session.reached and session.written >= session.words:
            self.goals = replace(self.goals, session=replace(session, reached=True))
            self._window.status.show_hint(
                tr("You have written {n:,} words in this session: your goal is reached.", n=session.written)
            )
        elif length and document not in self._said and document.counter.total.words >= length:
            self._said.add(document)
            self._window.status.show_hint(
                tr("This document has {n:,} words: your goal is reached.", n=document.counter.total.words)
            )

    def show(self) -> None:
        """Show how far the document in front is, or else the session; nothing where there is no goal."""
        document, session = self._window.current_document(), self.goals.session
        length = self.of_document(document) if document is not None else 0
        if document is not None and length:
            done, goal = document.counter.total.words, length
            tip = tr("Goal: this document has {done:,} of {goal:,} words", done=done, goal=goal)
        elif session.words:
            done, goal = max(0, session.written), session.words
            tip = tr("Goal: {done:,} of {goal:,} words written in this session", done=done, goal=goal)
        else:
            self._window.status.show_goal("", "")
            return
        text = tr("{done:,} / {goal:,}", done=done, goal=goal)
        self._window.status.show_goal(f"✓ {text}" if done >= goal else text, tip)

    # -- choosing ----------------------------------------------------------------------------------

    def ask(self) -> GoalDialog:
        """Let the writer set the goals."""
        document = self._window.current_document()
        length = self.of_document(document) if document is not None else 0
        dialog = GoalDialog(self.goals.session, length, self._window)
        dialog.accepted.connect(
            lambda: self.set_goals(document, dialog.session.value(), dialog.length.value())
        )
        dialog.open()
        return dialog

    def set_goals(self, document: Document | None, session: int, length: int) -> None:
        """Want `session` words in this session and `length` in `document`; 0 is no goal."""
        if session != self.goals.session.words:
            new = SessionGoal(session, 0, False, date.today().isoformat())
            self.goals = replace(self.goals, session=new)
        if document is not None and document.path is None:
            self._untitled[document] = length
        elif document is not None:
            self.goals = self.goals.with_document(str(document.path), length)
        if document is not None and document.counter.total.words < length:
            self._said.discard(document)
        self.store()
        self.show()

    def store(self) -> None:
        """Write the goals down, where something is new."""
        self._timer.stop()
        if self.goals == self._stored or self.goals == Goals():
            return
        try:
            save_goals(self._path, self.goals)
            self._stored = self.goals
        except OSError as error:
            log.warning("goals not stored: %s", error)


class GoalDialog(QDialog):
    """Asks for both goals; a new one for the session begins at 0."""

    def __init__(self, session: SessionGoal, length: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Word goal"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(12)
        self.setMinimumWidth(scaled(self, 360))
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.session = self._words(session.words, tr("Words to write in this session"))
        form.addRow(self._named(tr("In this &session:"), self.session), self.session)
        self.length = self._words(length, tr("Words that this document is to have"))
        form.addRow(self._named(tr("In this &document:"), self.length), self.length)
        column.addLayout(form)
        told = tr(
            "Words written so far in this session: {n:,}. What you delete is taken off. A session lasts "
            "until the next day; closing the program does not end it.",
            n=max(0, session.written),
        )
        column.addWidget(label(told, self, "muted", wrap=True))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.session.setFocus()
        self.session.selectAll()

    def _words(self, value: int, name: str) -> QSpinBox:
        box = QSpinBox(self, minimum=0, maximum=MOST_WORDS, singleStep=50)
        box.setGroupSeparatorShown(True)
        box.setSpecialValueText(tr("No goal"))
        box.setValue(value)
        box.setAccessibleName(name)
        return box

    def _named(self, text: str, box: QSpinBox) -> QLabel:
        made = label(text, self)
        made.setBuddy(box)
        return made
