"""DOCX for Word and its kin, through python-docx: named styles throughout, so that one can restyle it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from gpt_assistant.export import docx_parts as parts_of
from gpt_assistant.export.picture_size import BROKEN
from gpt_assistant.export.pictures import load, stream
from gpt_assistant.export.structure import (
    A4,
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
from gpt_assistant.export.to_html import is_link

_MONOSPACE = "Courier New"
_QUOTE_INDENT = Cm(1)
_ALIGNMENT = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_CODE, _LINK, _INLINE_CODE, _NOTE = "Source Code", "Hyperlink", "Source Text", "Footnote Text"


@dataclass(frozen=True)
class _Place:
    """Where blocks go: which style their paragraphs have, how deep they are in quotes and lists."""

    style: str = "Normal"
    quotes: int = 0
    level: int = -1  # of the list they are in, -1 for none
    notes: bool = False  # within a footnote: links and pictures would need relations of their own


def write_docx(
    document: Structure, folder: Path | None = None, step: Step = no_step, paper: Paper = A4
) -> bytes:
    """Return `document` as the bytes of a DOCX file; images are looked for in `folder`."""
    writer = _Writer(document, folder, paper)
    for number, block in enumerate(document.blocks):
        step(number / len(document.blocks))
        writer.add([block], _Place())
    writer.add_notes(document.notes)
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, structure: Structure, folder: Path | None, paper: Paper) -> None:
        self._folder = folder
        self.document: Document = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = structure.title[:255], "", ""
        self._room = paper.room
        _set_paper(self.document, paper)
        _add_styles(self.document)
        # By name the library looks a style up at every use; that takes three quarters of the time.
        self._styles = {style.name: style.style_id for style in self.document.styles}
        self._numbering = parts_of.Numbering(self.document)
        self._made: list[DocxParagraph] = []

    def add(self, blocks: Iterable[Block], place: _Place) -> None:
        """Append `blocks`."""
        for block in blocks:
            match block:
                case Heading(level, parts):
                    self._paragraph(parts, replace(place, style=f"Heading {level}"))
                case Paragraph(parts):
                    self._paragraph(parts, place)
                case Code(text):
                    self._paragraph((Run(text),), replace(place, style=_CODE))
                case Quote(inner):
                    self.add(inner, replace(place, style="Quote", quotes=place.quotes + 1))
                case Listing():
                    self._list(block, place)
                case Table():
                    self._table(block)
                case Rule():
                    _draw_line(self._new("Normal"))

    def _new(self, style: str) -> DocxParagraph:
        paragraph = self.document.add_paragraph()
        if style != "Normal":
            paragraph._p.style = self._styles[style]
        self._made.append(paragraph)
        return paragraph

    def _paragraph(self, parts: Iterable[Inline], place: _Place) -> DocxParagraph:
        paragraph = self._new(place.style)
        if place.level >= 0:
            parts_of.indent_as_item(paragraph, place.level)
        elif place.quotes:
            paragraph.paragraph_format.left_indent = _QUOTE_INDENT * place.quotes
        self._inline(paragraph, parts, place)
        return paragraph

    def _list(self, block: Listing, place: _Place) -> None:
        level = min(place.level + 1, parts_of.LEVELS - 1)
        inner = replace(place, level=level, style=place.style if place.notes else "List Paragraph")
        number = self._numbering.new(block.start, level)
        for item in block.items:
            first, rest = item[:1], item[1:]
            lead = first[0].parts if first and isinstance(first[0], Paragraph) else ()
            paragraph = self._new(inner.style)
            parts_of.set_numbering(paragraph, number, level)
            paragraph.paragraph_format.space_after = Pt(2 if block.tight else 8)
            self._inline(paragraph, lead, inner)
            self.add(rest if lead else item, inner)

    def _table(self, block: Table) -> None:
        table = self.document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        marks = table.rows[0]._tr.get_or_add_trPr()
        marks.append(parts_of.element("tblHeader"))  # repeated on each page
        for row, made in zip(block.rows, table.rows, strict=True):
            cells = made.cells
            for number, parts in enumerate(row[: len(cells)]):
                paragraph = cells[number].paragraphs[0]
                paragraph.alignment = _ALIGNMENT.get(block.alignment[number])
                paragraph.paragraph_format.space_after = Pt(0)
                bold = row is block.rows[0]
                self._inline(paragraph, (_bold(part) if bold else part for part in parts), _Place())
        self._new("Normal").paragraph_format.space_after = Pt(0)  # or two tables would be one

    def add_notes(self, notes: Sequence[Sequence[Block]]) -> None:
        """Put the footnotes at the feet of the pages their marks are on."""
        made: list[list[DocxParagraph]] = []
        for blocks in notes:
            self._made = []
            lead = blocks[0].parts if blocks and isinstance(blocks[0], Paragraph) else ()
            place = _Place(style=_NOTE, notes=True)
            parts_of.begin_note(first := self._new(_NOTE))
            self._inline(first, lead, place)
            self.add((block for block in blocks[bool(lead) :] if not isinstance(block, Table)), place)
            made.append(self._made)
        if made:
            parts_of.add_notes(self.document, made)

    # -- text --------------------------------------------------------------------------------------

    def _inline(self, paragraph: DocxParagraph, parts: Iterable[Inline], place: _Place) -> None:
        for part in parts:
            match part:
                case NoteMark(number):
                    parts_of.add_note_mark(paragraph, number)
                case Picture():
                    self._picture(paragraph, part, place)
                case Run():
                    self._run(paragraph, part, place)

    def _run(self, paragraph: DocxParagraph, part: Run, place: _Place) -> None:
        linked = is_link(part.link) and not place.notes
        run = paragraph.add_run(part.text)
        if linked or part.code:
            run._r.style = self._styles[_LINK if linked else _INLINE_CODE]
        if part.bold:
            run.bold = True
        if part.italic:
            run.italic = True
        if part.strike:
            run.font.strike = True
        if linked:
            parts_of.add_link(paragraph, run, part.link)

    def _picture(self, paragraph: DocxParagraph, picture: Picture, place: _Place) -> None:
        image = None if place.notes else load(picture.source, self._folder)
        if image is not None and image.width:
            width, _ = image.fitted(self._room)
            try:
                shape = paragraph.add_run().add_picture(stream(image), width=Cm(width))
            except BROKEN:
                image = None
            else:
                shape._inline.docPr.set("descr", picture.description)
        if image is None or not image.width:
            said = Run(f"[{picture.description or picture.source}]", link=picture.link or picture.source)
            self._run(paragraph, said, place)


def _bold(part: Inline) -> Inline:
    return replace(part, bold=True) if isinstance(part, Run) else part


def _set_paper(document: Document, paper: Paper) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Cm(paper.width), Cm(paper.height)
        section.left_margin = section.right_margin = Cm(paper.margin)
        section.top_margin = section.bottom_margin = Cm(paper.margin)


def _add_styles(document: Document) -> None:
    styles = document.styles
    code = styles.add_style(_CODE, WD_STYLE_TYPE.PARAGRAPH)
    code.base_style = styles["Normal"]
    code.font.name, code.font.size = _MONOSPACE, Pt(9.5)
    properties = code.element.get_or_add_pPr()
    properties.append(parts_of.element("shd", val="clear", color="auto", fill="F2F2F2"))
    inline = styles.add_style(_INLINE_CODE, WD_STYLE_TYPE.CHARACTER)
    inline.font.name = _MONOSPACE
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x1F, 0x5F, 0xBF)
    note = styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size = styles["Normal"], Pt(9)


def _draw_line(paragraph: DocxParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    line = parts_of.element("bottom", val="single", sz=6, space=1, color="A0A0A0")
    borders.append(line)
    following = ("w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *following)
