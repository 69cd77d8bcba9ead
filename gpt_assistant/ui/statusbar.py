"""The line at the bottom: what the model is doing, what the document is, and one message at a time.

A problem comes before progress, progress before a hint. In a narrow window the least needed things
go first, so that nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Callable

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
from gpt_assistant.ui.widgets import label, tool_button

_HINT_MS = 20_000


class ElidedLabel(QLabel):
    """A label that ends in “…” when there is no room, with all of it in the tool tip."""

    def __init__(self, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """Return the text, however much of it is visible."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show `text`."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 10
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class StatusBar(QStatusBar):
    """One per window."""

    format_clicked = Signal(str)  # "encoding" or "newline"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        # By what they are about; the latest is last, and shown.
        self._problems: dict[str, tuple[str, Callable[[], object] | None]] = {}
        self._progress = self._hint = ""
        self._hint_timer = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._hint_timer.timeout.connect(lambda: self.show_hint(""))
        self._build()
        self._refresh()

    def _build(self) -> None:
        self.message = ElidedLabel(self)
        self.retry = tool_button("Try again", "Try again", self._run_retry, self)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setFixedWidth(110)
        self.bar.setAccessibleName("Progress")
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(8, 2, 4, 2)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.message, 1)
        row.addWidget(self.retry)
        self.addWidget(left, 1)
        self.model = self._part("Model")
        self.latency = self._part("Time of the last suggestion")
        self.words = self._part("Length of the text")
        self.encoding = self._format_button("encoding", "Encoding")
        self.newline = self._format_button("newline", "Line ends")

    def _part(self, name: str) -> QLabel:
        part = label("", self)
        part.setToolTip(name)
        part.setAccessibleName(name)
        self.addPermanentWidget(part)
        return part

    def _format_button(self, which: str, name: str) -> QToolButton:
        tip = f"{name}: click to change"
        button = tool_button("", tip, lambda: self.format_clicked.emit(which), self)
        self.addPermanentWidget(button)
        return button

    # -- the model ---------------------------------------------------------------------------------

    def show_model(self, text: str) -> None:
        """Name the model and where it runs; this also ends a progress that was shown."""
        self.model.setText(text)
        self.show_progress("", 1.0)

    def show_progress(self, text: str, fraction: float = -1.0) -> None:
        """Show how far loading is: 0…1, or negative for a bar that only moves; "" or 1 ends it."""
        self._progress = "" if fraction >= 1.0 else text
        self.bar.setMaximum(0 if fraction < 0 else 1000)
        self.bar.setValue(round(1000 * max(0.0, fraction)))
        self._refresh()

    def show_latency(self, ms: float) -> None:
        """Show how long the last suggestion took."""
        self.latency.setText(f"{ms:.0f} ms")
        self._fit()

    def show_reason(self, text: str) -> None:
        """Say why nothing is shown, to whoever hovers over the model; "" when something is."""
        tip = f"No suggestion: {text}" if text else "Time of the last suggestion"
        self.latency.setToolTip(tip)
        self.model.setToolTip(tip if text else "Model")

    # -- messages ----------------------------------------------------------------------------------

    def show_problem(self, text: str, retry: Callable[[], object] | None = None, about: str = "file") -> None:
        """Show one line that stays until it is solved or tried again.

        A later one stands before it, unless it is `about` the same: then it takes its place.
        """
        self._problems.pop(about, None)
        self._problems[about] = (text, retry)
        self._refresh()

    def clear_problem(self, about: str = "file") -> None:
        """Take what is `about` this away; an earlier problem that is still there is shown again."""
        self._problems.pop(about, None)
        self._refresh()

    @property
    def _problem(self) -> str:
        return next(reversed(self._problems.values()))[0] if self._problems else ""

    @property
    def _retry(self) -> Callable[[], object] | None:
        return next(reversed(self._problems.values()))[1] if self._problems else None

    def show_hint(self, text: str) -> None:
        """Show a line for a while, when there is nothing more important."""
        self._hint = text
        if text:
            self._hint_timer.start()
        self._refresh()

    def _run_retry(self) -> None:
        if self._problems:
            _, (_, retry) = self._problems.popitem()
            self._refresh()
            if retry is not None:
                retry()

    def _refresh(self) -> None:
        text = self._problem or self._progress or self._hint
        self.message.setObjectName("problem" if self._problem else "")
        self.message.style().polish(self.message)
        self.message.show_text(text)
        self.retry.setVisible(self._retry is not None and bool(self._problem))
        self.bar.setVisible(bool(self._progress) and not self._problem)
        self._fit()

    # -- the document ------------------------------------------------------------------------------

    def show_count(self, total: Count, selected: Count | None = None) -> None:
        """Show words, and characters on hovering; of the selection first, when there is one."""
        words = f"{total.words:,} {'word' if total.words == 1 else 'words'}"
        tip = f"{words}, {total.characters:,} characters"
        if selected is not None:
            words = f"{selected.words:,} of {words}"
            tip = f"Selected: {selected.words:,} words, {selected.characters:,} characters. In all: {tip}"
        self.words.setText(words)
        self.words.setToolTip(tip)
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
        wanted += self.bar.width() if self._progress else 0
        room = self.width() - min(wanted, self.width() * 8 // 10)
        for part in (self.words, self.model, self.latency, self.newline, self.encoding):
            width = part.sizeHint().width() + 8
            fits = bool(part.text()) and width <= room
            part.setVisible(fits)
            room -= width if fits else 0
