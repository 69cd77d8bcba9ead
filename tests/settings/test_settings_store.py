"""The settings file: made for people, shared between processes, and never in the way of a start."""

from __future__ import annotations

import json
import logging
import random
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gpt_assistant.settings import Settings, SettingsStore, Shortcuts, fields, form, store, upgrades
from gpt_assistant.settings.store import NoSettingsError, differences, exported, imported

LOOK = "appearance-and-accessibility"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def active(path: Path) -> dict[str, Any]:
    """Return what the file sets, without the version and the empty tables."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert tables.pop("version") == form.VERSION
    return {name: value for name, value in tables.items() if value}


def test_only_what_was_chosen_is_set_and_the_rest_is_shown(path: Path) -> None:
    SettingsStore(path).change(font_size=20, theme="dark")
    assert active(path) == {"editor": {"font_size": 20}, LOOK: {"theme": "dark"}}
    text = path.read_text(encoding="utf-8")
    for field in fields():
        assert f"# {field.metadata['label']}: " in text
    assert "# eagerness = 50" in text


def test_a_person_sets_what_the_file_shows(path: Path) -> None:
    SettingsStore(path).change(font_size=20)
    text = path.read_text(encoding="utf-8")
    assert "\n# tab_width = 4\n" in text
    path.write_text(text.replace("# tab_width = 4", "tab_width = 7"), encoding="utf-8-sig", newline="\r\n")
    current = SettingsStore(path).current
    assert (current.font_size, current.tab_width) == (20, 7)


def test_back_at_the_default_nothing_is_set(path: Path) -> None:
    store = SettingsStore(path)
    store.change(font_size=20)
    store.change(font_size=Settings().font_size)
    assert active(path) == {}


def test_every_kind_of_value_comes_back(path: Path) -> None:
    shortcuts = Shortcuts({"save_as": ("Ctrl+Alt+A", "F12"), "open": ()})
    values = {"model": 'a "b"\\c\n', "translate_to": "français ä 漢", "mood": False, "shortcuts": shortcuts}
    store = SettingsStore(path)
    store.change(**values)
    again = SettingsStore(path).current
    assert again == store.current
    assert {name: getattr(again, name) for name in values} == values
    assert active(path)["shortcuts"] == {"open": [], "save_as": ["Ctrl+Alt+A", "F12"]}


UNKNOWN = """\
version = 1
from_the_future = [1, {a = 2}]

[editor]
font_size = 15
glow = 1979-05-27

[editor.deep]
a = {b = 1.5}

