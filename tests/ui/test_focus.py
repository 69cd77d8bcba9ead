"""Focus mode: what is dimmed, as pixels, and which bars are seen."""

from __future__ import annotations

import pytest
from editor_kit import MakeEditor, compose, place_caret, suggest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.settings import Settings
from gpt_assistant.ui.contrast import contrast, mixture
from gpt_assistant.ui.dimming import Dimming, thickness
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.highlighter import MarkdownHighlighter

TEXT = "First paragraph. It has two.\nThe second one. Mr. Smith has it! And more\n\nThe last"


def darkest(editor: Editor, rectangle: QRectF) -> float:
    """Return the strongest contrast with the page in a part of the viewport, as it was painted."""
    image: QImage = editor.viewport().grab().toImage()
    page = editor.palette().color(QPalette.ColorRole.Base)
    area = rectangle.toAlignedRect().intersected(image.rect())
    found = 1.0
    for x in range(area.left(), area.right() + 1):
        for y in range(area.top(), area.bottom() + 1):
            found = max(found, contrast(QColor(image.pixelColor(x, y)), page))
    return found


def line_of(editor: Editor, number: int) -> QRectF:
    block = editor.document().findBlockByNumber(number)
    return editor.blockBoundingGeometry(block).translated(editor.contentOffset())


def lit_text(dimming: Dimming) -> str:
    editor = dimming.parent()
    assert isinstance(editor, Editor)
    return editor.toPlainText()[dimming.lit().start : dimming.lit().end]


def test_only_the_paragraph_at_the_caret_is_strong(make_editor: MakeEditor) -> None:
    editor = make_editor(TEXT, 40)
    editor.setCursorWidth(0)
    whole = darkest(editor, line_of(editor, 0))
    dimming = Dimming(editor)
    dimming.set_unit("paragraph")
    assert darkest(editor, line_of(editor, 1)) == pytest.approx(whole, rel=0.1)
    assert 2.5 <= darkest(editor, line_of(editor, 0)) <= 3.6
    place_caret(editor, 3)
    assert darkest(editor, line_of(editor, 0)) == pytest.approx(whole, rel=0.1)
    assert 2.5 <= darkest(editor, line_of(editor, 1)) <= 3.6
    dimming.set_unit("")
    assert darkest(editor, line_of(editor, 1)) == pytest.approx(whole, rel=0.1)


@pytest.mark.parametrize(
    ("caret", "expected"),
    [
        (0, "First paragraph."),
        (16, "First paragraph."),
        (17, "It has two."),
        (45, "Mr. Smith has it!"),
        (70, "And more"),
        (72, ""),
    ],
)
def test_the_sentence_at_the_caret(make_editor: MakeEditor, caret: int, expected: str) -> None:
    editor = make_editor(TEXT, caret)
    dimming = Dimming(editor)
    dimming.set_unit("sentence")
    assert lit_text(dimming) == expected


def test_typing_and_selecting_move_the_light(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("One here. ", 10)
    dimming = Dimming(editor)
    dimming.set_unit("sentence")
    qtbot.keyClicks(editor, "Two")
    assert lit_text(dimming) == "Two"
    qtbot.keyClicks(editor, ". ")
    qtbot.keyClicks(editor, "Three")
    assert lit_text(dimming) == "Three"
    editor.selectAll()
    assert lit_text(dimming) == "One here. Two. Three"


def test_the_suggestion_is_part_of_the_sentence(make_editor: MakeEditor) -> None:
    editor = make_editor(TEXT, 40, width=260)
    highlighter = MarkdownHighlighter(editor.document())
    dimming = Dimming(editor)
    dimming.set_unit("sentence")
    before = dimming.lit_rectangles()
    assert editor.set_suggestion(suggest(" GHOST that is long enough to need another line"))
    QApplication.processEvents()
    lit = dimming.lit_rectangles()
    assert len(lit) > len(before)
    for rectangle in editor.ghost.rectangles():
        assert any(each.adjusted(-2, 0, 2, 0).contains(rectangle) for each in lit)
    highlighter.setDocument(None)


def test_composing_and_a_million_characters_are_no_trouble(make_editor: MakeEditor) -> None:
    editor = make_editor("word " * 200_000, 500_000)
    dimming = Dimming(editor)
    dimming.set_unit("sentence")
    compose(editor, "日本")
    QApplication.processEvents()
    assert dimming.lit().end - dimming.lit().start <= 4001
    compose(editor, "", commit="日本")
    assert "日本" in lit_text(dimming)


@pytest.mark.parametrize("page", ["#fdfdfc", "#222327", "#000000", "#ffffff"])
def test_what_is_dimmed_can_still_be_read(page: str) -> None:
    base = QColor(page)
    text = QColor("#ffffff") if base.lightness() < 128 else QColor("#000000")
    for strong, least in ((False, 3.0), (True, 4.5)):
        share = thickness(base, text, strong)
        assert 0.2 < share < 0.8
        assert contrast(mixture(text, base, share), base) >= least


# The window


def test_one_key_hides_the_bars_and_shows_them_again(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.status.show_hint("")
    QTest.keyClick(editor_of(window), Qt.Key.Key_F9)
    assert window.focus.on
    assert window.actions_table["focus"].isChecked()
    assert window.menuBar().isHidden()
    assert window.tabs.tabBar().isHidden()
    assert not window.isFullScreen()
    assert "F9" in window.status.message.whole, "it is said how to come back"
    window.status.show_hint("")
    assert window.status.isHidden()
    type_text(window, "text")
    assert editor_of(window).toPlainText() == "text"
    QTest.keyClick(editor_of(window), Qt.Key.Key_F9)
    for bar in (window.menuBar(), window.tabs.tabBar(), window.status):
        assert not bar.isHidden()
    assert window.focus.dimming(editor_of(window)).unit == ""


def test_a_problem_is_heard_of_in_focus_mode(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.actions_table["focus"].trigger()
    window.status.show_hint("")
    window.status.show_progress("Loading…", 0.5)
    assert window.status.isHidden()
    window.status.show_problem("Cannot save")
    assert window.status.isVisible()
    window.status.clear_problem()
    assert window.status.isHidden()


def test_the_settings_choose_the_unit_and_the_screen(qtbot: QtBot) -> None:
    window = open_window(qtbot, focus_on="sentence", focus_full_screen=True)
    window.actions_table["focus"].trigger()
    dimming = window.focus.dimming(editor_of(window))
    assert dimming.unit == "sentence"
    assert window.isFullScreen()
    window.store.change(focus_on="paragraph")
    assert dimming.unit == "paragraph"
    added = window.new_document()
    assert window.focus.dimming(added.editor).unit == "paragraph"
    window.actions_table["focus"].trigger()
    assert not window.isFullScreen()
    assert Settings().focus_on == "paragraph"


def test_full_screen_outlasts_focus_mode(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.actions_table["full_screen"].trigger()
    window.actions_table["focus"].trigger()
    window.actions_table["focus"].trigger()
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert not window.status.isHidden()
    window.actions_table["full_screen"].trigger()
    assert not window.menuBar().isHidden()
