from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.text.suggestion import Candidate, Suggestion
from gpt_assistant.ui.find import FindBar
from gpt_assistant.ui.window import MainWindow

TEXT = "The cat, the hat\nand THE end; other 😀 the\u00a0last"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = open_window(qtbot)
    editor_of(window).setPlainText(TEXT)
    return window


def search(qtbot: QtBot, window: MainWindow, pattern: str, replace: bool = False, **options: bool) -> FindBar:
    window.actions_table["replace" if replace else "find"].trigger()
    bar = window.find_bar
    for name in ("regex", "match_case", "whole_word"):
        getattr(bar, name).setChecked(options.get(name, False))
    with qtbot.waitSignal(bar.searched):
        bar.pattern.setText("")
        bar.pattern.setText(pattern)
    return bar


@pytest.mark.parametrize(
    ("pattern", "options", "count"),
    [
        ("the", {}, "5 found"),
        ("the", {"match_case": True}, "3 found"),
        ("the", {"whole_word": True}, "4 found"),
        ("t.e", {}, "No match"),
        ("t.e", {"regex": True}, "5 found"),
        (r"^\w+", {"regex": True}, "2 found"),
        (r"at\b.*$", {"regex": True}, "1 found"),
        (r"hat\nand", {"regex": True}, "1 found"),
        ("😀", {}, "1 found"),
        ("end;", {"whole_word": True}, "1 found"),
    ],
)
def test_counts(qtbot: QtBot, window: MainWindow, pattern: str, options: dict[str, bool], count: str) -> None:
    assert search(qtbot, window, pattern, **options).count.text() == count


def test_goes_round_and_back(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "the", match_case=True)
    places = []
    for _ in range(4):
        QTest.keyClick(bar.pattern, Qt.Key.Key_Return)
        places.append((editor_of(window).textCursor().selectionStart(), bar.count.text()))
    assert places == [(9, "1 of 3"), (31, "2 of 3"), (39, "3 of 3"), (9, "1 of 3")]
    QTest.keyClick(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "3 of 3"
    assert editor_of(window).textCursor().selectedText() == "the"


def test_never_finds_the_suggestion(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    assert editor.set_suggestion(Suggestion(" zebra", candidates=(Candidate(" zebra", 0.9),)))
    assert search(qtbot, window, "zebra").count.text() == "No match"


def test_follows_the_text(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "cat")
    assert bar.count.text() == "1 found"
    with qtbot.waitSignal(bar.searched):
        QTest.keyClicks(editor_of(window), "cat ")
    assert bar.count.text().endswith("2 found")


def test_replaces_all_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "the", replace=True)
    bar.replacement.setText("a")
    with qtbot.waitSignal(bar.searched), qtbot.waitSignal(bar.searched):
        bar.replace_all()
        qtbot.waitUntil(lambda: bar.count.text() == "5 replaced")
    assert window.current_document().text() == "a cat, a hat\nand a end; oar 😀 a\u00a0last"  # type: ignore[union-attr]
    editor_of(window).undo()
    assert window.current_document().text() == TEXT  # type: ignore[union-attr]


def test_replaces_thousands_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    text = "one 😀 two\n" * 20_000
    editor.setPlainText(text)
    bar = search(qtbot, window, "two", replace=True)
    bar.replacement.setText("2")
    started = time.monotonic()
    bar.replace_all()
    qtbot.waitUntil(lambda: bar.count.text() == "20,000 replaced", timeout=10_000)
    assert time.monotonic() - started < 5
    document = window.current_document()
    assert document is not None
    assert document.text() == text.replace("two", "2")
    editor.undo()
    assert document.text() == text


@pytest.mark.parametrize(
    ("pattern", "replacement", "before", "after"),
    [
        (r"(\w+) (\w+)", r"\2 $1", "one two, three four", "two one, four three"),
        (r"(?<first>\w)\w*", "${first}.", "ab cd", "a. c."),
        ("^", "> ", "a\nb", "> a\n> b"),
        (",\\s*", r"\n", "a, b,c", "a\nb\nc"),
        ("x", r"\\1 \$1", "x", r"\1 $1"),
    ],
)
def test_regular_expression_replacements(
    qtbot: QtBot, window: MainWindow, pattern: str, replacement: str, before: str, after: str
) -> None:
    editor_of(window).setPlainText(before)
    bar = search(qtbot, window, pattern, replace=True, regex=True)
    bar.replacement.setText(replacement)
    bar.replace_all()
    qtbot.waitUntil(lambda: bar.count.text().endswith("replaced"))
    assert editor_of(window).toPlainText() == after


def test_literal_replacement_is_taken_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "cat", replace=True)
    bar.replacement.setText(r"$1 \n")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar.count.text().endswith("replaced"))
    assert editor_of(window).toPlainText().startswith(r"The $1 \n, the")


def test_replaces_one_by_one(qtbot: QtBot, window: MainWindow) -> None:
    editor_of(window).setPlainText("a a a")
    bar = search(qtbot, window, "a", replace=True)
    bar.replacement.setText("aa")
    for expected, total in (("a a a", 3), ("aa a a", 4), ("aa aa a", 5)):
        QTest.keyClick(bar.replacement, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda total=total: bar.count.text().endswith(f"of {total}"))
        assert editor_of(window).toPlainText() == expected


