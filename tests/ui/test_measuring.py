"""The dialog that measures models on texts: real processes, tiny models, real clicks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import shiboken6
from engine import tiny_models
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.engine.messages import Device, Devices, ModelInfo, Models
from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.measured import Candidate, Measured, Place
from gpt_assistant.ui.measuring import MeasuringDialog
from gpt_assistant.ui.measuring_run import MeasuringRun
from gpt_assistant.ui.window import MainWindow

MS = 60_000  # that a loaded machine may take for two processes
WORDS = ("river", "village", "bridge", "letter", "evening", "garden", "window", "morning", "light", "water")


def story(words: int) -> str:
    chance = random.Random(5)
    return " ".join(chance.choice(WORDS) for _ in range(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_models.save(tiny_models.build("llama", max_position_embeddings=4096), tmp_path / "tiny")


@pytest.fixture
def window(qtbot: QtBot, folder: Path, tmp_path: Path) -> MainWindow:
    made = open_window(qtbot)
    made.store.change(device="cpu", threads=1)
    made.machine.models = Models(
        1,
        (
            ModelInfo(str(folder), "Tiny", installed=True, memory=(("auto", 5_000_000), ("int8", 6_000_000))),
            ModelInfo(str(tmp_path / "gone"), "Gone", installed=True, kind="chat"),
            ModelInfo("huge", "Huge", installed=True, memory=(("auto", 50_000_000_000),)),
            ModelInfo("away", "Away"),
            ModelInfo("opus", "Translator", kind="translation", installed=True),
        ),
        available=8_000_000_000,
    )
    return made


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> MeasuringDialog:
    editor_of(window).setPlainText(story(400))
    window.actions_table["measure"].trigger()
    (made,) = window.findChildren(MeasuringDialog)
    qtbot.waitExposed(made)
    return made


def lines(dialog: MeasuringDialog) -> list[str]:
    return [dialog.models.item(number).text() for number in range(dialog.models.count())]


def cells(dialog: MeasuringDialog, number: int) -> list[str]:
    item = dialog.table.topLevelItem(number)
    assert item is not None
    return [item.text(column) for column in range(dialog.table.columnCount())]


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def measured(dialog: MeasuringDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog._run is not None and not dialog._run.running, timeout=MS)


def test_what_is_offered(dialog: MeasuringDialog) -> None:
    assert [line.split(" · ")[0] for line in lines(dialog)] == ["Tiny", "Gone", "Huge"]
    assert "too much" in lines(dialog)[2]
    assert [candidate.name for candidate in dialog.candidates()] == ["Tiny", "Gone"]
    assert dialog.texts.count() == 1
    assert dialog.measure.isEnabled()


def test_models_are_measured_and_the_best_is_used(
    dialog: MeasuringDialog, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    dialog.seconds.setValue(15)
    click(dialog.measure)
    assert not dialog.models.isEnabled()
    assert dialog.progress.isVisible()
    QTest.keyClicks(editor_of(window), "typing goes on ")
    assert editor_of(window).toPlainText().startswith("typing goes on ")
    measured(dialog, qtbot)
    tiny = cells(dialog, 0)
    assert tiny[1].startswith("cpu · ")
    assert tiny[2].endswith("%")
    assert tiny[4].endswith(" ms")
    assert float(tiny[5]) > 0
    assert "There is no model" in cells(dialog, 1)[0]
    assert dialog.verdict.isVisible()
    assert dialog.verdict.accessibleName().endswith(".")
    assert not dialog.progress.isVisible()
    assert dialog.measure.isVisible()


def test_use_this_model(dialog: MeasuringDialog, window: MainWindow, folder: Path) -> None:
    found = Measured(
        Candidate("Tiny", str(folder), "cpu", "int8"),
        "cpu",
        "int8",
        (Place(100, 60), Place(100, 61)),
        memory=1,
    )
    shown(dialog, window, [found])
    assert "Tiny saves 40%" in dialog.verdict.accessibleName()
    click(dialog.use)
    assert not dialog.isVisible()
    assert window.store.current.model == str(folder)
    assert window.store.current.dtype == "int8"


def shown(dialog: MeasuringDialog, window: MainWindow, rows: list[Measured]) -> None:
    """Show `rows` as if they had just been measured."""
    run = MeasuringRun([], [row.candidate for row in rows], window.store.current, 15.0, dialog)
    run.rows = rows
    dialog._run = run
    dialog.table.begin(rows)
    dialog._ended()
    QApplication.processEvents()


def test_what_is_in_use_needs_no_button(dialog: MeasuringDialog, window: MainWindow) -> None:
    same = Candidate("Default", window.store.current.model, "cpu", "auto")
    shown(dialog, window, [Measured(same, "cpu", "int4", (Place(100, 50), Place(100, 50)), memory=1)])
    assert dialog.use.isVisible()
    assert not dialog.use.isEnabled()


def test_none_can_be_recommended(dialog: MeasuringDialog, window: MainWindow) -> None:
    shown(dialog, window, [Measured(Candidate("Gone"), problem="It is gone.")])
    assert dialog.verdict.accessibleName() == "None of the models could be measured."
    assert not dialog.use.isVisible()


def test_stopping_keeps_what_was_found(dialog: MeasuringDialog, qtbot: QtBot) -> None:
    dialog.seconds.setValue(600)
    click(dialog.measure)
    assert dialog._run is not None
    run = dialog._run
    qtbot.waitUntil(lambda: len(run.rows[0].places) > 0, timeout=MS)
    click(dialog.progress.cancel)
    assert not run.running
    assert cells(dialog, 0)[2].endswith("%")
    assert dialog.verdict.isVisible()
    assert dialog.measure.isEnabled()


def test_closing_ends_the_process(dialog: MeasuringDialog, qtbot: QtBot) -> None:
    click(dialog.measure)
    assert dialog._run is not None
    run = dialog._run
    assert run.running
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not run.running


def test_closing_the_window_ends_it_too(dialog: MeasuringDialog, window: MainWindow) -> None:
    click(dialog.measure)
    run = dialog._run
    assert run is not None
    window.end_keeping_work()
    assert not run.running


def test_each_format_and_device(dialog: MeasuringDialog, window: MainWindow) -> None:
    dialog.formats.setChecked(True)
    assert {candidate.dtype for candidate in dialog.candidates()} == {"auto", "int8", "int4"}
    assert not dialog.devices.isVisible()
    window.machine.devices = Devices(2, (Device("cpu", "A"), Device("cuda:0", "B")))
    window.machine.devices_changed.emit()
    assert dialog.devices.isVisible()
    dialog.devices.setChecked(True)
    assert {candidate.device for candidate in dialog.candidates()} == {"cpu", "cuda:0"}


def test_files(dialog: MeasuringDialog, tmp_path: Path) -> None:
    short, long = tmp_path / "short.txt", tmp_path / "long.txt"
    short.write_text("Too short.")
    long.write_text(story(300))
    dialog.add_file(short)
    assert "too short" in dialog.problem.text()
    dialog.add_file(tmp_path / "none.txt")
    assert dialog.problem.isVisible()
    dialog.add_file(long)
    assert not dialog.problem.isVisible()
    assert dialog.texts.count() == 2
    assert dialog.texts.item(1).checkState() is Qt.CheckState.Checked


def test_nothing_to_choose_from(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.actions_table["measure"].trigger()
    (dialog,) = window.findChildren(MeasuringDialog)
    assert not dialog.measure.isEnabled()
    assert "Open a document" in dialog.takes.text()
    dialog.reject()


def test_a_program_that_cannot_be_started(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    run = MeasuringRun([story(300)], [Candidate("Tiny")], SettingsStore().current, 15.0, window)
    run.start()
    qtbot.waitUntil(lambda: not run.running)
    assert "could not be started" in run.rows[0].problem
    shiboken6.delete(run)
