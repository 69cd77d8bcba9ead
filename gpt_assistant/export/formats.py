"""The formats a document can be exported to, and the way from a text to each of them.

The libraries are imported when they are used: together they take 0.2 s.
"""

from __future__ import annotations

from pathlib import Path

from gpt_assistant.export.structure import A4, Paper, Step, Structure, no_step, plain_text

# Those that need no window; PDF is painted by Qt.
FORMATS = ("html", "docx", "odt")


def read(text: str, title: str, markdown: bool, step: Step = no_step) -> Structure:
    """Return what `text` is made of. `step` may raise, to end it."""
    if not markdown:
        return plain_text(text, title)
    from gpt_assistant.export.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(text, title, step)


def render(
    structure: Structure, kind: str, folder: Path | None, step: Step = no_step, paper: Paper = A4
) -> bytes:
    """Return the file of a document in one of FORMATS; images are looked for in `folder`."""
    if kind == "html":
        from gpt_assistant.export.to_html import write_html  # noqa: PLC0415

        return write_html(structure, folder, step)
    if kind == "docx":
        from gpt_assistant.export.to_docx import write_docx  # noqa: PLC0415

        return write_docx(structure, folder, step, paper)
    if kind == "odt":
        from gpt_assistant.export.to_odt import write_odt  # noqa: PLC0415

        return write_odt(structure, folder, step, paper)
    raise ValueError(f"no format {kind!r}")
