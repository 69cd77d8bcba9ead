"""`gpt-assistant export`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gpt_assistant.cli import main


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.md"
    path.write_text("# Dear *reader*\n\nGood bye.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["html", "docx", "odt"])
def test_writes_beside_the_file_and_names_it(
    letter: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(letter), "--to", kind]) == 0
    target = letter.with_suffix(f".{kind}")
    assert capsys.readouterr().out == f"{target}\n"
    if kind == "html":
        assert "<h1>Dear <em>reader</em></h1>" in target.read_text(encoding="utf-8")
    else:
        assert zipfile.is_zipfile(target)


def test_the_name_tells_the_format_and_plain_keeps_the_marks(letter: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.HTML"
    assert main(["export", str(letter), "--plain", "-o", str(target)]) == 0
    assert "<p># Dear *reader*</p>" in target.read_text(encoding="utf-8")


def test_nothing_is_replaced_unasked(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = letter.with_suffix(".html")
    target.write_text("mine")
    assert main(["export", str(letter), "--to", "html"]) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text() == "mine"
    assert main(["export", str(letter), "--to", "html", "--force"]) == 0
    assert target.read_text() != "mine"


def test_what_is_wrong_is_one_line(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(letter), "-o", "x.pdf"]) == 2
    assert "name the format with --to" in capsys.readouterr().err
    assert main(["export", str(letter.with_name("gone.md")), "--to", "html"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "gone.md" in told
