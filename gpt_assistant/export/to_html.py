"""HTML: one file that stands by itself, with its images in it, readable in light and dark and on paper."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from gpt_assistant.export.pictures import load
from gpt_assistant.export.structure import (
    Block,
    Code,
    Heading,
    Inline,
    Listing,
    NoteMark,
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

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 2.5rem auto; padding: 0 1rem; font: 1.05rem/1.6 system-ui, sans-serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 0.6em; }
h1:first-child { margin-top: 0; }
img { max-width: 100%; height: auto; }
pre, code { font-family: ui-monospace, monospace; font-size: 0.92em; }
pre { padding: 0.8em 1em; overflow-x: auto; border-radius: 6px; background: rgba(128, 128, 128, 0.12); }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid rgba(128, 128, 128, 0.5); }
table { border-collapse: collapse; }
th, td { padding: 0.3em 0.7em; border: 1px solid rgba(128, 128, 128, 0.5); text-align: left; }
p.lines { white-space: pre-wrap; }
hr { border: none; border-top: 1px solid rgba(128, 128, 128, 0.5); margin: 2em 0; }
.notes { font-size: 0.9em; border-top: 1px solid rgba(128, 128, 128, 0.5); margin-top: 3em; }
@media print { body { max-width: none; margin: 0; } }
""".strip()

# Anything else that a link may begin with, such as javascript:, is not made a link.
_SCHEMES = {"", "http", "https", "mailto", "tel", "ftp", "file"}


def write_html(document: Structure, folder: Path | None = None, step: Step = no_step) -> bytes:
    """Return `document` as HTML in UTF-8; images are looked for in `folder`."""
    return _Writer(folder).page(document, step).encode()


class _Writer:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def page(self, document: Structure, step: Step) -> str:
        parts = []
        for number, block in enumerate(document.blocks):
            step(number / len(document.blocks))
            parts.append(self._block(block))
        if document.notes:
            items = (self._note(number, blocks) for number, blocks in enumerate(document.notes, 1))
            parts.append(f'<section class="notes"><ol>\n{"".join(items)}</ol></section>')
        body = "\n".join(parts)
        return (
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="generator" content="GPT Assistant">\n'
            f"<title>{escape(document.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
            f'<body dir="auto">\n{body}\n</body>\n</html>\n'
        )

    def _note(self, number: int, blocks: Sequence[Block]) -> str:
        back = f'<p><a href="#mark-{number}" aria-label="Back to the text">↩</a></p>'
        return f'<li id="note-{number}">{self._all(blocks)}{back}</li>\n'

    def _all(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:  # noqa: PLR0911 (one for each kind)
        match block:
            case Heading(level, parts):
                return f"<h{level}>{self._inline(parts)}</h{level}>"
            case Paragraph(parts):
                kept = any(isinstance(part, Run) and "  " in part.text for part in parts)
                return f"<p{_attribute('class', 'lines' if kept else '')}>{self._inline(parts)}</p>"
            case Code(text, language):
                name = _attribute("class", f"language-{language}" if language else "")
                return f"<pre><code{name}>{escape(text, quote=False)}\n</code></pre>"
            case Quote(blocks):
                return f"<blockquote>\n{self._all(blocks)}\n</blockquote>"
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)
            case Rule():
                return "<hr>"

    def _list(self, block: Listing) -> str:
        tag = "ul" if block.start is None else "ol"
        start = _attribute("start", str(block.start) if block.start not in (None, 1) else "")
        items = "".join(f"<li>{self._item(item, block.tight)}</li>\n" for item in block.items)
        return f"<{tag}{start}>\n{items}</{tag}>"

    def _item(self, blocks: Sequence[Block], tight: bool) -> str:
        bare = (
            self._inline(block.parts) if tight and isinstance(block, Paragraph) else self._block(block)
            for block in blocks
        )
        return "\n".join(bare)

    def _table(self, block: Table) -> str:
        rows = []
        for number, row in enumerate(block.rows):
            tag = "td" if number else "th"
            cells = (
                f"<{tag}{_attribute('style', f'text-align: {align}' if align else '')}>"
                f"{self._inline(cell)}</{tag}>"
                for cell, align in zip(row, block.alignment, strict=False)
            )
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>\n<thead>\n{rows[0]}\n</thead>\n<tbody>\n{chr(10).join(rows[1:])}\n</tbody>\n</table>"

    def _inline(self, parts: Iterable[Inline]) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: Inline) -> str:
        match part:
            case NoteMark(number):
                return f'<sup><a href="#note-{number}" id="mark-{number}">{number}</a></sup>'
            case Picture():
                return _linked(self._picture(part), part.link)
            case Run():
                return _linked(_styled(part), part.link)

    def _picture(self, picture: Picture) -> str:
        if (image := load(picture.source, self._folder)) is None:
            # Told by an address, and not loaded from there: a page that is opened is nobody's business.
            return _linked(escape(f"[{picture.description or picture.source}]"), picture.source)
        data = base64.b64encode(image.data).decode()
        return f'<img src="data:{image.mime};base64,{data}" alt="{escape(picture.description)}">'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _styled(run: Run) -> str:
    text = escape(run.text, quote=False).replace("\n", "<br>")
    for on, tag in ((run.code, "code"), (run.strike, "s"), (run.italic, "em"), (run.bold, "strong")):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _linked(html: str, link: str) -> str:
    return f'<a href="{escape(link)}">{html}</a>' if is_link(link) else html


def is_link(address: str) -> bool:
    """Return whether `address` is one that a document may lead to."""
    try:
        return bool(address) and urlsplit(address).scheme.lower() in _SCHEMES
    except ValueError:
        return False
