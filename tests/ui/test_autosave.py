from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.ui.window import MainWindow

MS = 5000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.txt"
    found.write_text("text")
    return found


def hint(window: MainWindow) -> str:
    return window.status.message.whole


def test_it_saves_by_itself_and_says_so_quietly(qtbot: QtBot, path: Path) -> None:
    window = open_window(qtbot, [path], autosave=1)
    type_text(window, "more ")
    assert path.read_text() == "text", "not at once"
    qtbot.waitUntil(lambda: path.read_text() == "more text", timeout=MS)
    qtbot.waitUntil(lambda: hint(window) == "a.txt was saved.")
    document = window.current_document()
    assert document is not None
    assert not document.modified
    assert not document.notice.text
    editor_of(window).undo()
    assert document.text() == "text", "undo goes on over a save"


def test_it_saves_while_the_writer_types_on_and_on(qtbot: QtBot, path: Path) -> None:
    window = open_window(qtbot, [path], autosave=1)
    for _ in range(60):
        type_text(window, "x")
        QTest.qWait(40)
    assert len(path.read_text()) > 10


def test_off_by_default_and_off_at_once(qtbot: QtBot, path: Path) -> None:
    window = open_window(qtbot, [path])
    type_text(window, "x")
    QTest.qWait(700)
    window.store.change(autosave=1)
    QTest.qWait(300)
    window.store.change(autosave=0)
    QTest.qWait(1200)
    assert path.read_text() == "text"


def test_untitled_documents_are_left_to_the_journal(qtbot: QtBot) -> None:
    window = open_window(qtbot, autosave=1)
    type_text(window, "x")
    QTest.qWait(1500)
    document = window.current_document()
    assert document is not None
    assert document.modified
    assert hint(window) != "Untitled was saved."


def refused(qtbot: QtBot, window: MainWindow, why: str) -> None:
    qtbot.waitUntil(lambda: hint(window).startswith("Not saved by itself: "), timeout=MS)
    assert why in hint(window)
    document = window.current_document()
    assert document is not None
    assert document.modified


def test_what_another_program_wrote_is_never_overwritten(qtbot: QtBot, path: Path) -> None:
    window = open_window(qtbot, [path], autosave=1)
    path.write_text("written by another")
    type_text(window, "mine ")
    refused(qtbot, window, "was changed or removed by another program")
    assert path.read_text() == "written by another"
    document = window.current_document()
    assert document is not None
    qtbot.waitUntil(lambda: "changed by another program" in document.notice.text)


def test_a_file_with_an_old_time_and_the_same_size_is_another_one(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    """As a copy that keeps times, or a check-out, leaves it."""
    window = open_window(qtbot, [path], autosave=1)
    status = path.stat()
    (tmp_path / "b").write_text("TEXT")
    os.utime(tmp_path / "b", ns=(status.st_atime_ns, status.st_mtime_ns))
    (tmp_path / "b").replace(path)
    type_text(window, "mine ")
    refused(qtbot, window, "was changed or removed by another program")
    assert path.read_text() == "TEXT"


def test_a_file_that_is_gone_is_not_made_again_unasked(qtbot: QtBot, path: Path) -> None:
    window = open_window(qtbot, [path], autosave=1)
    path.unlink()
    type_text(window, "mine ")
    refused(qtbot, window, "was changed or removed by another program")
    assert not path.exists()


def test_a_new_file_that_someone_else_has_made_meanwhile_is_theirs(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    window = open_window(qtbot, [path], autosave=1)
    path.write_text("theirs")
    type_text(window, "mine ")
    refused(qtbot, window, "was changed or removed by another program")
    assert path.read_text() == "theirs"


def test_a_character_that_the_encoding_lacks(qtbot: QtBot, path: Path) -> None:
    path.write_bytes("café né ici\n".encode("cp1252"))
    window = open_window(qtbot, [path], autosave=1)
    type_text(window, "→")
    refused(qtbot, window, "does not exist in Windows-1252")
    assert path.read_bytes() == "café né ici\n".encode("cp1252")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks")
def test_a_file_that_another_program_holds(qtbot: QtBot, path: Path) -> None:
    script = (
        "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_EX);"
        " print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    holder.stdout.readline()
    window = open_window(qtbot, [path], autosave=1)
    type_text(window, "more ")
    refused(qtbot, window, "another program is using it")
    assert path.read_text() == "text"
    holder.stdin.close()
    holder.wait(10)
    holder.stdout.close()
    qtbot.waitUntil(lambda: path.read_text() == "more text", timeout=MS)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file(qtbot: QtBot, path: Path) -> None:
    path.chmod(0o444)
    window = open_window(qtbot, [path], autosave=1)
    type_text(window, "more ")
    refused(qtbot, window, "is read-only")
