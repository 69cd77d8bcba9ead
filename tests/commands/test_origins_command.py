"""`gpt-assistant origins`: what the editor remembers, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gpt_assistant import paths
from gpt_assistant.cli import main
from gpt_assistant.storage.origins import SAVED, OriginStore, Record, text_digest
from gpt_assistant.storage.recovery import digest
from gpt_assistant.text.origins import Origin

TEXT = "typed and completed"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(TEXT)
    store = OriginStore(paths.data_folder() / "origins.db")
    runs = [(10, Origin.TYPED), (9, Origin.COMPLETED)]
    store.put(
        str(path), Record(SAVED, "a.md", 0.0, digest(TEXT.encode()), text_digest(TEXT), len(TEXT), runs, TEXT)
    )
    store.close()
    return path


def test_counts(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["origins", str(written)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert lines == [
        ["Typed", "2", "67", "%", "10", "53", "%"],
        ["Completed", "1", "33", "%", "9", "47", "%"],
        ["In", "all", "3", "100", "%", "19", "100", "%"],
    ]


def test_a_report_of_a_file_that_was_changed_since(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written.write_text("typed and not completed")
    assert main(["origins", str(written), "--to", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [run["origin"] for run in found["runs"]] == ["typed", "earlier", "completed"]


def test_a_file_that_is_there_is_not_replaced(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = written.with_suffix(".html")
    assert main(["origins", str(written), "-o", str(target)]) == 0
    assert "completed" in target.read_text()
    assert main(["origins", str(written), "-o", str(target)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["origins", str(written), "-o", str(target), "--force"]) == 0
    assert main(["origins", str(written), "-o", str(written.with_suffix(".pdf"))]) == 2


def test_a_file_that_nothing_is_known_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.txt"
    path.write_text("something else")
    assert main(["origins", str(path)]) == 0
    assert "Not known" in capsys.readouterr().out
    assert main(["origins", str(tmp_path / "none.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
