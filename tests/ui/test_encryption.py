"""The encryption of what the window keeps: on and off by the setting, and a key that comes late or never."""

from __future__ import annotations

from pathlib import Path

from keyring_memory import MemoryKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gpt_assistant import paths
from gpt_assistant.settings import SettingsStore
from gpt_assistant.storage import converting, vault
from gpt_assistant.ui.window import MainWindow

MARKER = "xqzmarker"


def opened(qtbot: QtBot, *files: Path) -> MainWindow:
    vault._of.cache_clear()  # as in another process
    window = MainWindow(SettingsStore())
    window.start(files)
    window.show()
    return window


def ended(window: MainWindow, keep_work: bool = False) -> None:
    if keep_work:
        window.end_keeping_work()
    for document in window.documents():
        document.editor.document().setModified(False)
    assert window.close()
    window.deleteLater()


def typed(window: MainWindow, text: str) -> None:
    editor = window.current_editor()
    assert editor is not None
    for letter in text:
        QTest.keyClick(editor, letter)


def turned(qtbot: QtBot, window: MainWindow, on: bool) -> None:
    window.store.change(encrypt=on)
    mode = vault.SEALED if on else vault.OFF
    qtbot.waitUntil(lambda: window.encryption.vault.state.mode == mode, timeout=20_000)
    qtbot.waitUntil(lambda: window.encryption.dialog is None, timeout=20_000)


def with_marker() -> set[str]:
    folder = paths.data_folder()
    return {
        path.name for path in folder.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()
    }


def put_by(window: MainWindow) -> None:
    """Have every store of the window keep something with the marker."""
    window.spelling.words.add(MARKER)
    document = window.current_document()
    assert document is not None
    window.keeping.keep(document, f"{MARKER} in an earlier version", "writing")
    window.keeping._executor.submit(lambda: None).result()
    typed(window, f"{MARKER} unsaved")
    document.flush_journal()
    assert window.journal is not None
    assert window.journal.flush()


