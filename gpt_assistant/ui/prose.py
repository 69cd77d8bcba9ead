"""Which documents, and which of their paragraphs, are prose that may be checked."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock

from gpt_assistant.ui.document import Document

_CODE = (  # endings of files that are none
    ".py .pyw .js .mjs .ts .tsx .jsx .c .h .cc .cpp .hpp .cs .java .kt .go .rs .rb .php .pl .lua .swift .r "
    ".m .sql .sh .bash .zsh .bat .ps1 .json .jsonl .yaml .yml .toml .ini .cfg .conf .env .csv .tsv .xml .svg "
    ".css .scss .log .diff .patch .lock .mk .cmake .gradle .ipynb .po .srt .vtt .bib"
)


def is_prose(document: Document) -> bool:
    """Return whether the document is there and, by the name of its file, no code and no data."""
    path = document.path
    return not document.loading and (path is None or path.suffix.lower() not in _CODE.split())


def in_code(document: Document, block: QTextBlock) -> bool:
    """Return whether a paragraph is shown as a part of a block of code."""
    return document.markdown and document.highlighter is not None and document.highlighter.in_code(block)
