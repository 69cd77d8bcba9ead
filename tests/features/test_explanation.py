"""Why a suggestion, on the default model: its odds, what else might stand there, and what led to it."""

from __future__ import annotations

import math
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driven import drive

from gpt_assistant.engine.messages import (
    Complete,
    Explain,
    Explained,
    Predicted,
    PredictRest,
    Reply,
    Suggested,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.session import Session
from gpt_assistant.engine.worker import Loop, Stop
from gpt_assistant.features import explanation
from gpt_assistant.features.completion import SESSION, Completer
from gpt_assistant.features.explanation import Explainer, units
from gpt_assistant.features.predictability import Predictor
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import Phrases

FOX = "The quick brown fox jumps over the lazy"
LONG = " ".join(
    f"In {1800 + number} the council of the town decided to build bridge number {number} over the river."
    for number in range(60)
)


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


def explain(model: LanguageModel, before: str, text: str, **asked: Any) -> Explained:
    reply = drive(Explainer(Completer())(model, Explain(1, Context(before), text, **asked)))[1]
    assert isinstance(reply, Explained)
    return reply


def log_p(model: LanguageModel, before: str, text: str) -> float:
    """Return log p of the tokens of `text` behind `before`, read anew."""
    session = Session(model.network)
    path = tuple(model.vocabulary.encode(text))
    drive(session.read(model.vocabulary.start_ids + model.vocabulary.encode(before)))
    drive(session.expand([path]))
    return sum(session.score(path))


def test_the_likeliest_word_and_what_else_might_stand_there(model: LanguageModel) -> None:
    (word,) = explain(model, FOX, " dog").words
    assert (word.start, word.end, word.rank) == (1, 4, 1)
    assert word.p > 0.5
    texts = [each.text for each in word.alternatives]
    assert texts[0] == " dog"
    assert len(texts) > 3
    assert [each.p for each in word.alternatives] == sorted((c.p for c in word.alternatives), reverse=True)


def test_a_word_that_nobody_expects_has_a_rank_and_the_others_before_it(model: LanguageModel) -> None:
    (word,) = explain(model, FOX, " harmonium").words
    assert word.rank > 100
    assert word.p < 1e-4
    assert word.alternatives[0].text == " dog"
    assert word.alternatives[-1].text == " harmonium"


def test_of_a_half_typed_word_only_what_fits_is_compared(model: LanguageModel) -> None:
    found = explain(model, "Thank you very mu", "ch")
    (word,) = found.words
    assert word.rank == 1
    assert word.p > 0.9
    assert {each.text for each in found.tokens[0].alternatives} >= {"ch"}
    assert all(each.text[:1].isalpha() for each in word.alternatives)
    assert (found.tokens[0].start, found.tokens[0].end) == (0, 2)
    assert sum(each.p for each in found.tokens[0].alternatives) == pytest.approx(1.0, abs=0.05)


def test_its_probability_is_the_one_that_the_suggestion_was_shown_for(model: LanguageModel) -> None:
    before = "I am writing to you because I would like to tha"
    suggestion = drive(Completer()(model, Complete(1, Context(before), max_words=1)))[1].suggestion
    best = suggestion.candidates[0]
    first = next(units(best.text))
    (word,) = explain(model, before, best.text[: first.end]).words
    assert word.p == pytest.approx(best.p, abs=0.02)
    assert word.rank == 1


def test_the_writers_own_phrases_are_told_of(model: LanguageModel) -> None:
    own = Phrases()
    for _ in range(6):
        own.add("the Zwickelmayer report")
    asked = Explain(1, Context("Please send me the Zwi"), "ckelmayer", personal=True, weigh=False)
    (word,) = drive(Explainer(Completer(own))(model, asked))[1].words
    assert word.phrase > 0.3
    assert word.alternatives[0].text == "ckelmayer"


def test_each_word_and_token_of_a_longer_text_at_its_place(model: LanguageModel) -> None:
    text = " dog, and runs away."
    found = explain(model, FOX, text, weigh=False)
    assert [text[each.start : each.end] for each in found.words] == [
        "dog", ",", "and", "runs", "away", "."
    ]  # fmt: skip
    assert "".join(text[each.start : each.end] for each in found.tokens) == text
    assert found.p == pytest.approx(math.prod(each.p for each in found.words))
    path = sum(math.log(each.p) for each in found.tokens)
    assert path == pytest.approx(log_p(model, FOX, text), abs=0.1)


def test_leaving_a_word_out_is_what_its_weight_says(model: LanguageModel) -> None:
    before, text = "My sister plays the violin in the city orchestra every", " week"
    found = explain(model, before, text, alternatives=False)
    assert [before[each.start : each.end] for each in found.influences] == before.split()
    whole = log_p(model, before, text)
    for number, each in enumerate(found.influences):
        words = before.split()
        del words[number]
        without = log_p(model, " ".join(words), text)
        # A sentence without its first word begins with another token than the one that was read again.
        assert each.weight == pytest.approx(whole - without, abs=0.25 if number else 3.0)
        assert sum(each.parts) == pytest.approx(each.weight)
    assert max(found.influences, key=lambda each: each.weight).end == len(before)


def test_in_a_long_text_all_words_get_a_weight_and_few_tokens_are_read(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = Context(LONG[:5000])
    drive(Completer()(model, Complete(1, context)))  # as before every suggestion
    spent: list[int] = []
    forward = model.network.forward

    def counting(ids: list[int], *args: Any, **options: Any) -> Any:
        spent.append(len(ids))
        return forward(ids, *args, **options)

    monkeypatch.setattr(model.network, "forward", counting)
    reply = explain(model, context.before, " the", alternatives=False)
    assert sum(spent) <= explanation.BUDGET + 24
    assert max(spent) <= 24, "a completion waits for one pass at most"
    window = context.window()
    assert reply.influences[0].start == len(context.before) - len(window)
    assert len(reply.influences) == len(window.split())
    assert any(each.shared for each in reply.influences)
    assert not any(each.shared for each in reply.influences[-8:])


def test_a_place_that_was_not_read_is_read_from_near_by(model: LanguageModel) -> None:
    model.forget()
    reply = explain(model, LONG[:5000], " the")
    assert reply.words[0].p > 0
    assert all(each.start > 4000 for each in reply.influences)


def test_completion_goes_on_undisturbed(model: LanguageModel) -> None:
    completer, context = Completer(), Context(LONG[:3000])
    first = drive(completer(model, Complete(1, context)))[1].suggestion
    before = model.session(SESSION).prefix
    passes = model.session(SESSION).passes
    steps: Iterator[Any] = Explainer(completer)(model, Explain(2, context, " the"))
    for _ in range(5):  # and then the writer goes on
        next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert model.session(SESSION).prefix == before
    assert model.session(SESSION).passes == passes
    assert drive(completer(model, Complete(3, context)))[1].suggestion == first


def test_completion_goes_first_whatever_is_being_explained(model: LanguageModel) -> None:
    completer, predictor = Completer(), Predictor()
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    said: list[Reply] = []
    final: list[type[Reply]] = []

    def reply(each: Reply) -> None:
        said.append(each)
        if each.final:
            final.append(type(each))
        if len(final) == 3:
            inbox.put(Stop())

    features = {Explain: Explainer(completer), Complete: completer, PredictRest: predictor}
    loop = Loop(reply, lambda: features, model)  # type: ignore[arg-type, return-value]
    loop._loaded = features  # type: ignore[assignment]
    inbox.put(PredictRest(1, LONG[:600]))
    inbox.put(Explain(2, Context(FOX), " dog"))
    inbox.put(Complete(3, Context("Thank you very mu")))
    loop.serve(inbox)
    assert final == [Suggested, Explained, Predicted]


@pytest.mark.parametrize(("before", "text", "words"), [
    ("", "Hello", 1), ("", "   ", 0), ("Good", "", 0), ("One.\n", "\nTwo 👍🏽 naïve", 3),
    ("我们今天去", "公园", 2),    ("a", "\ud800", 1), ("x" * 3000, " y", 1),
])  # fmt: skip
def test_odd_texts_are_explained_too(model: LanguageModel, before: str, text: str, words: int) -> None:
    found = explain(model, before, text)
    assert len(found.words) == words
    assert all(0 <= each.p <= 1 and each.rank >= 1 for each in (*found.words, *found.tokens))
    assert all(math.isfinite(each.weight) for each in found.influences)


def test_units() -> None:
    assert [(u.lead, u.start, u.end) for u in units(" so it,\n\nis")] == [
        (0, 1, 3), (3, 4, 6), (6, 6, 7), (9, 9, 11)
    ]  # fmt: skip
