"""`gpt-assistant settings`, as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gpt_assistant import cli
from gpt_assistant.settings import Settings, SettingsStore, Shortcuts, fields
from gpt_assistant.settings.described import explained, markdown


def run(*words: str) -> int:
    return cli.main(["settings", *words])


def test_lists_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    SettingsStore().change(font_size=20)
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line[2:].split()[0] for line in lines if line[:2] in ("  ", "* ")} == {f.name for f in fields()}
    assert [line for line in lines if line.startswith("*")] == [
        "* font_size             20                Font size"
    ]
    assert run("list", "--changed", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["settings"]
    assert (found["name"], found["value"], found["default"], found["maximum"]) == ("font_size", 20, 13, 72)


@pytest.mark.parametrize(
    ("name", "text", "value", "said"),
    [
        ("font_size", "20", 20, "20"),
        ("completion", "off", False, "off"),
        ("theme", "dark", "dark", "dark"),
        ("model", "org/name", "org/name", "org/name"),
        ("shortcuts", '{open = ["F4"]}', Shortcuts({"open": ("F4",)}), '{open = ["F4"]}'),
    ],
)
def test_sets_gets_and_resets(
    name: str, text: str, value: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("set", name, text) == 0
    assert getattr(SettingsStore().current, name) == value
    assert run("get", name) == 0
    assert capsys.readouterr().out == f"{said}\n"
    assert run("reset", name) == 0
    assert SettingsStore().current == Settings()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "font_size", "1000"), "font_size must be between 6 and 72, not 1000"),
        (("set", "font_size", "big"), "font_size must be a number, not 'big'"),
        (("set", "completion", "perhaps"), "completion must be on or off, not 'perhaps'"),
        (("set", "key_next", "x"), "key_next must be a key that types nothing"),
        (("set", "shortcuts", "open"), "shortcuts must be written as in the settings file"),
        (("set", "shortcuts", '{open = ["x"]}'), "x types text"),
        (("set", "ghost_light", "blue"), "ghost_light must be a colour such as #2b66c9"),
        (("reset",), "name the settings to reset, or say --all"),
        (("import", "missing.toml"), "Cannot read missing.toml"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_changes_nothing(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"gpt-assistant: {said}")
    assert SettingsStore().current == Settings()


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(SystemExit):
        run("get", "glow")


def test_export_and_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    run("set", "font_size", "20")
    assert run("export", str(file)) == 0
    assert run("export") == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")
    run("reset", "--all")
    assert run("import", "--dry-run", str(file)) == 0
    assert SettingsStore().current == Settings()
    assert run("import", str(file)) == 0
    assert capsys.readouterr().out == "font_size: 13 -> 20\n" * 2
    assert SettingsStore().current == Settings(font_size=20)
    assert run("import", str(file)) == 0
    assert capsys.readouterr().out == "Nothing changes.\n"


def test_says_where_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("path") == 0
    assert Path(capsys.readouterr().out.strip()) == SettingsStore().path


def test_the_documentation_has_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--markdown") == 0
    assert capsys.readouterr().out == markdown()
    for field in fields():
        assert f"| `{field.name}` |" in markdown()
        assert field.metadata["help"] in explained(field)
