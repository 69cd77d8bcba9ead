"""Where the commands that write take their text from."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gpt_assistant.commands.writing import given_text


@pytest.mark.parametrize(
    "text",
    ["One sentence.", "Hello", "and/or is fine", "He said: go.", "3.14", "x" * 300 + ".txt", "a\n/b.txt"],
)
def test_a_text_is_taken_as_it_is(text: str) -> None:
    assert given_text(text) == text


def test_a_file_is_read_whatever_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes("Grüße, schöne Welt".encode("utf-16"))
    assert given_text(str(file)) == "Grüße, schöne Welt"


@pytest.mark.parametrize("name", ["nowhere.txt", "./nowhere", "/no/such/file.md", "~/nowhere.md", "a/b"])
def test_a_file_that_is_not_there_is_not_taken_for_a_text(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="There is no file"):
        given_text(name)


def test_a_folder_and_a_binary_file_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder"):
        given_text(str(tmp_path))
    (tmp_path / "a.bin").write_bytes(b"\x7fELF\x02\x01\x00\x00\x00\xff\xfe" * 50)
    with pytest.raises(OSError, match="is no text"):
        given_text(str(tmp_path / "a.bin"))


def test_standard_input_may_have_bytes_that_are_no_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"caf\xe9 and tea")))
    assert given_text(None).endswith(" and tea")
