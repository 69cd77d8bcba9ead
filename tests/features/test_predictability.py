"""How predictable a text is, on the default model."""

from __future__ import annotations

from pathlib import Path

import pytest
from driven import drive

from gpt_assistant.engine.messages import Predict, Predicted
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.predictability import Predictor

CLICHE = "At the end of the day, it is what it is."
ODD = "Purple committees seldom eat thunder."


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


def predict(model: LanguageModel, text: str, before: str = "") -> Predicted:
    reply = drive(Predictor()(model, Predict(1, text, before)))[1]
    assert isinstance(reply, Predicted)
    return reply


def test_a_cliche_is_foreseen_and_an_odd_sentence_is_not(model: LanguageModel) -> None:
    text = f"{CLICHE} {ODD}"
    found = predict(model, text)
    cliche, odd = found.sentences
    assert text[cliche.start : cliche.end] == CLICHE
    assert (cliche.words, odd.words) == (11, 5)
    assert cliche.bits_per_word < 6 < odd.bits_per_word
    ranks = {text[each.start : each.end]: each.rank for each in found.words}
    assert ranks["day"] <= 10
    assert ranks["thunder"] > 1000
    assert sum(each.bits for each in found.words) <= sum(each.bits for each in found.sentences) + 1e-6


def test_the_words_are_found_in_any_script_and_without_the_marks_around_them(model: LanguageModel) -> None:
    text = "„Naïve 👍🏽 don't“ (3.14), and well-known.\nПривет мир"
    found = predict(model, text)
    assert [text[each.start : each.end] for each in found.words] == [
        "Naïve", "don't", "3.14", "and", "well-known", "Привет", "мир"
    ]  # fmt: skip
    assert all(each.rank >= 1 and each.bits >= 0 for each in found.words)


def test_what_stands_before_counts(model: LanguageModel) -> None:
    text = "The Zwickelmayer report was late."
    alone = predict(model, text)
    behind = predict(model, text, "Where is the Zwickelmayer report?\n\n")
    assert behind.words[1].bits < alone.words[1].bits / 2
    assert [each.start for each in behind.words] == [each.start for each in alone.words]


def test_the_first_word_of_a_paragraph_is_no_surprise(model: LanguageModel) -> None:
    found = predict(model, "The house was quiet.", "It rained all day, and nobody went out.\n\n")
    assert found.words[0].rank <= 20


def test_a_long_text_reads_as_it_does_in_parts(model: LanguageModel) -> None:
    text = " ".join(f"The train number {number} left the station at noon." for number in range(30))
    found = predict(model, text)
    assert len(found.words) == 270
    assert found.sentences[-1].end == len(text)
    late = [each for each in found.words if text[each.start : each.end] == "station"][-1]
    assert late.rank == 1


def test_a_text_without_words(model: LanguageModel) -> None:
    assert predict(model, " \n— …").words == ()
    assert predict(model, "").sentences == ()


def test_two_at_once_do_not_disturb_each_other(model: LanguageModel) -> None:
    predictor = Predictor()
    expected = _bits(predict(model, CLICHE))
    model.forget()
    first = predictor(model, Predict(1, CLICHE))
    next(first)
    second = drive(predictor(model, Predict(2, ODD)))[1]
    assert _bits(drive(first)[1]) == pytest.approx(expected, abs=0.5)
    assert _bits(second) == pytest.approx(_bits(predict(model, ODD)), abs=0.5)


def _bits(reply: Predicted) -> list[float]:
    return [each.bits for each in reply.words]
