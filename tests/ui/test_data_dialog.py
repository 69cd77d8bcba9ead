"""The list of what is kept: complete, with sizes, and deleting what was chosen while the window goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from windows import crash, editor_of, open_window, type_text

from gpt_assistant import paths
from gpt_assistant.engine import catalogue
from gpt_assistant.features.frequencies import frequencies
from gpt_assistant.storage import inventory, secrets
from gpt_assistant.storage.goals import Goals, SessionGoal
from gpt_assistant.storage.instructions import own_instructions
from gpt_assistant.storage.masked_words import ALWAYS, masked_words
from gpt_assistant.storage.phrasefile import own_phrases
from gpt_assistant.ui.data_dialog import DataDialog, open_data
from gpt_assistant.ui.settings_dialog import open_settings
from gpt_assistant.ui.window import MainWindow


def shown(qtbot: QtBot, window: MainWindow) -> DataDialog:
    window.actions_table["data"].trigger()
    (dialog,) = window.findChildren(DataDialog)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)
    return dialog


def answer(qtbot: QtBot, dialog: DataDialog, role: QMessageBox.ButtonRole) -> str:
    (box,) = dialog.findChildren(QMessageBox)
    said = f"{box.text()} {box.informativeText()}"
    (button,) = (each for each in box.buttons() if box.buttonRole(each) == role)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)
    return said


YES, NO = QMessageBox.ButtonRole.DestructiveRole, QMessageBox.ButtonRole.RejectRole


def use_everything(qtbot: QtBot, tmp_path: Path, **changes: object) -> MainWindow:
    """Use the window so that everything that it can keep is kept."""
    window = open_window(qtbot, font_size=15, **changes)
    type_text(window, "left by a crash ")
    crash(window)
    file = tmp_path / "novel.md"
    file.write_text("It was a dark and stormy night.\n")
    window = open_window(qtbot, [file])
    assert window.restoring.dialog is not None
    window.restoring.dialog.reject()
    document = window.current_document()
    assert document is not None
    type_text(window, "Once upon a time ")
    window.keeping.keep(document, document.text(), "writing")
    window.files.save(document)
    qtbot.waitUntil(lambda: not document.unsaved)
    type_text(window, "unsaved")
    document.flush_journal()
    window.spelling.words.add("Grzegorz")
    window.spelling.ignore_in_document(window.spelling._sheets[editor_of(window)], "xqz")
    window.goal.goals = Goals(SessionGoal(500, day=date.today().isoformat()))
    window.goal.store()
    window.reviewing._recent.add("save")
    window.origins.keeping.store_work()
    window.restoring.save()
    own_instructions().add("Pirate", "As a pirate would.")
    own_phrases().add("once upon a time")
    masked_words().put("Falcon", ALWAYS)
    secrets.keep("remote", "sk")
    catalogue.accept(next(entry for entry in catalogue.entries() if entry.terms))
    frequencies("en")
    assert window.journal is not None
    assert window.journal.flush()
    return window


@pytest.mark.parametrize("encrypt", [False, True])
def test_every_file_that_is_left_belongs_to_an_item(qtbot: QtBot, tmp_path: Path, encrypt: bool) -> None:
    window = use_everything(qtbot, tmp_path, encrypt=encrypt)
    window.keeping._executor.submit(lambda: None).result()
    held = {each.item.name: each for each in inventory.holdings()}
    assert [str(file) for file in held["other"].files] == []
    wanted = {item.name for item in inventory.ITEMS} - {"other", "torch", "kernel", "desktop", "leftovers"}
    assert {name for name, each in held.items() if each.files} >= wanted - {"models", "encryption"}
    home = {path for path in paths.data_folder().parent.rglob("*") if path.is_file()}
    assert home == {file for each in held.values() for file in each.files if file in home}


def test_listed_in_the_window_with_size_place_and_purpose(qtbot: QtBot, tmp_path: Path) -> None:
    window = use_everything(qtbot, tmp_path)
    dialog = shown(qtbot, window)
    dialog.select("versions")
    assert dialog.purpose.text() == "What your documents were before, for the history."
    assert dialog.place.text() == str(paths.data_folder())
    row = dialog.list.currentItem()
    assert row is not None
    assert row.text(0) == "Earlier versions"
    assert row.text(1).endswith(" kB")
    assert dialog.delete.isEnabled()
    dialog.select("locks")
    assert not dialog.delete.isEnabled()
    assert "in all" in dialog.whole.text()


def test_asked_first_and_no_is_no(qtbot: QtBot, tmp_path: Path) -> None:
    window = use_everything(qtbot, tmp_path)
    dialog = shown(qtbot, window)
    dialog.select("words")
    QTest.keyClick(dialog.delete, Qt.Key.Key_Space)
    assert "They are underlined again." in answer(qtbot, dialog, NO)
    assert window.spelling.words.words() == ("Grzegorz",)


def test_deleted_it_is_gone_from_the_window_too(qtbot: QtBot, tmp_path: Path) -> None:
    window = use_everything(qtbot, tmp_path)
    dialog = shown(qtbot, window)
    for name in ("words", "goals", "ignored", "versions", "instructions"):
        dialog.select(name)
        QTest.mouseClick(dialog.delete, Qt.MouseButton.LeftButton)
        answer(qtbot, dialog, YES)
        assert not dialog.problem.isVisible()
    assert window.spelling.words.all() == frozenset()
    assert window.goal.goals == Goals()
    assert not window.spelling._sheets[editor_of(window)].ignored
    window.goal.store()
    assert not (paths.data_folder() / "ignored_words.json").exists()
    assert window.keeping.history.documents() == []


def test_everything_is_deleted_but_the_documents_and_what_is_open(qtbot: QtBot, tmp_path: Path) -> None:
    window = use_everything(qtbot, tmp_path)
    dialog = shown(qtbot, window)
    QTest.mouseClick(dialog.everything, Qt.MouseButton.LeftButton)
    (box,) = dialog.findChildren(QMessageBox)
    assert "What is open and not saved stays open." in box.informativeText()
    # The models of all tests are elsewhere, and stay.
    names = [item.name for item in inventory.ITEMS if item.loses and item.name != "models"]
    box.reject()
    dialog._delete(names)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)
    assert (tmp_path / "novel.md").read_text().startswith("Once upon a time")
    assert "unsaved" in editor_of(window).toPlainText()
    assert window.store.current.font_size == 13
    left = {each.item.name for each in inventory.holdings() if each.files} - {"models"}
    assert left <= {"versions", "unsaved", "origins", "locks", "settings", "session"}
    journals = list(paths.data_folder().glob("journal/*/*.journal"))
    assert len(journals) == 1, "that of what is open"


def test_what_cannot_be_deleted_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    window = use_everything(qtbot, tmp_path)
    dialog = shown(qtbot, window)
    (paths.data_folder() / "instructions.json").unlink()
    (paths.data_folder() / "instructions.json").mkdir()
    (paths.data_folder() / "instructions.json" / "x").write_text("a folder in its place")
    secrets.keep("other", "sk")
    import keyring  # noqa: PLC0415 (the one of this test)

    keyring.get_keyring().locked = True  # type: ignore[attr-defined]
    dialog.select("secrets")
    QTest.mouseClick(dialog.delete, Qt.MouseButton.LeftButton)
    answer(qtbot, dialog, YES)
    assert dialog.problem.text() == "The keyring is locked. Unlock it, then try again."
    keyring.get_keyring().locked = False  # type: ignore[attr-defined]


def test_reached_from_the_settings(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    settings = open_settings(window.store, window)
    settings.search.setText("kept")
    (button,) = (
        each for each in settings.findChildren(QPushButton) if each.text() == "Data on this machine…"
    )
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(DataDialog)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)
    dialog.reject()
    settings.reject()
    assert open_data(window) is not None