[plugin]
theme = "mine"
"""


def test_what_it_does_not_know_is_kept(path: Path) -> None:
    path.write_text(UNKNOWN, encoding="utf-8")
    before = tomllib.loads(UNKNOWN)
    store = SettingsStore(path)
    assert store.current.theme == "system", "the table of something else is not gone into"
    store.change(tab_width=8)
    before["editor"]["tab_width"] = 8
    assert active(path) == {name: value for name, value in before.items() if name != "version"}
    SettingsStore(path).change(tab_width=4)
    del before["editor"]["tab_width"]
    assert active(path) == {name: value for name, value in before.items() if name != "version"}


def test_a_setting_is_found_in_another_group(path: Path) -> None:
    path.write_text('[completion]\ntheme = "dark"\n[editor]\neagerness = 3\n', encoding="utf-8")
    store = SettingsStore(path)
    assert (store.current.theme, store.current.eagerness) == ("dark", 3)
    store.change(font_size=9)
    assert active(path)[LOOK] == {"theme": "dark"}


def test_a_bad_value_is_named_and_stays_until_it_is_changed(path: Path, caplog: Any) -> None:
    path.write_text(f'[{LOOK}]\ntheme = "pink"\n[editor]\nfont_size = 15\n', encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        store = SettingsStore(path)
    assert store.current == Settings(font_size=15)
    assert store.problem.startswith("theme must be one of ")
    assert store.problem in caplog.text
    store.change(tab_width=8)
    assert active(path)[LOOK] == {"theme": "pink"}, "a slip of the pen is not thrown away"
    store.change(theme="dark")
    assert active(path)[LOOK] == {"theme": "dark"}
    assert not SettingsStore(path).problem


BROKEN = [
    b"font_size = ",
    b"{",
    b'{"font_size": 15}',
    b"\xff\xfe\x00b\x00r",
    b"\x00" * 100,
    b"a = " + b"[" * 5000,
    b"font_size = 1\nfont_size = 2\n",
    b"x = '" + b"x" * form.MOST_BYTES + b"'",
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_cannot_be_read_is_set_aside(path: Path, data: bytes, caplog: Any) -> None:
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        store = SettingsStore(path)
    assert store.current == Settings()
    assert path.with_name("settings.toml.broken-1").read_bytes() == data
    assert "settings.toml could not be read and is kept as settings.toml.broken-1" in store.problem
    assert "\n" not in store.problem
    store.change(font_size=20)
    assert SettingsStore(path).current.font_size == 20


def test_each_broken_file_is_kept(path: Path) -> None:
    for number in (1, 2, 3):
        path.write_text(f"broken {number}")
        SettingsStore(path)
    kept = sorted(each.read_text() for each in path.parent.glob("settings.toml.broken-*"))
    assert kept == ["broken 1", "broken 2", "broken 3"]


def test_a_folder_in_its_place_is_set_aside_too(path: Path) -> None:
    (path / "inner").mkdir(parents=True)
    store = SettingsStore(path)
    assert store.current == Settings()
    assert "Cannot read settings.toml" in store.problem
    store.change(font_size=20)
    assert path.is_file()


def test_a_newer_file_is_understood_as_far_as_it_goes_and_not_destroyed(path: Path) -> None:
    newer = 'version = 7\n[editor]\nfont_size = 15\nglow = "much"\n[unheard-of]\na = 1\n'
    path.write_text(newer, encoding="utf-8")
    store = SettingsStore(path)
    assert store.current.font_size == 15
    assert path.read_text() == newer, "reading changes nothing"
    store.change(tab_width=8)
    stored = tomllib.loads(path.read_text())
    assert stored["version"] == 7
    assert stored["editor"] == {"font_size": 15, "tab_width": 8, "glow": "much"}
    assert stored["unheard-of"] == {"a": 1}
    assert path.with_name("settings.toml.version-7").read_text() == newer


# -- the file of the version before ------------------------------------------------------------------


def test_the_earlier_json_is_taken_over_once(path: Path) -> None:
    old = path.with_suffix(".json")
    written = {each.name: each.default for each in fields() if each.name != "shortcuts"}
    old.write_text(json.dumps(written | {"font_size": 15, "theme": "dark", "own": [1], "nothing": None}))
    store = SettingsStore(path)
    assert store.current == Settings(font_size=15, theme="dark")
    assert active(path) == {"own": [1], "editor": {"font_size": 15}, LOOK: {"theme": "dark"}}
    assert not old.exists()
    assert json.loads(path.with_name("settings.json.old").read_text())["own"] == [1]
    assert SettingsStore(path).current == store.current


def test_an_earlier_json_that_is_broken_is_set_aside(path: Path) -> None:
    path.with_suffix(".json").write_text("{")
    store = SettingsStore(path)
    assert store.current == Settings()
    assert "settings.json" in store.problem
    assert path.with_name("settings.json.broken-1").read_text() == "{"


def test_where_both_are_the_newer_form_counts(path: Path) -> None:
    SettingsStore(path).change(font_size=20)
    path.with_suffix(".json").write_text('{"font_size": 15}')
    assert SettingsStore(path).current.font_size == 20
    assert path.with_suffix(".json").exists()


def test_earlier_versions_are_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(tables: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"new" if name == "old" else name: value for name, value in tables.items()}

    monkeypatch.setattr(upgrades, "UPGRADES", (*upgrades.UPGRADES, renamed))
    monkeypatch.setattr(upgrades, "VERSION", 2)
    assert upgrades.upgraded({"old": 1, "none": None}, 0) == {"new": 1, "version": 2}
    assert upgrades.upgraded({"old": 1, "version": 1}, 1) == {"new": 1, "version": 2}
    assert upgrades.upgraded({"old": 1, "version": 3}, 3) == {"old": 1, "version": 3}


# -- more than one process ---------------------------------------------------------------------------


def test_what_another_changed_meanwhile_is_neither_lost_nor_unseen(path: Path) -> None:
    one, other = SettingsStore(path), SettingsStore(path)
    told: list[Settings] = []
    other.subscribe(told.append)
    one.change(font_size=20)
    other.change(theme="dark")
    assert active(path) == {"editor": {"font_size": 20}, LOOK: {"theme": "dark"}}
    assert other.current == Settings(font_size=20, theme="dark")
    assert told[-1] == other.current
    one.refresh()
    assert one.current == other.current


def test_refreshing_takes_what_was_edited_and_leaves_what_is_half_written(path: Path) -> None:
    store = SettingsStore(path)
    store.change(font_size=20)
    good = path.read_text()
    path.write_text(good + "\n[")
    store.refresh()
    assert store.current.font_size == 20
    assert not list(path.parent.glob("*.broken*"))
    path.write_text(good.replace("font_size = 20", "font_size = 33"))
    store.refresh()
    assert store.current.font_size == 33


def test_a_file_that_goes_or_breaks_meanwhile_costs_nothing(path: Path) -> None:
    store, said = SettingsStore(path), []
    store.warn = said.append
    store.change(font_size=20)
    path.unlink()
    store.change(tab_width=8)
    assert SettingsStore(path).current == Settings(font_size=20, tab_width=8)
    path.write_text("[")
    store.change(theme="dark")
    assert SettingsStore(path).current == Settings(font_size=20, tab_width=8, theme="dark")
    assert "settings.toml.broken-1" in said[0]


def test_what_holds_for_this_run_alone_is_not_written(path: Path) -> None:
    store = SettingsStore(path)
    store.change(model="mine")
    store.override(model="other", eagerness=3)
    store.change(font_size=20)
    assert (store.current.model, store.current.eagerness) == ("other", 3)
    again = SettingsStore(path).current
    assert (again.model, again.eagerness, again.font_size) == ("mine", 50, 20)
    store.change(model="other")
    assert SettingsStore(path).current.model == "other", "chosen now, not only for this run"


MANY = """
import sys
from pathlib import Path
from gpt_assistant.settings import SettingsStore
store = SettingsStore(Path(sys.argv[1]))
for number in range(20):
    store.change(**{sys.argv[2]: number + 10})
