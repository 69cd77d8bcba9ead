"""Words that are always or never hidden are kept, moved and taken away; a damaged file is no empty one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gpt_assistant.storage.errors import FileError
from gpt_assistant.storage.masked_words import ALWAYS, LONGEST, NEVER, MaskedWords


def test_a_word_is_on_one_list_at_most(tmp_path: Path) -> None:
    words = MaskedWords(tmp_path / "masking.json")
    assert words.of(ALWAYS) == []
    words.put("Project  Falcon ", ALWAYS)
    words.put("Leeds", NEVER)
    words.put("project falcon", NEVER)
    again = MaskedWords(words.path)
    assert (again.of(ALWAYS), again.of(NEVER)) == ([], ["Leeds", "project falcon"])
    again.put("LEEDS", "")
    assert words.of(NEVER) == ["project falcon"]


def test_what_is_no_word_is_not_kept(tmp_path: Path) -> None:
    words = MaskedWords(tmp_path / "masking.json")
    for nothing in ("", "  ", "x" * (LONGEST + 1)):
        words.put(nothing, ALWAYS)
    assert not words.path.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000])
def test_a_damaged_file_is_no_empty_one(tmp_path: Path, content: str) -> None:
    """Else what is always to be hidden would be sent."""
    words = MaskedWords(tmp_path / "masking.json")
    words.path.write_text(content, encoding="utf-8")
    for which in (ALWAYS, NEVER):
        with pytest.raises(FileError, match=r"Mend or delete .*masking.json"):
            words.of(which)
    with pytest.raises(FileError):
        words.put("Leeds", ALWAYS)
    assert words.path.read_text(encoding="utf-8") == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_holds_up_nobody(tmp_path: Path) -> None:
    words = MaskedWords(tmp_path / "masking.json")
    os.mkfifo(words.path)
    with pytest.raises(IsADirectoryError):
        words.of(ALWAYS)


def test_what_is_of_another_kind_is_left_out(tmp_path: Path) -> None:
    words = MaskedWords(tmp_path / "masking.json")
    words.path.write_text('{"always": 3, "never": [1, "Leeds"]}', encoding="utf-8")
    assert words.of(ALWAYS) == []
    assert words.of(NEVER) == ["Leeds"]
