"""What the review lane shows: a text with stops in it, which are passages to jump from, or changes.

Tab goes from stop to stop, Enter or a click does what a stop is for. Deletions are struck through and
insertions underlined, for who does not tell red from green. The text grows at its end while it is being
written: laying it all out again at every word would stall the window in a long one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from gpt_assistant.text.diff import Hunk
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.review_changes import State
from gpt_assistant.ui.theme import LIGHT, Colours

_LINE_HEIGHT = 128  # per cent
_STOP, _ACCEPT, _REJECT, _REOPEN = "stop", "accept", "reject", "reopen"
_BREAK = "↵"


class ReviewText(QTextBrowser):
    """A read-only text with stops.

    Signals: `activated(index)`, Enter or a click on a stop; `decided(index, what)`, what being "accept",
    "reject" or "reopen", by a key or by the marks behind a change; `moved(index)`, another stop is current.
    """

    activated = Signal(int)
    decided = Signal(int, str)
    moved = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewText")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(12)
        self.colours: Colours = LIGHT
        self.stops: list[tuple[int, int]] = []  # in UTF-16 units of what is shown
        self.current = -1
        self._shown = ""
        self._changes = False
        self._hunks: Sequence[Hunk] = ()
        self._states: list[State] = []
        self._ends: list[int] = []  # of each change and its marks
        self._hovered = -1
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._hover)
        self.setMinimumHeight(80)
        self._empty()

    def sizeHint(self) -> QSize:
        """Return little: the text takes what room there is."""
        return QSize(220, 90)

    # -- filling -----------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """Return the text shown by `show_text`, "" while changes are shown."""
        return self._shown

    def show_text(self, text: str, passages: Sequence[tuple[int, int]] = ()) -> None:
        """Show `text`, whose `passages` (code points) are stops; only what is new is laid out."""
        if self._changes or not text.startswith(self._shown):
            self._empty()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text[len(self._shown) :], self._plain())
        self._shown = text
        known = len(self.stops)
        self.stops = _in_units(text, passages)
        for index, (start, end) in enumerate(self.stops[known:], known):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_link(QTextCharFormat(), _STOP, index))
        self._mark()

    def show_changes(self, old: str, hunks: Sequence[Hunk], states: Sequence[State]) -> None:
        """Show `old` with its `hunks` in their places, each in the look of its state.

        Where only states have changed, only those places are drawn again: with 700 changes in 10,000
        words this takes some 10 ms for one of them, and 150 for all.
        """
        other = [i for i, state in enumerate(states) if i >= len(self._states) or state != self._states[i]]
        if self._hunks is hunks and len(other) < len(hunks) // 4 + 2:
            for index in other:
                self._redraw(index, states[index])
        else:
            self._draw(old, hunks, states)
        self._hunks, self._states = hunks, list(states)
        self._mark()

    def _draw(self, old: str, hunks: Sequence[Hunk], states: Sequence[State]) -> None:
        top, current = self.verticalScrollBar().value(), self.current if self._changes else -1
        self._empty()
        self._changes, self.current = True, min(current, len(hunks) - 1)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        at = 0
        for index, (hunk, state) in enumerate(zip(hunks, states, strict=True)):
            cursor.insertText(old[at : hunk.start], self._plain())
            start = cursor.position()
            self._insert_change(cursor, index, hunk, state)
            self.stops.append((start, cursor.position()))
            self._insert_marks(cursor, index, state)
            self._ends.append(cursor.position())
            at = hunk.end
        cursor.insertText(old[at:], self._plain())
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(top)

    def _redraw(self, index: int, state: State) -> None:
        """Draw one change again, with its marks, and move what stands behind it."""
        start, end = self.stops[index][0], self._ends[index]
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._insert_change(cursor, index, self._hunks[index], state)
        self.stops[index] = (start, cursor.position())
        self._insert_marks(cursor, index, state)
        self._ends[index] = cursor.position()
        cursor.endEditBlock()
        shift = cursor.position() - end
        for later in range(index + 1, len(self.stops)):
            low, high = self.stops[later]
            self.stops[later] = (low + shift, high + shift)
            self._ends[later] += shift

    def _empty(self) -> None:
        self.clear()
        block = QTextBlockFormat()
        block.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(self.document()).setBlockFormat(block)
        self._shown, self.stops, self._changes = "", [], False
        self._hunks, self._states, self._ends = (), [], []
        self.current = self._hovered = -1

    def _insert_change(self, cursor: QTextCursor, index: int, hunk: Hunk, state: State) -> None:
        gone, new = hunk.old.replace("\n", _BREAK), hunk.new.replace("\n", f"{_BREAK}\n")
        if state is State.REJECTED:
            cursor.insertText(hunk.old or "·", _link(self._left_alone(), _STOP, index))
            return
        if state is not State.ACCEPTED:
            cursor.insertText(gone, _link(self._removed(state), _STOP, index))
        taken = hunk.new if state is State.ACCEPTED else new
        cursor.insertText(
            taken or ("·" if not gone or state is State.ACCEPTED else ""), self._new(state, index)
        )

    def _insert_marks(self, cursor: QTextCursor, index: int, state: State) -> None:
        marks = {
            State.OPEN: (("✓", _ACCEPT, self.colours.added), ("✗", _REJECT, self.colours.removed)),
            State.REJECTED: (("↺", _REOPEN, self.colours.muted),),
        }.get(state, ())
        for sign, what, colour in marks:
            look = _link(self._plain(), what, index)
            look.setForeground(QColor(colour))
            look.setFontWeight(QFont.Weight.Bold)
            cursor.insertText("\u202f", self._plain())
            cursor.insertText(sign, look)

    # -- looks -------------------------------------------------------------------------------------

    def set_colours(self, colours: Colours) -> None:
        """Use `colours`; what is shown takes them when it is shown again."""
        self.colours = colours
        self._mark()

    def _plain(self) -> QTextCharFormat:
        return QTextCharFormat()

    def _removed(self, state: State) -> QTextCharFormat:
        look = self._plain()
        look.setFontStrikeOut(True)
        fits = state is State.OPEN
        look.setForeground(QColor(self.colours.removed if fits else self.colours.muted))
        if fits:
            look.setBackground(QColor(self.colours.removed_page))
        return look

    def _new(self, state: State, index: int) -> QTextCharFormat:
        look = _link(self._plain(), _STOP, index)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        fits = state is not State.CHANGED
        look.setForeground(QColor(self.colours.added if fits else self.colours.muted))
        if state is State.OPEN:
            look.setBackground(QColor(self.colours.added_page))
        return look

    def _left_alone(self) -> QTextCharFormat:
        look = self._plain()
        look.setForeground(QColor(self.colours.muted))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        return look

    def _mark(self) -> None:
        """Mark the current stop, and the one under the mouse."""
        marks = []
        for index, colour in ((self._hovered, self.colours.hover), (self.current, self.colours.selection)):
            if 0 <= index < len(self.stops):
                mark = QTextEdit.ExtraSelection()
                mark.cursor = self._cursor_at(index)
                mark.format.setBackground(QColor(colour))
                marks.append(mark)
        self.setExtraSelections(marks)

    def _cursor_at(self, index: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.stops[index][0])
        cursor.setPosition(self.stops[index][1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- moving and deciding -----------------------------------------------------------------------

    def go_to(self, index: int) -> None:
        """Make the stop `index` the current one and show it; -1 for none."""
        self.current = index if 0 <= index < len(self.stops) else -1
        if self.current >= 0:
            cursor = self._cursor_at(self.current)
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self._mark()
        self.moved.emit(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current stop in sight."""
        super().resizeEvent(event)
        if self.current >= 0:
            self.ensureCursorVisible()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next stop with Tab, and behind the last one to the next widget."""
        wanted = self.current + (1 if forward else -1)
        if self.current < 0 and not forward:
            wanted = -1
        if 0 <= wanted < len(self.stops) and self.hasFocus():
            self.go_to(wanted)
            return True
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the stop is for; A takes a change, R, Delete or Backspace leaves it."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self.current >= 0:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.activated.emit(self.current)
                return
            if self._changes and (what := _DECISIONS.get(key)):
                self.decided.emit(self.current, what)
                return
        super().keyPressEvent(event)

    def _clicked(self, url: QUrl) -> None:
        what, _, number = url.toString().partition(":")
        index = int(number)
        self.go_to(index)
        if what != _STOP:
            self.decided.emit(index, what)
        elif not self._changes:
            self.activated.emit(index)

    def _hover(self, url: QUrl) -> None:
        what, _, number = url.toString().partition(":")
        self._hovered = int(number) if what == _STOP else -1
        self._mark()


_DECISIONS: dict[int, str] = {
    Qt.Key.Key_A: _ACCEPT,
    Qt.Key.Key_R: _REJECT,
    Qt.Key.Key_Delete: _REJECT,
    Qt.Key.Key_Backspace: _REJECT,
    Qt.Key.Key_U: _REOPEN,
}


def _link(look: QTextCharFormat, what: str, index: int) -> QTextCharFormat:
    look.setAnchor(True)
    look.setAnchorHref(f"{what}:{index}")
    return look


def _in_units(text: str, passages: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return code points as UTF-16 units, for passages in the order of the text."""
    found, at, units = [], 0, 0
    for start, end in passages:
        units += utf16_length(text[at:start]) if start >= at else -utf16_length(text[start:at])
        length = utf16_length(text[start:end])
        found.append((units, units + length))
        at = start
    return found