def test_invalid_expression_says_where(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["find"].trigger()
    bar = window.find_bar
    bar.regex.setChecked(True)
    bar.pattern.setText("(the")
    qtbot.waitUntil(bar.message.isVisible)
    assert bar.message.text() == "Not a valid expression: missing ), unterminated subpattern (at character 1)"
    bar.pattern.setText("the")
    qtbot.waitUntil(lambda: bar.count.text() == "5 found")
    assert not bar.message.isVisible()


@pytest.mark.parametrize(
    ("pattern", "line", "lines"),
    [
        ("(a+)+$", "a" * 40 + "!", 20_000),
        (r"([\w.]+)+@x", "bbbb.cc" * 30, 5000),
        ("(.*)(.*)(.*)[0-9]", "b" * 400, 3000),
    ],
)
def test_no_expression_freezes_the_window(
    qtbot: QtBot, window: MainWindow, pattern: str, line: str, lines: int
) -> None:
    editor = editor_of(window)
    editor.setPlainText((line + "\n") * lines)
    editor.document().setModified(False)
    window.actions_table["find"].trigger()
    bar = window.find_bar
    bar.regex.setChecked(True)
    bar.pattern.setText(pattern)
    bar._search()
    gaps, last = [], time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer(interval=5)
    timer.timeout.connect(tick)
    last = time.perf_counter()
    timer.start()
    QTest.qWait(1200)
    timer.stop()
    assert max(gaps) < 0.5, "the event loop stood still"
    assert len(gaps) > 40
    bar.pattern.setText("b" * 3 if "b" in line else "a" * 3)
    qtbot.waitUntil(lambda: "found" in bar.count.text(), timeout=8000)


def test_too_long_is_stopped_and_said(qtbot: QtBot, window: MainWindow) -> None:
    editor_of(window).setPlainText("a" * 40 + "!")
    window.find_bar.searcher.patience_ms = 300
    bar = search(qtbot, window, "(a+)+$", regex=True)
    assert bar.message.text().startswith("This search took too long and was stopped")
    assert bar.count.text() == ""


def test_unknown_group_in_the_replacement_is_said(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "(c)at", replace=True, regex=True)
    bar.replacement.setText("$2")
    bar.replace_all()
    qtbot.waitUntil(bar.message.isVisible)
    assert "names a group" in bar.message.text()
    assert window.current_document().text() == TEXT  # type: ignore[union-attr]


def test_searching_a_novel_does_not_hold_the_window_up(qtbot: QtBot, window: MainWindow) -> None:
    editor_of(window).setPlainText("It was a dark and stormy night.\n" * 100_000)
    bar = window.find_bar
    window.actions_table["find"].trigger()
    bar.pattern.setText("stormy")
    started = time.perf_counter()
    bar._search()
    assert time.perf_counter() - started < 0.1
    qtbot.waitUntil(lambda: bar.count.text() == "100,000 found", timeout=15_000)


def test_keys_and_closing(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    for _ in range(3):
        editor.moveCursor(editor.textCursor().MoveOperation.Right, editor.textCursor().MoveMode.KeepAnchor)
    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.find_bar
    assert bar.isVisible()
    assert bar.pattern.hasFocus()
    assert bar.pattern.text() == "The", "the selection is looked for"
    qtbot.waitUntil(lambda: len(editor.extraSelections()) == 5)
    QTest.keyClick(bar.pattern, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert editor.hasFocus()
    assert editor.extraSelections() == []


def test_read_only_texts_are_not_replaced(qtbot: QtBot, window: MainWindow) -> None:
    editor_of(window).setReadOnly(True)
    bar = search(qtbot, window, "the", replace=True)
    bar.replace_all()
    QTest.qWait(100)
    assert window.current_document().text() == TEXT  # type: ignore[union-attr]


def test_switching_tabs_searches_there(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "the")
    window.new_document()
    qtbot.waitUntil(lambda: bar.count.text() == "No match")
    window.close_document(window.current_document())
    qtbot.waitUntil(lambda: bar.count.text() == "5 found")


def test_text_written_after_closing_is_not_mistaken_for_a_match(qtbot: QtBot, window: MainWindow) -> None:
    """F3 once selected what stood where the match had been, and the next letter replaced it."""
    editor = editor_of(window)
    editor.setPlainText("foo one")
    bar = search(qtbot, window, "foo")
    QTest.keyClick(bar.pattern, Qt.Key.Key_Return)
    QTest.keyClick(bar.pattern, Qt.Key.Key_Escape)
    QTest.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "My dear. ")
    window.actions_table["find_next"].trigger()
    qtbot.waitUntil(lambda: editor.textCursor().hasSelection())
    assert editor.textCursor().selectedText() == "foo"
    QTest.keyClick(editor, "Q")
    assert editor.toPlainText() == "My dear. Q one"


def test_a_text_made_shorter_after_closing(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    bar = search(qtbot, window, "last")
    QTest.keyClick(bar.pattern, Qt.Key.Key_Escape)
    editor.selectAll()
    QTest.keyClicks(editor, "at last")
    window.actions_table["find_previous"].trigger()
    qtbot.waitUntil(lambda: editor.textCursor().selectedText() == "last")


def test_shift_return_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "the", match_case=True)
    QTest.keyClick(bar.pattern, Qt.Key.Key_Return)
    QTest.keyClick(bar.pattern, Qt.Key.Key_Return)
    first = editor_of(window).textCursor().selectionStart()
    QTest.keyClick(bar.pattern, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor_of(window).textCursor().selectionStart() < first


def test_writing_does_not_make_the_search_as_you_type_slower(qtbot: QtBot, window: MainWindow) -> None:
    bar = search(qtbot, window, "the")
    editor_of(window).insertPlainText("x")
    bar.pattern.setText("th")
    assert bar._timer.interval() < 200