def test_turned_on_and_off_again_while_there_is_unsaved_work(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / f"{MARKER}.txt"
    file.write_text("saved")
    window = opened(qtbot, file)
    put_by(window)
    window.restoring.save()
    assert {"words.txt", "session.json", "recent.json"} <= with_marker()
    assert any(name.endswith(".journal") for name in with_marker())
    turned(qtbot, window, True)
    assert with_marker() == set()
    assert "encrypted" in window.status.message.whole
    typed(window, f" {MARKER} more")
    window.keep_work()
    assert with_marker() == set()
    turned(qtbot, window, False)
    assert "words.txt" in with_marker()
    assert any(name.endswith(".journal") for name in with_marker())
    ended(window)


def test_the_next_start_has_all_of_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "novel.txt"
    file.write_text("saved")
    window = opened(qtbot, file)
    turned(qtbot, window, True)
    put_by(window)
    ended(window, keep_work=True)
    assert with_marker() == set()
    window = opened(qtbot)
    qtbot.waitUntil(lambda: window.restoring.dialog is not None, timeout=10_000)
    window.restoring.dialog.buttons.buttons()[0].click()
    assert any(f"{MARKER} unsaved" in document.text() for document in window.documents())
    qtbot.waitUntil(lambda: file in [document.path for document in window.documents()], timeout=10_000)
    assert MARKER in window.spelling.words.words()
    assert window.recent.paths() == [file]
    ended(window)


def test_a_locked_keyring_keeps_nobody_from_writing(
    qtbot: QtBot, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    file = tmp_path / "novel.txt"
    file.write_text("saved")
    window = opened(qtbot, file)
    turned(qtbot, window, True)
    put_by(window)
    ended(window)
    sealed = {name: (paths.data_folder() / name).read_bytes() for name in ("session.json", "words.txt")}
    memory_keyring.locked = True
    window = opened(qtbot)
    qtbot.waitUntil(lambda: "The keyring is locked" in window.status.message.whole, timeout=10_000)
    assert "\n" not in window.status.message.whole
    typed(window, f"{MARKER} typed while it was locked")
    window.restoring.save()
    ended(window, keep_work=True)
    assert with_marker() == set()
    assert sealed == {name: (paths.data_folder() / name).read_bytes() for name in sealed}
    window = opened(qtbot)
    qtbot.waitUntil(lambda: "locked" in window.status.message.whole, timeout=10_000)
    assert window.restoring.dialog is None
    memory_keyring.locked = False  # she types her password, and tries again
    window.encryption.fetch()
    qtbot.waitUntil(lambda: window.restoring.dialog is not None, timeout=10_000)
    window.restoring.dialog.buttons.buttons()[0].click()
    assert any("typed while it was locked" in document.text() for document in window.documents())
    qtbot.waitUntil(lambda: file in [document.path for document in window.documents()], timeout=10_000)
    assert "locked" not in window.status.message.whole
    ended(window)


def test_without_a_keyring_the_setting_goes_back_and_says_why(
    qtbot: QtBot, memory_keyring: MemoryKeyring
) -> None:
    memory_keyring.locked = True
    window = opened(qtbot)
    window.store.change(encrypt=True)
    qtbot.waitUntil(lambda: not window.store.current.encrypt, timeout=10_000)
    assert window.status.message.whole.startswith("It is not encrypted. The keyring is locked.")
    assert not window.encryption.vault.state.mode
    ended(window)


def test_with_the_key_gone_it_begins_anew_when_wanted(qtbot: QtBot, memory_keyring: MemoryKeyring) -> None:
    window = opened(qtbot)
    turned(qtbot, window, True)
    put_by(window)
    ended(window)
    memory_keyring.kept.clear()
    window = opened(qtbot)
    qtbot.waitUntil(lambda: "gone from the keyring" in window.status.message.whole, timeout=10_000)
    ended(window)
    window = opened(qtbot)  # the new key is there by now, and the old one still missing
    qtbot.waitUntil(lambda: "gone from the keyring" in window.status.message.whole, timeout=10_000)
    box = window.encryption.ask_to_begin_anew()
    (begin,) = [
        button for button in box.buttons() if box.buttonRole(button) == QMessageBox.ButtonRole.AcceptRole
    ]
    QTest.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert list(paths.data_folder().glob("words.txt.sealed-*"))
    window.spelling.words.add(MARKER)
    assert window.spelling.words.words() == (MARKER,)
    assert with_marker() == set()
    ended(window)


def test_what_a_kill_interrupted_goes_on_at_the_next_start(qtbot: QtBot) -> None:
    window = opened(qtbot)
    put_by(window)
    ended(window)
    vault.of(paths.data_folder()).turn_on()  # and killed before anything was converted
    assert with_marker()
    window = opened(qtbot)
    qtbot.waitUntil(lambda: window.encryption.vault.state.mode == vault.SEALED, timeout=10_000)
    assert window.store.current.encrypt
    assert with_marker() == set()
    ended(window)


def test_cancelled_it_is_as_it_was(qtbot: QtBot) -> None:
    window = opened(qtbot)
    put_by(window)
    window.store.change(encrypt=True)
    qtbot.waitUntil(lambda: window.encryption.dialog is not None, timeout=10_000)
    window.encryption.dialog.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: not window.encryption.vault.state.mode, timeout=20_000)
    assert not window.store.current.encrypt
    assert "words.txt" in with_marker()
    assert converting.remaining(paths.data_folder()) == []
    ended(window)


def test_a_key_that_comes_back_opens_what_it_had_sealed(qtbot: QtBot, memory_keyring: MemoryKeyring) -> None:
    window = opened(qtbot)
    turned(qtbot, window, True)
    put_by(window)
    ended(window)
    lost = dict(memory_keyring.kept)
    memory_keyring.kept.clear()
    window = opened(qtbot)
    qtbot.waitUntil(lambda: "gone from the keyring" in window.status.message.whole, timeout=10_000)
    ended(window)
    memory_keyring.kept.update(lost)
    window = opened(qtbot)
    qtbot.waitUntil(lambda: window.spelling.words.words() == (MARKER,), timeout=10_000)
    assert "gone" not in window.status.message.whole
    ended(window)
