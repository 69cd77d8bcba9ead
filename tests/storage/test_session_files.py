from __future__ import annotations

from pathlib import Path

import pytest

from gpt_assistant.storage import vault
from gpt_assistant.storage.session import OpenDocument, RecentFiles, Session, load_session, save_session


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


def test_comes_back(tmp_path: Path) -> None:
    session = Session((OpenDocument("/a", 3, 1, 120), OpenDocument("/b")), 1, "00ff", "/home")
    save_session(tmp_path / "s.json", session)
    assert load_session(tmp_path / "s.json") == session


@pytest.mark.parametrize("text", ["", "[]", "{", '{"documents": 3}', '{"documents": [{"caret": 1}]}', "null"])
def test_broken_files_are_an_empty_session(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text)
    assert load_session(tmp_path / "s.json") == Session()


def test_unknown_and_ill_typed_entries_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(
        '{"current": "x", "new": 1, "documents": [{"path": "/a", "caret": "z"}]}'
    )
    assert load_session(tmp_path / "s.json") == Session((OpenDocument("/a"),))


def test_recent_files_are_latest_first_once_and_limited(tmp_path: Path) -> None:
    recent = RecentFiles(tmp_path / "r.json", limit=3)
    for name in "abcda":
        recent.add(Path(name))
    assert recent.paths() == [Path("a"), Path("d"), Path("c")]
    recent.remove(Path("d"))
    assert RecentFiles(tmp_path / "r.json").paths() == [Path("a"), Path("c")]
    recent.clear()
    assert recent.paths() == []


def test_two_instances_add_to_the_same_list(tmp_path: Path) -> None:
    one, other = RecentFiles(tmp_path / "r.json"), RecentFiles(tmp_path / "r.json")
    one.add(Path("a"))
    other.add(Path("b"))
    assert one.paths() == [Path("b"), Path("a")]
