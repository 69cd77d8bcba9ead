"""The list of all issues of the document in front, beside the text, or below it in a narrow window."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout

from gpt_assistant.engine.messages import Mistake
from gpt_assistant.ui.actions import ActionsTable, Keyed
from gpt_assistant.ui.side_panel import SidePanel
from gpt_assistant.ui.spelling_list import MOST, IssueList
from gpt_assistant.ui.spelling_sheet import Place, Sheet
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled, tool_button, with_keys

if TYPE_CHECKING:
    from gpt_assistant.ui.spelling import Spelling
    from gpt_assistant.ui.spelling_commands import SpellingCommands
    from gpt_assistant.ui.window import MainWindow

_REFRESH_MS = 200
_FEW = 50  # paragraphs; checking them is over in a moment


class SpellingPanel(SidePanel):
    """Follows the document in front while it is seen."""

    def __init__(self, spelling: Spelling, commands: SpellingCommands, window: MainWindow) -> None:
        super().__init__(tr("Spelling"), window, below=38)
        self.setObjectName("spellingPanel")
        self.setAccessibleName(tr("Spelling issues"))
        self._spelling = spelling
        self._commands = commands
        self._chosen = False  # the writer has been in the list: her row stays
        self.model = IssueList(self)
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._build()
        spelling.changed.connect(self._changed)
        window.current_editor_changed.connect(lambda _editor: self._begin())

    def _build(self) -> None:
        frame = QFrame(self)
        frame.setObjectName("reviewLane")
        self.title = label(tr("Spelling"), frame, "laneTitle")
        self.count = label("", frame, "muted")
        self.close_button = tool_button("✕", tr("Close the list"), self._close, frame)
        self.list = QListView(frame)
        self.list.setModel(self.model)
        self.list.setAccessibleName(tr("Spelling issues"))
        self.list.setIconSize(QSize(20, 16))
        self.list.setSpacing(3)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._jump)
        self.list.clicked.connect(self._jump)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._moved())
        self.note = label("", frame, "muted", wrap=True)
        self.take_button = self._button(tr("Correct"), self._take)
        self.ignore_button = self._button(tr("Ignore"), self._ignore)
        self.add_button = self._button(tr("Add to my words"), self._add)
        head, buttons, rows = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(frame)
        for widget, stretch in ((self.title, 0), (self.count, 1), (self.close_button, 0)):
            head.addWidget(widget, stretch)
        for button in (self.take_button, self.ignore_button, self.add_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.setContentsMargins(12, 8, 10, 10)
        rows.addLayout(head)
        rows.addWidget(self.note)
        rows.addWidget(self.list, 1)
        rows.addLayout(buttons)
        self.setWidget(frame)
        frame.setMinimumSize(scaled(self, 220), scaled(self, 130))

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self, autoDefault=False)
        button.clicked.connect(lambda _checked=False: run())
        button.setEnabled(False)
        return button

    def register_keys(self, table: ActionsTable) -> None:
        """Have the keys that the list has for its buttons changed in `table` with all others."""
        for name, button, run, key in (
            ("spelling_take", self.take_button, self._take, "Ctrl+Return"),
            ("spelling_ignore", self.ignore_button, self._ignore, "Del"),
            ("spelling_add", self.add_button, self._add, "Ins"),
        ):
            shortcut = QShortcut(self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(run)
            text, give = button.text(), partial(_give_keys, button, shortcut)
            table.add_keyed(Keyed(name, tr("Spelling issues"), text, "", (key,), give, local=True))

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self.model.set_colours(colours.misspelt, colours.misused)

    # -- what is shown -----------------------------------------------------------------------------

    def _begin(self) -> None:
        self._chosen = False
        self._soon.start(0)

    def _changed(self, sheet: Sheet) -> None:
        current = self._spelling.sheet(self._window.current_editor())
        if self.isVisible() and sheet is current and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Show what is known now; the row at which the writer is stays."""
        if not self.isVisible():
            return
        begin = time.perf_counter()
        self.model.take(self._spelling.current())
        # Many issues take longer to list: a twentieth of the window's time at most.
        self._soon.setInterval(max(_REFRESH_MS, round(20_000 * (time.perf_counter() - begin))))
        if self.model.rows and not (self._chosen and self.list.currentIndex().isValid()):
            self.list.selectionModel().setCurrentIndex(
                self.model.index(0), self.list.selectionModel().SelectionFlag.SelectCurrent
            )
        self.count.setText(tr("{n:,} issues", n=self.model.total) if self.model.total else "")
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))
        self._enable()

    def _note(self) -> str:
        """Return what is to be said above the list."""
        sheet, said = self._spelling.current(), ""
        if not self._spelling.on:
            said = tr("Spelling is not checked: it is switched off.")
        elif sheet is None:
            said = tr("The spelling of this document is not checked.")
        elif self.model.total > MOST:
            said = tr("The first {most:,} are shown.", most=MOST)
        elif not self._spelling.loaded:
            said = tr("Checked once the model is loaded.")
        elif sheet.unchecked > _FEW:
            said = tr("The rest of the text is still being checked.")
        elif sheet.too_long:
            said = tr("A text this long is checked where it is in sight.")
        elif not self.model.total and not sheet.unchecked:
            said = tr("No spelling issue was found.")
        return said

    def _moved(self) -> None:
        self._chosen = self._chosen or self.list.hasFocus()
        self._enable()

    def _enable(self) -> None:
        row = self.list.currentIndex().row()
        issue = self.model.rows[row].issue if 0 <= row < len(self.model.rows) else None
        self.take_button.setEnabled(issue is not None and bool(issue.suggestions))
        self.ignore_button.setEnabled(issue is not None)
        self.add_button.setEnabled(issue is not None and issue.kind is Mistake.NONWORD)

    # -- what one may do ---------------------------------------------------------------------------

    def _place(self) -> tuple[Sheet, Place] | None:
        """Return where the issue of the current row stands now."""
        sheet, row = self._spelling.current(), self.list.currentIndex().row()
        if sheet is None or not 0 <= row < len(self.model.rows):
            return None
        issue = self.model.rows[row].issue
        place = next((p for p in sheet.places(self.model.numbers[row]) if p.issue == issue), None)
        if place is None:  # the list is a moment behind
            self.refresh()
            return None
        return sheet, place

    def _jump(self, _index: QModelIndex) -> None:
        if (found := self._place()) is not None:
            self._commands.show_place(*found)

    def _take(self) -> None:
        found = self._place()
        if found is not None and (suggestions := found[1].issue.suggestions):
            self._act(partial(self._commands.take, *found, suggestions[0].text))

    def _ignore(self) -> None:
        if (found := self._place()) is not None:
            self._act(partial(found[0].ignore_here, found[1].start, found[1].end))

    def _add(self) -> None:
        found = self._place()
        if found is not None and found[1].issue.kind is Mistake.NONWORD:
            self._act(partial(self._commands.add_word, found[1].issue.word))

    def _act(self, run: Callable[[], object]) -> None:
        """Do it, and go on with the row that takes the place of this one."""
        row = self.list.currentIndex().row()
        run()
        self.refresh()
        if self.model.rows:
            index = self.model.index(min(row, len(self.model.rows) - 1))
            self.list.setCurrentIndex(index)

    def _close(self) -> None:
        self._commands.actions()["spell_panel"](False)
        if (editor := self._window.current_editor()) is not None:
            editor.setFocus()


def _give_keys(button: QPushButton, shortcut: QShortcut, keys: list[QKeySequence]) -> None:
    shortcut.setKeys(keys)
    shown = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(with_keys(button.text(), shown))
