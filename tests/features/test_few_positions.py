"""Models of few positions: a long text is read in part, and nothing fails."""

from __future__ import annotations

import pytest
from driven import drive
from engine.tiny_models import saved

from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import (
    Complete,
    Explain,
    Explained,
    Predict,
    Predicted,
    Request,
    Suggested,
    Summarise,
    Translate,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.candidates import narrowed
from gpt_assistant.features.completion import SESSION, Completer
from gpt_assistant.features.explanation import Explainer
from gpt_assistant.features.predictability import Predictor
from gpt_assistant.features.registry import features
from gpt_assistant.text.context import Context

TEXTS = (
    "The river was wide, and nobody in the village remembered the bridge. " * 60 + "The riv",
    "那座山上的天气很好，我很高兴收到你的来信。" * 150,
    "word" * 900,
)


@pytest.fixture(scope="module", params=["llama", "gpt2"])  # our own passes, and those of transformers
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return LanguageModel.load(saved(request.param, tmp_path_factory.mktemp("model")), device="cpu", threads=1)


@pytest.mark.parametrize("text", TEXTS)
def test_completion_reads_what_fits(model: LanguageModel, text: str) -> None:
    reply = drive(Completer()(model, Complete(1, Context(text, "\n"), eagerness=100)))[1]
    assert isinstance(reply, Suggested)
    session = model.session(SESSION)
    assert 0 < len(session.prefix) <= session.room


def test_the_next_key_finds_most_of_it_read(model: LanguageModel) -> None:
    vocabulary, room = model.vocabulary, model.session(SESSION).room
    starts = set()
    for end in range(len(TEXTS[0]) - 30, len(TEXTS[0])):
        window = narrowed(vocabulary, Context(TEXTS[0][:end]), room).before
        starts.add(end - len(window))
        assert len(window) > 10
    assert len(starts) < 10


@pytest.mark.parametrize("text", TEXTS)
def test_all_of_a_text_is_measured(model: LanguageModel, text: str) -> None:
    reply = drive(Predictor()(model, Predict(1, text[:1500], text[1500:2500])))[1]
    assert isinstance(reply, Predicted)
    assert reply.words[0].start < 5
    assert reply.words[-1].end > 1480


def test_a_suggestion_is_explained(model: LanguageModel) -> None:
    reply = drive(Explainer(Completer())(model, Explain(1, Context(TEXTS[0]), "er was wide")))[1]
    assert isinstance(reply, Explained)
    assert len(reply.words) == 3


@pytest.mark.parametrize("request_", [Summarise(1, TEXTS[0]), Translate(1, TEXTS[0], "fr", "en")])
def test_what_needs_more_room_is_refused_in_one_line(model: LanguageModel, request_: Request) -> None:
    with pytest.raises(ModelUnavailable, match=r"^This model reads 159 tokens at once, and \d+ were needed"):
        drive(features()[type(request_)](model, request_))


def test_what_fits_is_left_as_it_is(model: LanguageModel) -> None:
    context = Context("Thank you very much for your letter.", "", 7)
    assert narrowed(model.vocabulary, context, model.session(SESSION).room) is context
