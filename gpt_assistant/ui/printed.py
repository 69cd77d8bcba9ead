"""A structure as pages: a rich text document laid out for a sheet of paper, painted on a PDF or a printer.

It is built block by block with a cursor rather than from HTML: so the work can tell how far it is and be
stopped, and the layout is under control. None of it needs the window's thread.

Colours are those of paper, whatever theme the window has; for the pages see pages.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from gpt_assistant.export.pictures import load
from gpt_assistant.export.structure import (
    Block,
    Code,
    Heading,
    Inline,
    Listing,
    NoteMark,
    Paper,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Step,
    Structure,
    Table,
    no_step,
)
from gpt_assistant.ui.pages import GREY, TEXT

_INCH = 2.54  # cm
_DOTS = 96  # to the inch, in which formats are measured
_SIZES = {1: 1.9, 2: 1.5, 3: 1.25, 4: 1.1, 5: 1.0, 6: 1.0}  # of headings, relative to the text
_LINK, _LINE = QColor("#1f4f9f"), QColor("#999999")
_SHADE = QColor("#f2f2f2")
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListSquare,  # the circle is a hairline that comes out dotted
)
_ALIGNMENT = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
_BREAK = "\u2028"


@dataclass(frozen=True)
class Look:
    """The sheet, the font of text, and that of code."""

    paper: Paper
    font: QFont
    fixed: QFont


@dataclass(frozen=True)
class _Place:
    """Where blocks go: how deep they are in lists and quotes."""

    level: int = 0
    quotes: int = 0


def lay_out(structure: Structure, folder: Path | None, look: Look, step: Step = no_step) -> QTextDocument:
    """Return the document; images are looked for in `folder`."""
    builder = _Builder(folder, look)
    total = len(structure.blocks) + len(structure.notes)
    for number, block in enumerate(structure.blocks):
        step(number / total)
        builder.add((block,), _Place())
    builder.add_notes(structure.notes)
    builder.document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, structure.title)
    return builder.document


class _Builder:
    def __init__(self, folder: Path | None, look: Look) -> None:
        self._folder = folder
        self._room = look.paper.room
        self._size = look.font.pointSizeF()
        self._fixed = look.fixed.family()
        self._fresh = True  # the first block is there already
        self._images = 0
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(look.font)
        self.document.setDocumentMargin(0)
        self.document.setIndentWidth(24)
        self._cursor = QTextCursor(self.document)

    def add(self, blocks: Iterable[Block], place: _Place) -> None:
        """Append `blocks`."""
        for block in blocks:
            match block:
                case Heading(level, parts):
                    self._heading(level, parts, place)
                case Paragraph(parts):
                    self._begin(self._format(place))
                    self._inline(parts, self._text(place))
                case Code(text):
                    self._code(text, place)
                case Quote(inner):
                    self.add(inner, replace(place, quotes=place.quotes + 1))
                case Listing():
                    self._list(block, place)
                case Table():
                    self._table(block)
                case Rule():
                    self._rule()

    def add_notes(self, notes: Sequence[Sequence[Block]]) -> None:
        """Append the footnotes, with their numbers."""
        if not notes:
            return
        self._rule()
        small = self._text(_Place())
        small.setFontPointSize(self._size * 0.85)
        for number, blocks in enumerate(notes, 1):
            parts: list[Inline] = [NoteMark(number), Run(" ")]
            for block in blocks:
                if isinstance(block, Paragraph):
                    self._begin(self._format(_Place()))
                    self._inline((*parts, *block.parts), small)
                    parts = []
                else:
                    self.add((block,), _Place())

    # -- blocks ------------------------------------------------------------------------------------

    def _begin(self, block: QTextBlockFormat, text: QTextCharFormat | None = None) -> None:
        characters = text or self._text(_Place())
        if self._fresh:
            self._fresh = False
            if self.document.blockCount() > 1:  # behind a table, whose own margin is not scaled
                block.setTopMargin(max(block.topMargin(), self._size * _DOTS / 72))
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(characters)
        else:
            self._cursor.insertBlock(block, characters)

    def _format(self, place: _Place, below: float = 0.6) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setBottomMargin(below * self._size * _DOTS / 72)
        made.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setIndent(place.level + place.quotes)  # margins at the sides are not scaled to the device
        return made

    def _text(self, place: _Place) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFontPointSize(self._size)
        made.setForeground(GREY if place.quotes else TEXT)
        return made

    def _heading(self, level: int, parts: Iterable[Inline], place: _Place) -> None:
        made = self._format(place, 0.4)
        made.setHeadingLevel(level)
        made.setTopMargin(0 if self._fresh else self._size * _SIZES[level] * 0.9 * _DOTS / 72)
        text = self._text(place)
        text.setFontPointSize(self._size * _SIZES[level])
        text.setFontWeight(QFont.Weight.Bold)
        self._begin(made, text)
        self._inline(parts, text)

    def _code(self, code: str, place: _Place) -> None:
        made = self._format(place)
        made.setBackground(_SHADE)
        made.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        text = self._text(_Place())
        text.setFontFamilies([self._fixed])
        text.setFontPointSize(self._size * 0.9)
        self._begin(made, text)
        self._cursor.insertText(code.replace("\n", _BREAK), text)

    def _rule(self) -> None:
        made = self._format(_Place())
        made.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        made.setProperty(QTextFormat.Property.BackgroundBrush, _LINE)
        if self.document.blockCount() > 1:
            self._fresh = False  # an empty block behind a table has no height and no place of its own
        self._begin(made)

    def _list(self, block: Listing, place: _Place) -> None:
        inner = replace(place, level=place.level + 1)
        style = QTextListFormat()
        style.setIndent(inner.level + inner.quotes)
        style.setStyle(QTextListFormat.Style.ListDecimal)
        if block.start is None:
            style.setStyle(_BULLETS[place.level % len(_BULLETS)])
        else:
            style.setStart(block.start)
        made = None
        for item in block.items:
            lead = item[0].parts if item and isinstance(item[0], Paragraph) else ()
            apart = 0.2 if block.tight and item is not block.items[-1] else 0.6
            form = self._format(place, apart)
            form.setIndent(0)  # the list has it
            self._begin(form)
            if made is None:
                made = self._cursor.createList(style)
            else:
                made.add(self._cursor.block())
            self._inline(lead, self._text(place))
            self.add(item[1:] if lead else item, inner)

    def _table(self, block: Table) -> None:
        style = QTextTableFormat()
        style.setHeaderRowCount(1)
        style.setCellPadding(4)
        style.setCellSpacing(0)
        style.setBorder(1)
        style.setBorderBrush(_LINE)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderCollapse(True)
        table = self._cursor.insertTable(len(block.rows), len(block.rows[0]), style)
        for down, row in enumerate(block.rows):
            for across, parts in enumerate(row[: len(block.rows[0])]):
                cursor = table.cellAt(down, across).firstCursorPosition()
                made = QTextBlockFormat()
                made.setAlignment(_ALIGNMENT.get(block.alignment[across], Qt.AlignmentFlag.AlignLeading))
                cursor.setBlockFormat(made)
                text = self._text(_Place())
                text.setFontWeight(QFont.Weight.Normal if down else QFont.Weight.Bold)
                self._inline(parts, text, cursor)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True  # Qt has put an empty block behind the table

    # -- text --------------------------------------------------------------------------------------

    def _inline(self, parts: Iterable[Inline], text: QTextCharFormat, at: QTextCursor | None = None) -> None:
        cursor = at or self._cursor
        for part in parts:
            made = QTextCharFormat(text)
            if isinstance(part, NoteMark):
                made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                cursor.insertText(str(part.number), made)
            elif isinstance(part, Picture):
                self._picture(part, made, cursor)
            else:
                cursor.insertText(part.text.replace("\n", _BREAK), self._styled(part, made))

    def _styled(self, run: Run, made: QTextCharFormat) -> QTextCharFormat:
        if run.bold:
            made.setFontWeight(QFont.Weight.Bold)
        if run.italic:
            made.setFontItalic(True)
        if run.strike:
            made.setFontStrikeOut(True)
        if run.code:
            made.setFontFamilies([self._fixed])
        if run.link:
            made.setForeground(_LINK)
        return made

    def _picture(self, picture: Picture, text: QTextCharFormat, cursor: QTextCursor) -> None:
        loaded = load(picture.source, self._folder)
        image = QImage.fromData(loaded.data) if loaded is not None else QImage()
        if loaded is None or image.isNull():
            cursor.insertText(f"[{picture.description or picture.source}]", text)
            return
        if not loaded.width:
            inches = (image.width() / _DOTS * _INCH, image.height() / _DOTS * _INCH)
            loaded = replace(loaded, width=inches[0], height=inches[1])
        width, height = loaded.fitted((self._room[0], self._room[1] * 0.9))
        self._images += 1
        name = QUrl(f"picture:{self._images}")
        self.document.addResource(QTextDocument.ResourceType.ImageResource.value, name, image)
        made = QTextImageFormat()
        made.setName(name.toString())
        made.setWidth(width / _INCH * _DOTS)
        made.setHeight(height / _INCH * _DOTS)
        cursor.insertImage(made)
