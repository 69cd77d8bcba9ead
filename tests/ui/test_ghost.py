"""The ghost in the layout: where it is, what shares the layout with it, its colour."""

from __future__ import annotations

import pytest
from editor_kit import CARET, LONG, TEXT, MakeEditor, layouts, seen_at, show
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QPalette,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gpt_assistant.text.suggestion import Suggestion
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.contrast import contrast
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.ghost import close_gap, format_range, ghost_colour, open_gap
from gpt_assistant.ui.highlighter import MarkdownHighlighter

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


def ranges(block: QTextBlock) -> list[tuple[int, int]]:
    return [(each.start, each.length) for each in block.layout().formats()]


def picture(editor: Editor) -> QImage:
    return editor.viewport().grab().toImage()


# Layout


def test_the_text_behind_it_moves_and_the_caret_stays_before_it(editor: Editor):
    before, tail = editor.cursorRect(), seen_at(editor, CARET)
    show(editor, " and")
    assert editor.cursorRect() == before
    assert seen_at(editor, CARET).x() > tail.x() + 15
    editor.clear_suggestion()
    assert seen_at(editor, CARET) == tail


def test_it_wraps_and_what_is_below_moves_down(editor: Editor):
    below = editor.blockBoundingGeometry(editor.document().findBlockByNumber(1)).top()
    show(editor, LONG + "\nsecond\nthird")
    block = editor.document().firstBlock()
    assert block.layout().lineCount() >= 4
    assert "\u2028second\u2028third" in block.layout().preeditAreaText()
    assert editor.blockBoundingGeometry(block.next()).top() >= below * 4
    editor.clear_suggestion()
    assert editor.blockBoundingGeometry(block.next()).top() == below


def test_the_scroll_range_grows_with_it(make_editor: MakeEditor):
    editor = make_editor("line\n" * 30, 0, height=120)
    before = editor.verticalScrollBar().maximum()
    show(editor, "\n" * 9)
    assert editor.verticalScrollBar().maximum() == before + 9


def test_accessible_text_does_not_have_it(editor: Editor):
    show(editor, LONG)
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface.text(QAccessible.Text.Value) == TEXT
    assert interface.textInterface().characterCount() == len(TEXT)


def test_it_is_seen_in_its_colour(editor: Editor):
    plain = picture(editor)
    show(editor, " MMMM")
    grey = ghost_colour(editor.palette())
    colours = {picture(editor).pixelColor(x, 12).rgb() for x in range(60, 200)}
    assert picture(editor) != plain
    own = editor.document().firstBlock().layout().formats()[-1]
    assert own.format.foreground().color() == grey
    assert min(abs(QColor(c).red() - grey.red()) for c in colours) < 12
    editor.clear_suggestion()
    assert picture(editor) == plain


def test_an_empty_document_and_an_empty_line(make_editor: MakeEditor, qtbot: QtBot):
    editor = show(make_editor("", 0), "Dear reader")
    assert layouts(editor) == ["Dear reader"]
    qtbot.keyClicks(editor, "Dear")
    assert layouts(editor) == [" reader"]
    editor.setPlainText("a\n\nb")
    cursor = editor.textCursor()
    cursor.setPosition(2)
    editor.setTextCursor(cursor)
    show(editor, "x")
    assert layouts(editor) == ["", "x", ""]


@pytest.mark.parametrize(
    ("text", "ghost", "typed"),
    [
        ("مرحبا بكم", " في العالم", " في"),
        ("שלום לכולם", " בעולם", " ב"),
        ("hello שלום", " world עולם", " w"),
        ("smile 😀", " 😀👩‍👩‍👧 more", " 😀"),
        ("e\u0301te\u0301", " a\u0301 la", " a"),
    ],
)
def test_any_script_types_through_and_is_taken_whole(
    make_editor: MakeEditor, text: str, ghost: str, typed: str
):
    editor = show(make_editor(text + "\nbelow", utf16_length(text)), ghost)
    assert editor.ghost_text() == ghost
    for character in typed:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character))
    assert editor.ghost_text() == ghost[len(typed) :]
    assert layouts(editor)[0] == ghost[len(typed) :]
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == text + ghost + "\nbelow"
    assert not any(layouts(editor))


def test_in_a_right_to_left_line_it_stands_left_of_the_caret(make_editor: MakeEditor):
    text = "שלום לכולם"
    editor = show(make_editor(text, len(text)), " בעולם")
    (box,) = editor.ghost.rectangles()
    assert box.right() <= editor.cursorRect().center().x() + 2
    assert box.width() > 20


# Formats shared with highlighters


class Bold(QSyntaxHighlighter):
    """Qt's own kind of highlighter: makes a stretch of every block bold and red."""

    span = (0, 15)

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.Bold)
        style.setForeground(QColor("red"))
        self.setFormat(*self.span, style)


def test_qts_highlighter_and_the_ghost_get_along(editor: Editor, qtbot: QtBot):
    highlighter = Bold(editor.document())
    highlighter.rehighlight()
    block = editor.document().firstBlock()
    assert ranges(block) == [(0, 15)]
    show(editor, " and")
    assert ranges(editor.document().firstBlock()) == [(0, 19), (10, 4)]
    highlighter.rehighlight()  # puts its range behind the ghost's, and with it its colour
    editor.repaint()
    assert ranges(editor.document().firstBlock()) == [(0, 19), (10, 4)]
    own = editor.document().firstBlock().layout().formats()[-1]
    assert own.format.foreground().color() == ghost_colour(editor.palette())
    assert own.format.fontWeight() == QFont.Weight.Bold
    qtbot.keyClicks(editor, " a")
    assert ranges(editor.document().firstBlock()) == [(0, 17), (12, 2)]
    editor.clear_suggestion()
    assert ranges(editor.document().firstBlock()) == [(0, 15)]


