"""The writer's own words, and those ignored in a document."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from gpt_assistant.storage import vault
from gpt_assistant.storage.ignored_words import IgnoredWords
from gpt_assistant.storage.wordfile import WordFile, folded, own_words


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def _kind(tmp_path: Path, request: pytest.FixtureRequest, file_keyring: Path) -> None:
    """All of it holds for what is encrypted, too."""
    if request.param == "encrypted":
        vault.of(tmp_path).turn_on()


def test_words_are_added_and_removed_in_any_case(tmp_path: Path) -> None:
    words = WordFile(tmp_path / "words.txt")
    assert words.all() == frozenset()
    words.add(" Grzegorz ")
    words.add("GRZEGORZ")
    words.add("naïveté")
    assert words.words() == ("Grzegorz", "naïveté")
    assert words.all() == {"grzegorz", "naïveté"}
    assert vault.read(tmp_path / "words.txt").decode() == "Grzegorz\nnaïveté\n"
    words.remove("grzegorz")
    words.remove("never there")
    assert WordFile(tmp_path / "words.txt").words() == ("naïveté",)


def test_what_another_process_or_hand_adds_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    one, other = WordFile(path), WordFile(path)
    one.add("first")
    other.add("second")
    assert one.all() == {"first", "second"}
    path.write_text("by hand\nhand\n", "utf-8")
    os.utime(path, ns=(1, 1))
    assert one.all() == {"hand"}  # "by hand" is no word
    path.unlink()
    assert not one.all()


def test_damaged_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(
        b"\xef\xbb\xbfgood\r\n\xff\xfe\x00bad\n\n  also \n" + b"x" * 500 + b"\n\x07\ncaf\xc3\xa9"
    )
    assert WordFile(path).words() == ("good", "also", "café")


def test_what_is_no_word_is_refused_and_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    words = WordFile(tmp_path / "words.txt")
    for bad in ("", "two words", "x" * 81, "a\nb"):
        with pytest.raises(ValueError, match="not a word"):
            words.add(bad)
    words.path.mkdir()
    assert words.all() == frozenset()
    with pytest.raises(OSError, match="words"):
        words.add("word")


def test_words_are_compared_without_what_does_not_matter() -> None:
    assert folded("Xqzt’s") == folded("xqzt's") == folded("XQZT") == "xqzt"
    assert folded("don’t") == "don't"


def test_they_are_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GPT_ASSISTANT_HOME", str(tmp_path))
    own_words().add("word")
    assert (tmp_path / "data" / "words.txt").read_text() == "word\n"


def test_words_are_ignored_by_document(tmp_path: Path) -> None:
    ignored = IgnoredWords(tmp_path / "ignored.json")
    assert ignored.of("/a.md") == frozenset()
    ignored.store("/a.md", frozenset({"teh", "ünë"}))
    ignored.store("/b.md", frozenset({"x"}))
    assert IgnoredWords(ignored.path).of("/a.md") == {"teh", "ünë"}
    ignored.store("/a.md", frozenset())
    assert json.loads(vault.read(ignored.path)) == {"/b.md": ["x"]}


def test_the_documents_ignored_longest_ago_are_forgotten(tmp_path: Path) -> None:
    ignored = IgnoredWords(tmp_path / "ignored.json")
    stored = {f"/{number}.md": ["x"] for number in range(200)}
    ignored.path.write_text(json.dumps(stored))
    ignored.store("/new.md", frozenset({"y"}))
    assert not ignored.of("/0.md")
    assert ignored.of("/1.md") == {"x"}
    assert ignored.of("/new.md") == {"y"}


@pytest.mark.parametrize("broken", ["", "[1]", '{"a": 3, "b": [1, "x"]}'])
def test_a_broken_file_ignores_what_can_be_read(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    ignored = IgnoredWords(tmp_path / "ignored.json")
    ignored.path.write_text(broken)
    with caplog.at_level(logging.WARNING):
        assert ignored.of("a") == frozenset()
        assert ignored.of("b") == (frozenset({"x"}) if "x" in broken else frozenset())
