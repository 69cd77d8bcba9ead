"""The command palette: every action of the window, found by a few letters of its name.

What was used last comes first; with letters typed, how well they fit comes first, and use decides between
equals. It is a widget over the window, not a window of its own: the keyboard's owner stays the same, so
input methods and screen readers follow it, and no desktop places it somewhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from gpt_assistant.text.told import mark
from gpt_assistant.ui.announcer import Announcer
from gpt_assistant.ui.palette_list import Command, CommandDelegate, CommandModel, found
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled

_WIDTH, _MARGIN, _ROWS = 560, 12, 12
_NOT_NOW = mark("This cannot be done now.")
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class Palette(QFrame):
    """A field and a list over the middle of the window. Enter runs, Esc or a click elsewhere closes.

    `commands` is asked for the entries each time it opens; `recent` for the names used last, latest
    first; `used(name)` is told what was run.
    """

    def __init__(
        self,
        window: QWidget,
        commands: Callable[[], Sequence[Command]],
        recent: Callable[[], Sequence[str]],
        used: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Commands"))
        self._source, self._recent, self._used = commands, recent, used
        self._commands: Sequence[Command] = ()
        self._names: Sequence[str] = ()
        self._before: QWidget | None = None
        self.field = QLineEdit(self, placeholderText=tr("What to do"), clearButtonEnabled=True)
        self.field.setAccessibleName(tr("Command to look for"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.model = CommandModel(self)
        self.list = QListView(self)
        self.list.setAccessibleName(tr("Commands found"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _index: self.run_current())
        self.nothing = label(tr("Nothing is called that."), self, "muted")
        self._announcer = Announcer(self.field)
        self._announcer.enabled = True
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(6)
        rows.addWidget(self.field)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.nothing)
        window.installEventFilter(self)
        self.hide()

    def open_palette(self, pattern: str = "") -> None:
        """Show it, with `pattern` to go on typing from; open already, it closes."""
        if self.isVisible() and not pattern:
            self.close_palette()
            return
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._commands, self._names = self._source(), self._recent()
        self.show()
        self.raise_()
        self.field.setText(pattern)
        self._filter(pattern)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide it and give the keyboard back."""
        before, self._before = self._before, None
        self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def current(self) -> Command | None:
        """Return the command that Enter would run."""
        index = self.list.currentIndex()
        return self.model.commands[index.row()] if index.isValid() else None

    def run_current(self) -> None:
        """Close, and run what is chosen."""
        command = self.current()
        if command is None or not command.enabled:
            return
        self.close_palette()
        self._used(command.name)
        command.run()

    def _filter(self, pattern: str) -> None:
        self.model.show_commands(found(self._commands, pattern, self._names))
        any_found = bool(self.model.commands)
        self.list.setVisible(any_found)
        self.nothing.setVisible(not any_found)
        self._place()
        self._choose(0)

    def _choose(self, place: int) -> None:
        """Choose an entry by its place among those that can be run now."""
        usable = [row for row, command in enumerate(self.model.commands) if command.enabled]
        if not usable:
            self._announcer.announce(self.nothing.text() if not self.model.commands else tr(_NOT_NOW))
            return
        index = self.model.index(usable[min(max(place, 0), len(usable) - 1)])
        self.list.setCurrentIndex(index)
        # The keyboard stays in the field, so a reader is told what the list would have said.
        self._announcer.announce(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _step(self, step: int) -> None:
        """Go `step` entries on: one at a time round and round, several as far as there are some."""
        usable = [row for row, command in enumerate(self.model.commands) if command.enabled]
        row = self.list.currentIndex().row()
        if row in usable:
            place = usable.index(row) + step
            self._choose(place % len(usable) if abs(step) == 1 else place)

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        width = min(scaled(self, _WIDTH), window.width() - 2 * _MARGIN)
        row = self.list.sizeHintForRow(0) if self.model.commands else 0
        rows = min(_ROWS, len(self.model.commands))
        chrome = self.field.sizeHint().height() + 34
        height = chrome + (row * rows + 8 if rows else self.nothing.sizeHint().height())
        top = min(56, window.height() // 10)
        height = min(height, window.height() - top - _MARGIN)
        self.setGeometry(QRect(QPoint((window.width() - width) // 2, top), QSize(width, height)))

    # -- events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list with the keys of the field; follow the window's size."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                self._left()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        """Close when the keyboard went elsewhere in this window, a menu apart."""
        if self.window().isActiveWindow() and QApplication.activePopupWidget() is None:
            self._before = None
            self.hide()

    def _key(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(event.key())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif step is not None:
            self._step(step)
        elif event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # nowhere else to go
            return False
        return True
