"""What the lexicons know of words, in English and in languages of which there is no dictionary here."""

from __future__ import annotations

from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.features import dictionaries, lexicons
from gpt_assistant.features.lexicons import Lexicon, Make, lexicon


@pytest.fixture(scope="module")
def english() -> Lexicon:
    found = drive(lexicon("en"))[1]
    assert found is not None
    return found


@pytest.mark.parametrize("word", ["house", "Houses", "LONDON", "london", "don't", "don’t", "platform’s"])
def test_words_are_known_in_any_case_and_with_either_apostrophe(english: Lexicon, word: str) -> None:
    assert english.knows(word)


@pytest.mark.parametrize("word", ["recieve", "teh", "dont", "日本", "houze"])
def test_misspelt_and_foreign_words_are_not(english: Lexicon, word: str) -> None:
    assert not english.knows(word)


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("presigned", {Make.FORMED, Make.TAGGED}),
        ("updaters", {Make.FORMED}),
        ("filesystem", {Make.COMPOUND}),
        ("alreadys", {Make.INFLECTED}),
        ("pyperformance", {Make.TAGGED}),
        ("dict", {Make.CUT}),
        ("enviromnt", set()),
        ("", set()),
    ],
)
def test_what_unknown_words_are_made_of(english: Lexicon, word: str, made: set[Make]) -> None:
    assert english.made_of(word) == made


def test_near_words_are_within_two_edits(english: Lexicon) -> None:
    assert {"receive", "relieve"} <= set(english.near("recieve"))
    assert "reception" not in english.near("recieve")


def test_british_forms_are_told_from_mistakes(english: Lexicon) -> None:
    assert english.british("colour") == "color"
    assert english.british("recieve") == ""
    assert english.other_variety("organised", "US") == "organized"
    assert english.other_variety("organized", "GB") == "organised"
    assert english.other_variety("organised", "mixed") == ""
    assert english.other_variety("window", "GB") == ""


def test_without_a_dictionary_frequency_decides() -> None:
    german = drive(lexicon("de"))[1]
    assert german is not None
    if not german.checked:
        assert german.knows("Haus")
        assert not german.knows("Hausx")
        assert "zufrieden" in german.near("zufriden")


def test_an_installed_dictionary_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cy_GB.aff").write_text("SET UTF-8\n")
    (tmp_path / "cy_GB.dic").write_text("2\ntŷ\nllyfr\n", "utf-8")
    (tmp_path / "cy_XX.aff").write_text("SET UTF-8\n")  # without its words: left out
    monkeypatch.setattr(dictionaries, "_FOLDERS", (str(tmp_path),))
    monkeypatch.delitem(lexicons._loaded, "cy", raising=False)
    welsh = drive(lexicon("cy"))[1]
    assert welsh is not None
    assert welsh.checked
    assert welsh.knows("llyfr")
    assert not welsh.knows("llyfrr")
    monkeypatch.delitem(lexicons._loaded, "cy")


def test_a_language_of_which_nothing_is_known_has_no_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "_FOLDERS", ())
    monkeypatch.delitem(lexicons._loaded, "sw", raising=False)
    assert drive(lexicon("sw"))[1] is None
    monkeypatch.delitem(lexicons._loaded, "sw")
