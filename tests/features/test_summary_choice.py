"""Choosing and shortening sentences, topics, and how a summary is laid out."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from summary_texts import DOCUMENT, MEETING, NEWS

from gpt_assistant import paths
from gpt_assistant.engine.messages import Length, Passage
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session
from gpt_assistant.features import summary_scoring as scoring
from gpt_assistant.features.summary_condense import Condenser, without_adverbs
from gpt_assistant.features.summary_layout import Line, laid_out
from gpt_assistant.features.summary_likelihood import Reader
from gpt_assistant.features.summary_reading import read
from gpt_assistant.features.summary_topics import topics
from gpt_assistant.features.summary_units import Unit, sections_of, stem, terms_of, units_of, words_of
from gpt_assistant.text.structure import Genre, blocks


def drive(steps: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def unit(text: str, start: int = 0, score: float = 1.0) -> Unit:
    words = words_of(text)
    return Unit(start, start + len(text), text, words, terms_of(words), score=score)


@pytest.fixture(scope="module")
def condenser(default_model: Path) -> Condenser:
    model = LanguageModel.load(default_model, device="cpu", threads=1)
    return Condenser(model, Reader(model, Session(model.network, 16)))


@pytest.mark.parametrize(
    ("text", "words", "shorter"),
    [
        (
            "PARIS (ABC) -- The ministers met for two hours on Monday.",
            40,
            "The ministers met for two hours on Monday.",
        ),
        (
            "However, the plan was rejected by the city council.",
            40,
            "The plan was rejected by the city council.",
        ),
        (
            "The company, which makes tyres, will cut 300 jobs in Leeds.",
            40,
            "The company will cut 300 jobs in Leeds.",
        ),
        (
            "The committee (chaired by Anna Lee) rejected the plan in May.",
            40,
            "The committee rejected the plan in May.",
        ),
        (
            "Although nobody was hurt, the fire destroyed the roof of the old church.",
            10,
            "The fire destroyed the roof of the old church.",
        ),
        (
            "He bought apples, pears, and plums at the market.",
            5,
            "He bought apples, pears, and plums at the market.",
        ),
        (
            'She said "we, which is odd, agree with all of it".',
            5,
            'She said "we, which is odd, agree with all of it".',
        ),
    ],
)
def test_condensing(condenser: Condenser, text: str, words: int, shorter: str) -> None:
    assert drive(condenser.condensed(text, words=words)) == shorter


def test_a_connective_stays_where_what_it_refers_to_does(condenser: Condenser) -> None:
    text = "However, the plan was rejected by the city council."
    assert drive(condenser.condensed(text, words=40, before=True)) == text


def test_a_cut_that_does_not_read_well_is_not_made(condenser: Condenser) -> None:
    text = "He said that the house, the garden, the pond and all of it were sold."
    assert drive(condenser.condensed(text, words=40)) == text


def test_adverbs() -> None:
    assert without_adverbs("It is really just too small.") == "It is too small."


def test_what_comes_again_is_worth_more_and_nothing_is_said_twice() -> None:
    weight = {"pool": 2.0, "council": 2.0, "roof": 1.0, "rain": 0.1}
    units = [
        unit("The pool council met."),
        unit("The council has a pool."),
        unit("A roof leaks."),
        unit("Rain fell."),
    ]
    chosen = scoring.select(units, weight, 8, slack=0)
    assert [found.text for found in chosen] == ["The pool council met.", "A roof leaks."]


def test_what_cannot_stand_in_a_summary() -> None:
    for text in (
        "By Margaret Hollis",
        "Scroll down for video of the pools",
        "The steps are as follows here:",
        "Yes.",
    ):
        assert not scoring.worth_showing(unit(text)), text
    assert scoring.worth_showing(unit("The council closed two swimming pools."))


def test_features_lie_between_0_and_1() -> None:
    found = blocks(NEWS + DOCUMENT)
    units = list(units_of(NEWS + DOCUMENT, found))
    scoring.describe(
        units, sections_of(NEWS + DOCUMENT, found), len(NEWS + DOCUMENT), scoring.term_weights(units)
    )
    assert all(0 <= value <= 2 for each in units for value in each.features.values())
    cue = next(each for each in units if each.text.startswith("This proposal introduces"))
    assert cue.features["cue"] == 1
    known = set(units[0].features)
    stored = json.loads(paths.resource("summary.json").read_text(encoding="utf-8"))
    assert set(stored) == set(Genre)
    assert all(set(entry["features"]) <= known for entry in stored.values())


def test_topics_are_things_that_several_turns_speak_of() -> None:
    units = list(units_of(MEETING, blocks(MEETING)))
    found = drive(topics(units, {"Project Manager", "Designer"}, 5))
    names = [topic.text for topic in found]
    assert "the photo gallery" in names
    assert not any("manager" in name or "you know" in name for name in names)
    stood = {block for topic in found for block in topic.blocks}
    assert stood <= {each.block for each in units}


def test_longer_texts_get_somewhat_longer_summaries() -> None:
    short, long = drive(read(NEWS)), drive(read("\n\n".join(f"{NEWS} {i}" for i in range(40))))
    assert short.genre is long.genre is Genre.PLAIN
    assert short.budget(Length.SHORT) < long.budget(Length.SHORT) < 4 * short.budget(Length.SHORT)
    assert short.budget(Length.LINE) < short.budget(Length.SHORT) < short.budget(Length.LONG)
    assert len(long.units) < 1000


def test_layout() -> None:
    lines = [
        Line("We begin", 0, 8, speaker="Anna"),
        Line("We go on.", 10, 19, speaker="Anna"),
        Line("No!", 20, 23, speaker="Ben"),
    ]
    text, passages = laid_out(lines, Length.SHORT)
    assert text == "Anna: We begin. We go on.\nBen: No!"
    assert passages[1] == Passage(16, 25, 10, 19)
    assert laid_out(lines, Length.BULLETS)[0] == "- Anna: We begin.\n- Anna: We go on.\n- Ben: No!"
    sections = [Line("A.", 0, 2, section=1), Line("B.", 3, 5, section=1), Line("C.", 6, 8, section=2)]
    assert laid_out(sections, Length.LONG)[0] == "A. B.\n\nC."


def test_stems() -> None:
    assert stem("meetings") == stem("meeting") or stem("meetings") == "meeting"
    assert stem("closed") == stem("closes") == stem("closing")
    assert stem("gas") == "gas"
