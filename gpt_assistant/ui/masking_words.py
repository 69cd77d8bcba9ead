"""The words that the writer always or never wants hidden, to be added and taken away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.storage.masked_words import ALWAYS, LONGEST, NEVER, masked_words
from gpt_assistant.text.told import mark
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import label

_SAID = {ALWAYS: mark("always hidden"), NEVER: mark("never hidden")}


class WordsPage(QWidget):
    """The list, and a field for a new one. `changed` when it has."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = masked_words()
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(tr("Your own words"))
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([tr("Word"), tr("Hidden")])
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionsClickable(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(lambda _new, _old: self._update())
        self.word = QLineEdit(self, placeholderText=tr("A word or a name"), maxLength=LONGEST)
        self.word.setAccessibleName(tr("A word or a name"))
        self.word.textChanged.connect(lambda _text: self._update())
        self.word.returnPressed.connect(lambda: self.put(self.word.text(), ALWAYS))
        self.always = push_button(
            tr("&Always hide"), tr("Always hide this word"), lambda: self.put(self.word.text(), ALWAYS), self
        )
        self.never = push_button(
            tr("Ne&ver hide"), tr("Never hide this word"), lambda: self.put(self.word.text(), NEVER), self
        )
        self.remove = push_button(tr("&Remove"), tr("Take the word from the list"), self._remove, self)
        self.problem = label("", self, "warning", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.addWidget(self.word, 0, 0, 1, 3)
        grid.addWidget(self.always, 1, 0)
        grid.addWidget(self.never, 1, 1)
        grid.addWidget(self.remove, 1, 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 8, 0, 0)
        rows.addWidget(label(tr("They count wherever texts are masked."), self, "muted", wrap=True))
        rows.addWidget(self.list, 1)
        rows.addWidget(self.problem)
        rows.addLayout(grid)

    def offer(self, word: str) -> None:
        """Put a word in the field."""
        self.word.setText(word[:LONGEST])

    def put(self, word: str, which: str) -> None:
        """Put `word` on the list ALWAYS or NEVER, or take it from both ("")."""
        if not word.strip():
            return
        try:
            self._words.put(word, which)
        except OSError as error:
            self._say(tr("It could not be saved: {why}", why=localised(error)))
            return
        self.problem.hide()
        self.word.clear()
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Show the lists as they are."""
        self.list.clear()
        try:
            rows = [(word, said) for which, said in _SAID.items() for word in self._words.of(which)]
        except OSError as error:
            self._say(tr("They could not be read: {why}", why=localised(error)))
            rows = []
        self.list.addTopLevelItems([QTreeWidgetItem([word, tr(said)]) for word, said in rows])
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._update()

    def _update(self) -> None:
        filled = bool(self.word.text().strip())
        self.always.setEnabled(filled)
        self.never.setEnabled(filled)
        self.remove.setEnabled(self.list.currentItem() is not None)

    def _remove(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.put(item.text(0), "")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()
