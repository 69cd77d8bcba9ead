from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from windows import answer, choose_file, dialog, editor_of, open_window, type_text

from gpt_assistant.ui.commands import show_format_menu
from gpt_assistant.ui.theme import DARK, LIGHT
from gpt_assistant.ui.window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


def titles(window: MainWindow) -> list[str]:
    return [window.tabs.tabText(index) for index in range(window.tabs.count())]


def run(window: MainWindow, action: str) -> None:
    window.actions_table[action].trigger()


def journals(window: MainWindow) -> list[Path]:
    for document in window.documents():
        document.flush_journal()
    assert window.journal is not None
    window.journal.flush()
    return list(window.journal.folder.glob("*.journal"))


# -- documents and files ---------------------------------------------------------------------------


def test_starts_with_an_empty_document_and_says_how_it_works(window: MainWindow) -> None:
    assert titles(window) == ["Untitled"]
    assert "Tab takes the grey text" in window.status.message.whole
    assert editor_of(window).hasFocus()


def test_no_torch_is_imported_for_the_window() -> None:
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]);"
        "from gpt_assistant.settings import SettingsStore; from gpt_assistant.ui.window import MainWindow;"
        "w = MainWindow(SettingsStore()); w.start(); w.show(); a.processEvents(); w.close();"
        "print([m for m in ('torch', 'transformers', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_save_as_then_save(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    type_text(window, "Hello")
    assert titles(window) == ["Untitled •"]
    assert window.isWindowModified()
    run(window, "save")
    choose_file(qtbot, window, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == b"Hello"
    assert titles(window) == ["a.txt"]
    assert window.recent.paths() == [tmp_path / "a.txt"]
    type_text(window, " again")
    assert len(journals(window)) == 1
    run(window, "save")
    assert (tmp_path / "a.txt").read_bytes() == b"Hello again"
    assert journals(window) == []


def test_opening_keeps_encoding_line_ends_and_every_character(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "alt.txt"
    data = "Größe\u00a0: «\u202fun\u202f»\u2028x\t\x0b\r\n".encode("utf-16")
    path.write_bytes(data)
    window.open_path(path)
    assert titles(window) == ["alt.txt"], "an untouched empty document makes way"
    assert window.status.encoding.text() == "UTF-16 LE with BOM"
    assert window.status.newline.text() == "CRLF"
    type_text(window, "!")
    run(window, "save")
    assert path.read_bytes() == data[:2] + "!".encode("utf-16-le") + data[2:]


def test_opening_twice_shows_the_same_tab(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    first = window.open_path(tmp_path / "a")
    assert window.open_path(tmp_path / "link") is first
    assert window.tabs.count() == 1


def test_missing_file_is_one_line_with_a_way_on(window: MainWindow, tmp_path: Path) -> None:
    assert window.open_path(tmp_path / "gone.txt") is None
    assert window.status.message.whole.startswith("Cannot open gone.txt: the folder or file does not exist")
    (tmp_path / "gone.txt").write_text("back")
    QTest.mouseClick(window.status.retry, Qt.MouseButton.LeftButton)
    assert editor_of(window).toPlainText() == "back"
    assert "gone.txt" not in window.status.message.whole


def test_file_named_at_start_need_not_exist_yet(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, [tmp_path / "new.md"])
    type_text(window, "x")
    run(window, "save")
    assert (tmp_path / "new.md").read_bytes() == b"x"


def test_bytes_that_are_no_text_are_told_and_saved_unchanged(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    data = "Grüße hübsch\n".encode() * 3 + b"\xff\xff"
    path.write_bytes(data)
    window.open_path(path)
    document = window.current_document()
    assert document is not None
    assert "2 bytes of this file are not valid UTF-8, the first in line 4" in document.notice.text
    type_text(window, "x")
    run(window, "save")
    assert path.read_bytes() == b"x" + data


def test_characters_that_qt_cannot_hold_come_back(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "separators.txt"
    path.write_text("one\u2029two \ufdd0 three\n", encoding="utf-8")
    window.open_path(path)
    type_text(window, "x")
    run(window, "save")
    assert path.read_text("utf-8") == "xone\u2029two \ufdd0 three\n"


def test_text_that_does_not_fit_the_encoding_offers_utf8(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("café né\n".encode("cp1252"))
    window.open_path(path)
    type_text(window, "→")
    run(window, "save")
    assert "“→” in line 1 does not exist in Windows-1252" in answer(qtbot, window, "Cancel")
    assert path.read_bytes() == "café né\n".encode("cp1252")
    assert window.current_document().modified  # type: ignore[union-attr]
    run(window, "save")
    answer(qtbot, window, "Save as UTF-8")
    assert path.read_text("utf-8") == "→café né\n"
    assert window.status.encoding.text() == "UTF-8"


def test_failed_save_keeps_the_document_modified_and_its_journal(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("old")
    window.open_path(folder / "a.txt")
    type_text(window, "new ")
    (folder / "a.txt").unlink()
    folder.rmdir()
    run(window, "save")
    document = window.current_document()
    assert document is not None
    assert document.modified
    assert window.status.message.whole.startswith("Cannot save a.txt: the folder or file does not exist")
    assert len(journals(window)) == 1
    folder.mkdir()
    QTest.mouseClick(window.status.retry, Qt.MouseButton.LeftButton)
    assert (folder / "a.txt").read_text() == "new old"
    assert not document.modified
    assert journals(window) == []


def test_save_all_asks_for_names_one_after_the_other(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    type_text(window, "one")
    run(window, "new")
    type_text(window, "two")
    run(window, "save_all")
    choose_file(qtbot, window, tmp_path / "1.md")
    choose_file(qtbot, window, tmp_path / "2.md")
    assert ((tmp_path / "1.md").read_text(), (tmp_path / "2.md").read_text()) == ("one", "two")


def test_format_menus_change_what_is_saved(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\nb")
    window.open_path(path)
    for which, choice in (("newline", "CRLF"), ("encoding", "UTF-16 BE with BOM")):
        menu = show_format_menu(window, which)
        assert menu is not None
        next(action for action in menu.actions() if choice in action.text()).trigger()
        menu.close()
    assert window.isWindowModified()
    run(window, "save")
    assert path.read_bytes() == b"\xfe\xff" + "a\r\nb".encode("utf-16-be")


# -- changes by other programs ---------------------------------------------------------------------


def test_changed_on_disk_reload(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    document = window.open_path(path)
    assert document is not None
    path.write_text("another")
    qtbot.waitUntil(lambda: "changed by another program" in document.notice.text)
    assert document.text() == "one", "never touched unasked"
    QTest.mouseClick(document.notice.button("Reload"), Qt.MouseButton.LeftButton)
    assert document.text() == "another"
    assert not document.modified
    document.editor.undo()
    assert document.text() == "one", "reloading can be undone"


def test_replaced_by_a_rename_is_noticed_every_time(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    document = window.open_path(path)
    assert document is not None
    for text in ("second", "third text"):
        (tmp_path / "temporary").write_text(text)
        (tmp_path / "temporary").replace(path)
        qtbot.waitUntil(lambda: "changed by another program" in document.notice.text)
        QTest.mouseClick(document.notice.button("Reload"), Qt.MouseButton.LeftButton)
        assert document.text() == text


def test_changed_on_disk_keep_mine(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    document = window.open_path(path)
    assert document is not None
    type_text(window, "my ")
    path.write_text("another")
    qtbot.waitUntil(lambda: "your changes here are not in it" in document.notice.text)
    QTest.mouseClick(document.notice.button("Keep mine"), Qt.MouseButton.LeftButton)
    run(window, "save")
    assert path.read_text() == "my one"


def test_saving_over_someone_elses_change_asks(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    window.open_path(path)
    type_text(window, "my ")
    path.write_text("another")
    run(window, "save")
    assert "is not as it was" in answer(qtbot, window, "Cancel")
    assert path.read_text() == "another"
    run(window, "save")
    answer(qtbot, window, "Replace")
    assert path.read_text() == "my one"


def test_own_saves_and_a_mere_touch_raise_no_alarm(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    document = window.open_path(path)
    assert document is not None
    type_text(window, "x")
    run(window, "save")
    os.utime(path, (1, 1))
    QTest.qWait(400)
    assert document.notice.text == ""


def test_deleted_file_is_told_and_the_text_counts_as_unsaved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    document = window.open_path(path)
    assert document is not None
    path.unlink()
    qtbot.waitUntil(lambda: "deleted or moved" in document.notice.text)
    assert document.unsaved
    run(window, "save")
    assert path.read_text() == "one"


# -- closing ---------------------------------------------------------------------------------------


def test_closing_asks_and_cancel_keeps_everything(qtbot: QtBot, window: MainWindow) -> None:
    type_text(window, "work")
    assert not window.close()
    assert "Save “Untitled”?" in answer(qtbot, window, "Cancel")
    assert window.isVisible()
    assert editor_of(window).toPlainText() == "work"


def test_closing_discard_leaves_no_journal(qtbot: QtBot, window: MainWindow) -> None:
    closed: list[int] = []
    window.closing.connect(lambda: closed.append(1))
    type_text(window, "work")
    assert len(journals(window)) == 1
    folder = window.journal.folder  # type: ignore[union-attr]
    window.close()
    answer(qtbot, window, "Discard")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not folder.exists()
    assert closed == [1]


def test_closing_save_writes_and_closes(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    type_text(window, "work")
    window.close()
    answer(qtbot, window, "Save")
    choose_file(qtbot, window, tmp_path / "w.md")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert (tmp_path / "w.md").read_text() == "work"


def test_closing_save_cancelled_in_the_file_dialog_stays_open(qtbot: QtBot, window: MainWindow) -> None:
    type_text(window, "work")
    window.close()
    answer(qtbot, window, "Save")
    dialog(qtbot, window, QFileDialog).reject()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
    assert window.isVisible()
    assert not window.close(), "it asks again"
    answer(qtbot, window, "Cancel")


def test_closing_twice_asks_once(qtbot: QtBot, window: MainWindow) -> None:
    type_text(window, "work")
    window.close()
    window.close()
    assert len([box for box in window.findChildren(QMessageBox) if box.isVisible()]) == 1
    answer(qtbot, window, "Cancel")


def test_closing_a_tab_asks_and_the_last_one_leaves_an_empty_document(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_text(window, "work")
    run(window, "close")
    answer(qtbot, window, "Discard")
    assert titles(window) == ["Untitled"]
    assert editor_of(window).toPlainText() == ""
    assert journals(window) == []


# -- tabs, session ---------------------------------------------------------------------------------


def test_tabs_signal_their_editors_and_ctrl_tab_goes_round(window: MainWindow) -> None:
    added: list[object] = []
    removed: list[object] = []
    current: list[object] = []
    window.editor_added.connect(added.append)
    window.editor_removed.connect(removed.append)
    window.current_editor_changed.connect(current.append)
    run(window, "new")
    second = editor_of(window)
    assert added == [second]
    assert current == [second]
    assert titles(window) == ["Untitled", "Untitled 2"]
    QTest.keyClick(second, Key.Key_Tab, Modifier.ControlModifier)
    assert editor_of(window) is window.editors()[0]
    QTest.keyClick(editor_of(window), Key.Key_Tab, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert editor_of(window) is second
    assert second.toPlainText() == "", "Ctrl+Tab types nothing"
    run(window, "close")
    assert removed == [second]
    assert window.tabs.isMovable()


def test_session_comes_back_with_order_caret_and_zoom(qtbot: QtBot, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(f"text of {name}\n" * 200)
    window = open_window(qtbot, [tmp_path / name for name in "abc"])
    window.tabs.setCurrentIndex(1)
    cursor = editor_of(window).textCursor()
    cursor.setPosition(1234)
    editor_of(window).setTextCursor(cursor)
    editor_of(window).zoom_in()
    window.resize(700, 500)
    window.close()

    again = open_window(qtbot)
    assert titles(again)[again.tabs.currentIndex()] == "b"
    qtbot.waitUntil(lambda: titles(again) == ["a", "b", "c"])
    assert again.tabs.currentIndex() == 1
    assert editor_of(again).textCursor().position() == 1234
    assert editor_of(again).cursorRect().top() >= 0
    assert editor_of(again).zoom() == 110
    assert (again.width(), again.height()) == (700, 500)
    assert again.status.message.whole == "", "the hint is for the first start only"


def test_session_is_not_restored_when_switched_off_and_survives_a_missing_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    open_window(qtbot, [tmp_path / "a", tmp_path / "b"]).close()
    (tmp_path / "b").unlink()
    again = open_window(qtbot)
    qtbot.waitUntil(lambda: "a" in titles(again))
    again.close()
    assert titles(open_window(qtbot, restore_session=False)) == ["Untitled"]


def test_second_instance_leaves_the_session_alone(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    first = open_window(qtbot, [tmp_path / "a"])
    second = open_window(qtbot, [tmp_path / "b"])
    assert titles(second) == ["b"]
    first.close()
    second.close()
    assert titles(open_window(qtbot)) == ["a"]


# -- the status bar, counting ----------------------------------------------------------------------


def test_counts_words_of_text_and_selection(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    editor.setPlainText("One two three.\nVier 😀 fünf\n\nsix")
    qtbot.waitUntil(lambda: window.status.words.text() == "6 words")
    assert window.status.words.toolTip() == "6 words, 31 characters"
    cursor = editor.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(20, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: window.status.words.text() == "3 of 6 words")
    type_text(window, "x")
    qtbot.waitUntil(lambda: window.status.words.text().endswith("words"))
    editor.undo()
    editor.selectAll()
    editor.cut()
    qtbot.waitUntil(lambda: window.status.words.text() == "0 words")


def test_count_follows_every_kind_of_edit(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    document = window.current_document()
    assert document is not None
    cursor = QTextCursor(editor.document())
    editor.setPlainText("a b\nc d\ne f\n" * 50)
    QTest.qWait(5)  # in the middle of counting
    for position, removed, text in ((0, 5, "x"), (10, 30, "\n\n"), (3, 0, "p q\nr\n"), (40, 200, "")):
        cursor.setPosition(position)
        cursor.setPosition(position + removed, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
    editor.undo()
    text = document.text()
    qtbot.waitUntil(lambda: document.counter.total.words == len(text.split()))
    assert document.counter.total.characters == len(text)
    editor.selectAll()
    assert document.counter.of_selection(editor.textCursor()) == document.counter.total


def test_status_shows_problem_before_progress_before_hint(window: MainWindow) -> None:
    status, tried = window.status, []
    status.show_hint("a hint")
    assert status.message.whole == "a hint"
    status.show_progress("Loading", 0.5)
    assert (status.message.whole, status.bar.isVisible(), status.bar.value()) == ("Loading", True, 500)
    status.show_problem("It failed", lambda: tried.append(1))
    assert (status.message.whole, status.bar.isVisible()) == ("It failed", False)
    QTest.mouseClick(status.retry, Qt.MouseButton.LeftButton)
    assert tried == [1]
    assert status.message.whole == "Loading"
    status.show_model("SmolLM2 · CPU")
    assert (status.message.whole, status.bar.isVisible()) == ("a hint", False)
    status.show_latency(86.4)
    assert status.latency.text() == "86 ms"
    status.show_reason("no continuation is likely enough")
    assert "no continuation is likely enough" in status.latency.toolTip()
    assert "no continuation is likely enough" in status.model.toolTip()


@pytest.mark.parametrize("width", [360, 480, 1200])
def test_status_bar_never_asks_for_more_room_than_there_is(window: MainWindow, width: int) -> None:
    window.status.show_model("A model with quite a long name, 1.7B · CUDA 0, NVIDIA H200")
    window.status.show_latency(1234)
    window.status.show_problem("A problem that takes a rather long line to explain to anyone " * 3, print)
    window.resize(width, 360)
    QTest.qWait(30)
    assert window.width() == width
    shown = [part for part in (window.status.words, window.status.model) if part.isVisible()]
    assert all(part.geometry().right() <= width for part in shown)


# -- the rest --------------------------------------------------------------------------------------


def test_files_dropped_on_the_text_are_opened_text_is_inserted(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "dropped.md").write_text("content")
    viewport = editor_of(window).viewport()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.md"))])
    place = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Modifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), *place)
    QApplication.sendEvent(viewport, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(5, 5), *place))
    assert titles(window) == ["dropped.md"]
    assert editor_of(window).toPlainText() == "content"


def test_theme_switches_at_once_and_ghost_text_is_readable(window: MainWindow) -> None:
    run(window, "theme_dark")
    assert editor_of(window).palette().base().color().name() == DARK.page
    assert window.store.current.theme == "dark"
    run(window, "theme_light")
    assert editor_of(window).palette().base().color().name() == LIGHT.page
    for theme in (LIGHT, DARK):
        assert contrast(theme.ghost, theme.page) >= 3.0
        for readable in (theme.text, theme.muted, theme.accent, theme.warning):
            assert contrast(readable, theme.page) >= 4.5, readable
        assert contrast(theme.text, theme.selection) >= 4.5
        assert contrast(theme.text, theme.match) >= 4.5
        assert contrast(theme.on_accent, theme.accent) >= 4.5


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_menu_settings_and_keys(window: MainWindow) -> None:
    run(window, "wrap")
    assert not window.store.current.line_wrap
    assert editor_of(window).lineWrapMode() == editor_of(window).LineWrapMode.NoWrap
    run(window, "complete")
    assert not window.store.current.completion
    window.store.change(completion=True)
    assert window.actions_table["complete"].isChecked()
    QTest.keyClick(window, Key.Key_F11)
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    QTest.keyClick(window, Key.Key_F11)
    assert not window.isFullScreen()
    with_model: list[int] = []
    window.retry_model.connect(lambda: with_model.append(1))
    run(window, "reload_model")
    assert with_model == [1]


def test_every_action_is_explained_and_no_key_means_two_things(window: MainWindow) -> None:
    table = window.actions_table
    keys = [key.toString() for spec in table.specs for key in table[spec.name].shortcuts()]
    assert len(keys) == len(set(keys)), sorted(keys)
    for spec in table.specs:
        assert table[spec.name].toolTip()
        assert table[spec.name].isVisible()
    bound = {value for name, value in vars(window.store.current).items() if name.startswith("key_")}
    assert not bound & set(keys)


def test_undo_redo_actions_follow_the_document(window: MainWindow) -> None:
    table = window.actions_table
    assert not table["undo"].isEnabled()
    type_text(window, "x")
    assert table["undo"].isEnabled()
    run(window, "undo")
    assert table["redo"].isEnabled()
    run(window, "redo")
    run(window, "select_all")
    run(window, "cut")
    run(window, "paste")
    run(window, "paste")
    assert editor_of(window).toPlainText() == "xx"


def test_recent_menu_opens(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("recent")
    window.recent.add(tmp_path / "a.md")
    menu = next(
        action.menu() for action in window.actions_table.menus["&File"].actions() if "recent" in action.text()
    )
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert editor_of(window).toPlainText() == "recent"


def test_saved_file_keeps_its_permissions(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "script.sh"
    path.write_text("x")
    path.chmod(0o750)
    window.open_path(path)
    type_text(window, "y")
    run(window, "save")
    assert stat.S_IMODE(path.stat().st_mode) == 0o750


def test_typing_in_a_novel_stays_quick(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_of(window)
    editor.setPlainText("It was a dark and stormy night, and the rain fell in torrents.\n" * 60_000)
    document = window.current_document()
    assert document is not None
    qtbot.waitUntil(lambda: document.counter.total.words == 60_000 * 13, timeout=30_000)
    cursor = editor.textCursor()
    cursor.setPosition(2_000_000)
    editor.setTextCursor(cursor)
    times = []
    for letter in "the quick brown fox jumps over the lazy dog " * 3:
        started = time.perf_counter()
        QTest.keyClick(editor, letter)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.015


def test_a_problem_solved_uncovers_the_one_before(qtbot: QtBot) -> None:
    """A file that was saved says nothing of the model that is missing."""
    window = open_window(qtbot)
    status, tried = window.status, []
    status.show_problem("No model", lambda: tried.append("model"), "model")
    status.show_problem("No such file", lambda: tried.append("file"))
    assert status.message.whole == "No such file"
    status.clear_problem()
    assert status.message.whole == "No model"
    assert status.retry.isVisibleTo(window)
    status.retry.click()
    assert tried == ["model"]
    assert not status.retry.isVisibleTo(window)


def test_saving_leaves_the_missing_model_on_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot)
    window.status.show_problem("No model", print, "model")
    document = window.open_path(tmp_path / "new.md", create=True)
    assert document is not None
    document.editor.insertPlainText("text")
    window.actions_table["save"].trigger()
    assert (tmp_path / "new.md").read_text() == "text"
    assert window.status.message.whole == "No model"


def test_forgetting_is_asked_and_return_does_not_do_it(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    for pressed, forgotten in (("Return", []), ("Forget", [True])):
        said: list[bool] = []
        window.forget_learnt.connect(lambda said=said: said.append(True))
        window.actions_table["forget"].trigger()
        (box,) = (each for each in window.findChildren(QMessageBox) if each.isVisible())
        if pressed == "Return":
            QTest.keyClick(box, Qt.Key.Key_Return)
        else:
            next(button for button in box.buttons() if button.text() == pressed).click()
        qtbot.waitUntil(lambda box=box: not shiboken6.isValid(box) or not box.isVisible())
        assert said == forgotten
        window.forget_learnt.disconnect()


def test_full_screen_and_back_stays_maximised(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.showMaximized()
    action = window.actions_table["full_screen"]
    action.trigger()
    assert window.isFullScreen()
    action.trigger()
    assert not window.isFullScreen()
    assert window.isMaximized()
