"""HTML, DOCX and ODT, read back by other means than they were written with where there are any."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from sample import SAMPLE, write_picture

from gpt_assistant.export.formats import FORMATS, read, render
from gpt_assistant.export.structure import Cancelled, Paper, Structure

HOSTILE = (
    '# <script>alert(1)</script>\n\n[x](javascript:alert(1)) "q" & <b>\n\n\x0c![a"b](http://x/y.png)\ud800'
)
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE_NAME = f"{TEXT}style-name"


@pytest.fixture
def sample(tmp_path: Path) -> Structure:
    write_picture(tmp_path)
    return read(SAMPLE, "file", markdown=True)


# HTML


class Page(HTMLParser):
    """Checks that tags are closed in order, and collects them and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_stands_by_itself(sample: Structure, tmp_path: Path) -> None:
    html = render(sample, "html", tmp_path).decode()
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert "<title>A fine title</title>" in html
    (image,) = (attributes for tag, attributes in page.tags if tag == "img")
    assert image["alt"] == "A blue square"
    assert str(image["src"]).startswith("data:image/png;base64,")
    addresses = [attributes.get("src", attributes.get("href")) or "" for _, attributes in page.tags]
    assert {each for each in addresses if each.startswith("http")} == {"https://example.org/x", "https://a.b"}


def test_html_has_the_structure(sample: Structure, tmp_path: Path) -> None:
    html = render(sample, "html", tmp_path).decode()
    for part in (
        "<h1>A <em>fine</em> title</h1>",
        "<strong><em>both</em></strong>",
        "<s>gone</s>",
        '<ol start="3">',
        "<blockquote>\n<p>said</p>\n<blockquote>",
        '<th style="text-align: right">number</th>',
        '<pre><code class="language-python">if x &lt; 1:\n    y = "&amp;"\n</code></pre>',
        '<sup><a href="#note-1" id="mark-1">1</a></sup>',
        '<li id="note-1"><p>What is <strong>noted</strong>.</p>',
        "break<br>a third.",
    ):
        assert part in html


def test_html_of_hostile_text_has_no_script() -> None:
    page = Page(render(read(HOSTILE, "<t>", markdown=True), "html", None).decode())
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == ["http://x/y.png"]
    assert 'a"b' in page.words


# DOCX


def test_docx_has_the_structure(sample: Structure, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(render(sample, "docx", tmp_path)))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    for row in (
        ("Heading 1", "A fine title"),
        ("List Paragraph", "nested"),
        ("List Paragraph", "☑ done"),
        ("Quote", "deeper"),
        ("Source Code", 'if x < 1:\n    y = "&"'),
    ):
        assert row in found
    assert document.core_properties.title == "A fine title"
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1] == ["one", "1"]
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "A blue square"
    assert shape.width / shape.height == pytest.approx(2, rel=0.01)


def test_docx_has_styles_links_numbers_and_notes(sample: Structure, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(render(sample, "docx", tmp_path)))
    body = document.paragraphs[1]
    styles = {run.text: (run.bold, run.italic, run.font.strike) for run in body.runs}
    assert styles["bold"] == (True, None, None)
    assert styles["both"] == (True, True, None)
    assert styles["gone"] == (None, None, True)
    assert [link.address for link in body.hyperlinks] == ["https://example.org/x", "https://a.b"]
    numbers = {
        paragraph.text: paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    }
    assert numbers["three"] == numbers["four"] != numbers["anew"], "a new list begins anew"
    assert len(body._p.findall(f".//{qn('w:footnoteReference')}")) == 1
    (notes,) = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes"))
    assert "What is" in notes.blob.decode()


def test_the_paper_is_the_one_that_was_asked_for(sample: Structure, tmp_path: Path) -> None:
    paper = Paper(14.8, 21.0, 1.5)
    section = docx.Document(io.BytesIO(render(sample, "docx", tmp_path, paper=paper))).sections[0]
    assert (section.page_width.cm, section.left_margin.cm) == (
        pytest.approx(14.8, 0.01),
        pytest.approx(1.5, 0.01),
    )
    styles = zipfile.ZipFile(io.BytesIO(render(sample, "odt", tmp_path, paper=paper))).read("styles.xml")
    assert b'fo:page-width="14.8cm"' in styles


# ODT


def content(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "mimetype"
        return ElementTree.fromstring(package.read("content.xml"))


def test_odt_has_the_structure(sample: Structure, tmp_path: Path) -> None:
    data = render(sample, "odt", tmp_path)
    root = content(data)
    (heading,) = root.iter(f"{TEXT}h")
    assert (heading.get(f"{TEXT}outline-level"), heading.get(STYLE_NAME)) == ("1", "Heading_20_1")
    assert "".join(heading.itertext()) == "Afinetitle", "single spaces at an end are elements"
    styles = {each.get(STYLE_NAME) for each in root.iter() if each.get(STYLE_NAME)}
    assert styles >= {
        "Strong_20_Emphasis",
        "Emphasis",
        "Quotations_20_2",
        "List_20_Numbers",
        "Horizontal_20_Line",
    }
    starts = [each.get(f"{TEXT}start-value") for each in root.iter(f"{TEXT}list-item")]
    assert [start for start in starts if start] == ["3", "1"]
    (note,) = root.iter(f"{TEXT}note")
    assert "noted" in "".join(note.itertext())
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert [name for name in names if name.startswith("Pictures/")]


def test_odt_keeps_spaces_breaks_and_tabs() -> None:
    root = content(render(read("a  b\tc\n d", "t", markdown=False), "odt", None))
    (paragraph,) = (each for each in root.iter(f"{TEXT}p") if len(each))
    assert [(each.tag.removeprefix(TEXT), each.get(f"{TEXT}c")) for each in paragraph] == [
        ("s", "2"),
        ("tab", None),
        ("line-break", None),
    ]


# All


@pytest.mark.parametrize("kind", FORMATS)
def test_what_cannot_be_shown_is_said(kind: str, tmp_path: Path) -> None:
    (tmp_path / "fake.png").write_bytes(b"no picture")
    text = "![gone](nowhere.png) ![fake](fake.png) ![far](https://x.y/z.png)"
    data = render(read(text, "t", markdown=True), kind, tmp_path)
    if kind == "html":
        words = data.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            words = package.read("content.xml" if kind == "odt" else "word/document.xml").decode()
    assert all(f"[{each}]" in words for each in ("gone", "fake", "far"))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", ["", "\n\n", HOSTILE, "> ", "- \n-\n", "|a|\n|-|", "x[^1]", "# \n"])
def test_odd_texts_are_written(kind: str, text: str) -> None:
    assert render(read(text, "t", markdown=True), kind, None)
    assert render(read(text, "t", markdown=False), kind, None)


@pytest.mark.parametrize("kind", FORMATS)
def test_writing_can_be_stopped(kind: str, sample: Structure, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        render(sample, kind, tmp_path, stop)
