"""`gpt-assistant data` on files as the program leaves them, in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gpt_assistant import paths
from gpt_assistant.storage.history import History
from gpt_assistant.storage.wordfile import own_words


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gpt_assistant", "data", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture(autouse=True)
def _something_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPT_ASSISTANT_MODELS")
    own_words().add("Grzegorz")
    history = History(paths.data_folder() / "history.db", 10_000_000)
    for number in range(3):
        history.add("/a", "a", f"{number} \n" * 100_000, "saved", at=1.0 + 1000 * number)
    history.close()


def rows() -> dict[str, dict[str, object]]:
    done = run("list", "--json")
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)["data"]}


def test_listed_with_sizes_and_places() -> None:
    found = rows()
    assert found["words"]["bytes"] == 9
    assert found["words"]["path"] == str(paths.data_folder())
    assert found["words"]["deletable"]
    assert found["models"]["files"] == 0
    done = run("list")
    assert "words" in done.stdout
    assert "models" not in done.stdout, "what is not there takes no line"
    assert run("path", "words").stdout.strip() == str(paths.data_folder())
    assert json.loads(run("path", "--json").stdout)["data"] == str(paths.data_folder())


def test_nothing_is_deleted_unasked() -> None:
    done = run("delete", "words")
    assert done.returncode == 1
    assert "They are underlined again." in done.stderr
    assert "--yes" in done.stderr
    assert own_words().words() == ("Grzegorz",)


def test_deleted_and_the_room_is_free() -> None:
    before = rows()["versions"]["bytes"]
    done = run("delete", "versions", "--yes", "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["deleted"] == ["versions"]
    assert isinstance(before, int)
    assert told["freed"] >= before - 60_000
    assert own_words().words() == ("Grzegorz",)
    assert run("delete", "--all", "--yes").returncode == 0
    assert own_words().words() == ()


@pytest.mark.parametrize("words", [["nonsense"], ["locks"], []])
def test_what_cannot_be_deleted_is_one_line(words: list[str]) -> None:
    done = run("delete", *words, "--yes")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert run("path", "nonsense").returncode == 1
