"""Which language a text is in."""

from __future__ import annotations

import pytest

from gpt_assistant.features.languages import NAMES, detect, normal, probability


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The letter had been lying on the table for three days.", "en"),
        ("La lettre était restée trois jours sur la table.", "fr"),
        ("Der Brief lag seit drei Tagen auf dem Tisch.", "de"),
        ("La carta llevaba tres días sobre la mesa.", "es"),
        ("Brevet hadde ligget på bordet i tre dager.", "nb"),
        ("Письмо три дня лежало на кухонном столе, и никто его не открывал.", "ru"),
        ("这封信在桌子上放了三天。", "zh"),
        ("手紙は三日間テーブルの上に置かれていた。", "ja"),
    ],
)
def test_a_sentence_is_enough(text: str, language: str) -> None:
    assert detect(text) == language
    assert probability(text, language) > 0.9


@pytest.mark.parametrize("text", ["", "ok", "12:30", "…"])
def test_what_says_too_little_is_what_was_asked_for(text: str) -> None:
    assert detect(text, otherwise="de") == "de"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("pt-BR", "pt"),
        ("zh_CN", "zh"),
        ("French", "fr"),
        ("no", "nb"),
        ("xx", ""),
    ],
)
def test_names_and_codes(given: str, code: str) -> None:
    assert normal(given) == code
    assert not code or code in NAMES
