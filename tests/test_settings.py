from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gpt_assistant.settings import Settings, SettingsStore, fields, invalid


def test_every_setting_is_described() -> None:
    for field in fields():
        assert field.metadata["label"]
        assert field.metadata["help"].endswith(".")
        assert field.metadata["group"]
        assert invalid(field.name, field.default) == ""


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("eagerness", 101, "eagerness must be between 0 and 100, not 101"),
        ("eagerness", True, "eagerness must be int, not bool"),
        (
            "theme",
            "pink",
            "theme must be one of system, light, dark, contrast-light, contrast-dark, not 'pink'",
        ),
        ("model", 3, "model must be str, not int"),
    ],
)
def test_bad_values_are_named(name: str, value: Any, problem: str) -> None:
    assert invalid(name, value) == problem
    with pytest.raises(ValueError, match="must be"):
        Settings().changed(**{name: value})


def test_changes_are_told_and_kept(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "s.toml")
    told: list[Settings] = []
    end = store.subscribe(told.append)
    store.change(font_size=20)
    store.change(font_size=20)
    assert [settings.font_size for settings in told] == [20]
    end()
    store.change(font_size=21)
    assert len(told) == 1
    assert SettingsStore(tmp_path / "s.toml").current.font_size == 21


def test_a_change_that_cannot_be_stored_applies_and_raises(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "missing" / "s.toml")
    with pytest.raises(OSError, match=r"Cannot save s\.toml"):
        store.change(font_size=30)
    assert store.current.font_size == 30


@pytest.mark.parametrize("key", ["x", "X", "Shift+x", "7", "Space", "ä", "Shift+Space"])
def test_a_key_that_writes_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="types nothing"):
        Settings().changed(key_trigger=key)


@pytest.mark.parametrize("key", ["", "Tab", "Esc", "Ctrl+X", "Alt+]", "F5", "Ctrl+Shift+Space"])
def test_other_keys_are_taken(key: str) -> None:
    assert Settings().changed(key_trigger=key).key_trigger == key
