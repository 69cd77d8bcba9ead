"""The editor itself: text, files, focus, paper."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class EditorSettings:
    """The editor itself: text, files, focus, paper."""

    font_family: str = option(
        "", label="Font", help="The editor's font; empty takes the system's.", group="Editor", kind="font"
    )
    font_size: int = option(13, label="Font size", help="In points.", group="Editor", minimum=6, maximum=72)
    line_wrap: bool = option(
        True, label="Wrap long lines", help="Break lines at the window's edge.", group="Editor"
    )
    column_width: int = option(
        84,
        label="Widest column",
        help="Characters in a wrapped line, at most; 0 uses the whole window.",
        group="Editor",
        minimum=0,
        maximum=400,
    )
    markdown: bool = option(
        True,
        label="Highlight Markdown",
        help="Show headings and emphasis in .md and untitled documents.",
        group="Editor",
    )
    tab_width: int = option(
        4, label="Tab width", help="In characters.", group="Editor", minimum=1, maximum=16
    )
    restore_session: bool = option(
        True,
        label="Reopen documents at start",
        help="Open what was open when the program ended.",
        group="Editor",
    )
    recent_limit: int = option(
        15,
        label="Recent files",
        help="How many files the menu remembers.",
        group="Editor",
        minimum=0,
        maximum=50,
    )

    autosave: int = option(
        0,
        label="Save by itself",
        help="Seconds from a change until a document with a file is saved; 0 saves only when you do.",
        group="Saving",
        minimum=0,
        maximum=3600,
    )
    history_mb: int = option(
        200,
        label="Earlier versions (MB)",
        help="The room for earlier versions of all documents, on this machine alone; 0 keeps none.",
        group="Saving",
        minimum=0,
        maximum=100_000,
    )
    origins: bool = option(
        True,
        label="Remember who wrote what",
        help="What was typed, completed or pasted, on this machine alone. Off deletes what was remembered.",
        group="Privacy",
    )

    focus_on: str = option(
        "paragraph",
        label="Focus on",
        help="What stays clear in focus mode, at the caret; the rest is dimmed.",
        group="Focus",
        choices=("paragraph", "sentence"),
        names={"paragraph": "Paragraph", "sentence": "Sentence"},
    )
    focus_full_screen: bool = option(
        False,
        label="Focus on the whole screen",
        help="Focus mode takes the whole screen.",
        group="Focus",
    )
    typewriter: bool = option(
        False,
        label="Typewriter scrolling",
        help="The caret's line stays at one height, and the text moves.",
        group="Focus",
    )
    typewriter_height: int = option(
        50,
        label="Height of that line",
        help="In per cent of the view, from its top.",
        group="Focus",
        minimum=10,
        maximum=90,
    )

    export_format: str = option(
        "pdf",
        label="Export to",
        help="The format that export begins with; the last choice is remembered.",
        group="Export and print",
        choices=("pdf", "docx", "odt", "html"),
        names={"pdf": "PDF", "docx": "Word (DOCX)", "odt": "OpenDocument (ODT)", "html": "Web page (HTML)"},
    )
    paper: str = option(
        "system",
        label="Paper",
        help="The sheet for PDF, Word, OpenDocument and print.",
        group="Export and print",
        choices=("system", "A4", "A5", "Letter", "Legal"),
        names={"system": "Like the system", "A4": "A4", "A5": "A5", "Letter": "Letter", "Legal": "Legal"},
    )
    page_margin: int = option(
        25,
        label="Margins (mm)",
        help="On all sides of the sheet.",
        group="Export and print",
        minimum=5,
        maximum=60,
    )
    print_size: int = option(
        11,
        label="Font size on paper",
        help="In points, for PDF and print.",
        group="Export and print",
        minimum=6,
        maximum=36,
    )
