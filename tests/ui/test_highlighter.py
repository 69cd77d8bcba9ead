"""Markdown shown lightly, at a cost that does not grow with the document."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QFont, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.highlighter import LONGEST, MarkdownHighlighter, parse

MakeEditor = Callable[..., Editor]


def styled(text: str, style: str, state: int = 0) -> list[str]:
    return [text[start:end] for start, end, name in parse(text, state)[0] if name == style]


def spans(editor: QPlainTextEdit, line: int = 0) -> list[tuple[int, int]]:
    formats = editor.document().findBlockByNumber(line).layout().formats()
    return [(each.start, each.length) for each in formats]


def fixed(editor: QPlainTextEdit, line: int) -> bool:
    return any(
        each.format.fontFamilies() for each in editor.document().findBlockByNumber(line).layout().formats()
    )


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("# Title", "strong", ["# Title"]),
        ("###### Six", "mark", ["######"]),
        ("#hashtag", "strong", []),
        ("####### seven", "strong", []),
        ("> said", "quote", ["> said"]),
        ("a **bold** and __this__", "strong", ["bold", "this"]),
        ("a *slanted* and _this_", "emphasis", ["slanted", "this"]),
        ("snake_case_name and 2*3*4", "emphasis", []),
        ("2 * 3 * 4 ** 5 ** 6", "emphasis", []),
        ("** not bold **", "strong", []),
        ("**bold**", "emphasis", []),
        ("`code *not slanted*` *yes*", "emphasis", ["yes"]),
        ("`code` and ``more``", "code", ["`code`", "``more``"]),
        ("[text](https://a.b) ![](c.png)", "link", ["[text](https://a.b)"]),
        ("see https://a.b/c?d=1 now", "link", ["https://a.b/c?d=1"]),
        ("plain prose, 'quoted' - nothing.", "strong", []),
        ("", "code", []),
    ],
)
def test_what_is_what(text: str, style: str, expected: list[str]):
    assert styled(text, style) == expected


def test_fences_end_only_with_their_own_kind():
    state, states = 0, []
    for line in ("text", "```python", "~~~", "# not a heading", "```", "after", "~~~", "```", "~~~"):
        found, state = parse(line, state)
        states.append((state != 0, {name for _, _, name in found}))
    inside = [on for on, _ in states]
    assert inside == [False, True, True, True, False, False, True, True, False]
    assert states[3][1] == {"code"}


@pytest.mark.parametrize(
    "text", ["*" * 9_999, "**a " * 2_499, "_a " * 3_000, "[a" * 4_999, "`a" * 4_999, "a" * 10**6]
)
def test_no_line_takes_long(text: str):
    begin = time.perf_counter()
    parse(text, 0)
    assert time.perf_counter() - begin < 0.3


def test_a_paragraph_too_long_is_left_plain():
    assert parse("**a** " + "x" * LONGEST, 0) == ([], 0)


def test_formats_count_in_utf16(make_editor: MakeEditor):
    editor = make_editor("😀 **b**", 0)
    MarkdownHighlighter(editor.document())
    editor.repaint()
    assert spans(editor) == [(5, 1), (3, 2), (6, 2)]


def test_typing_is_highlighted_at_once_and_the_document_knows_nothing(make_editor: MakeEditor, qtbot: QtBot):
    editor = make_editor("", 0)
    MarkdownHighlighter(editor.document())
    changes: list[object] = []
    editor.document().contentsChange.connect(lambda *values: changes.append(values))
    qtbot.keyClicks(editor, "a **b**")
    assert spans(editor) == [(4, 1), (2, 2), (5, 2)]
    QApplication.processEvents()
    assert changes == [(n, 0, 1) for n in range(7)]
    editor.undo()
    assert editor.toPlainText() == ""
    assert spans(editor) == []


def test_a_fence_changes_all_that_follows(make_editor: MakeEditor, qtbot: QtBot):
    editor = make_editor("one\n``\ntwo\nthree", 6)
    MarkdownHighlighter(editor.document())
    editor.repaint()
    assert not fixed(editor, 3)
    qtbot.keyClicks(editor, "`")
    editor.repaint()
    assert [fixed(editor, line) for line in range(4)] == [False, True, True, True]
    cursor = editor.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.cut()
    editor.repaint()
    assert [fixed(editor, line) for line in range(3)] == [False, False, False]


def test_code_is_known_where_it_began_far_above(make_editor: MakeEditor):
    editor = make_editor("```\n" + "x\n" * 300 + "end", 0)
    MarkdownHighlighter(editor.document())
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    editor.repaint()
    assert fixed(editor, 301)
    assert not spans(editor, 150)


def test_only_what_is_visible_is_done(make_editor: MakeEditor):
    editor = make_editor("**b**\n" * 5_000, 0)
    MarkdownHighlighter(editor.document())
    editor.repaint()
    assert spans(editor, 2)
    assert not spans(editor, 100)
    editor.verticalScrollBar().setValue(100)
    editor.repaint()
    assert spans(editor, 101)


def test_it_can_be_switched_off_and_taken_away(make_editor: MakeEditor):
    editor = make_editor("**b**\nplain", 0)
    highlighter = MarkdownHighlighter(editor.document())
    editor.repaint()
    highlighter.set_enabled(False)
    editor.repaint()
    assert spans(editor) == []
    highlighter.set_enabled(True)
    editor.repaint()
    assert spans(editor)
    highlighter.setDocument(None)
    assert spans(editor) == []
    assert highlighter.document() is None
    editor.setPlainText("**c**")
    editor.repaint()
    assert spans(editor) == []


def test_colours_follow_the_theme(make_editor: MakeEditor):
    editor = make_editor("> quote", 0)
    MarkdownHighlighter(editor.document())

    def colour() -> QColor:
        editor.repaint()
        (found,) = editor.document().firstBlock().layout().formats()
        return found.format.foreground().color()

    light = colour()
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Base, QColor("#202020"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e0e0e0"))
    editor.setPalette(dark)
    assert light.lightness() < 128 < colour().lightness()


def test_a_document_without_a_view_is_done_in_slices(qtbot: QtBot):
    document = QTextDocument("# a\n" * 3_000)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    highlighter = MarkdownHighlighter(document)
    assert not document.firstBlock().layout().formats()
    qtbot.waitUntil(lambda: bool(document.findBlockByNumber(2_999).layout().formats()))
    (first, _) = document.firstBlock().layout().formats()
    assert first.format.fontWeight() == QFont.Weight.Bold
    QTextCursor(document).insertText("# new\n")
    assert len(document.findBlockByNumber(1).layout().formats()) == 2
    highlighter.setDocument(None)
    assert not document.findBlockByNumber(2_999).layout().formats()


def test_a_very_long_document_is_attached_and_loaded_without_a_pause(make_editor: MakeEditor):
    text = "A line of **prose** that is neither long nor short.\n" * 200_000  # 10 MB
    editor = make_editor("", 0)
    begin = time.perf_counter()
    editor.setPlainText(text)
    QApplication.processEvents()
    without = time.perf_counter() - begin
    begin = time.perf_counter()
    highlighter = MarkdownHighlighter(editor.document())
    QApplication.processEvents()
    assert time.perf_counter() - begin < 0.05
    assert spans(editor, 1)
    begin = time.perf_counter()
    editor.setPlainText(text)
    QApplication.processEvents()
    assert time.perf_counter() - begin < without * 1.5 + 0.1
    begin = time.perf_counter()
    highlighter.setDocument(None)
    assert time.perf_counter() - begin < 1
