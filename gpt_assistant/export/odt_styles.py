"""The styles of an ODT file that odfdo's template lacks; those LibreOffice has too bear its names."""

from __future__ import annotations

from odfdo import Document, Element

from gpt_assistant.export.structure import Paper

BODY = "Text_20_body"
CODE = "Preformatted_20_Text"
CELL = "Table_20_Contents"
HEAD = "Table_20_Heading"
LINE = "Horizontal_20_Line"
BULLETS = "List_20_Bullets"
NUMBERS = "List_20_Numbers"
BOXED = "Boxed_20_Cell"
DEEPEST_QUOTE = 4
_LEVELS = 10
_MONOSPACE = "Liberation Mono"
_BULLET_MARKS = "•◦▪"


def add_styles(file: Document, paper: Paper) -> None:
    """Add them to `file`, and set its paper.

    The template is in French, and numbers its headings: the language is left to who opens the file.
    """
    for xml in (*_texts(), *_paragraphs(), *_lists()):
        file.insert_style(xml)
    file.insert_style(_cell(), automatic=True)
    for properties in file.styles.get_elements("//style:default-style/style:text-properties"):
        for name in ("fo:language", "fo:country"):
            if properties.get_attribute(name) is not None:
                properties.del_attribute(name)
    for level in file.styles.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")
        for name in ("style:num-suffix", "loext:num-list-format"):
            if level.get_attribute(name) is not None:
                level.del_attribute(name)
    for layout in file.styles.get_elements("//style:page-layout-properties"):
        _set_paper(layout, paper)


def _set_paper(layout: Element, paper: Paper) -> None:
    layout.set_attribute("fo:page-width", f"{paper.width}cm")
    layout.set_attribute("fo:page-height", f"{paper.height}cm")
    for side in ("left", "right", "top", "bottom"):
        layout.set_attribute(f"fo:margin-{side}", f"{paper.margin}cm")


def quote_style(depth: int) -> str:
    """Return the name of the style of a paragraph in `depth` quotes, 1 to DEEPEST_QUOTE."""
    return "Quotations" if depth == 1 else f"Quotations_20_{depth}"


def _style(family: str, name: str, properties: str, parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="{family}"{above}>'
        f"{properties}</style:style>"
    )


def _texts() -> list[str]:
    def text(name: str, properties: str) -> str:
        return _style("text", name, f"<style:text-properties {properties}/>")

    return [
        text("Emphasis", 'fo:font-style="italic"'),
        text("Strong_20_Emphasis", 'fo:font-weight="bold"'),
        text("Source_20_Text", f'fo:font-family="{_MONOSPACE}" style:font-pitch="fixed"'),
        text("Struck_20_Out", 'style:text-line-through-style="solid" style:text-line-through-type="single"'),
        text("Internet_20_link", 'fo:color="#1f5fbf" style:text-underline-style="solid"'),
    ]


def _paragraphs() -> list[str]:
    def paragraph(name: str, properties: str, parent: str = "Standard", text: str = "") -> str:
        inner = f"<style:paragraph-properties {properties}/>"
        return _style("paragraph", name, inner + (f"<style:text-properties {text}/>" if text else ""), parent)

    code = f'fo:font-family="{_MONOSPACE}" style:font-pitch="fixed" fo:font-size="10pt"'
    line = 'fo:border-bottom="0.5pt solid #a0a0a0" fo:margin-bottom="0.5cm"'
    aligned = [
        paragraph(f"{name}_{side}", f'fo:text-align="{side}"', name)
        for name in (CELL, HEAD)
        for side in ("left", "center", "right")
    ]
    quotes = [
        paragraph(quote_style(depth), f'fo:margin-left="{depth}cm" fo:margin-right="1cm"', BODY)
        for depth in range(1, DEEPEST_QUOTE + 1)
    ]
    return [
        paragraph(CELL, 'fo:margin-top="0cm" fo:margin-bottom="0cm"'),
        paragraph(HEAD, "", CELL, 'fo:font-weight="bold"'),
        paragraph("Footnote", "", text='fo:font-size="10pt"'),
        paragraph(LINE, line),
        paragraph(
            CODE, 'fo:margin-top="0.2cm" fo:margin-bottom="0.35cm" fo:background-color="#f2f2f2"', text=code
        ),
        *aligned,
        *quotes,
    ]


def _lists() -> list[str]:
    def place(level: int) -> str:
        return (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'fo:text-indent="-0.6cm" fo:margin-left="{0.6 * level + 0.4:.1f}cm"/>'
            "</style:list-level-properties>"
        )

    bullets = "".join(
        f'<text:list-level-style-bullet text:level="{level}" '
        f'text:bullet-char="{_BULLET_MARKS[(level - 1) % 3]}">{place(level)}</text:list-level-style-bullet>'
        for level in range(1, _LEVELS + 1)
    )
    numbers = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="1" style:num-suffix=".">'
        f"{place(level)}</text:list-level-style-number>"
        for level in range(1, _LEVELS + 1)
    )
    return [
        f'<text:list-style style:name="{name}" style:display-name="{name.replace("_20_", " ")}">{levels}'
        "</text:list-style>"
        for name, levels in ((BULLETS, bullets), (NUMBERS, numbers))
    ]


def _cell() -> str:
    box = '<style:table-cell-properties fo:border="0.5pt solid #a0a0a0" fo:padding="0.15cm"/>'
    return _style("table-cell", BOXED, box)
