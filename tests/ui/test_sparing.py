"""On battery and in the heat: when the model is asked, and what the writer is told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_assistant import Model

from gpt_assistant import power
from gpt_assistant.power import Power
from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Reason
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.sparing import Sparing
from gpt_assistant.ui.why_words import REASONS

PAUSE = 1500  # ms, more than twice what is waited for
BATTERY, HEAT = Power(on_battery=True), Power(hot=True)


@pytest.fixture
def model(editor: Editor) -> Model:
    return Model(editor)


def watched(settings: Settings, found: Power, qtbot: QtBot) -> Sparing:
    sparing = Sparing(settings, None, lambda _before: found)
    with qtbot.waitSignal(sparing.changed, timeout=5000, raising=False):
        sparing.start()
    sparing.stop()
    return sparing


@pytest.mark.parametrize(
    ("how", "state", "reason"),
    [
        ("wait", BATTERY, Reason.BATTERY_WAITS),
        ("sleep", BATTERY, Reason.BATTERY_SLEEPS),
        ("wait", HEAT, Reason.HEAT_WAITS),
        ("sleep", HEAT, Reason.HEAT_SLEEPS),
        ("sleep", Power(True, True), Reason.BATTERY_SLEEPS),
    ],
)
def test_what_the_setting_asks_for(how: str, state: Power, reason: Reason, qtbot: QtBot) -> None:
    sparing = watched(Settings(on_battery=how), state, qtbot)
    assert sparing.reason is reason
    assert sparing.hint.endswith(".")
    assert REASONS[reason]


def test_as_usual(qtbot: QtBot) -> None:
    said: list[Reason] = []
    sparing = Sparing(Settings(), None, lambda _before: Power())
    sparing.changed.connect(said.append)
    sparing.take(Power())
    assert not said
    sparing.take(BATTERY)
    sparing.take(BATTERY)
    sparing.apply_settings(Settings(on_battery="usual"))
    sparing.take(BATTERY)
    sparing.apply_settings(Settings(on_battery="sleep"))
    sparing.take(Power())
    assert said == [Reason.BATTERY_WAITS, Reason.NONE, Reason.BATTERY_SLEEPS, Reason.NONE]
    assert not sparing.hint


def test_the_state_is_read_elsewhere_than_in_the_window(qtbot: QtBot) -> None:
    threads: list[int] = []

    def read(before: Power) -> Power:
        threads.append(threading.get_ident())
        if len(threads) > 1:
            raise OSError("no such device")  # a battery that was taken out, just now
        return BATTERY

    sparing = Sparing(Settings(), None, read)
    with qtbot.waitSignal(sparing.changed, timeout=5000):
        sparing.look()
    with qtbot.waitSignal(sparing.changed, timeout=5000):
        sparing.look()
    assert sparing.reason is Reason.NONE
    assert threading.get_ident() not in threads


def test_a_pause_is_waited_for(model: Model, editor: Editor) -> None:
    model.assistant.spare(Reason.BATTERY_WAITS)
    QTest.keyClicks(editor, "some words")
    assert not model.requests
    assert model.assistant.silence.suggestion.reason is Reason.BATTERY_WAITS
    assert model.reasons[-1]
    QTest.qWait(PAUSE)
    (request,) = model.requests
    assert request.context.before.endswith("some words")
    model.answer(" and more")
    model.settle()
    assert editor.has_ghost
    assert len(model.requests) == 1, "nothing is computed ahead"


def test_moving_the_caret_ends_the_wait(model: Model, editor: Editor) -> None:
    model.assistant.spare(Reason.HEAT_WAITS)
    QTest.keyClicks(editor, "some words")
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    QTest.qWait(PAUSE)
    assert not model.requests


def test_asleep_only_what_is_asked_for_is_computed(model: Model, editor: Editor) -> None:
    model.assistant.spare(Reason.BATTERY_SLEEPS)
    QTest.keyClicks(editor, "some words")
    QTest.qWait(PAUSE)
    assert not model.requests
    editor.requested.emit()
    assert len(model.requests) == 1
    model.assistant.spare(Reason.NONE)
    QTest.keyClicks(editor, "x")
    assert len(model.requests) == 2


def test_all_of_it_from_files(tmp_path: Path, qtbot: QtBot) -> None:
    supply = tmp_path / "class/power_supply/BAT0"
    supply.mkdir(parents=True)
    (supply / "type").write_text("Battery\n")
    (supply / "status").write_text("Discharging\n")
    sparing = Sparing(Settings(), None, lambda before: power.read(before, tmp_path))
    with qtbot.waitSignal(sparing.changed, timeout=5000):
        sparing.look()
    assert sparing.reason is Reason.BATTERY_WAITS