"""


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    names = ("font_size", "typewriter_height", "eagerness")
    running = [subprocess.Popen([sys.executable, "-c", MANY, str(path), name]) for name in names]
    assert [each.wait(timeout=120) for each in running] == [0, 0, 0]
    current = SettingsStore(path).current
    assert [getattr(current, name) for name in names] == [29, 29, 29]


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    path.write_text("font_size = 15\n")
    path.chmod(0o444)
    try:
        with path.open("a"):
            pytest.skip("this user may write everywhere")
    except PermissionError:
        pass
    store = SettingsStore(path)
    with pytest.raises(OSError, match=r"Cannot save settings\.toml"):
        store.change(font_size=20)
    assert path.read_text() == "font_size = 15\n"
    assert store.current.font_size == 20


def test_a_linked_file_stays_linked(path: Path) -> None:
    elsewhere = path.parent / "dotfiles.toml"
    elsewhere.write_text("font_size = 15\n")
    path.symlink_to(elsewhere)
    SettingsStore(path).change(tab_width=8)
    assert path.is_symlink()
    assert active(elsewhere)["editor"] == {"font_size": 15, "tab_width": 8}


# -- export and import -------------------------------------------------------------------------------


def test_what_is_exported_makes_another_machine_the_same(path: Path) -> None:
    mine = Settings(font_size=20, theme="dark", shortcuts=Shortcuts({"open": ("F4",)}))
    path.write_text(exported(mine), encoding="utf-8")
    values, unknown = imported(path)
    assert unknown == []
    assert Settings(tab_width=2).changed(**values) == mine


def test_an_import_says_what_it_changes(path: Path) -> None:
    path.write_text('[editor]\nfont_size = 20\nglow = 1\n[appearance]\ntheme = "system"\n')
    values, unknown = imported(path)
    changes = [(field.name, old, new) for field, old, new in differences(Settings(), values)]
    assert changes == [("font_size", 13, 20)]
    assert unknown == ["editor.glow"]


@pytest.mark.parametrize(
    "text", ["", "broken", "font_size = 1000", 'theme = "pink"', "unknown = 1", "[keys]\n"]
)
def test_an_import_that_is_not_right_is_refused_in_one_line(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(NoSettingsError) as caught:
        imported(path)
    assert "settings.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_import_of_nothing_is_explained(path: Path) -> None:
    with pytest.raises(OSError, match=r"Cannot read settings\.toml"):
        imported(path)


# -- whatever is in the file -------------------------------------------------------------------------


def test_no_mutilated_file_keeps_the_program_from_starting(path: Path, caplog: Any) -> None:
    store = SettingsStore(path)
    store.change(font_size=20, theme="dark", model="a/b", shortcuts=Shortcuts({"open": ("F4",)}))
    good, chance = path.read_bytes(), random.Random(8)
    for _ in range(300):
        path.write_bytes(mutilated(good, chance))
        with caplog.at_level(logging.ERROR):
            again = SettingsStore(path)
            again.change(tab_width=chance.randrange(1, 16))
        assert SettingsStore(path).current == again.current
        for broken in path.parent.glob("*.broken-*"):
            broken.unlink()


def mutilated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` cut off, with a piece gone or doubled, or with bytes changed."""
    start, length = chance.randrange(len(data)), chance.randrange(1, 400)
    piece = data[start : start + length]
    noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    return chance.choice(
        (
            data[:start],
            data[:start] + data[start + length :],
            data[:start] + piece + data[start:],
            data[:start] + noise + data[start + 1 :],
            data.replace(b"# ", b"", chance.randrange(1, 60)),
            data.replace(b"# ", b"", 1).replace(b" = ", chance.choice((b" = -", b" = [", b'="')), start % 40),
        )
    )


def test_what_changes_while_the_file_is_read_again_is_seen_the_next_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, real = SettingsStore(path), SettingsStore(path), store._read_file

    def read(asked: Path) -> form.Stored:
        found = real(asked)
        monkeypatch.setattr(store, "_read_file", real)
        other.change(font_size=31)
        return found

    other.change(font_size=30)
    monkeypatch.setattr(store, "_read_file", read)
    one.refresh()
    assert one.current.font_size == 30
    one.refresh()
    assert one.current.font_size == 31
