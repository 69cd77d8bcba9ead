"""What the colours of words mean: a line below the text, from strongly negative to strongly positive."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from gpt_assistant.text.told import mark
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.mood_looks import MoodLooks, looks
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.shading import Shade, draw
from gpt_assistant.ui.theme import LIGHT
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled, tool_button

# What each sample says; the strength is an index of MoodLooks.bad or .good.
_SAMPLES = (
    (False, 2, mark("more negative"), mark("More than other words this makes its sentence negative")),
    (False, 0, mark("a little"), mark("This makes its sentence a little more negative")),
    (True, 0, mark("a little"), mark("This makes its sentence a little more positive")),
    (True, 2, mark("more positive"), mark("More than other words this makes its sentence positive")),
)


class PushSample(QLabel):
    """A few words on one look, coloured as words of the text are."""

    def __init__(self, text: str, tip: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.look: Shade | None = None
        self.setContentsMargins(7, 2, 7, 5)
        self.setToolTip(tip)
        self.setAccessibleName(f"{text}. {tip}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words on the page, and the look behind them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        if self.look is not None:
            draw(painter, QRectF(self.rect()), self.look)
        painter.end()
        super().paintEvent(event)


class MoodLegend(QFrame):
    """The line; hidden until it is shown. `stop` ends the weighing, `close` takes the colours away."""

    def __init__(self, stop: Callable[[], object], close: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("moodLegend")
        self.setAccessibleName(tr("Why this mood?"))
        self._close = close
        flow = QWidget(self)
        arranged = FlowLayout(flow)
        arranged.setContentsMargins(0, 0, 0, 0)
        self.samples = [PushSample(tr(text), tr(tip), flow) for _, _, text, tip in _SAMPLES]
        self.note = label("", flow, "muted")
        for each in (*self.samples, self.note):
            arranged.addWidget(each)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setFixedWidth(scaled(self, 90))
        self.bar.setAccessibleName(tr("Progress"))
        self.stop_button = tool_button(tr("Stop"), tr("Weigh no more words"), stop, self)
        self.close_button = tool_button("✕", tr("Show the text without colours (Esc)"), close, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(flow, 1)
        row.addWidget(self.bar)
        for button in (self.stop_button, self.close_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.set_looks(looks(LIGHT))
        self.say("")
        self.hide()

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        for sample, (good, strength, _, _) in zip(self.samples, _SAMPLES, strict=True):
            sample.look = (made.good if good else made.bad)[strength]
            sample.update()

    def say(self, text: str, fraction: float | None = None) -> None:
        """Show a line, and how far the weighing is, 0…1, if it goes on."""
        if text != self.note.text():
            self.note.setText(text)
            self.note.setVisible(bool(text))
        running = fraction is not None
        if not running and self.stop_button.hasFocus():
            self.close_button.setFocus()
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        if fraction is not None:
            show_fraction(self.bar, fraction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
