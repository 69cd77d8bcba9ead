"""Input methods and drags over a suggestion."""

from __future__ import annotations

from editor_kit import (
    GHOST,
    TEXT,
    Log,
    MakeEditor,
    compose,
    drag_enter,
    no_ghost,
    preedit,
    suggest,
    text_data,
)
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import (
    QDragLeaveEvent,
    QInputMethodEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication

from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.highlighter import MarkdownHighlighter


def test_an_input_method_that_does_nothing_leaves_it(ghost: Editor, log: Log):
    compose(ghost, "")
    cursor = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, 0, 1, None)
    QApplication.sendEvent(ghost, QInputMethodEvent("", [cursor]))
    assert ghost.ghost_text() == GHOST
    assert preedit(ghost).startswith(" GHOST")
    assert not log.of("edited")


def test_a_composition_replaces_it(ghost: Editor, log: Log):
    compose(ghost, "か")
    assert preedit(ghost) == "か"
    assert not ghost.has_ghost
    assert not log.of("edited")
    compose(ghost, "かな")
    assert preedit(ghost) == "かな"
    compose(ghost, "", "仮名")
    assert ghost.toPlainText() == TEXT.replace("First line", "First line仮名")
    assert log.of("edited") == [(10, 0, 2, "ime")]
    assert no_ghost(ghost)


def test_what_an_input_method_commits_types_through(ghost: Editor, log: Log):
    compose(ghost, "", " G")
    assert ghost.ghost_text() == GHOST[2:]
    assert log.of("edited") == [(10, 0, 2, "ime")]
    compose(ghost, "", "!")
    assert no_ghost(ghost)


def test_an_input_method_that_replaces_clears(ghost: Editor, log: Log):
    compose(ghost, "", " ", (-1, 1))
    assert ghost.toPlainText().startswith("First lin  here")
    assert log.of("edited") == [(9, 1, 1, "ime")]
    assert no_ghost(ghost)


def test_composing_over_a_selection_deletes_it(editor: Editor, log: Log):
    cursor = editor.textCursor()
    cursor.setPosition(6)
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    log.events.clear()
    compose(editor, "か")
    assert log.of("edited") == [(6, 4, 0, "delete")]
    assert editor.toPlainText().startswith("First  here")


def test_the_highlighting_survives_a_composition(make_editor: MakeEditor):
    editor = make_editor("# head\n", 6)
    highlighter = MarkdownHighlighter(editor.document())
    editor.repaint()

    def bold() -> list[tuple[int, int]]:
        formats = editor.document().firstBlock().layout().formats()
        return [(each.start, each.length) for each in formats if each.format.fontWeight() > 400]

    before = bold()
    assert before == [(0, 6)]
    editor.set_suggestion(suggest(" more"))
    for text in ("か", "かな", ""):
        compose(editor, text)
        assert before[0] in bold()
    highlighter.setDocument(None)


def test_dragging_in_makes_way_until_it_leaves(ghost: Editor):
    data = text_data("x")
    assert drag_enter(ghost, data)
    assert no_ghost(ghost)
    assert not ghost.set_suggestion(suggest(GHOST))
    QApplication.sendEvent(ghost.viewport(), QDragLeaveEvent())
    assert ghost.set_suggestion(suggest(GHOST))


def test_files_are_not_dropped_as_text(editor: Editor):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.txt")])
    assert not editor.canInsertFromMimeData(data)
    assert not drag_enter(editor, data)
    assert editor.set_suggestion(suggest(GHOST))
    assert editor.canInsertFromMimeData(text_data("words"))
