"""What Word has and python-docx has no call for: links, numbering that starts anew, footnotes.

All of it is built with python-docx's own XML helpers. Element names are those of ECMA-376, part 1, chapter
17 (WordprocessingML).
"""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LEVELS = 9
_INDENT = 360  # twentieths of a point, for each level
_BULLETS = "•◦▪"


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """Return an element of Word's own namespace, such as element("numId", val=3)."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_link(paragraph: Paragraph, run: Run, address: str) -> None:
    """Make `run`, the last of `paragraph`, lead to `address`."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


class Numbering:
    """The lists of one document: bullets, and numbers that begin where each list says."""

    def __init__(self, document: Document) -> None:
        self._root = document.part.numbering_part.element
        taken = self._root.findall(qn("w:abstractNum"))
        first = 1 + max((int(each.get(qn("w:abstractNumId")) or 0) for each in taken), default=0)
        self._kinds = {numbered: first + numbered for numbered in (False, True)}
        for numbered, identity in self._kinds.items():
            self._root.insert(len(taken), _kind(identity, numbered))  # Word wants kinds before their uses

    def new(self, start: int | None, level: int) -> int:
        """Return the number of a new list, to be used at `level`; `start` is None for bullets."""
        kind = self._kinds[start is not None]
        made = self._root.add_num(kind)
        if start is not None:
            made.add_lvlOverride(ilvl=level).add_startOverride(start)
        identity: int = made.numId
        return identity


def _kind(identity: int, numbered: bool) -> BaseOxmlElement:
    made = element("abstractNum", abstractNumId=identity)
    made.append(element("multiLevelType", val="hybridMultilevel"))
    for level in range(LEVELS):
        each = element("lvl", ilvl=level)
        each.append(element("start", val=1))
        each.append(element("numFmt", val="decimal" if numbered else "bullet"))
        each.append(element("lvlText", val=f"%{level + 1}." if numbered else _BULLETS[level % len(_BULLETS)]))
        each.append(element("lvlJc", val="left"))
        place = element("pPr")
        place.append(element("ind", left=_INDENT * (level + 2), hanging=_INDENT))
        each.append(place)
        made.append(each)
    return made


def set_numbering(paragraph: Paragraph, number: int, level: int) -> None:
    """Make `paragraph` an item of the list `number`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def indent_as_item(paragraph: Paragraph, level: int) -> None:
    """Indent `paragraph`, which goes on in an item, as its text is."""
    paragraph.paragraph_format.left_indent = _INDENT * (level + 2) * 635  # in English Metric Units


def add_note_mark(paragraph: Paragraph, number: int) -> None:
    """Put the mark of footnote `number` at the end of `paragraph`."""
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(element("footnoteReference", id=number))


def add_notes(document: Document, notes: list[list[Paragraph]]) -> None:
    """Move the paragraphs of `notes` out of the text, to the feet of the pages; in their order, from 1."""
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    for identity, kind in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(_line(identity, kind))
    for number, paragraphs in enumerate(notes, 1):
        note = element("footnote", id=number)
        for paragraph in paragraphs:
            note.append(paragraph._p)
        root.append(note)
    blob = serialize_part_xml(root)
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _line(identity: int, kind: str) -> BaseOxmlElement:
    """Return the line above the notes, which Word keeps as a note of its own."""
    note = element("footnote", id=identity, type=kind)
    paragraph, run = element("p"), element("r")
    run.append(element(kind))
    paragraph.append(run)
    note.append(paragraph)
    return note


def begin_note(paragraph: Paragraph) -> None:
    """Put the note's own number at the beginning of its first paragraph."""
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(element("footnoteRef"))
    paragraph.add_run(" ")