def test_formats_behind_the_ghost_move_with_their_text(editor: Editor):
    highlighter = Bold(editor.document())
    highlighter.span = (11, 4)
    highlighter.rehighlight()
    show(editor, " and")
    assert ranges(editor.document().firstBlock()) == [(15, 4), (10, 4)]
    editor.clear_suggestion()
    assert ranges(editor.document().firstBlock()) == [(11, 4)]


def test_our_highlighter_keeps_the_ghost_last(make_editor: MakeEditor):
    editor = make_editor("# Title and `code` here", 7)
    highlighter = MarkdownHighlighter(editor.document())
    editor.repaint()
    before = ranges(editor.document().firstBlock())
    show(editor, " more")
    highlighter.rehighlight()
    QApplication.processEvents()
    formats = editor.document().firstBlock().layout().formats()
    assert (formats[-1].start, formats[-1].length) == (7, 5)
    assert formats[-1].format.fontWeight() == QFont.Weight.Bold
    assert (17, 6) in ranges(editor.document().firstBlock())
    editor.clear_suggestion()
    assert ranges(editor.document().firstBlock()) == before


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10))), st.integers(0, 20), st.integers(1, 9))
def test_closing_a_gap_undoes_opening_it(spans: list[tuple[int, int]], at: int, length: int):
    style = QTextCharFormat()
    made = [format_range(start, width, style) for start, width in spans]
    opened = open_gap(made, at, length)
    inside = [each for each in opened if at < each.start < at + length]
    assert not inside
    assert [(each.start, each.length) for each in close_gap(opened, at, length)] == spans


# Edits that nobody asked the editor about

edits = st.tuples(
    st.integers(0, 60), st.integers(0, 25), st.sampled_from(["", "x", "\n", "a\nb\n", "\n\n", "word "])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(TEXT)), st.lists(edits, min_size=1, max_size=4), st.integers(0, 3))
def test_no_edit_leaves_a_ghost_behind(
    editor: Editor, caret: int, changes: list[tuple[int, int, str]], undone: int
):
    editor.setPlainText(TEXT)
    cursor = editor.textCursor()
    cursor.setPosition(caret)
    editor.setTextCursor(cursor)
    assert editor.set_suggestion(Suggestion("ghost\nmore"))
    for start, length, text in changes:
        last = editor.document().characterCount() - 1
        other = QTextCursor(editor.document())
        other.setPosition(min(start, last))
        other.setPosition(min(start + length, last), QTextCursor.MoveMode.KeepAnchor)
        if not text and not other.hasSelection():
            continue
        other.insertText(text)
        assert not editor.has_ghost
        assert not any(layouts(editor))
        editor.set_suggestion(Suggestion("again"))
    for _ in range(undone):
        editor.document().undo()
        assert sum(map(bool, layouts(editor))) == editor.has_ghost
    editor.clear_suggestion()
    assert not any(layouts(editor))


# Colour


def palette(base: str, text: str, placeholder: str = "") -> QPalette:
    result = QPalette()
    result.setColor(QPalette.ColorRole.Base, QColor(base))
    result.setColor(QPalette.ColorRole.Text, QColor(text))
    result.setColor(QPalette.ColorRole.PlaceholderText, QColor(placeholder or text))
    return result


@pytest.mark.parametrize(
    ("base", "text", "placeholder"),
    [
        ("#ffffff", "#000000", ""),
        ("#fdfdfc", "#22252a", "#7b818b"),
        ("#222327", "#dfe1e5", "#868c96"),
        ("#000000", "#ffffff", "#80ffffff"),
        ("#ffffff", "#000000", "#f0f0f0"),
        ("#fdf6e3", "#657b83", "#93a1a1"),
        ("#002b36", "#839496", "#586e75"),
        ("#808080", "#8a8a8a", "#858585"),
        ("#ffff00", "#0000ff", "#ffff80"),
    ],
)
def test_the_grey_is_legible_on_any_page(base: str, text: str, placeholder: str):
    colours = palette(base, text, placeholder)
    for high, least in ((False, 3.0), (True, 7.0)):
        grey = ghost_colour(colours, high)
        best = max(contrast(QColor(name), QColor(base)) for name in ("black", "white"))
        assert contrast(grey, QColor(base)) >= min(least, best)
    assert ghost_colour(colours) != QColor(text)


def test_the_theme_has_its_way_when_it_is_legible():
    assert ghost_colour(palette("#222327", "#dfe1e5", "#868c96")) == QColor("#868c96")


def test_contrast_is_that_of_wcag():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_it_follows_a_change_of_theme(editor: Editor):
    show(editor, LONG)
    editor.setPalette(palette("#222327", "#dfe1e5", "#868c96"))
    formats = editor.document().firstBlock().layout().formats()
    assert len(formats) == 1
    assert formats[0].format.foreground().color() == QColor("#868c96")


def test_high_contrast_puts_a_frame_around_it(editor: Editor):
    show(editor, " and")
    (box,) = editor.ghost.rectangles()
    editor.ghost.outlined = True
    editor.ghost.recolour()
    own = editor.document().firstBlock().layout().formats()[-1]
    assert contrast(own.format.foreground().color(), editor.palette().base().color()) >= 7
    image = picture(editor)
    top = [image.pixelColor(x, round(box.top())) for x in range(int(box.left()) + 2, int(box.right()) - 2)]
    assert all(pixel == editor.palette().text().color() for pixel in top)
