"""The issues of a document as rows of a list; only the rows that differ are put in anew."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from gpt_assistant.engine.messages import Issue, Mistake
from gpt_assistant.ui.spelling_marks import draw_dots, draw_wave
from gpt_assistant.ui.spelling_menu import reason
from gpt_assistant.ui.spelling_sheet import Sheet
from gpt_assistant.ui.tr import tr

MOST = 2_000  # rows
_BEFORE, _BEHIND = 24, 32  # characters of the text around a word
_ICON = QSize(20, 16)


class Row(NamedTuple):
    """One issue, as it is shown; `number` is its paragraph's, which edits elsewhere change."""

    issue: Issue
    around: str


class IssueList(QAbstractListModel):
    """The rows. `total` counts the issues, of which at most MOST are rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.numbers: list[int] = []
        self.total = 0
        self._icons: dict[bool, QIcon] = {}

    def set_colours(self, misspelt: str, misused: str) -> None:
        """Draw the icons in these."""
        self._icons = {True: _icon(misspelt, wave=True), False: _icon(misused, wave=False)}
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def take(self, sheet: Sheet | None) -> None:
        """Show the issues of `sheet`."""
        rows, numbers, self.total = _rows(sheet) if sheet is not None else ([], [], 0)
        old = self.rows
        same = next((i for i, (a, b) in enumerate(zip(old, rows, strict=False)) if a != b), None)
        first = min(len(old), len(rows)) if same is None else same
        room = min(len(old), len(rows)) - first
        last = next((i for i in range(room) if old[-1 - i] != rows[-1 - i]), room)
        self.numbers = numbers
        if len(old) - last > first:
            self.beginRemoveRows(QModelIndex(), first, len(old) - last - 1)
            self.rows = old[:first] + old[len(old) - last :]
            self.endRemoveRows()
        if len(rows) - last > first:
            self.beginInsertRows(QModelIndex(), first, len(rows) - last - 1)
            self.rows = rows
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what is shown and said of a row."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_change(row.issue)}\n{row.around}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons.get(row.issue.kind is Mistake.NONWORD)
        if role == Qt.ItemDataRole.ToolTipRole:
            return reason(row.issue)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(
                "{change}. {problem}. {around}",
                change=_change(row.issue),
                problem=reason(row.issue),
                around=row.around,
            )
        return None


def _rows(sheet: Sheet) -> tuple[list[Row], list[int], int]:
    rows: list[Row] = []
    numbers: list[int] = []
    total = 0
    for number, found in sheet.flagged():
        shown = sheet.shown(number)
        total += len(shown)
        for issue in shown[: MOST - len(rows)]:
            rows.append(Row(issue, _around(found.text, issue)))
            numbers.append(number)
    return rows, numbers, total


def _change(issue: Issue) -> str:
    if not issue.suggestions:
        return issue.word
    return tr("{word} → {best}", word=issue.word, best=issue.suggestions[0].text or tr("(nothing)"))


def _around(text: str, issue: Issue) -> str:
    """Return the words around an issue."""
    start, end = max(0, issue.start - _BEFORE), min(len(text), issue.end + _BEHIND)
    before, behind = text[start : issue.start], text[issue.end : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        behind = behind.rpartition(" ")[0] + "…"
    return f"{before}{text[issue.start : issue.end]}{behind}".strip()


def _icon(colour: str, *, wave: bool) -> QIcon:
    ratio = 2
    pixmap = QPixmap(_ICON * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw = draw_wave if wave else draw_dots
    draw(painter, QRectF(1, 0, _ICON.width() - 2, _ICON.height() - 4), QColor(colour))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else it is made pale
    return icon
