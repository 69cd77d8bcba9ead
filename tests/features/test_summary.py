"""Summaries with the real default model: what they say, where it comes from, and how they run."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from summary_texts import DOCUMENT, MEETING, NEWS

from gpt_assistant.engine.messages import Length, Progress, Summarise, Writing, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features import ability
from gpt_assistant.features import summary_generate as generation
from gpt_assistant.features.summary import Summariser
from gpt_assistant.features.summary_faithful import Source, faithful
from gpt_assistant.features.summary_units import words_of

TEXTS = {"news": NEWS, "meeting": MEETING, "document": DOCUMENT}


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture(autouse=True)
def cannot_generate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure of the default model, so that no test has to measure it."""
    monkeypatch.setattr(ability, "known", lambda folder, name: 0.0)


def drive(steps: Generator[Any, None, Written]) -> tuple[list[Any], Written]:
    said = []
    while True:
        try:
            said.append(next(steps))
        except StopIteration as stop:
            return said, stop.value


def summary(model: LanguageModel, text: str, length: Length = Length.SHORT) -> Written:
    return drive(Summariser()(model, Summarise(7, text, length)))[1]


def test_news_are_told_from_the_beginning_without_what_surrounds_them(model: LanguageModel) -> None:
    text = summary(model, NEWS).text
    assert text.startswith("The city council of Leeds voted")
    assert 40 <= len(text.split()) <= 80
    for noise in ("Northern Press", "PUBLISHED", "Hollis", "Scroll", "However"):
        assert noise not in text


def test_a_meeting_says_what_it_was_about_and_who_said_what(model: LanguageModel) -> None:
    text = summary(model, MEETING).text
    first, *rest = text.split("\n")
    assert first.startswith("The meeting was about the ")
    assert all(topic in first for topic in ("search box", "photo gallery", "budget"))
    assert rest
    assert all(line.split(":")[0] in ("Project Manager", "Designer", "Marketing") for line in rest)
    for noise in ("vocalsound", "disfmarker", " .", "Uh", " um", "and and", "you know"):
        assert noise not in text


def test_a_document_leaves_out_code_tables_and_headings(model: LanguageModel) -> None:
    text = summary(model, DOCUMENT).text
    assert "This proposal introduces a register" in text
    for noise in ("```", "def lend", "|", "##", "Motivation", "https"):
        assert noise not in text


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("length", Length)
def test_every_sentence_is_faithful_and_linked_to_its_place(
    model: LanguageModel, name: str, length: Length
) -> None:
    text = TEXTS[name]
    written = summary(model, text, length)
    assert written.id == 7
    assert written.passages
    source = Source(text)
    for place in written.passages:
        sentence = written.text[place.start : place.end]
        stood = text[place.source_start : place.source_end]
        assert sentence.strip()
        assert not faithful(sentence, source)
        if not sentence.startswith("The meeting was about"):
            said = sentence.split(": ")[-1] if name == "meeting" else sentence
            assert set(words_of(said)) <= set(words_of(stood)), "only deletion"


def test_lengths(model: LanguageModel) -> None:
    words = {length: len(summary(model, NEWS, length).text.split()) for length in Length}
    assert words[Length.LINE] <= 25
    assert words[Length.LINE] < words[Length.SHORT] < words[Length.LONG]
    bullets = summary(model, NEWS, Length.BULLETS).text.split("\n")
    assert len(bullets) >= 3
    assert all(line.startswith("- ") for line in bullets)


def test_the_first_version_comes_early_and_progress_is_told(model: LanguageModel) -> None:
    said, written = drive(Summariser()(model, Summarise(1, NEWS)))
    shown = [reply for reply in said if isinstance(reply, Writing)]
    assert "The city council" in shown[0].text
    passes_before = sum(reply is None for reply in said[: said.index(shown[0])])
    assert passes_before < 10
    assert shown[-1].text == written.text
    fractions = [reply.fraction for reply in said if isinstance(reply, Progress)]
    assert fractions == sorted(fractions)
    assert 0 < fractions[-1] < 1


def test_a_long_text_is_read_in_short_steps(model: LanguageModel) -> None:
    paragraph = NEWS.split("\n\n")[3]
    text = "\n\n".join(f"{paragraph} Number {i} said so." for i in range(700))
    steps = Summariser()(model, Summarise(1, text))
    longest, started = 0.0, time.process_time()
    while True:
        before = time.process_time()
        said = next(steps)
        longest = max(longest, time.process_time() - before)
        if isinstance(said, Writing):
            break
    steps.close()
    assert len(text.split()) > 40_000
    assert longest < 0.25
    assert time.process_time() - started < 6


