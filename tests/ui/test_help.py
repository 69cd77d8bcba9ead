"""Keys, first steps, diagnostics, about."""

from __future__ import annotations

import ast
import getpass
import logging
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from windows import dialog, editor_of, open_window, type_text

import gpt_assistant
from gpt_assistant.settings import Settings, fields
from gpt_assistant.ui.about import AboutDialog
from gpt_assistant.ui.diagnostics import DiagnosticsDialog, diagnostics
from gpt_assistant.ui.help import first_steps
from gpt_assistant.ui.keys_dialog import KeysDialog, key_rows
from gpt_assistant.ui.licences import parts
from gpt_assistant.ui.recent_log import RecentLog
from gpt_assistant.ui.window import MainWindow

ROOT = Path(gpt_assistant.__file__).parent


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot, key_accept="Ctrl+J")


def press(dialog_: KeysDialog | DiagnosticsDialog, name: str) -> None:
    (button,) = (b for b in dialog_.findChildren(QPushButton) if b.text().replace("&", "") == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# Keys


def test_every_key_is_in_the_overview(window: MainWindow) -> None:
    rows = key_rows(window.actions_table, window.store.current)
    shown = {each for row in rows for each in row.keys.split(", ")}
    for spec in window.actions_table.specs:
        if (keys := window.actions_table[spec.name].shortcut().toString()) and "+" in keys:
            assert keys in shown, spec.name
    for field in fields():
        if field.metadata["kind"] == "key":
            assert getattr(window.store.current, field.name) in shown
    assert any(row.keys == "Ctrl+J" and row.group == "Suggestions" for row in rows), "as they are set"
    assert not any("&" in row.text + row.group for row in rows)
    assert all(row.text for row in rows)
    assert all(row.keys for row in rows if row.bound is None), "what has no key could be given one"


def test_a_few_letters_find_a_key(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(editor_of(window), Qt.Key.Key_F1)
    shown = dialog(qtbot, window, KeysDialog)
    qtbot.waitUntil(shown.search.hasFocus)
    QTest.keyClicks(shown.search, "zoom IN")
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.isVisible()
    press(shown, "Copy")
    (line,) = QApplication.clipboard().text().splitlines()
    assert line.endswith("\tZoom in")
    shown.search.setText("no such thing")
    assert shown.nothing.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(KeysDialog))


# First steps


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_first_steps_name_the_keys_that_are_set(language: str) -> None:
    text = first_steps(Settings().changed(language=language, key_accept="Ctrl+J", key_trigger=""))
    assert "Ctrl+J" in text
    assert "{key_" not in text
    assert ("入门" in text) == (language == "zh_CN")


def test_first_steps_are_a_document_to_try_out(window: MainWindow) -> None:
    window.actions_table["first_steps"].trigger()
    document = window.current_document()
    assert document is not None
    assert document.title == "First steps"
    assert not document.unsaved
    type_text(window, "mine")
    assert document.text().startswith("mine# First steps")


# Diagnostics


def test_diagnostics_are_shown_and_copied_as_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.help.device = lambda: "cpu · int8"
    window.actions_table["diagnostics"].trigger()
    shown = dialog(qtbot, window, DiagnosticsDialog)
    text = shown.text.toPlainText()
    for part in ("model: cpu · int8", "platform offscreen", "Qt 6.", f"torch {metadata.version('torch')}"):
        assert part in text
    assert "key_accept = Ctrl+J" in text
    press(shown, "Copy diagnostics")
    assert QApplication.clipboard().text() == text


def test_diagnostics_hold_nothing_of_the_writers(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "secret plan.md"
    path.write_text("attack at dawn")
    window.open_path(path)
    window.store.change(
        model=str(tmp_path / "my model"), font_family="Hers", translate_to="xx", font_size=20, eagerness=30
    )
    logging.getLogger("gpt_assistant.test").warning("cannot read %s after %d of %.1f s", path, 3, 0.25)
    try:
        raise OSError(str(path))
    except OSError:
        logging.getLogger("gpt_assistant.test").exception("failed")
    window.help.show_diagnostics()
    (shown,) = window.findChildren(DiagnosticsDialog)
    text = shown.text.toPlainText()
    for word in ("secret", "dawn", "my model", "Hers", "xx", str(tmp_path), str(Path.home())):
        assert word not in text
    assert getpass.getuser() == "root" or getpass.getuser() not in text
    assert "cannot read … after 3 of 0.2 s" in text
    assert "failed [OSError in test_help.py:" in text
    for line in ("font_size = 20", "eagerness = 30", "model is changed", "font_family is changed"):
        assert f"  {line}\n" in text


def test_a_model_of_the_catalogue_has_a_name() -> None:
    assert "model = gemma-3-270m\n" in diagnostics(Settings().changed(model="gemma-3-270m"))


def test_log_messages_are_templates() -> None:
    """What is not filled in later cannot be left out of the diagnostics."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in ("log", "logger", "logging")
                and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
            ):
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"


def test_the_log_is_no_longer_kept_when_the_window_is_closed(window: MainWindow) -> None:
    handlers = logging.getLogger("gpt_assistant").handlers
    assert [each for each in handlers if isinstance(each, RecentLog)]
    window.end_keeping_work()
    assert not [each for each in handlers if isinstance(each, RecentLog)]


# About


def test_every_package_we_need_is_named_with_its_licence() -> None:
    found = {part.name.lower().replace("_", "-"): part for part in parts()}
    for requirement in metadata.requires("gpt-assistant") or []:
        if "extra ==" in requirement:
            continue
        name = requirement.split(">")[0].split("=")[0].split("<")[0].split("!")[0].strip().lower()
        assert found[name].version == metadata.version(name)
    assert {"smollm2 135m instruct", "python", "gpt assistant", "shiboken6", "tokenizers"} <= found.keys()
    for part in found.values():
        assert part.licence
        assert part.licence != "see its text", part.name
        assert len(part.text()) > 200, part.name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["pyside6-essentials"].text()


def test_only_models_that_are_here_are_named() -> None:
    names = [part.name for part in parts(["gemma-3-270m"])]
    assert names[-2:] == ["SmolLM2 135M Instruct", "Gemma 3 270M"]


def test_about_shows_the_text_of_a_licence(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["about"].trigger()
    shown = dialog(qtbot, window, AboutDialog)
    qtbot.waitUntil(lambda: bool(shown.parts), timeout=20_000)
    assert "Apache License" in shown.text.toPlainText()
    QTest.keyClicks(shown.list, "torch")
    item = shown.list.currentItem()
    assert item is not None
    assert item.text(0) == "torch"
    assert "Facebook" in shown.text.toPlainText()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(AboutDialog))


def test_about_can_be_closed_while_it_reads(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["about"].trigger()
    QTest.keyClick(dialog(qtbot, window, AboutDialog), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(AboutDialog))
