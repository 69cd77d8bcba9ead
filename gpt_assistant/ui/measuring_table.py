"""The table of what was measured, a row for each model, filled while it is measured."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gpt_assistant.text.measured import Measured
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import localised, tr

_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIRST_NUMBER = 2


class MeasuringTable(QTreeWidget):
    """Rows in the order of the candidates; the one that is recommended in bold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What was measured"))
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        heads = (
            (tr("Model"), ""),
            (tr("Where"), tr("The device, and the number format")),
            (tr("Keys saved"), tr("Of a hundred keys, with suggestions that come within 200 ms")),
            (tr("Right"), tr("How many suggestions shown were right in their first word")),
            (tr("Time"), tr("To the first word: half of the suggestions, nine of ten, in milliseconds")),
            (tr("Bits"), tr("How surprising a character is to the model; less is better")),
            (tr("Memory"), tr("What its process took in all")),
        )
        self.setHeaderLabels([name for name, _ in heads])
        for column, (name, tip) in enumerate(heads):
            self.headerItem().setToolTip(column, tip or name)
            if column >= _FIRST_NUMBER:
                self.headerItem().setTextAlignment(column, _NUMBERS)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def begin(self, rows: Sequence[Measured]) -> None:
        """Show all rows, with nothing measured yet."""
        self.clear()
        for row in rows:
            item = QTreeWidgetItem([row.name, _wanted(row)])
            for column in range(_FIRST_NUMBER, self.columnCount()):
                item.setTextAlignment(column, _NUMBERS)
            self.addTopLevelItem(item)

    def show_row(self, number: int, row: Measured, working: bool) -> None:
        """Show what is known of a row, which is being worked on or done."""
        item = self.topLevelItem(number)
        if item is None:
            return
        self._set(item, _problem_cells(row) if row.problem else _cells(row, working))
        if working:
            self.setCurrentItem(item)

    def end(self, rows: Sequence[Measured]) -> None:
        """Show all rows as they are in the end."""
        for number, row in enumerate(rows):
            self.show_row(number, row, False)

    def mark(self, number: int) -> None:
        """Show the row `number` as the one that is recommended; none for −1."""
        for index in range(self.topLevelItemCount()):
            item = self.topLevelItem(index)
            assert item is not None
            font = self.font()
            font.setBold(index == number)
            for column in range(self.columnCount()):
                item.setFont(column, font)
            if index == number:
                self.setCurrentItem(item)

    def _set(self, item: QTreeWidgetItem, cells: Sequence[str]) -> None:
        self.setFirstColumnSpanned(self.indexOfTopLevelItem(item), self.rootIndex(), len(cells) == 1)
        for column, text in enumerate(cells):
            item.setText(column, text)
            item.setToolTip(column, text)


def _wanted(row: Measured) -> str:
    return " · ".join(part for part in (row.candidate.device, row.candidate.dtype) if part != "auto")


def _problem_cells(row: Measured) -> tuple[str, ...]:
    why = localised(row.problem)
    return (why if row.name in why else tr("{name}: {why}", name=row.name, why=why),)


def _cells(row: Measured, working: bool) -> tuple[str, ...]:
    where = f"{row.device} · {row.form}" if row.device else _wanted(row)
    if not row.places:
        return (row.name, where, tr("loading…") if working else "", "", "", "", "")
    return (
        row.name,
        where,
        f"{row.saved():.1%}",
        f"{row.right():.0%}",
        tr("{half:.0f} / {most:.0f} ms", half=row.milliseconds(50), most=row.milliseconds(90)),
        f"{row.bits:.2f}" if row.bits else "",
        said_size(row.memory) if row.memory else "",
    )