@pytest.mark.parametrize("text", ["", " \n\n", "```\ncode()\n```\n"])
def test_nothing_to_summarise(model: LanguageModel, text: str) -> None:
    written = summary(model, text)
    assert written.text == ""
    assert written.notes


def test_a_single_sentence_is_its_own_summary(model: LanguageModel) -> None:
    assert summary(model, "We met Anna at the station in the rain.").text == (
        "We met Anna at the station in the rain."
    )


def test_other_languages_are_summarised_without_english_words(model: LanguageModel) -> None:
    text = (
        "Der Stadtrat von Leipzig hat am Dienstag beschlossen, zwei Schwimmbäder zu schließen. Die Reparatur"
        " würde vier Millionen Euro kosten. Viele Bürger protestierten vor dem Rathaus. Der"
        " Bürgermeister sagte,"
        " die Stadt habe kein Geld für die Schwimmbäder. Im Sommer sollen die Gebäude verkauft werden."
    )
    written = summary(model, text)
    assert written.text
    assert all(text[p.source_start : p.source_end] in text for p in written.passages)
    assert set(written.text.replace(".", "").split()) <= set(text.replace(".", "").split())


class _Answers:
    """Stands for a model that writes well: gives these answers in turn."""

    def __init__(self, *answers: str) -> None:
        self.left = list(answers)
        self.seeds: list[int] = []

    def __call__(
        self, model: Any, session: Any, text: str, length: Length, seed: int
    ) -> Generator[None, None, str]:
        self.seeds.append(seed)
        yield None
        return self.left.pop(0)


def test_a_capable_model_writes_itself_and_what_it_invents_is_dropped(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ability, "known", lambda folder, name: 0.9)
    first = "Leeds will close two pools in June. Mayor Bob Carter wept. It saves 950,000 pounds a year."
    second = "Leeds will close two pools in June. It saves 900,000 pounds a year. London is next."
    answers = _Answers(first, second)
    monkeypatch.setattr(generation, "_answer", answers)
    written = summary(model, NEWS)
    assert answers.seeds == [0, 1]
    assert written.text == "Leeds will close two pools in June. It saves 900,000 pounds a year."
    assert written.notes == ("One sentence was left out: it named what the text does not have.",)
    saving = written.passages[1]
    assert "900,000" in NEWS[saving.source_start : saving.source_end]


def test_the_default_model_is_measured_not_to_be_capable(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "_TOKENS", dict.fromkeys(Length, 40))
    _, value = drive(generation.probe(model, model.session("probe", 32)))
    assert value < generation.GOOD_ENOUGH


def test_the_probe_gives_full_marks_to_a_good_summary(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = _Answers(
        "The insurance refused to pay for the roof. The hall will be sold for 240,000 pounds for a new hall.",
        "Repairs cost 900 euros. Tom will sign the leasing contract for 65 euros; the theatre gets the"
        " old one.",
        "Researchers found 28 percent more plants and cleaner water. Farmers should be paid for lost land.",
    )
    monkeypatch.setattr(generation, "_answer", good)
    assert drive(generation.probe(model, model.session("probe", 32)))[1] == 1.0


def test_a_text_longer_than_the_window_is_written_in_parts(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [(10 * i, 10 * i + 9, f"Sentence number {i} is about pools.") for i in range(1200)]
    asked: list[str] = []

    def answer(model: Any, session: Any, text: str, length: Length, seed: int) -> Generator[None, None, str]:
        asked.append(text)
        yield None
        return text.split(". ", maxsplit=1)[0].rstrip(".") + "."

    monkeypatch.setattr(generation, "_answer", answer)
    author = generation.LocalAuthor(model, model.session("probe", 32))
    writer = generation.Writer(author, pieces, Length.SHORT)
    said, lines = drive(writer.write())
    assert len(asked) > 2
    assert len(lines) == 1
    assert lines[0].text == "Sentence number 0 is about pools."
    assert (lines[0].start, lines[0].end) == (0, 9)
    assert "Summarising part 2 of" in " ".join(text for text in said if isinstance(text, str))
