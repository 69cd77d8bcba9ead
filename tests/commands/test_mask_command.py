"""`gpt-assistant mask`: rows of JSON, a text, the map and the way back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gpt_assistant.settings import SettingsStore

TEXT = "Write to mia@example.org, please.\n"


def command(*args: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gpt_assistant", "mask", *args],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_rows_are_answered_in_order() -> None:
    rows = [{"id": 1, "text": "𝔘 mia@example.org"}, {"id": "b"}, {"id": 3, "text": ""}]
    done = command("--jsonl", given="".join(json.dumps(row) + "\n" for row in rows))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first["id"] == 1
    assert first["text"].endswith("[EMAIL_1]")
    assert first["entities"][-1] == {"start": 2, "end": 17, "type": "email", "placeholder": "[EMAIL_1]"}
    assert second == {"id": "b", "error": '"text" must be a string'}
    assert third == {"id": 3, "text": "", "entities": []}
    assert done.returncode == 0


def test_a_file_is_masked_and_the_answer_restored(tmp_path: Path) -> None:
    source, target = tmp_path / "letter.txt", tmp_path / "map.json"
    source.write_text(TEXT, encoding="utf-8")
    done = command(str(source), "--map", str(target))
    assert (done.stdout, done.returncode) == ("Write to [EMAIL_1], please.\n", 0)
    assert json.loads(target.read_text(encoding="utf-8")) == {"[EMAIL_1]": "mia@example.org"}
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600
    back = command("--restore", str(target), given="I wrote to [email 1].")
    assert back.stdout == "I wrote to mia@example.org."
    again = command(str(source), "--map", str(target))
    assert again.returncode == 2
    assert "is there already" in again.stderr


@pytest.mark.parametrize("content", ["[]", "{", '{"[EMAIL_1]": 3}'])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.json").write_text(content, encoding="utf-8")
    done = command("--restore", str(tmp_path / "map.json"), given="text")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_kinds_are_chosen_by_option_or_settings() -> None:
    assert command("--kinds", "date", given=TEXT).stdout == TEXT
    unknown = command("--kinds", "colour", given=TEXT)
    assert unknown.returncode == 2
    assert "colour" in unknown.stderr
    SettingsStore().change(mask_contacts=False)
    assert command(given=TEXT).stdout == TEXT


def test_neither_torch_nor_qt_is_loaded() -> None:
    code = (
        "import sys; from gpt_assistant.cli import main; main(['mask', 'mia@example.org and Anna Berg'])\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'PySide6')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0
