"""The bar for finding and replacing. It reads the document's own text, never a suggestion."""

from __future__ import annotations

import bisect
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QTextEdit, QToolButton, QWidget

from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.search import Found, Searcher
from gpt_assistant.ui.search_worker import Query
from gpt_assistant.ui.snapshot import LARGE, Snapshot, plain_text, text_between
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled, tool_button

_DELAY_MS = 120
_MOST_MARKED = 400
_ONE_BY_ONE = 500


class FindBar(QWidget):
    """Finds in the editor it is given; Esc or the cross closes it."""

    closed = Signal()
    searched = Signal()  # the match count is up to date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Find and replace"))
        self._editor: Editor | None = None
        self._found: Found | None = None
        self._snapshot: Snapshot | None = None
        self._after_search: Callable[[Found], None] | None = None
        self._told_replaced = False
        self._colour = QColor("#ffe9a8")
        self.searcher = Searcher(self)
        self.searcher.done.connect(self._on_found)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._search)
        self._build()
        self.hide()

    # -- the widgets -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.pattern = self._field(tr("Find"), tr("Find"))
        self.replacement = self._field(tr("Replace with"), tr("Replace with"))
        self.pattern.textChanged.connect(self._query_changed)
        self.pattern.returnPressed.connect(self._return_pressed)
        self.replacement.returnPressed.connect(self.replace_one)
        self.match_case = self._toggle("Aa", tr("Match case"))
        self.whole_word = self._toggle("W", tr("Whole words only"))
        self.regex = self._toggle(".*", tr("Regular expression"))
        self.count = label("", self, "muted")
        self.count.setMinimumWidth(scaled(self, 86))
        self.count.setAccessibleName(tr("Matches"))
        self.message = label("", self, "warning", wrap=True)
        self.message.hide()
        options = _row(self.match_case, self.whole_word, self.regex, self.count)
        self.backwards = self._button("↑", tr("Previous match"), self.find_previous)
        self.forwards = self._button("↓", tr("Next match"), self.find_next)
        moves = _row(
            self.backwards,
            self.forwards,
            self._button("✕", tr("Close (Esc)"), self.close_bar),
        )
        self._replacing = _row(
            self._button(tr("Replace"), tr("Replace this match"), self.replace_one),
            self._button(tr("Replace all"), tr("Replace every match, as one step to undo"), self.replace_all),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 7, 10, 7)
        grid.setVerticalSpacing(5)
        grid.addWidget(self.pattern, 0, 0)
        grid.addWidget(options, 0, 1)
        grid.addWidget(moves, 0, 2)
        grid.addWidget(self.replacement, 1, 0)
        grid.addWidget(self._replacing, 1, 1, 1, 2)
        grid.addWidget(self.message, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)

    def _field(self, placeholder: str, name: str) -> QLineEdit:
        field = QLineEdit(self, placeholderText=placeholder, clearButtonEnabled=True)
        field.setAccessibleName(name)
        field.setMinimumWidth(scaled(self, 110))
        return field

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = self._button(text, tip, self._query_changed)
        button.setCheckable(True)
        return button

    def _button(self, text: str, tip: str, run: Callable[[], object]) -> QToolButton:
        return tool_button(text, tip, run, self)

    # -- opening and closing -----------------------------------------------------------------------

    def open_bar(self, editor: Editor, replace: bool = False) -> None:
        """Show the bar for `editor`; a short selection becomes what is looked for."""
        self.set_editor(editor)
        selected = editor.textCursor().selectedText()
        with QSignalBlocker(self.pattern):
            if selected and len(selected) < 200 and "\u2029" not in selected:
                self.pattern.setText(selected)
        self.replacement.setVisible(replace)
        self._replacing.setVisible(replace)
        self.show()
        self.pattern.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pattern.selectAll()
        self._query_changed()

    def close_bar(self) -> None:
        """Hide the bar and its marks, and give the keyboard back to the text."""
        self._cancel_search()
        self._timer.stop()
        self._after_search = None
        self._mark([])
        self.hide()
        if self._editor is not None:
            self._editor.setFocus()
        self.closed.emit()

    def set_editor(self, editor: Editor | None) -> None:
        """Search in `editor` from now on."""
        if editor is self._editor:
            return
        if self._editor is not None:
            self._mark([])
            self._editor.document().contentsChange.disconnect(self._text_changed)
            self._editor.destroyed.disconnect(self._editor_gone)
            self._cancel_search()
        self._editor, self._found = editor, None
        if editor is not None:
            editor.document().contentsChange.connect(self._text_changed)
            editor.destroyed.connect(self._editor_gone)
            if self.isVisible():
                self._query_changed()

    def _editor_gone(self) -> None:
        self._editor = self._found = None
        self._cancel_search()

    def set_match_colour(self, colour: str) -> None:
        """Mark matches in `colour`."""
        self._colour = QColor(colour)
        self._mark_around_caret()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Shift+Return goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    # -- searching ---------------------------------------------------------------------------------

    def query(self, replacing: bool = False) -> Query:
        """Return what the bar now asks for."""
        return Query(
            self.pattern.text(),
            self.regex.isChecked(),
            self.match_case.isChecked(),
            self.whole_word.isChecked(),
            self.replacement.text() if replacing else None,
        )

    def _query_changed(self) -> None:
        self._found = None
        self._timer.start(_DELAY_MS)

    def _text_changed(self, _position: int, removed: int, added: int) -> None:
        if not removed and not added:
            return
        self._found = None  # hidden or not: F3 goes to what was found
        if self.isVisible():
            self._mark([])
            self._timer.start(4 * _DELAY_MS)  # while the writer types there is no hurry

    def _search(self, then: Callable[[Found], None] | None = None, replacing: bool = False) -> None:
        self._timer.stop()
        self._cancel_search()
        self._after_search = then
        query = self.query(replacing)
        if self._editor is None or not query.pattern:
            self._show_count("")
            self._mark([])
            return
        document = self._editor.document()
        self._show_count("…")
        if document.characterCount() < LARGE:
            self.searcher.start(query, [plain_text(document)], document.revision())
            return
        snapshot = self._snapshot = Snapshot(document, self)
        snapshot.finished.connect(lambda parts: self.searcher.start(query, parts, document.revision()))

    def _cancel_search(self) -> None:
        self.searcher.cancel()
        if self._snapshot is not None:
            self._snapshot.stop()
            self._snapshot.deleteLater()
            self._snapshot = None

    def _on_found(self, found: Found) -> None:
        if self._editor is None:
            return
        if found.revision != self._editor.document().revision():
            self._search(self._after_search, found.query.replacement is not None)
            return
        self._found = found
        then, self._after_search = self._after_search, None
        if then is not None:
            then(found)
        self._show_place()
        self._mark_around_caret()
        self.searched.emit()

    def _with_matches(self, run: Callable[[Found], None]) -> None:
        """Run now if the matches are known, else when they are."""
        if self._found is not None:
            run(self._found)
            self._show_place()
        else:
            self._search(run)

    def find_next(self) -> None:
        """Select the next match after the caret, from the start again at the end."""
        self._with_matches(lambda found: self._go(found, forward=True))

    def _return_pressed(self) -> None:
        back = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        (self.find_previous if back else self.find_next)()

    def find_previous(self) -> None:
        """Select the match before the caret."""
        self._with_matches(lambda found: self._go(found, forward=False))

    def _go(self, found: Found, forward: bool) -> None:
        if not found.matches or self._editor is None:
            return
        cursor = self._editor.textCursor()
        if forward:
            here = (cursor.selectionEnd(), 0)
            index = bisect.bisect_left(found.matches, here)
            if not cursor.hasSelection() and found.matches[index : index + 1] == [here]:
                index += 1  # the caret stands on a match without length: a line's start, say
        else:
            index = bisect.bisect_left(found.matches, (cursor.selectionStart(), 0)) - 1
        self._select(found.matches[index % len(found.matches)])

    def _select(self, match: tuple[int, int]) -> None:
        assert self._editor is not None
        cursor = self._editor.textCursor()
        cursor.setPosition(match[0])
        cursor.setPosition(match[0] + match[1], QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._mark_around_caret()

    # -- replacing ---------------------------------------------------------------------------------

    def replace_one(self) -> None:
        """Replace the selected match and go to the next; with none selected, go to the next."""
        if self._writable():
            self._search(self._replace_selected, replacing=True)

    def _replace_selected(self, found: Found) -> None:
        assert self._editor is not None
        cursor = self._editor.textCursor()
        selected = (cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart())
        if selected not in found.matches:
            self._go(found, forward=True)
            return
        text = found.replacements[found.matches.index(selected)]
        self._editor.origins.plan(*selected, text, Origin.TYPED)
        cursor.insertText(text)
        self._editor.setTextCursor(cursor)
        self._search(lambda again: self._go(again, forward=True))

    def replace_all(self) -> None:
        """Replace every match; one undo takes all of it back."""
        if self._writable():
            self._search(self._replace_every, replacing=True)

    def _replace_every(self, found: Found) -> None:
        if not found.matches or self._editor is None:
            return
        cursor = QTextCursor(self._editor.document())
        cursor.beginEditBlock()
        if len(found.matches) <= _ONE_BY_ONE:
            for (start, length), text in reversed(list(zip(found.matches, found.replacements, strict=True))):
                self._editor.origins.plan(start, length, text, Origin.TYPED)
                _replace(cursor, start, length, text)
        else:  # Qt takes a millisecond for each edit in a large text, and one for a large edit
            self._replace_stretch(cursor, found)
        cursor.endEditBlock()
        self._found = None
        count = len(found.matches)
        self._search(
            lambda _again: self._show_count(
                tr("{count:,} replaced", count=count), found.problem, replaced=True
            )
        )

    def _replace_stretch(self, cursor: QTextCursor, found: Found) -> None:
        assert self._editor is not None
        start, end = found.matches[0][0], sum(found.matches[-1])
        old = text_between(self._editor.document(), start, end - start).encode("utf-16-le", "surrogatepass")
        matches, replacements = reversed(found.matches), reversed(found.replacements)
        for (at, length), text in zip(matches, replacements, strict=True):
            self._editor.origins.plan(at, length, text, Origin.TYPED)
        parts, place = [], start
        for (at, length), text in zip(found.matches, found.replacements, strict=True):
            parts.append(old[2 * (place - start) : 2 * (at - start)])
            parts.append(text.encode("utf-16-le", "surrogatepass"))
            place = at + length
        _replace(cursor, start, end - start, b"".join(parts).decode("utf-16-le", "surrogatepass"))

    def _writable(self) -> bool:
        return self._editor is not None and not self._editor.isReadOnly()

    # -- showing -----------------------------------------------------------------------------------

    def _show_place(self) -> None:
        """Show “3 of 12”, unless a message about a replacement stands there."""
        if self._found is None or self._editor is None or self._told_replaced:
            return
        total = len(self._found.matches)
        cursor = self._editor.textCursor()
        selected = (cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart())
        index = bisect.bisect_left(self._found.matches, selected)
        on_match = index < total and self._found.matches[index] == selected
        if self._found.problem and not total:
            self._show_count("", self._found.problem)
            return
        if on_match:
            place = tr("{number:,} of {total:,}", number=index + 1, total=total)
        else:
            place = tr("{total:,} found", total=total) if total else tr("No match")
        self._show_count(place, self._found.problem)

    def _show_count(self, text: str, problem: str = "", replaced: bool = False) -> None:
        self._told_replaced = replaced
        self.count.setText(text)
        self.message.setText(problem)
        self.message.setVisible(bool(problem))
        self.pattern.setProperty("invalid", bool(problem))
        self.pattern.style().unpolish(self.pattern)
        self.pattern.style().polish(self.pattern)

    def _mark_around_caret(self) -> None:
        """Mark matches near the caret: marking all of a large text would slow every repaint."""
        if self._found is None or self._editor is None or not self.isVisible():
            return
        matches = self._found.matches
        middle = bisect.bisect_left(matches, (self._editor.textCursor().position(), 0))
        low = max(0, middle - _MOST_MARKED // 2)
        self._mark(matches[low : low + _MOST_MARKED])

    def _mark(self, matches: list[tuple[int, int]]) -> None:
        if self._editor is None:
            return
        look = QTextCharFormat()
        look.setBackground(self._colour)
        marks = []
        for start, length in matches:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self._editor.setExtraSelections(marks)


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return box


def _replace(cursor: QTextCursor, start: int, length: int, text: str) -> None:
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)
