from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from windows import answer, editor_of, open_window, type_text

from gpt_assistant.storage.recovery import LostWork
from gpt_assistant.ui.recovery import RecoveryDialog
from gpt_assistant.ui.window import MainWindow


def press(dialog: RecoveryDialog, name: str) -> None:
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(window: MainWindow) -> dict[str, str]:
    return {document.title: document.text() for document in window.documents()}


def left_over(window: MainWindow) -> list[str]:
    work = LostWork(window._data / "journal")
    found = [document.text for document in work.documents]
    work.release()
    return found


@pytest.fixture
def crashed(qtbot: QtBot, tmp_path: Path) -> Path:
    """Leave an untitled document and a changed file behind; returns the file."""
    path = tmp_path / "file.txt"
    path.write_bytes(b"one\r\ntwo")
    window = open_window(qtbot)
    type_text(window, "never saved \u00a0 😀")
    window.open_path(path)
    type_text(window, "changed ")
    window.end_keeping_work()
    return path


def test_nothing_is_offered_when_nothing_was_lost(qtbot: QtBot) -> None:
    open_window(qtbot).close()
    assert open_window(qtbot).restoring.dialog is None


def test_restores_titled_and_untitled_as_unsaved_work(qtbot: QtBot, crashed: Path) -> None:
    window = open_window(qtbot)
    dialog = window.restoring.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.list.count() == 2
    press(dialog, "Restore")
    assert texts(window) == {"Untitled": "never saved \u00a0 😀", "file.txt": "changed one\ntwo"}
    assert all(document.modified for document in window.documents())
    assert crashed.read_bytes() == b"one\r\ntwo", "no file is touched before the writer saves"
    window.show_document(next(each for each in window.documents() if each.path))
    window.actions_table["save"].trigger()
    assert crashed.read_bytes() == b"changed one\r\ntwo"


def test_restored_work_survives_another_crash(qtbot: QtBot, crashed: Path) -> None:
    for _ in range(2):
        window = open_window(qtbot)
        assert window.restoring.dialog is not None
        press(window.restoring.dialog, "Restore")
        type_text(window, "+")
        window.end_keeping_work()
    work = LostWork(window._data / "journal")
    assert sorted(document.meta.title for document in work.documents) == ["Untitled", "file.txt"]
    assert sum(document.text.count("+") for document in work.documents) == 2
    work.release()


def test_not_now_offers_it_again(qtbot: QtBot, crashed: Path) -> None:
    window = open_window(qtbot)
    assert window.restoring.dialog is not None
    QTest.keyClick(window.restoring.dialog, Qt.Key.Key_Escape)
    assert len(left_over(window)) == 2
    window.close()
    again = open_window(qtbot)
    assert again.restoring.dialog is not None
    assert again.restoring.dialog.list.count() == 2


def test_only_what_is_ticked_is_restored_the_rest_stays(qtbot: QtBot, crashed: Path) -> None:
    window = open_window(qtbot)
    dialog = window.restoring.dialog
    assert dialog is not None
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    press(dialog, "Restore")
    assert len(left_over(window)) == 1
    assert sum(document.modified for document in window.documents()) == 1


def test_deleting_asks_and_is_final(qtbot: QtBot, crashed: Path) -> None:
    window = open_window(qtbot)
    dialog = window.restoring.dialog
    assert dialog is not None
    press(dialog, "Delete…")
    assert "Delete the unsaved work in 2 documents?" in answer(qtbot, dialog, "Cancel")
    assert dialog.isVisible()
    press(dialog, "Delete…")
    answer(qtbot, dialog, "Delete")
    assert left_over(window) == []
    assert not dialog.isVisible()


def test_a_file_that_changed_since_is_told(qtbot: QtBot, crashed: Path) -> None:
    crashed.write_bytes(b"newer")
    window = open_window(qtbot)
    dialog = window.restoring.dialog
    assert dialog is not None
    lines = [dialog.list.item(row).text() for row in range(2)]
    assert sum("the file was changed since" in line for line in lines) == 1
    press(dialog, "Restore")
    document = next(each for each in window.documents() if each.path)
    assert document.text() == "changed one\ntwo"
    assert "changed by another program" in document.notice.text
    window.show_document(document)
    window.actions_table["save"].trigger()
    answer(qtbot, window, "Cancel")
    assert crashed.read_bytes() == b"newer"


