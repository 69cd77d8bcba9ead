"""Document statistics: what the text, and what is selected of it, is in numbers, and who wrote how much."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.text.origin_counts import Tallies, Tally
from gpt_assistant.text.origins import EXPLAINED, NAMES_OF_ORIGINS, Origin
from gpt_assistant.text.statistics import Statistics, count
from gpt_assistant.text.told import mark
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.origin_legend import percent
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.review_parts import push_button
from gpt_assistant.ui.statistics_work import Counting, Counts
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label

_LONGEST_SELECTED = 200_000  # UTF-16 units; a longer selection is not counted: 0.1 s
_ROWS: tuple[tuple[str, Callable[[Statistics], str]], ...] = (
    (mark("Words"), lambda found: _number(found.words)),
    (mark("Characters"), lambda found: _number(found.characters)),
    (mark("Characters without spaces"), lambda found: _number(found.characters - found.spaces)),
    (mark("Sentences"), lambda found: _number(found.sentences)),
    (mark("Paragraphs"), lambda found: _number(found.paragraphs)),
    (mark("Time to read"), lambda found: reading_time(found.minutes)),
)


class StatisticsDialog(QDialog):
    """The statistics of `document`; `report` saves who wrote what, `kept` shows what is remembered."""

    def __init__(
        self,
        document: Document,
        report: Callable[[], object],
        kept: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Statistics of {title}", title=document.title))
        self.setAccessibleName(tr("Document statistics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._selected = _of_selection(document)
        self.numbers = _table(tr("Numbers"), ("", tr("Document"), tr("Selection")))
        self.numbers.setColumnHidden(2, self._selected is None)
        heads = (tr("Origin"), tr("Words"), tr("Share of words"), tr("Characters"), tr("Share of characters"))
        self.origins = _table(tr("Who wrote what"), heads)
        self.note = label("", self, "muted", wrap=True)
        self.bar = QProgressBar(self, textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress"))
        self._lay_out(report, kept)
        give_size(self, 680, 600)
        self.counts: Counts | None = None
        editor = document.editor
        self._counting = Counting(editor.document(), editor.origins.runs, self)
        self._counting.told.connect(lambda done: self.bar.setValue(round(1000 * done)))
        self._counting.done.connect(self._show)
        self._counting.start()

    def _lay_out(self, report: Callable[[], object], kept: Callable[[], object]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.numbers, 5)
        column.addWidget(label(tr("Who wrote what"), self, "group"))
        column.addWidget(self.origins, 6)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        self.report = push_button(
            tr("Save report…"), tr("Save the text with its origins as a web page or JSON"), report, self
        )
        self.kept = push_button(
            tr("Remembered…"), tr("See and delete what is remembered about who wrote what"), kept, self
        )
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.report)
        row.addWidget(self.kept)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    # -- filling -----------------------------------------------------------------------------------

    def _show(self, counts: Counts) -> None:
        self.counts = counts
        self.bar.hide()
        for name, said in _ROWS:
            cells = [tr(name), said(counts.statistics)]
            if self._selected is not None:
                cells.append(said(self._selected))
            _add(self.numbers, cells)
        self.origins.setEnabled(self._document.editor.origins.on)
        self.report.setEnabled(self._document.editor.origins.on)
        self._show_origins(counts.tallies)
        for table in (self.numbers, self.origins):
            if (first := table.topLevelItem(0)) is not None:
                table.setCurrentItem(first)

    def _show_origins(self, tallies: Tallies) -> None:
        if not self._document.editor.origins.on:
            self.note.setText(tr("Who wrote what is not remembered: it is switched off in the settings."))
            return
        total = sum(tallies.values(), Tally())
        for origin in NAMES_OF_ORIGINS:
            if origin in tallies:
                self._add_origin(origin, tallies[origin], total)
        if not set(tallies) - {Origin.EARLIER}:
            self.note.setText(tr("Nothing is known yet: what you write from now on is."))
        else:
            self.note.setText(tr("A word counts where most of its letters come from."))

    def _add_origin(self, origin: Origin, each: Tally, total: Tally) -> None:
        item = _add(
            self.origins,
            [
                tr(NAMES_OF_ORIGINS[origin]),
                _number(each.words),
                percent(each.words / total.words if total.words else 0.0),
                _number(each.characters),
                percent(each.characters / total.characters if total.characters else 0.0),
            ],
        )
        item.setToolTip(0, tr(EXPLAINED[origin]))

    def done(self, result: int) -> None:
        """Count no longer."""
        self._counting.stop()
        super().done(result)


def reading_time(minutes: float) -> str:
    """Return how long it takes to read, as people say it."""
    if minutes == 0:
        return "–"
    if minutes < 1:
        return tr("less than a minute")
    if minutes < 60:
        return tr("{minutes} min", minutes=round(minutes))
    hours, rest = divmod(math.ceil(minutes), 60)
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest)


def _of_selection(document: Document) -> Statistics | None:
    cursor = document.editor.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if not 0 < end - start <= _LONGEST_SELECTED:
        return None
    return count(text_between(document.editor.document(), start, end))


def _number(value: int) -> str:
    return tr("{value:,}", value=value)


def _table(name: str, heads: Sequence[str]) -> QTreeWidget:
    table = QTreeWidget()
    table.setAccessibleName(name)
    table.setRootIsDecorated(False)
    table.setHeaderLabels(list(heads))
    table.header().setStretchLastSection(False)
    table.header().setSectionsClickable(False)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in range(1, len(heads)):
        table.headerItem().setTextAlignment(column, _RIGHT)
    return table


def _add(table: QTreeWidget, cells: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(cells))
    item.setSizeHint(0, QSize(0, round(table.fontMetrics().height() * 1.6)))
    for column in range(1, len(cells)):
        item.setTextAlignment(column, _RIGHT)
    table.addTopLevelItem(item)
    return item


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
