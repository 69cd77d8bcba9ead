"""A summary or a translation in the review lane, and what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gpt_assistant.ui.anchor import Anchor
from gpt_assistant.ui.asking import Kind, language_name
from gpt_assistant.ui.review_parts import READ_ONLY, Buttons, push_button
from gpt_assistant.ui.review_text import ReviewText
from gpt_assistant.ui.tasks import Result, Task
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import label


class ResultPane(QWidget):
    """A summary or a translation: insert it below, put it in the passage's place, copy or save it.

    Signals: `hint(text)`, what was done or why not; `jump(index)`, to the source of a passage;
    `save(text)`; `back_wanted`, a translation back.
    """

    hint = Signal(str)
    jump = Signal(int)
    save = Signal(str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._anchor: Anchor | None = None
        self.view = ReviewText(tr("Answer"), self)
        self.view.setAccessibleDescription(tr("Tab goes from sentence to sentence, Enter shows its source."))
        self.view.activated.connect(self.jump)
        self.below = push_button(tr("Insert below"), tr("Insert below the passage"), self._insert_below, self)
        self.replace = push_button(
            tr("Replace"), tr("Put it in the place of the passage"), self._replace, self
        )
        self.copy = push_button(tr("Copy"), tr("Copy to the clipboard"), self._copy, self)
        self.save_as = push_button(
            tr("Save as…"), tr("Save as a file"), lambda: self.save.emit(self.text), self
        )
        self.back = push_button(
            tr("Translate back"), tr("Show it translated back, to check it"), self.back_wanted.emit, self
        )
        self.back_title = label("", self, "group")
        self.back_view = ReviewText(tr("Translated back"), self)
        self._text = ""
        self._lay_out()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.view, 3)
        rows.addWidget(self.back_title)
        rows.addWidget(self.back_view, 2)
        rows.addWidget(self.back)
        rows.addWidget(Buttons((self.below, self.replace, self.copy, self.save_as), self))

    @property
    def text(self) -> str:
        """Return what may be inserted or copied."""
        return self._text

    def show_task(self, task: Task) -> None:
        """Show what there is of the answer; buttons work once there is something."""
        self._anchor, self._text = task.anchor, task.result.text
        passages = [(each.start, each.end) for each in task.result.passages]
        self.view.show_text(task.result.text, passages)
        self.back.setEnabled(task.result.finished)
        ready = bool(task.result.text) and not task.running
        for button in (self.below, self.replace):
            button.setEnabled(ready and task.anchor.alive)
        for button in (self.copy, self.save_as):
            button.setEnabled(bool(task.result.text))
        self.show_back(task.back, task.result.language, False)
        self.back.setVisible(task.ask.kind is Kind.TRANSLATION and self.back_view.isHidden())

    def show_back(self, back: Result, language: str, running: bool) -> None:
        """Show the translation back, below the translation."""
        shown = running or bool(back.text or back.notes)
        state = " …" if running else ""
        title = tr("Translated back into {language}", language=language_name(language or "en"))
        self.back_title.setText(title + state)
        self.back_title.setVisible(shown)
        self.back_view.setVisible(shown)
        self.back.setVisible(not shown)
        self.back_view.show_text("\n".join((back.text, *map(localised, back.notes))).strip())

    def set_font(self, font: QFont) -> None:
        """Use `font` for texts."""
        self.view.setFont(font)
        self.back_view.setFont(font)

    def set_colours(self, colours: Colours) -> None:
        """Use `colours`."""
        self.view.set_colours(colours)
        self.back_view.set_colours(colours)

    def _insert_below(self) -> None:
        done = self._anchor is not None and self._anchor.insert_below(self._text)
        self.hint.emit(tr("Inserted below the passage. Undo takes it back.") if done else tr(READ_ONLY))

    def _replace(self) -> None:
        if self._anchor is None or not self._anchor.writable:
            self.hint.emit(tr(READ_ONLY))
        elif self._anchor.replace(self._text):
            self.hint.emit(tr("The passage is replaced. Undo takes it back."))
        else:
            self.hint.emit(tr("You have changed the passage since, so it stays. Insert below, or copy."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.hint.emit(tr("Copied."))
