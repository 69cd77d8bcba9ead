"""The writer's own instructions are kept by name, in order, and never lost by another's change."""

from __future__ import annotations

from pathlib import Path

import pytest

from gpt_assistant.storage import vault
from gpt_assistant.storage.instructions import Instructions, own_instructions


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


@pytest.fixture
def kept(tmp_path: Path) -> Instructions:
    return Instructions(tmp_path / "instructions.json")


def test_they_are_there_the_next_time(kept: Instructions) -> None:
    assert kept.all() == {}
    kept.add("Pirate", " Write like a pirate. ")
    kept.add("Über", "Kürzer!")
    again = Instructions(kept.path)
    assert list(again.all().items()) == [("Pirate", "Write like a pirate."), ("Über", "Kürzer!")]
    assert again.get("Über") == "Kürzer!"


def test_two_windows_change_one_file(kept: Instructions) -> None:
    other = Instructions(kept.path)
    kept.add("a", "1")
    other.add("b", "2")
    kept.add("a", "3")
    assert kept.all() == other.all() == {"a": "3", "b": "2"}


def test_rename_keeps_the_order(kept: Instructions) -> None:
    for name in "abc":
        kept.add(name, name)
    kept.rename("b", "z")
    assert list(kept.all().items()) == [("a", "a"), ("z", "b"), ("c", "c")]
    kept.rename("z", "z")
    for new in ("a", " "):
        with pytest.raises(ValueError, match="name"):
            kept.rename("z", new)
    with pytest.raises(KeyError):
        kept.rename("b", "y")


def test_remove(kept: Instructions) -> None:
    kept.add("a", "1")
    kept.remove("a")
    assert kept.all() == {}
    with pytest.raises(KeyError):
        kept.remove("a")


@pytest.mark.parametrize(("name", "text"), [("", "x"), ("x", "  ")])
def test_nothing_is_not_saved(kept: Instructions, name: str, text: str) -> None:
    with pytest.raises(ValueError, match="needs"):
        kept.add(name, text)


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": 1, "": "x"}'])
def test_a_damaged_file_holds_none(kept: Instructions, content: str) -> None:
    kept.path.write_text(content)
    assert kept.all() == {}


@pytest.mark.parametrize("content", ["[1]", '{"a": "what she wro'])
def test_a_damaged_file_is_put_aside_before_another_is_written(kept: Instructions, content: str) -> None:
    kept.path.write_text(content)
    kept.add("b", "2")
    assert kept.all() == {"b": "2"}
    (aside,) = kept.path.parent.glob("instructions.json.damaged-*")
    assert aside.read_text() == content


def test_they_are_among_the_writers_own_files(tmp_path: Path) -> None:
    own_instructions().add("a", "b")
    assert (tmp_path / "home" / "data" / "instructions.json").exists()
