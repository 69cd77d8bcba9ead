"""Beside the text: what the shades mean, and where the text is most and least predictable.

The most predictable sentences are where clichés are, the most surprising words where slips are; a click goes
there. Sentences of few words and words of the first hundred are not listed: neither says anything.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.ui.flow import FlowLayout
from gpt_assistant.ui.motion import show_fraction
from gpt_assistant.ui.predictability_sheet import PredictabilitySheet
from gpt_assistant.ui.rank_looks import EXPLAINED, NAMES, number_of
from gpt_assistant.ui.reading_panel import PLACE, ReadingPanel
from gpt_assistant.ui.shading import Shade, draw
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.why_words import bits
from gpt_assistant.ui.widgets import label, scaled, tool_button

if TYPE_CHECKING:
    from gpt_assistant.ui.predictability import Predictability
    from gpt_assistant.ui.window import MainWindow

_LISTED = 100
_LEAST_WORDS = 5  # of a sentence that is listed
_LEAST_RANK = 101  # of a word that is listed
_AROUND = 26  # characters of the text around a word


class Row(NamedTuple):
    """A row of a list: what it says, and where that stands: a paragraph and UTF-16 units of it."""

    value: float
    text: str
    said: str
    number: int
    start: int
    end: int


class RankSample(QLabel):
    """The name of one look, shaded as a word of it is."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.look: Shade | None = None
        self.setContentsMargins(7, 2, 7, 5)
        self.setToolTip(tr(EXPLAINED[number]))
        self.show_share(None)

    def show_share(self, share: float | None) -> None:
        """Show which part of the words are of this look."""
        name = tr(NAMES[self._number])
        self.setText(name if share is None else tr("{name}: {p} %", name=name, p=round(100 * share)))
        self.setAccessibleName(f"{self.text()}. {self.toolTip()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade, and the name on it."""
        if self.look is not None:
            painter = QPainter(self)
            draw(painter, QRectF(self.rect()), self.look)
            painter.end()
        super().paintEvent(event)


class PredictabilityPanel(ReadingPanel):
    """Follows the document in front while the view is on."""

    def __init__(self, view: Predictability, window: MainWindow) -> None:
        super().__init__(tr("Predictability"), window)
        self.setObjectName("predictabilityPanel")
        self.setAccessibleName(tr("How predictable the text is"))
        self._view = view
        self._build()
        view.changed.connect(self._changed)

    def _build(self) -> None:
        frame = QFrame(self)
        frame.setObjectName("reviewLane")
        self.close_button = tool_button("✕", tr("Show the text without shades"), self._close, frame)
        head = QHBoxLayout()
        head.addWidget(label(tr("Predictability"), frame, "laneTitle"), 1)
        head.addWidget(self.close_button)
        flow = QWidget(frame)
        self.samples = [RankSample(number, flow) for number in range(len(NAMES))]
        arranged = FlowLayout(flow)
        arranged.setContentsMargins(0, 0, 0, 0)
        for sample in self.samples:
            arranged.addWidget(sample)
        self.note = label("", frame, "muted", wrap=True)
        progress = self._progress(frame)
        self.sentences = self._list(tr("Most predictable sentences"), frame, 56)
        self.words = self._list(tr("Most surprising words"), frame, 56)
        rows = QVBoxLayout(frame)
        rows.setContentsMargins(12, 8, 10, 10)
        rows.addLayout(head)
        rows.addWidget(flow)
        rows.addWidget(self.note)
        rows.addLayout(progress)
        for listed in (self.sentences, self.words):
            rows.addWidget(label(listed.accessibleName(), frame, "laneTitle"))
            rows.addWidget(listed, 1)
        self.setWidget(frame)
        frame.setMinimumSize(scaled(self, 220), scaled(self, 160))

    def set_looks(self, looks: Sequence[Shade]) -> None:
        """Use the looks of a theme."""
        for sample, look in zip(self.samples, looks, strict=True):
            sample.look = look
            sample.update()

    # -- what is shown -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is known now."""
        if not self._view.on:
            return
        begin = time.perf_counter()
        sheet = self._view.current()
        counts, total, words = _counts(sheet)
        for number, sample in enumerate(self.samples):
            sample.show_share(counts[number] / words if words else None)
        _fill(self.sentences, _sentences(sheet))
        _fill(self.words, _words(sheet))
        self.note.setText(self._note(sheet, total, words))
        reading = self._view.reading and self._view.loaded
        self.bar.setVisible(reading)
        self.stop_button.setVisible(reading)
        if reading and sheet is not None:
            show_fraction(self.bar, sheet.share)
        self._pace(begin)

    def _note(self, sheet: PredictabilitySheet | None, total: float, words: int) -> str:
        if not self._view.loaded:
            return tr("Read once the model is loaded.")
        if sheet is None:
            return ""
        said = tr("{bits} a word in the mean.", bits=bits(total / words)) if words else ""
        if self._view.stopped:
            said = tr("{said} Only what comes into sight is read on.", said=said)
        elif sheet.too_long:
            said = tr("{said} A text this long is read where it is in sight.", said=said)
        elif self._view.reading:
            said = tr("{said} The rest is being read…", said=said)
        elif not words:
            said = tr("There are no words to read.")
        return said.strip()

    def stop(self) -> None:
        """Read no more than what is in sight."""
        self._view.stop_rest()

    def _close(self) -> None:
        self._view.set_on(False)
        if (editor := self._window.current_editor()) is not None:
            editor.setFocus()


def _counts(sheet: PredictabilitySheet | None) -> tuple[Counter[int], float, int]:
    """Return how many words each look has, the surprisal of all sentences, and how many words they have."""
    counts: Counter[int] = Counter()
    total, words = 0.0, 0
    for _, found in sheet.entries() if sheet is not None else ():
        counts.update(number_of(word.rank) for word in found.words)
        total += sum(sentence.bits for sentence in found.sentences)
        words += sum(sentence.words for sentence in found.sentences)
    return counts, total, max(words, counts.total())


def _sentences(sheet: PredictabilitySheet | None) -> list[Row]:
    rows = [
        Row(each.bits / each.words, " ".join(each.text.split()), "", number, each.start, each.end)
        for number, found in (sheet.entries() if sheet is not None else ())
        for each in found.sentences
        if each.words >= _LEAST_WORDS
    ]
    rows = sorted(rows, key=lambda row: row.value)[:_LISTED]
    return [row._replace(said=tr("{bits} a word", bits=bits(row.value))) for row in rows]


def _words(sheet: PredictabilitySheet | None) -> list[Row]:
    rows = [
        Row(word.bits, _around(found.text, word.start, word.end), "", number, word.start, word.end)
        for number, found in (sheet.entries() if sheet is not None else ())
        for word in found.words
        if word.rank >= _LEAST_RANK
    ]
    rows = sorted(rows, key=lambda row: -row.value)[:_LISTED]
    return [row._replace(said=bits(row.value)) for row in rows]


def _around(text: str, start: int, end: int) -> str:
    """Return a word with a little of what stands around it."""
    units = text.encode("utf-16-le", "surrogatepass")

    def part(low: int, high: int) -> str:
        return units[2 * max(0, low) : 2 * high].decode("utf-16-le", "replace")

    before, behind = part(start - _AROUND, start), part(end, end + _AROUND)
    before = "…" + before.partition(" ")[2] if start > _AROUND else before
    behind = behind.rpartition(" ")[0] + "…" if 2 * (end + _AROUND) < len(units) else behind
    return f"{part(start, end)} ({f'{before}{part(start, end)}{behind}'.strip()})"


def _fill(listed: QListWidget, rows: Sequence[Row]) -> None:
    """Show `rows`; those that are the same stay, and with them the place that was scrolled to."""
    for i, row in enumerate(rows):
        item = listed.item(i)
        if item is None:
            item = QListWidgetItem()
            listed.addItem(item)
        text = f"{row.said} · {row.text}"
        if item.text() != text:
            item.setText(text)
        item.setData(PLACE, (row.number, row.start, row.end))
    while listed.count() > len(rows):
        listed.takeItem(listed.count() - 1)
