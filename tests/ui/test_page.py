"""Settings, zoom, snapshots, announcements, and what a key costs."""

from __future__ import annotations

import time

import pytest
from editor_kit import (
    MakeEditor,
    place_caret,
    suggest,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gpt_assistant.settings import Settings
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.highlighter import MarkdownHighlighter


def test_settings_set_font_wrap_and_tabs(editor: Editor):
    editor.apply_settings(
        Settings().changed(font_family="DejaVu Sans Mono", font_size=20, line_wrap=False, tab_width=8)
    )
    assert editor.font().family() == "DejaVu Sans Mono"
    assert editor.font().pointSizeF() == 20
    assert editor.lineWrapMode() == Editor.LineWrapMode.NoWrap
    assert editor.tabStopDistance() == pytest.approx(editor.fontMetrics().horizontalAdvance(" ") * 8, rel=0.1)


def wheel(editor: Editor, turn: int, modifier: Qt.KeyboardModifier) -> None:
    place = QPointF(20, 20)
    event = QWheelEvent(
        place,
        editor.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.viewport(), event)


def test_zoom_is_relative_to_the_setting(editor: Editor, qtbot: QtBot):
    seen: list[int] = []
    editor.zoom_changed.connect(seen.append)
    editor.apply_settings(Settings().changed(font_size=20))
    editor.zoom_in()
    wheel(editor, 120, Qt.KeyboardModifier.ControlModifier)
    assert editor.font().pointSizeF() == pytest.approx(24)
    editor.apply_settings(Settings().changed(font_size=10))
    assert editor.font().pointSizeF() == pytest.approx(12)
    for _ in range(4):
        wheel(editor, -60, Qt.KeyboardModifier.ControlModifier)
    assert editor.zoom() == 100
    wheel(editor, 120, Qt.KeyboardModifier.NoModifier)
    editor.zoom_out()
    editor.zoom_reset()
    assert seen == [110, 120, 110, 100, 90, 100]
    for _ in range(50):
        editor.zoom_in()
    assert editor.zoom() == 400


def test_the_snapshot_is_the_text_around_the_caret(make_editor: MakeEditor):
    editor = make_editor("one\ntwo😀three", 9)
    snapshot = editor.snapshot()
    assert (snapshot.before, snapshot.after, snapshot.offset) == ("one\ntwo😀", "three", 0)


def test_the_snapshots_start_stays_while_the_writer_types_on(editor: Editor):
    editor.setPlainText("a😀b" * 10_000)
    whole = "a😀b".encode("utf-16-le") * 10_000
    starts = set()
    for caret in range(20_000, 24_000, 50):
        if caret % 4 == 2:
            continue
        place_caret(editor, caret)
        found = editor.snapshot()
        starts.add(found.offset)
        assert 4095 <= caret - found.offset <= 8192
        assert found.before.encode("utf-16-le") == whole[found.offset * 2 : caret * 2]
        assert 400 <= len(found.after.encode("utf-16-le")) / 2 <= 401
    assert len(starts) == 2


def test_the_snapshot_does_not_cut_a_pair_in_two(editor: Editor):
    editor.setPlainText("x" + "😀" * 6000)
    place_caret(editor, 12_001)
    found = editor.snapshot()
    assert found.offset == 4097
    assert set(found.before) == {"😀"}


def test_suggestions_are_announced_once_typing_rests(editor: Editor, qtbot: QtBot):
    said: list[str] = []
    editor.announcer.announced.connect(said.append)
    editor.set_suggestion(suggest(" quiet"))
    qtbot.wait(400)
    assert not said
    editor.set_announce("on")
    editor.set_suggestion(suggest(" one two"))
    with qtbot.waitSignal(editor.announcer.announced):
        qtbot.keyClicks(editor, " one")
    assert said == [" two. Tab takes it, Ctrl+Right takes its next word, Esc hides it"]
    editor.set_suggestion(suggest(" gone"))
    qtbot.keyClicks(editor, "x")
    qtbot.wait(400)
    assert len(said) == 1


def test_a_key_costs_the_same_in_a_long_document(make_editor: MakeEditor, qtbot: QtBot):
    paragraph = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 12
    editor = make_editor("\n\n".join([paragraph] * 1100), 0)  # 105,000 words
    highlighter = MarkdownHighlighter(editor.document())
    place_caret(editor, editor.document().findBlockByNumber(1100).position() + 57)
    QApplication.processEvents()
    spent = []
    for letter in "the quick brown fox jumps over it":
        editor.set_suggestion(suggest(letter + " and more words"))
        begin = time.perf_counter()
        qtbot.keyClicks(editor, letter)
        editor.snapshot()
        spent.append(time.perf_counter() - begin)
        assert editor.has_ghost
    assert sorted(spent)[len(spent) // 2] < 0.005
    highlighter.setDocument(None)
