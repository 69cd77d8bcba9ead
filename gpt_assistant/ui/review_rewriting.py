"""A rewriting in the review lane: its changes, to be taken or left one by one or all at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gpt_assistant.text.diff import Hunk
from gpt_assistant.ui.anchor import Anchor
from gpt_assistant.ui.announcer import Announcer
from gpt_assistant.ui.comparison import Comparison
from gpt_assistant.ui.review_changes import Changes, State
from gpt_assistant.ui.review_parts import READ_ONLY, Buttons, push_button
from gpt_assistant.ui.review_text import ReviewText
from gpt_assistant.ui.tasks import Task
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, tool_button

_REFRESH_MS = 200


class ChangesPane(QWidget):
    """A rewriting, change by change. While it is being written it is shown as it is.

    Signals: `hint(text)`; `jump(start, end)`, to a change's place in the document, in UTF-16 units.
    """

    hint = Signal(str)
    jump = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._anchor: Anchor | None = None
        self._changes: Changes | None = None
        self._comparison = Comparison(self)
        self._comparison.done.connect(self._compared)
        self._states: list[State] = []
        self._text = ""
        self.view = ReviewText(tr("Changes"), self)
        self.view.setAccessibleDescription(
            tr("Tab goes from change to change. Enter accepts it, R or Delete rejects it, U opens it again.")
        )
        self.view.decided.connect(self.decide)
        self.view.activated.connect(lambda index: self.decide(index, "accept"))
        self.view.moved.connect(self._moved)
        self._announcer = Announcer(self.view)
        self._announcer.enabled = True
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.previous = tool_button("↑", tr("Previous change"), lambda: self._step(-1), self)
        self.next = tool_button("↓", tr("Next change"), lambda: self._step(1), self)
        self.place = label("", self, "muted")
        self.place.setAccessibleName(tr("Changes"))
        accept, reject = self._on_current("accept"), self._on_current("reject")
        self.accept = push_button(tr("Accept"), tr("Accept this change (Enter or A)"), accept, self)
        self.reject = push_button(tr("Reject"), tr("Reject this change (R or Delete)"), reject, self)
        self.accept_all = push_button(
            tr("Accept all"), tr("Accept every open change"), self._accept_all, self
        )
        self.reject_all = push_button(
            tr("Reject all"), tr("Reject every open change"), self._reject_all, self
        )
        self.copy = tool_button(tr("Copy"), tr("Copy the whole rewriting"), self._copy, self)

    def _lay_out(self) -> None:
        moves = QHBoxLayout()
        moves.setSpacing(3)
        moves.addWidget(self.place, 1)
        moves.addWidget(self.copy)
        moves.addWidget(self.previous)
        moves.addWidget(self.next)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.view, 1)
        rows.addLayout(moves)
        rows.addWidget(Buttons((self.accept, self.reject, self.accept_all, self.reject_all), self))

    # -- filling -----------------------------------------------------------------------------------

    def show_task(self, task: Task) -> None:
        """Show what there is: the text while it is written, then the changes."""
        self._text = task.result.text
        if task.running or not task.anchor.alive:
            self._forget()
            self.view.show_text(task.result.text)
        else:
            self._review(task)
        self._update()

    def _review(self, task: Task) -> None:
        self._forget()
        self.view.show_text(task.result.text)
        self._anchor = task.anchor
        self._comparison.start(task.anchor.text, whole_rewriting(task))

    def _compared(self, hunks: list[Hunk]) -> None:
        if self._anchor is None or not self._anchor.alive:
            return
        self._changes = Changes(self._anchor, hunks)
        self._anchor.editor.document().contentsChange.connect(self._edited)
        self._show_states()
        first = next((i for i, state in enumerate(self._states) if state is State.OPEN), -1)
        self.view.go_to(first)
        self._update()

    def _forget(self) -> None:
        if self._changes is not None and self._changes.anchor.alive:
            self._changes.anchor.editor.document().contentsChange.disconnect(self._edited)
        self._refresh.stop()
        self._comparison.cancel()
        self._anchor, self._changes, self._states = None, None, []

    def document_closed(self, editor: object) -> None:
        """The document is about to go: nothing can be applied to it any more."""
        if self._anchor is not None and self._anchor.editor is editor:
            self._forget()
            self.view.show_text(self._text)
            self._update()

    def set_font(self, font: QFont) -> None:
        """Use `font` for texts."""
        self.view.setFont(font)

    def set_colours(self, colours: Colours) -> None:
        """Use `colours`."""
        self.view.set_colours(colours)
        if self._changes is not None:
            self.view.show_text("")
            self._show_states()

    @property
    def changes(self) -> Changes | None:
        """Return the changes under review, None while there are none."""
        return self._changes

    @property
    def states(self) -> list[State]:
        """Return what has become of each change, as it is shown."""
        return list(self._states)

    def _edited(self, _position: int, _removed: int, _added: int) -> None:
        self._refresh.start()

    def refresh(self) -> None:
        """Show what has become of the changes since the document was edited."""
        if self._changes is not None and self._changes.states() != self._states:
            self._show_states()
            self._update()

    def _show_states(self) -> None:
        assert self._changes is not None
        self._states = self._changes.states()
        self.view.show_changes(self._changes.anchor.text, self._changes.hunks, self._states)

    # -- deciding ----------------------------------------------------------------------------------

    def decide(self, index: int, what: str) -> None:
        """Accept, reject or reopen one change, then go to the next open one."""
        if self._changes is None:
            return
        if not self._changes.anchor.writable:
            self.hint.emit(tr(READ_ONLY))
            return
        if what == "accept":
            if self._changes[index].state() is State.REJECTED:
                self._changes.reject([index], False)
            if not self._changes.accept([index]) and self._changes[index].state() is not State.ACCEPTED:
                self.hint.emit(tr("You have changed these words since: they stay as they are."))
        else:
            self._changes.reject([index], what == "reject")
        self._show_states()
        self._go_on(index if what != "reopen" else index - 1)

    def _go_on(self, index: int) -> None:
        count = len(self._states)
        order = [(index + 1 + step) % count for step in range(count)]
        following = next((each for each in order if self._states[each] is State.OPEN), index)
        self.view.go_to(following)
        self._update()

    def _on_current(self, what: str) -> Callable[[], None]:
        return lambda: self.decide(self.view.current, what) if self.view.current >= 0 else None

    def _all_open(self) -> list[int]:
        return [index for index, state in enumerate(self._states) if state is State.OPEN]

    def _accept_all(self) -> None:
        if self._changes is None:
            return
        if not self._changes.accept(self._all_open()):
            self.hint.emit(tr(READ_ONLY))
        self._show_states()
        self._update()

    def _reject_all(self) -> None:
        if self._changes is not None:
            self._changes.reject(self._all_open())
            self._show_states()
            self._update()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.hint.emit(tr("Copied."))

    # -- where one is ------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        if count := len(self._states):
            self.view.go_to((self.view.current + step) % count if self.view.current >= 0 else 0)

    def _moved(self, index: int) -> None:
        self._update()
        if self._changes is None or index < 0:
            return
        change = self._changes[index]
        what = spoken(change.hunk.old, change.hunk.new)
        self._announcer.announce(tr("{place}. {change}", place=self.place.text(), change=what))
        if self.view.hasFocus() and (place := change.place()) is not None:
            self.jump.emit(*place)

    def _update(self) -> None:
        count, current = len(self._states), self.view.current
        open_ones = len(self._all_open())
        if self._comparison.running:
            self.place.setText(tr("Comparing…"))
        elif not count:
            self.place.setText("" if self._changes is None else tr("Nothing to change."))
        elif 0 <= current < count and (open_ones or self._states[current] is State.CHANGED):
            edited = self._states[current] is State.CHANGED
            left = tr("edited by you since") if edited else tr("{count} open", count=open_ones)
            place = tr("Change {number} of {count}, {left}", number=current + 1, count=count, left=left)
            self.place.setText(place)
        elif open_ones:
            self.place.setText(tr("{open} of {count} changes are open.", open=open_ones, count=count))
        else:
            self.place.setText(
                tr("All {count} are decided.", count=count) if count > 1 else tr("It is decided.")
            )
        here = self._states[current] if 0 <= current < count else State.CHANGED
        self.accept.setEnabled(here in (State.OPEN, State.REJECTED))
        self.reject.setEnabled(here is State.OPEN)
        for button in (self.accept_all, self.reject_all):
            button.setEnabled(open_ones > 0)
        for tool in (self.previous, self.next):
            tool.setEnabled(count > 1)
        self.copy.setEnabled(bool(self._text))


def whole_rewriting(task: Task) -> str:
    """Return the rewriting; one that was cancelled goes on as the passage did."""
    result = task.result
    if result.finished:
        return result.text
    if not result.passages:
        return task.anchor.text
    last = result.passages[-1]
    return result.text[: last.end] + task.anchor.text[last.source_end :]


def spoken(old: str, new: str) -> str:
    """Return what a change does, for a screen reader."""
    if not old.strip():
        return tr("Insert “{new}”", new=new.strip())
    if not new.strip():
        return tr("Delete “{old}”", old=old.strip())
    return tr("“{old}” becomes “{new}”", old=old.strip(), new=new.strip())
