"""The line at the bottom: what the model is doing, what the document is, and one message at a time.

A problem comes before progress, progress before a hint. In a narrow window the least needed things
go first, so that nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QWidget,
)

from gpt_assistant.ui.counting import Count
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, plain, scaled, tool_button

_HINT_MS = 20_000


class ElidedLabel(QLabel):
    """A label that ends in “…” when there is no room, with all of it in the tool tip."""

    def __init__(self, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a server may have written it
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """Return the text, however much of it is visible."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show `text`."""
        self._whole = text
        self.setToolTip(plain(text))
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 10
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


def _counted(count: Count) -> str:
    characters = tr("{n:,} characters", n=count.characters)
    return tr("{n:,} words, {characters}", n=count.words, characters=characters)


class _Problem(NamedTuple):
    text: str = ""
    retry: Callable[[], object] | None = None
    other: tuple[str, Callable[[], object]] | None = None


class _Progress(NamedTuple):
    text: str = ""
    fraction: float = 1.0
    cancel: Callable[[], object] | None = None


class StatusBar(QStatusBar):
    """One per window."""

    format_clicked = Signal(str)  # "encoding" or "newline"
    goal_clicked = Signal()
    mood_clicked = Signal()
    connections_clicked = Signal()
    problem_shown = Signal(str)  # for a dialog that stands before it
    speaks = Signal(bool)  # whether there is a problem or a hint to read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        # By what they are about; the latest is last, and shown.
        self._problems: dict[str, _Problem] = {}
        self._hint = ""
        self._all_progress: dict[str, _Progress] = {}  # by what they are about, likewise
        self._hint_timer = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._hint_timer.timeout.connect(lambda: self.show_hint(""))
        self._build()
        self._refresh()

    def _build(self) -> None:
        self.message = ElidedLabel(self)
        self.cancel = tool_button(tr("Cancel"), tr("Cancel"), self._cancel_latest, self)
        self.retry = tool_button(tr("Try again"), tr("Try again"), lambda: self._answer(0), self)
        self.other = tool_button("", "", lambda: self._answer(1), self)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setFixedWidth(scaled(self, 110))
        self.bar.setAccessibleName(tr("Progress"))
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(8, 2, 4, 2)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.message, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.retry)
        row.addWidget(self.other)
        self.addWidget(left, 1)
        self.model = self._part(tr("Model"))
        self.latency = self._part(tr("Time of the last suggestion"))
        self.words = self._part(tr("Length of the text"))
        self.goal = tool_button("", tr("Word goal"), self.goal_clicked.emit, self)
        self.addPermanentWidget(self.goal)
        self.mood = tool_button("", tr("Mood of the paragraph"), self.mood_clicked.emit, self)
        self.addPermanentWidget(self.mood)
        self.connections = tool_button("", tr("Network connections"), self.connections_clicked.emit, self)
        self.addPermanentWidget(self.connections)
        self.encoding = self._format_button("encoding", tr("Encoding"))
        self.newline = self._format_button("newline", tr("Line ends"))

    def _part(self, name: str) -> QLabel:
        part = label("", self)
        part.setToolTip(name)
        part.setAccessibleName(name)
        self.addPermanentWidget(part)
        return part

    def _format_button(self, which: str, name: str) -> QToolButton:
        tip = tr("{name}: click to change", name=name)
        button = tool_button("", tip, lambda: self.format_clicked.emit(which), self)
        self.addPermanentWidget(button)
        return button

    # -- the model ---------------------------------------------------------------------------------

    def show_model(self, text: str) -> None:
        """Name the model and where it runs; this also ends a progress that was shown."""
        self.show_where(text)
        self.show_progress("", 1.0)

    def show_where(self, text: str) -> None:
        """Name what answers, the model or a server, and nothing else."""
        self.model.setText(text)
        self._fit()

    def show_progress(
        self,
        text: str,
        fraction: float = -1.0,
        about: str = "model",
        cancel: Callable[[], object] | None = None,
    ) -> None:
        """Show how far loading is: 0…1, or negative for a bar that only moves; "" or 1 ends it.

        What is `about` something else, a download say, is shown while nothing newer runs. A button
        calls `cancel`.
        """
        if text and fraction < 1.0:
            self._all_progress[about] = _Progress(text, fraction, cancel)
        else:
            self._all_progress.pop(about, None)
        show_fraction(self.bar, self._latest_progress.fraction)
        self._refresh()

    @property
    def _latest_progress(self) -> _Progress:
        return next(reversed(self._all_progress.values()), _Progress())

    @property
    def _progress(self) -> str:
        return self._latest_progress.text

    def _cancel_latest(self) -> None:
        if (cancel := self._latest_progress.cancel) is not None:
            cancel()

    def show_latency(self, ms: float) -> None:
        """Show how long the last suggestion took."""
        self.latency.setText(tr("{ms:.0f} ms", ms=ms))
        self._fit()

    def show_reason(self, text: str) -> None:
        """Say why nothing is shown, to whoever hovers over the model; "" when something is."""
        tip = tr("No suggestion: {why}", why=text) if text else tr("Time of the last suggestion")
        self.latency.setToolTip(tip)
        self.model.setToolTip(tip if text else tr("Model"))

    # -- messages ----------------------------------------------------------------------------------

    def show_problem(
        self,
        text: str,
        retry: Callable[[], object] | None = None,
        about: str = "file",
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show one line that stays until it is solved or tried again; `other` is another way out, by name.

        A later one stands before it, unless it is `about` the same: then it takes its place.
        """
        self._problems.pop(about, None)
        self._problems[about] = _Problem(text, retry, other)
        self._refresh()
        self.problem_shown.emit(text)

    def clear_problem(self, about: str = "file") -> None:
        """Take what is `about` this away; an earlier problem that is still there is shown again."""
        self._problems.pop(about, None)
        self._refresh()

    @property
    def has_message(self) -> bool:
        """Return whether there is a problem or a hint to read; how far something is does not count."""
        return bool(self._problem or self._hint)

    @property
    def _latest(self) -> _Problem:
        return next(reversed(self._problems.values())) if self._problems else _Problem()

    @property
    def _problem(self) -> str:
        return self._latest.text

    @property
    def _retry(self) -> Callable[[], object] | None:
        return self._latest.retry

    def show_hint(self, text: str) -> None:
        """Show a line for a while, when there is nothing more important."""
        self._hint = text
        if text:
            self._hint_timer.start()
        self._refresh()

    def _answer(self, choice: int) -> None:
        """Try again for 0, go the other way for 1."""
        if self._problems:
            _, problem = self._problems.popitem()
            self._refresh()
            run = problem.other[1] if choice and problem.other else problem.retry
            if run is not None:
                run()

    def _refresh(self) -> None:
        text = self._problem or self._progress or self._hint
        self.message.setObjectName("problem" if self._problem else "")
        self.message.style().polish(self.message)
        self.message.show_text(text)
        self.retry.setVisible(self._retry is not None and bool(self._problem))
        other = self._latest.other
        self.other.setVisible(other is not None)
        if other is not None:
            self.other.setText(other[0])
            self.other.setToolTip(other[0])
            self.other.setAccessibleName(other[0])
        progress = bool(self._progress) and not self._problem
        self.bar.setVisible(progress)
        self.cancel.setVisible(progress and self._latest_progress.cancel is not None)
        self._fit()
        self.speaks.emit(self.has_message)

    # -- the document ------------------------------------------------------------------------------

    def show_count(self, total: Count, selected: Count | None = None) -> None:
        """Show words, and characters on hovering; of the selection first, when there is one."""
        words = tr("{n:,} words", n=total.words)
        tip = _counted(total)
        if selected is not None:
            words = tr("{selected:,} of {n:,} words", selected=selected.words, n=total.words)
            tip = tr("Selected: {selected}. In all: {total}.", selected=_counted(selected), total=tip)
        self.words.setText(words)
        self.words.setToolTip(tip)
        self._fit()

    def show_goal(self, text: str, tip: str) -> None:
        """Show how far the writer is on the way to her goal; "" where she has none."""
        self.goal.setText(text)
        self.goal.setToolTip(tip)
        self.goal.setAccessibleName(tip or tr("Word goal"))
        self._fit()

    def show_mood(self, text: str, tip: str) -> None:
        """Show the mood of the paragraph at the caret; "" where nothing can be said of it."""
        if text != self.mood.text() or tip != self.mood.toolTip():
            self.mood.setText(text)
            self.mood.setToolTip(tip)
            self.mood.setAccessibleName(tip or tr("Mood of the paragraph"))
            self._fit()

    def show_connections(self, text: str, tip: str) -> None:
        """Show how many network connections there were."""
        self.connections.setText(text)
        self.connections.setToolTip(tip)
        self.connections.setAccessibleName(tip)
        self._fit()

    def show_format(self, encoding: str, newline: str) -> None:
        """Show the encoding and the kind of line ends."""
        self.encoding.setText(encoding)
        self.newline.setText(newline)
        self._fit()

    # -- room --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep the parts that fit beside the message, the most needed first."""
        message = self._problem or self._progress or self._hint
        wanted = QFontMetrics(self.font()).horizontalAdvance(message) + 40 if message else 40
        wanted += self.retry.sizeHint().width() if self._retry else 0
        wanted += self.other.sizeHint().width() if self._latest.other else 0
        wanted += self.bar.width() if self._progress else 0
        wanted += self.cancel.sizeHint().width() if self._latest_progress.cancel else 0
        room = self.width() - min(wanted, self.width() * 8 // 10)
        needed = (self.words, self.goal, self.mood, self.model, self.connections, self.latency)
        for part in (*needed, self.newline, self.encoding):
            width = part.sizeHint().width() + 8
            fits = bool(part.text()) and width <= room
            part.setVisible(fits)
            room -= width if fits else 0
