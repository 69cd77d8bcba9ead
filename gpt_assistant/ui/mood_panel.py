"""Beside the text: the curve of its mood, the share of each mood, and the sentences that say most."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent, QTextBlock
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.engine.messages import Mood
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.mood_curve import MoodCurve, Point, ShareBar
from gpt_assistant.ui.mood_looks import MOODS, MoodLooks
from gpt_assistant.ui.mood_parts import MoodSample, fill
from gpt_assistant.ui.mood_sheet import READ, Entry, MoodSheet
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.reading_panel import ReadingPanel
from gpt_assistant.ui.spelling_seeking import select
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, scaled, tool_button

if TYPE_CHECKING:
    from gpt_assistant.ui.mood import Moods
    from gpt_assistant.ui.window import MainWindow

_FEW = 5  # paragraphs; reading them is over in a moment, and not worth a bar
_FLAT = 1.2  # times as wide as high

_Passages = Sequence[tuple[int, Entry]]


class MoodPanel(ReadingPanel):
    """Follows the document in front while it is seen."""

    def __init__(self, moods: Moods, window: MainWindow) -> None:
        super().__init__(tr("Mood"), window)
        self.setObjectName("moodPanel")
        self.setAccessibleName(tr("Mood of the text"))
        self._moods = moods
        self._build()
        moods.changed.connect(self._changed)
        moods.fitting.changed.connect(self.refresh)
        window.editor_added.connect(lambda editor: editor.cursorPositionChanged.connect(self._changed))

    def _build(self) -> None:
        frame = QFrame(self)
        frame.setObjectName("reviewLane")
        self.close_button = tool_button("✕", tr("Close the panel"), self._close, frame)
        head = QHBoxLayout()
        head.addWidget(label(tr("Mood of the text"), frame, "laneTitle"), 1)
        head.addWidget(self.close_button)
        self.curve = MoodCurve(frame)
        self.curve.chosen.connect(self._go_to)
        self.shares = ShareBar(frame)
        flow = QWidget(frame)
        arranged = FlowLayout(flow)
        arranged.setContentsMargins(0, 0, 0, 0)
        self.samples = [MoodSample(mood, flow) for mood in MOODS]
        for sample in self.samples:
            arranged.addWidget(sample)
        self.note = label("", frame, "muted", wrap=True)
        self.fit_button = QPushButton(tr("Fit the mood to this model"), frame, autoDefault=False)
        self.fit_button.setToolTip(
            tr("Reads two hundred sentences that come with the program; nothing of yours")
        )
        self.fit_button.clicked.connect(lambda _checked=False: self._moods.fitting.start())
        progress = self._progress(frame)
        self.sentences = self._list(tr("Strongest sentences"), frame, 44)
        self.sentences.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.why_button = QPushButton(tr("Why this mood?"), frame, autoDefault=False)
        self.why_button.setCheckable(True)
        self.why_button.setToolTip(tr("Colour the words by how far they push the mood"))
        self.why_button.clicked.connect(self._moods.words.set_on)
        overview, strongest = QVBoxLayout(), QVBoxLayout()
        for widget in (self.curve, self.note, self.fit_button):
            overview.addWidget(widget)
        overview.addLayout(progress)
        overview.addWidget(self.why_button)
        overview.addStretch()
        strongest.addWidget(self.shares)
        strongest.addWidget(flow)
        strongest.addWidget(label(self.sentences.accessibleName(), frame, "laneTitle"))
        strongest.addWidget(self.sentences, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(10)
        self._halves.addLayout(overview)
        self._halves.addLayout(strongest)
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(12, 8, 10, 10)
        rows.addLayout(head)
        rows.addLayout(self._halves, 1)
        self.setWidget(frame)
        frame.setMinimumSize(scaled(self, 220), scaled(self, 160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list beside the curve where there is more room beside than below."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        flat = event.size().width() > _FLAT * event.size().height()
        self._halves.setDirection(way.LeftToRight if flat else way.TopToBottom)
        for half, stretch in ((0, 1 if flat else 0), (1, 1)):
            self._halves.setStretch(half, stretch)

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        self.curve.set_looks(made)
        self.shares.set_looks(made)
        for sample in self.samples:
            sample.set_looks(made)

    # -- what is shown -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is known now."""
        if not self.isVisibleTo(self._window):
            return
        begin = time.perf_counter()
        moods, sheet = self._moods, self._moods.current()
        passages = list(sheet.passages()) if sheet is not None else []
        unread = sheet.unread if sheet is not None else 0
        counts = _counts(passages)
        whole = counts.total()
        self._draw(sheet, passages)
        shares = {mood: counts[mood] / whole for mood in MOODS} if whole else {}
        self.shares.show_shares(shares)
        for sample in self.samples:
            sample.show_share(shares.get(sample.mood))
        names = ", ".join(sample.text() for sample in self.samples)
        self.shares.setAccessibleName(tr("Shares of the sentences: {shares}", shares=names))
        fill(self.sentences, passages)
        reading = moods.reading and unread > _FEW
        self.note.setText(self._note(sheet, whole, reading, _foreign(passages)))
        self.note.setVisible(bool(self.note.text()))
        self.fit_button.setVisible(moods.loaded and not moods.fitted and not moods.fitting.running)
        running = reading or moods.fitting.running
        if not running and self.stop_button.hasFocus():
            self.sentences.setFocus()
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        if moods.fitting.running:
            show_fraction(self.bar, moods.fitting.fraction)
        elif running and sheet is not None:
            show_fraction(self.bar, 1 - unread / sheet.editor.blockCount())
        self.why_button.setChecked(moods.words.on)
        self._pace(begin)

    def _draw(self, sheet: MoodSheet | None, passages: _Passages) -> None:
        if sheet is None:
            self.curve.show_points([], -1.0)
        else:
            length = max(1, sheet.editor.document().characterCount() - 1)
            caret = sheet.editor.textCursor().position() / length
            self.curve.show_points(_points(sheet.editor, passages, length), caret)

    def _note(self, sheet: MoodSheet | None, whole: int, reading: bool, foreign: int) -> str:
        moods = self._moods
        if not moods.loaded:
            return tr("Read once the model is loaded.")
        if moods.fitting.running:
            return tr("Fitting the mood to the model…")
        if not moods.fitted:
            why = tr("The mood is not fitted to this model yet, so that it would often be wrong.")
            return f"{moods.fitting.said} {why}".strip()
        if sheet is None:
            return tr("There is no prose here to read.")
        parts = [moods.fitting.said]
        if moods.stopped:
            parts.append(tr("Only what comes into sight is read on."))
        elif sheet.too_long:
            parts.append(tr("A text this long is read where it is in sight."))
        elif reading:
            parts.append(tr("The rest is being read…"))
        elif not whole:
            parts.append(tr("There are no words to read."))
        if foreign:
            parts.append(tr("{n} paragraphs are not in English and are not read.", n=foreign))
        return " ".join(part for part in parts if part)

    # -- what one may do ---------------------------------------------------------------------------

    def _go_to(self, number: int) -> None:
        """Put the caret where a passage begins."""
        editor = self._window.current_editor()
        block = editor.document().findBlockByNumber(number) if editor is not None else QTextBlock()
        if editor is not None and block.isValid():
            select(editor, block.position(), block.position())
            editor.setFocus()

    def stop(self) -> None:
        """Stop reading the rest of the text, or fitting the mood to the model."""
        if self._moods.fitting.running:
            self._moods.fitting.cancel()
        else:
            self._moods.stop_rest()
        self.refresh()

    def _close(self) -> None:
        self._moods.actions()["mood_panel"](False)


def _counts(passages: _Passages) -> Counter[Mood]:
    """Return how many sentences have each mood."""
    counts: Counter[Mood] = Counter()
    for _, entry in passages:
        counts.update(sentence.label for sentence in entry.found.sentences)
    return counts


def _foreign(passages: _Passages) -> int:
    return sum(entry.found.language not in ("", READ) for _, entry in passages)


def _points(editor: Editor, passages: _Passages, length: int) -> list[Point]:
    """Return the curve of what is known, in a document of so many UTF-16 units."""
    points = []
    for number, entry in passages:
        found = entry.found
        if found.told:
            start = editor.document().findBlockByNumber(number).position()
            end = min(length, start + max(1, len(found.text)))
            points.append(
                Point(start / length, end / length, found.scores.balance, found.label, found.text, number)
            )
    return points
