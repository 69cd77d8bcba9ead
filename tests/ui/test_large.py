"""Large files in the real window: opened and saved in slices, with the window alive all the while."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from windows import crash, editor_of, open_window, type_text

from gpt_assistant.text.longlines import LIMIT, MARK
from gpt_assistant.ui import document as document_module
from gpt_assistant.ui import editor as editor_module
from gpt_assistant.ui import opening, snapshot
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.snapshot import Snapshot, plain_text
from gpt_assistant.ui.widest import forget_the_widest
from gpt_assistant.ui.window import MainWindow

LINE = "The quick brown fox jumps over the lazy dog — größer als 😀.\n"
TEXT = LINE * 60_000  # some 4 MB


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


def run(window: MainWindow, name: str) -> None:
    window.actions_table[name].trigger()


class Work(QObject):
    """The longest time, in seconds, that this thread worked without coming back to the event loop.

    Time on the processor, for other programs may keep the machine busy; `bench --large` measures stalls.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._since = time.thread_time()
        self._timer = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._since)
        self._since = now


def load(qtbot: QtBot, window: MainWindow, path: Path) -> Document:
    document = window.open_path(path)
    assert document is not None
    qtbot.waitUntil(lambda: not document.loading, timeout=20_000)
    return document


def test_a_large_file_opens_while_the_window_lives(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    work = Work()
    document = window.open_path(large)
    assert document is not None
    assert document.loading
    assert document.work.isVisible()
    assert document.editor.isReadOnly()
    qtbot.waitUntil(lambda: document.editor.document().blockCount() > 1000, timeout=20_000)
    assert document.loading  # the first lines are there before the last
    qtbot.waitUntil(lambda: not document.loading, timeout=20_000)
    assert work.longest < 0.3
    assert document.text() == TEXT
    assert not document.modified
    assert not document.work.isVisible()
    assert not editor_of(window).document().isUndoAvailable()
    assert editor_of(window).textCursor().position() == 0


def test_parts_are_put_in_from_the_middle_of_what_is_left() -> None:
    assert opening.middle_first(8) == [0, 4, 2, 6, 1, 5, 3, 7]
    for count in (0, 1, 2, 5, 100):
        assert sorted(opening.middle_first(count)) == list(range(count))


def test_what_is_seen_stays_while_parts_come_in_above_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "numbered.txt"
    text = "".join(f"{number} {LINE}" for number in range(60_000))
    path.write_text(text, encoding="utf-8")
    document = window.open_path(path)
    assert document is not None
    editor = document.editor
    qtbot.waitUntil(lambda: editor.document().blockCount() > 1000, timeout=20_000)
    bar, seen = editor.verticalScrollBar(), set()
    bar.setValue(bar.maximum() - 40)  # at the very end a status bar that changes its height would move it

    def look() -> bool:
        seen.add(editor.firstVisibleBlock().text())
        return not document.loading

    qtbot.waitUntil(look, timeout=20_000)
    assert document.text() == text
    assert len(seen) == 1


def test_no_paragraph_is_the_widest_so_none_is_looked_for(
    qtbot: QtBot, make_editor: Callable[..., Editor]
) -> None:
    """Where the widest paragraph gets narrower Qt goes through all for the next: `documentSize` changes."""

    def typed_in_the_widest(editor: Editor) -> bool:
        widths = set()
        layout = editor.document().documentLayout()
        cursor = editor.textCursor()
        for _ in range(20):
            for character in "abcdefghij klm ":
                cursor.insertText(character)
                widths.add(layout.documentSize().width())
            cursor.movePosition(cursor.MoveOperation.NextBlock)
        return len(widths) > 1

    text = "a line that is long enough to be wrapped in this editor, as lines of prose are\n" * 500
    editor = make_editor(text, 0, 400)
    editor.grab()
    assert typed_in_the_widest(editor)
    editor.setPlainText(text)
    forget_the_widest(editor)
    editor.grab()
    assert editor.toPlainText() == text
    assert not typed_in_the_widest(editor)
    assert editor.horizontalScrollBar().maximum() == 0


def test_opening_can_be_cancelled(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    document = window.open_path(large)
    assert document is not None
    qtbot.waitUntil(lambda: document.editor.document().blockCount() > 100, timeout=20_000)
    qtbot.mouseClick(document.work.button, Qt.MouseButton.LeftButton)
    assert [each.path for each in window.documents()] == [None]
    assert "large.txt" not in window.status.message.whole
    assert load(qtbot, window, large).text() == TEXT


def test_closing_the_window_while_a_file_opens(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    window.open_path(large)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_is_remembered_of_a_file_is_done_when_it_is_there(
    qtbot: QtBot, window: MainWindow, large: Path
) -> None:
    document = window.open_path(large)
    assert document is not None
    document.go_to(1_000_000, 0)
    assert document.editor.textCursor().position() == 0
    qtbot.waitUntil(lambda: not document.loading, timeout=20_000)
    assert document.editor.textCursor().position() == 1_000_000


def test_a_file_that_vanishes_or_is_no_text_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(opening.LARGE + 1))
    window.open_path(path)
    qtbot.waitUntil(lambda: "film.mp4" in window.status.message.whole, timeout=20_000)
    assert window.status.message.whole == (
        "film.mp4 is binary data, not text. Open it with the program it belongs to."
    )
    assert [each.path for each in window.documents()] == [None]


def test_no_text_can_be_opened_all_the_same_and_comes_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    data = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(5000)
    path.write_bytes(data)
    assert window.open_path(path) is None
    assert "picture.png is a picture, not text" in window.status.message.whole
    button = next(
        each for each in window.status.findChildren(QToolButton) if each.text() == "Open it as text"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    document = window.current_document()
    assert document is not None
    assert document.path == path
    assert document.file.bad_bytes
    type_text(window, "x")
    run(window, "save")
    assert path.read_bytes() == b"x" + data


def test_saving_a_large_file_while_its_writer_types_on(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    document = load(qtbot, window, large)
    type_text(window, "abc")
    run(window, "save")
    assert document.saving
    type_text(window, "def")
    qtbot.waitUntil(lambda: not document.saving, timeout=20_000)
    written = large.read_text("utf-8")
    assert written in ("abc" + TEXT, "abcdef" + TEXT)
    assert document.modified == (written == "abc" + TEXT)
    QTest.keyClick(editor_of(window), Qt.Key.Key_X)
    assert document.modified
    run(window, "save")
    qtbot.waitUntil(lambda: not document.saving, timeout=20_000)
    assert large.read_text("utf-8") == "abcdefx" + TEXT
    assert not document.modified


def test_saving_can_be_stopped_and_leaves_the_file(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    document = load(qtbot, window, large)
    type_text(window, "abc")
    run(window, "save")
    qtbot.mouseClick(document.work.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not document.saving, timeout=20_000)
    assert large.read_text("utf-8") == TEXT
    assert document.modified
    assert "was stopped" in window.status.message.whole


def test_a_crash_after_a_large_file_was_saved_and_changed(
    qtbot: QtBot, window: MainWindow, large: Path
) -> None:
    document = load(qtbot, window, large)
    type_text(window, "abc")
    run(window, "save")
    type_text(window, "def")
    qtbot.waitUntil(lambda: not document.saving, timeout=20_000)
    type_text(window, "ghi")
    crash(window)
    again = open_window(qtbot)
    dialog = again.restoring.dialog
    assert dialog is not None
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Restore")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # while the session's file is still coming in
    restored = again.current_document()
    assert restored is not None
    qtbot.waitUntil(lambda: not restored.loading, timeout=20_000)
    assert restored.text() == "abcdefghi" + TEXT
    assert restored.modified
    assert not restored.notice.text, "the file is the one that was saved last"
    type_text(again, "x")
    run(again, "save")
    qtbot.waitUntil(lambda: not restored.saving, timeout=20_000)
    assert large.read_text("utf-8") == "abcdefghix" + TEXT


def test_finding_in_a_large_file_and_in_a_long_line(
    qtbot: QtBot, window: MainWindow, large: Path, tmp_path: Path
) -> None:
    path = tmp_path / "line.txt"
    assert 7_997 < LIMIT < 8_003
    path.write_text("x" * 7_997 + "needle😀needle" + "y" * 3_000_000)
    document = load(qtbot, window, path)
    bar = window.find_bar
    with qtbot.waitSignal(bar.searched, timeout=30_000):
        bar.open_bar(document.editor)
        bar.pattern.setText("needle")
    bar.find_next()
    selected = document.editor.textCursor().selectedText()
    assert selected.replace(MARK, "").replace("\u2029", "") == "needle"
    assert MARK in selected  # the word lies across a break
    assert bar.count.text() == "1 of 2"


def test_a_line_of_a_million_characters_round_trips(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "line.json"
    line = "é" * 1_000_000
    path.write_text(f"[{line}]\n", encoding="utf-8")
    document = load(qtbot, window, path)
    assert document.editor.document().blockCount() > 100
    type_text(window, "x")
    run(window, "save")
    qtbot.waitUntil(lambda: not document.saving, timeout=20_000)
    assert path.read_text("utf-8") == f"x[{line}]\n"
    qtbot.waitUntil(lambda: document.counter.complete, timeout=20_000)
    assert document.counter.total.characters == 1_000_004


def test_with_very_many_paragraphs_the_size_is_followed_when_it_rests(
    qtbot: QtBot, make_editor: Callable[..., Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = make_editor("word " * 40 + "\nshort" * 200, 0, 800)

    def lines() -> int:
        return editor.document().firstBlock().layout().lineCount()

    editor.grab()
    before = lines()
    monkeypatch.setattr(editor_module, "_MANY_PARAGRAPHS", 100)
    for width in (700, 500, 300):
        editor.resize(width, 220)
        qtbot.wait(1)
    assert lines() == before
    qtbot.waitUntil(lambda: editor.grab() is not None and lines() > before)


# -- the text of a moment, while it changes --------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PART", 40)
    monkeypatch.setattr(snapshot, "_SLICE", 0.0)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(12))
def test_a_snapshot_has_the_text_of_its_end_whatever_was_edited(
    qtbot: QtBot, make_editor: Callable[..., Editor], seed: int
) -> None:
    chance = random.Random(seed)
    editor = make_editor("".join(f"line {number} 😀\n" for number in range(120)))
    document = editor.document()
    taken: list[str] = []
    taking = Snapshot(document, editor)
    taking.finished.connect(lambda parts: taken.append("".join(parts) == plain_text(document)))
    end = time.monotonic() + 20
    while not taken and time.monotonic() < end:
        cursor = editor.textCursor()
        place = chance.randint(0, document.characterCount() - 1)
        cursor.setPosition(place)
        kind = chance.choice(["type", "delete", "lines", "replace", "undo", "none", "none"])
        if kind == "type":
            cursor.insertText("abc")
        elif kind == "lines":
            cursor.insertText("one\ntwo\n")
        elif kind == "undo":
            editor.undo()
        elif kind != "none":
            far = min(place + chance.randint(1, 90), document.characterCount() - 1)
            cursor.setPosition(far, cursor.MoveMode.KeepAnchor)
            cursor.insertText("" if kind == "delete" else "new")
        qtbot.wait(0)
        QTest.qWait(0)
    assert taken == [True]


def test_no_test_here_is_about_small_files() -> None:
    assert len(TEXT.encode()) > opening.LARGE
    assert len(TEXT) > snapshot.LARGE
    assert document_module.LARGE == opening.LARGE
