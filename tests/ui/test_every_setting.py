"""One test over the table of settings: chosen in the dialog, each takes effect and survives a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from settings_effects import EFFECTS, Scene

from gpt_assistant.settings import SettingsStore, fields


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Callable[[], Scene]]:
    """Return a function that starts the program; what is started last is ended."""
    scenes: list[Scene] = []

    def start() -> Scene:
        scenes.append(Scene(qtbot))
        return scenes[0]

    yield start
    for scene in scenes:
        scene.end()


@pytest.mark.parametrize("name", [each.name for each in fields()])
def test_a_setting_takes_effect_and_survives_a_restart(name: str, begin: Callable[[], Scene]) -> None:
    assert name in EFFECTS, "settings_effects.py says at its top how to add a setting"
    effect = EFFECTS[name]
    (field,) = (each for each in fields() if each.name == name)
    at_next_start = field.metadata["restart"]
    SettingsStore().change(**effect.given)
    scene = begin()
    before = effect.seen(scene)
    assert before != effect.wanted, "this is not where the effect is seen"
    scene.forget()
    assert effect.chosen != field.default
    scene.change(name, effect.chosen, effect.choose)
    assert getattr(scene.window.store.current, name) == effect.chosen
    assert effect.seen(scene) == (before if at_next_start else effect.wanted)
    scene.end()
    assert getattr(SettingsStore().current, name) == effect.chosen
    scene.begin()
    assert effect.seen(scene) == effect.wanted
