"""Pages out of a document that is laid out as one long strip, and painting them one at a time.

Qt can part a document into pages itself, but leaves headings alone at their ends; a break put before such a
heading makes it forget half of what follows (6.11, blocks drawn over each other). So the strip is cut here:
between lines and between the rows of a table, never behind a heading, and never so that the first or the
last line of a paragraph stands alone.

Asked for the place of one block after the other, Qt lays out as far as that, and no call takes long: it keeps
Python's lock meanwhile, and 100,000 words at once held the window up for 0.18 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextTable,
)

from gpt_assistant.export.structure import Step, no_step

TEXT, GREY = QColor("#000000"), QColor("#555555")


class Piece(NamedTuple):
    """What no page parts: a line, a row of a table, a heading. `keep` holds it together with the next."""

    top: float
    bottom: float
    keep: bool = False


class Pages:
    """A document laid out for `device`: its pages as stretches of the strip, from top to bottom."""

    def __init__(self, document: QTextDocument, device: QPagedPaintDevice, step: Step = no_step) -> None:
        self._document = document
        self._device = device
        self._height = device.height()
        document.documentLayout().setPaintDevice(device)
        document.setTextWidth(device.width())
        self.stretches = cut(_pieces(document, step), self._height)

    @property
    def count(self) -> int:
        """Return how many pages there are, one at least."""
        return len(self.stretches)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint page `number`, from 0, with its number below the text; the painter begins at its corner."""
        top, bottom = self.stretches[number]
        visible = QRectF(0, top, self._device.width(), bottom - top)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(TEXT, QColor("white"))
        palette.setColor(QPalette.ColorRole.Text, TEXT)
        context.palette = palette
        context.clip = visible
        painter.save()
        painter.setPen(TEXT)  # a painter begins with a colour of the window's
        painter.translate(0, -top)
        painter.setClipRect(visible)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        if self.count > 1:
            self._number(painter, number)

    def _number(self, painter: QPainter, number: int) -> None:
        painter.save()
        font = QFont(self._document.defaultFont())
        font.setPointSizeF(8.5)
        painter.setFont(font)
        painter.setPen(GREY)
        inch = self._device.logicalDpiY()
        below = QRectF(0, self._height + 0.12 * inch, self._device.width(), 0.25 * inch)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.restore()


def cut(pieces: Iterable[Piece], height: float) -> list[tuple[float, float]]:
    """Return the stretches of at most `height` into which `pieces`, in their order, are cut.

    What is kept together is parted all the same where it is too high for one page.
    """
    found: list[tuple[float, float]] = []
    begin = together = end = 0.0
    kept = False
    for piece in pieces:
        if not kept:
            together = piece.top
        while piece.bottom - begin > height:
            at = together if together > begin else piece.top if piece.top > begin else begin + height
            found.append((begin, min(at, begin + height)))
            begin = together = at
        kept, end = piece.keep, piece.bottom
    return [*found, (begin, max(end, begin))]


def _pieces(document: QTextDocument, step: Step) -> Iterator[Piece]:
    total = max(1, document.blockCount())
    at = document.rootFrame().begin()
    while not at.atEnd():
        table = at.currentFrame()
        if isinstance(table, QTextTable):
            yield from _rows(document, table)
        elif (block := at.currentBlock()).isValid():
            step(min(1.0, block.blockNumber() / total))
            yield from _lines(document, block)
        at += 1


def _lines(document: QTextDocument, block: QTextBlock) -> Iterator[Piece]:
    box = document.documentLayout().blockBoundingRect(block)
    layout = block.layout()
    zero = box.top() - layout.boundingRect().top()
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    if block.blockFormat().headingLevel():
        yield Piece(box.top(), box.bottom(), keep=True)
        return
    for number, line in enumerate(lines):
        alone = len(lines) > 1 and number in (0, len(lines) - 2)
        yield Piece(zero + line.y(), zero + line.y() + line.height(), keep=alone)


def _rows(document: QTextDocument, table: QTextTable) -> Iterator[Piece]:
    layout = document.documentLayout()
    bottom = layout.frameBoundingRect(table).top()
    for row in range(table.rows()):
        cells = [table.cellAt(row, column) for column in range(table.columns())]
        boxes = [layout.blockBoundingRect(cell.lastCursorPosition().block()) for cell in cells]
        top = bottom
        bottom = max(box.bottom() for box in boxes) + table.format().cellPadding()
        yield Piece(top, bottom, keep=row == 0)
