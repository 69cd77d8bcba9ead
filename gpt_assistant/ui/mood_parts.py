"""What is shown of moods: one in a word, its name with its share, and the list of strong sentences."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QWidget

from gpt_assistant.engine.messages import Mood
from gpt_assistant.ui.mood_looks import SIGNS, MoodLooks, looks, name_of
from gpt_assistant.ui.mood_sheet import Entry, SentenceMood
from gpt_assistant.ui.reading_panel import PLACE
from gpt_assistant.ui.theme import LIGHT
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import scaled

_LISTED = 50


class MoodSample(QLabel):
    """The name of a mood beside a spot of its colour, and its share."""

    def __init__(self, mood: Mood, parent: QWidget) -> None:
        super().__init__(parent)
        self.mood = mood
        self._looks = looks(LIGHT)
        self._spot = scaled(self, 11)
        self._make_room()
        self.show_share(None)

    def _make_room(self) -> None:
        left, right = self._spot + 6, 4
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self.setContentsMargins(left, 1, right, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the spot on the side where the language begins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        self._looks = made
        self.update()

    def show_share(self, share: float | None) -> None:
        """Show which part of the sentences have this mood."""
        name = name_of(self.mood)
        self.setText(name if share is None else tr("{name}: {p} %", name=name, p=round(100 * share)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the spot beside the name."""
        super().paintEvent(event)
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - self._spot - 1 if mirrored else 0
        spot = QRectF(left, (self.height() - self._spot) / 2, self._spot, self._spot)
        painter.fillRect(spot, self._looks.page)
        painter.fillRect(spot, self._looks.fills[self.mood])
        painter.setPen(self._looks.muted)
        painter.drawRect(spot)
        painter.end()


def in_a_word(entry: Entry | None) -> tuple[str, str]:
    """Return the mood of a paragraph in a word, and in a sentence; empty where it has none."""
    if entry is None or not entry.found.told:
        return "", ""
    found = entry.found
    name, share = name_of(found.label), round(100 * found.scores.of(found.label))
    word = tr("{sign} {mood}", sign=SIGNS[found.label], mood=name)
    return word, tr(
        "The mood of this paragraph: {mood}, {p} % sure. Click for all of the text", mood=name, p=share
    )


def fill(listed: QListWidget, passages: Sequence[tuple[int, Entry]]) -> None:
    """List the strongest sentences, each with its place: a paragraph, and UTF-16 units from its start.

    Rows that are the same stay, and with them the place that was scrolled to.
    """
    rows = _strongest(passages)
    for i, (number, sentence) in enumerate(rows):
        item = listed.item(i)
        if item is None:
            item = QListWidgetItem()
            listed.addItem(item)
        said = tr("{sign} {mood}", sign=SIGNS[sentence.label], mood=name_of(sentence.label))
        text = f"{said} · {' '.join(sentence.text.split())}"
        if item.text() != text:
            item.setText(text)
        place = (number, sentence.start, sentence.end)
        if item.data(PLACE) != place:
            item.setData(PLACE, place)
    while listed.count() > len(rows):
        listed.takeItem(listed.count() - 1)


def _strongest(passages: Sequence[tuple[int, Entry]]) -> list[tuple[int, SentenceMood]]:
    rows = (
        (number, each)
        for number, entry in passages
        if entry.fresh
        for each in entry.found.sentences
        if each.label is not Mood.NEUTRAL
    )
    return heapq.nlargest(_LISTED, rows, key=lambda row: abs(row[1].scores.balance))
