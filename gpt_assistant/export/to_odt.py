"""ODT for LibreOffice and its kin: odfdo keeps the package and the styles, the blocks are written here.

Text is written as XML and handed over block by block: odfdo's own paragraphs and spans, one call each,
take four times as long. Element names are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element

from gpt_assistant.export.odt_styles import (
    BODY,
    BOXED,
    BULLETS,
    CELL,
    CODE,
    DEEPEST_QUOTE,
    HEAD,
    LINE,
    NUMBERS,
    add_styles,
    quote_style,
)
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

_SPACE = re.compile(r"  +|^ | $|\n|\t")


@dataclass(frozen=True)
class _Place:
    """Where blocks go: the style of their paragraphs, and how deep they are in quotes."""

    style: str = BODY
    quotes: int = 0


def write_odt(
    document: Structure, folder: Path | None = None, step: Step = no_step, paper: Paper = A4
) -> bytes:
    """Return `document` as the bytes of an ODT file; images are looked for in `folder`."""
    writer = _Writer(document, folder, paper)
    for number, block in enumerate(document.blocks):
        step(number / len(document.blocks))
        for xml in writer.block(block, _Place()):
            writer.file.body.append(Element.from_tag(xml))
    target = io.BytesIO()
    writer.file.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, structure: Structure, folder: Path | None, paper: Paper) -> None:
        self._structure = structure
        self._folder = folder
        self._tables = self._pictures = 0
        self.file = Document("text")
        self.file.body.clear()
        self.file.meta.title = structure.title
        self._room = paper.room
        add_styles(self.file, paper)

    def block(self, block: Block, place: _Place) -> list[str]:  # noqa: PLR0911 (one for each kind)
        """Return the elements of one block."""
        match block:
            case Heading(level, parts):
                style = f'text:style-name="Heading_20_{level}" text:outline-level="{level}"'
                return [f"<text:h {style}>{self._inline(parts)}</text:h>"]
            case Paragraph(parts):
                return [_paragraph(place.style, self._inline(parts))]
            case Code(text):
                return [_paragraph(CODE, _text(text))]
            case Quote(blocks):
                depth = min(place.quotes + 1, DEEPEST_QUOTE)
                return self._all(blocks, replace(place, style=quote_style(depth), quotes=depth))
            case Listing():
                return [self._list(block, place)]
            case Table():
                return [self._table(block)]
            case Rule():
                return [_paragraph(LINE, "")]

    def _all(self, blocks: Iterable[Block], place: _Place) -> list[str]:
        return [xml for block in blocks for xml in self.block(block, place)]

    def _list(self, block: Listing, place: _Place) -> str:
        style = BULLETS if block.start is None else NUMBERS
        items = []
        for number, item in enumerate(block.items):
            begins = f' text:start-value="{block.start}"' if block.start is not None and not number else ""
            inner = "".join(self._all(_without_tables(item), replace(place, style="List")))
            items.append(f"<text:list-item{begins}>{inner}</text:list-item>")
        return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'

    def _table(self, block: Table) -> str:
        self._tables += 1
        width = len(block.rows[0])
        rows = [
            "".join(self._cell(row, n, HEAD if row is block.rows[0] else CELL, block) for n in range(width))
            for row in block.rows
        ]
        head, *rest = (f"<table:table-row>{row}</table:table-row>" for row in rows)
        return (
            f'<table:table table:name="Table{self._tables}">'
            f'<table:table-column table:number-columns-repeated="{width}"/>'
            f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(rest)}</table:table>"
        )

    def _cell(self, row: Sequence[Sequence[Inline]], number: int, style: str, table: Table) -> str:
        text = self._inline(row[number]) if number < len(row) else ""
        alignment = table.alignment[number]
        inner = _paragraph(f"{style}_{alignment}" if alignment else style, text)
        boxed = f'table:style-name="{BOXED}" office:value-type="string"'
        return f"<table:table-cell {boxed}>{inner}</table:table-cell>"

    # -- text --------------------------------------------------------------------------------------

    def _inline(self, parts: Iterable[Inline]) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: Inline) -> str:
        match part:
            case NoteMark(number):
                return self._note(number)
            case Picture():
                return self._picture(part)
            case Run():
                return _linked(_styled(part), part.link)

    def _note(self, number: int) -> str:
        blocks = self._structure.notes[number - 1] if number <= len(self._structure.notes) else ()
        inner = "".join(self._all(_without_tables(blocks), _Place("Footnote")))
        return (
            f'<text:note text:id="note{number}" text:note-class="footnote"><text:note-citation>{number}'
            f"</text:note-citation><text:note-body>{inner}</text:note-body></text:note>"
        )

    def _picture(self, picture: Picture) -> str:
        image = load(picture.source, self._folder)
        if image is None or not image.width:
            said = escape(f"[{picture.description or picture.source}]")
            return _linked(said, picture.link or picture.source)
        self._pictures += 1
        name = self.file.add_file(stream(image))
        width, height = image.fitted(self._room)
        return (
            f'<draw:frame draw:name="Image{self._pictures}" text:anchor-type="as-char" '
            f'svg:width="{width:.2f}cm" svg:height="{height:.2f}cm"><draw:image xlink:href={quoteattr(name)} '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:desc>{escape(picture.description)}</svg:desc></draw:frame>"
        )


def _paragraph(style: str, inner: str) -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _text(text: str) -> str:
    """Return `text` as XML, in which spaces beyond the first, tabs and line breaks are elements."""

    def element(match: re.Match[str]) -> str:
        found = match[0]
        if found == "\n":
            return "<text:line-break/>"
        return "<text:tab/>" if found == "\t" else f'<text:s text:c="{len(found)}"/>'

    return _SPACE.sub(element, escape(text))


def _styled(run: Run) -> str:
    text = _text(run.text)
    for on, style in (
        (run.code, "Source_20_Text"),
        (run.strike, "Struck_20_Out"),
        (run.italic, "Emphasis"),
        (run.bold, "Strong_20_Emphasis"),
    ):
        if on:
            text = f'<text:span text:style-name="{style}">{text}</text:span>'
    return text


def _linked(xml: str, link: str) -> str:
    if not is_link(link):
        return xml
    return f'<text:a xlink:type="simple" xlink:href={quoteattr(link)}>{xml}</text:a>'


def _without_tables(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield what may stand in a list or in a note: of a table, a paragraph for each of its rows."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                joined = [part for cell in row for part in (*cell, Run("\t"))]
                yield Paragraph(tuple(joined[:-1]))
        elif not isinstance(block, Rule):
            yield block