def test_every_kind_of_edit_reaches_the_journal(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    editor, document = editor_of(window), window.current_document()
    assert document is not None
    type_text(window, "Erste Zeile\n😀 zweite")
    editor.undo()
    editor.redo()
    cursor = QTextCursor(editor.document())
    cursor.beginEditBlock()
    for position in (2, 9, 0):
        cursor.setPosition(position)
        cursor.insertText("äß\n")
    cursor.endEditBlock()
    document.flush_journal()
    editor.selectAll()
    editor.copy()
    editor.paste()
    editor.paste()
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(3):
        QTest.keyClick(editor, Qt.Key.Key_Delete)
    editor.undo()
    editor.setPlainText(document.text() + "\u00a0\u2028end")
    type_text(window, "x")
    expected = document.text()
    window.end_keeping_work()
    assert left_over(window) == [expected]


def test_flushes_while_the_writer_types_without_a_pause(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    assert window.journal is not None
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:
        type_text(window, "word ")
        QTest.qWait(20)
    assert list(window.journal.folder.glob("*.journal")), "a timer that each key restarts never ends"


def test_journal_costs_a_keystroke_next_to_nothing_in_a_large_text(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    document = window.current_document()
    assert document is not None
    document.editor.setPlainText("It was a dark and stormy night.\n" * 125_000)
    document.flush_journal()
    journaling = document._journaling
    assert journaling is not None
    cursor = QTextCursor(document.editor.document())
    cursor.setPosition(2_000_000)
    document.editor.document().blockSignals(True)
    keys, flushes = [], []
    for number in range(200):
        cursor.insertText("x")
        started = time.thread_time()
        journaling._on_change(cursor.position() - 1, 0, 1)
        keys.append(time.thread_time() - started)
        if number % 20 == 19:
            started = time.thread_time()
            journaling.flush()
            flushes.append(time.thread_time() - started)
    document.editor.document().blockSignals(False)
    assert sorted(keys)[100] < 0.0005
    assert sorted(flushes)[5] < 0.004, "taking the text out of the document lasts 10 ms and more"


RUN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.shutdown import OutsideEnd
from gpt_assistant.ui.window import MainWindow
app = QApplication([])
window = MainWindow(SettingsStore())
window.start([Path(sys.argv[1])])
window.show()
end = OutsideEnd(window.end_keeping_work, window.keep_work, window)
QTest.keyClicks(window.current_editor(), "typed just now ")
print("ready", flush=True)
sys.exit(app.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_keeps_even_the_last_letter(
    qtbot: QtBot, tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    process = subprocess.Popen([sys.executable, "-c", RUN, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(number)
    assert process.wait(10) == 0
    process.stdout.close()
    assert path.read_text() == "x"
    window = open_window(qtbot)
    dialog = window.restoring.dialog
    assert dialog is not None
    press(dialog, "Restore")
    assert texts(window) == {"a.txt": "typed just now x"}


def test_logging_out_does_not_ask_and_keeps_the_work(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    type_text(window, "work")
    window.keep_work()
    assert window.close()
    assert left_over(window) == ["work"]


def test_after_a_crash_the_saved_documents_are_open_again_too(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name)
    window = open_window(qtbot, [tmp_path / "one.txt", tmp_path / "two.txt"])
    stored = window._data / "session.json"
    qtbot.waitUntil(stored.exists)  # without being asked, for a crash does not ask
    session = stored.read_bytes()
    window.end_keeping_work()
    stored.write_bytes(session)
    again = open_window(qtbot)
    qtbot.waitUntil(lambda: len(texts(again)) == 2)
    assert texts(again) == {"one.txt": "one.txt", "two.txt": "two.txt"}


def test_work_in_a_large_file_comes_back_although_the_file_is_just_being_opened(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """The session opens the file by parts; what is offered back is newer and must win."""
    path = tmp_path / "novel.txt"
    path.write_text("It was a dark and stormy night.\n" * 60_000)
    window = open_window(qtbot, [path])
    document = window.documents()[0]
    qtbot.waitUntil(lambda: not document.loading, timeout=20_000)
    type_text(window, "Suddenly. ")
    expected = document.text()
    window.end_keeping_work()
    again = open_window(qtbot)
    assert again.restoring.dialog is not None
    press(again.restoring.dialog, "Restore")
    qtbot.waitUntil(lambda: not any(each.loading for each in again.documents()), timeout=20_000)
    assert texts(again) == {"novel.txt": expected}
    assert again.documents()[0].modified
    again.end_keeping_work()
    assert left_over(again) == [expected]
