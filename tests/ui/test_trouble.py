"""What goes wrong with a disk while one writes costs a line and a click, and never a word."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import choose_file, editor_of, open_window, type_text

from gpt_assistant.storage.recovery import LostWork
from gpt_assistant.ui import backup

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")


class FullDisk:
    """Every write and every new file below a folder fails, as on a full disk, until there is room."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        self._folder = str(folder)
        self._real = os.open, os.write, os.mkdir
        monkeypatch.setattr(os, "open", self._open)
        monkeypatch.setattr(os, "write", self._write)
        monkeypatch.setattr(os, "mkdir", self._mkdir)

    def _refuse(self) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _open(self, path: object, flags: int, *rest: object, **more: object) -> int:
        inside = str(path).startswith(self._folder) and bool(flags & (os.O_WRONLY | os.O_RDWR))
        if inside and flags & os.O_CREAT and not str(path).endswith(".lock"):
            self._refuse()
        return self._real[0](path, flags, *rest, **more)  # type: ignore[arg-type,no-any-return]

    def _write(self, descriptor: int, data: bytes) -> int:
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).startswith(self._folder):
            self._refuse()
        return self._real[1](descriptor, data)

    def _mkdir(self, path: object, *rest: object, **more: object) -> None:
        if str(path).startswith(self._folder):
            self._refuse()
        self._real[2](path, *rest, **more)  # type: ignore[arg-type]


def lost(data: Path) -> list[str]:
    work = LostWork(data / "journal")
    found = [document.text for document in work.documents]
    work.release()
    return found


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_RETRY_MS", 200)


def test_a_failed_save_offers_another_place_and_the_text_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    path = tmp_path / "gone" / "a.txt"
    path.write_text("old")
    window = open_window(qtbot, [path])
    type_text(window, "new ")
    path.unlink()
    path.parent.rmdir()
    window.actions_table["save"].trigger()
    status = window.status
    assert status.message.whole.startswith("Cannot save a.txt: the folder or file does not exist")
    assert status.other.isVisible()
    assert status.other.accessibleName() == "Save as…"
    QTest.mouseClick(status.other, Qt.MouseButton.LeftButton)
    choose_file(qtbot, window, tmp_path / "elsewhere.txt")
    assert (tmp_path / "elsewhere.txt").read_text() == "new old"
    assert status.message.whole == "" or not status.message.whole.startswith("Cannot")
    assert not status.other.isVisible()


def test_the_journal_goes_on_in_memory_on_a_full_disk_and_is_written_once_there_is_room(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot)
    type_text(window, "Before. ")
    assert window.journal is not None
    qtbot.waitUntil(lambda: bool(list(window.journal.folder.glob("*.journal"))))  # type: ignore[union-attr]
    with monkeypatch.context() as patch:
        disk = FullDisk(tmp_path / "home", patch)
        type_text(window, "While it is full. ")
        qtbot.waitUntil(lambda: "Unsaved work is not backed up" in window.status.message.whole)
        assert "the disk is full" in window.status.message.whole
        type_text(window, "Still.")
        QTest.qWait(500)
        disk.full = False
        # Without another key: it is tried again by itself.
        qtbot.waitUntil(lambda: "not backed up" not in window.status.message.whole, timeout=5000)
        text = editor_of(window).toPlainText()
    assert text == "Before. While it is full. Still."
    data = window._data
    window.end_keeping_work()
    assert lost(data) == [text]


def test_it_starts_on_a_full_disk_and_begins_the_journal_when_there_is_room(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config", "data"):
        (tmp_path / "home" / name).mkdir(parents=True)
    disk = FullDisk(tmp_path / "home" / "data", monkeypatch)
    window = open_window(qtbot)
    assert window.journal is None
    qtbot.waitUntil(lambda: "Unsaved work is not backed up" in window.status.message.whole)
    type_text(window, "Written all the same.")
    disk.full = False
    qtbot.waitUntil(lambda: window.journal is not None, timeout=5000)
    qtbot.waitUntil(lambda: "not backed up" not in window.status.message.whole)
    type_text(window, " And more.")
    data = window._data
    window.end_keeping_work()
    assert lost(data) == ["Written all the same. And more."]


START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.instance import Instance, Opening, Start
from gpt_assistant.ui.window import MainWindow
data = Path(sys.argv[1])
instance = Instance(data)
assert instance.begin(Opening()) is Start.FIRST
app = QApplication([])
window = MainWindow(SettingsStore())
window.start()
window.show()
QTest.keyClicks(window.current_editor(), "text")
QTest.qWait(600)
print(window.current_document().text(), "|", window.status.message.whole)
window.current_editor().document().setModified(False)
window.close()
"""


# Root may write everywhere, unless it gives that up.
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MEEK = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []


@pytest.mark.skipif(bool(MEEK) and shutil.which("setpriv") is None, reason="root may write everywhere")
def test_it_starts_where_it_may_write_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("config", "data", "cache"):
        (home / name).mkdir(parents=True)
        (home / name).chmod(0o555)
    home.chmod(0o555)
    done = subprocess.run(
        [*MEEK, sys.executable, "-c", START, str(home / "data")],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": ""},
        timeout=60,
    )
    home.chmod(0o755)
    assert done.returncode == 0, done.stderr
    text, line = done.stdout.strip().split(" | ")
    assert text == "text"
    assert line.startswith("Unsaved work is not backed up")


def test_a_history_that_cannot_be_written_keeps_nobody_from_saving(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    window = open_window(qtbot, [path])
    window.keeping.history.path.mkdir()  # something is in its way
    type_text(window, "new ")
    window.actions_table["save"].trigger()
    assert path.read_text() == "new old"
    qtbot.waitUntil(lambda: "No earlier version was kept" in window.status.message.whole)
    assert threading.active_count() < 20
