"""Summaries, rewritings and translations by a server: asked as a model here is, checked, and taken over."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from model_server import Answering, ModelServer, cut_off, model_server, slow_between, status, steady

from gpt_assistant.engine.messages import (
    Length,
    Remote,
    RemoteChanged,
    Rewrite,
    Summarise,
    Translate,
    Writing,
    Written,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.summary import Summariser
from gpt_assistant.features.translation import Translator
from gpt_assistant.settings import Settings

T = TypeVar("T")
GUARD = 60.0
TEXT = (
    "The committee met on Monday to talk about the bridge. It was built in 1962 and has been closed since "
    "March. Repairing it would cost 240,000 pounds, and a new one 900,000 pounds. Most members were for "
    "repairing it. "
    "They will decide on Friday, when the engineer has written his report. "
    "Until then everybody has to take the road by the mill."
)


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def remote(server: ModelServer) -> Iterator[RemoteEngine]:
    engine = RemoteEngine()
    engine.use(Remote(server.address, "steady", patience=5.0))
    yield engine
    engine.close()


def driven(steps: Generator[Any, None, T]) -> tuple[T, list[Any]]:
    said: list[Any] = []
    ends = time.monotonic() + GUARD
    while time.monotonic() < ends:
        try:
            step = next(steps)
        except StopIteration as stop:
            return stop.value, said
        if isinstance(step, Waiting):
            time.sleep(step.seconds)
        elif step is not None:
            said.append(step)
    raise AssertionError("it did not end")


def last_words(asking: Answering) -> str:
    return str(asking.body["messages"][-1]["content"])


def test_a_summary_is_streamed_and_every_sentence_checked(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    server.answer = (
        "The bridge, built in 1962, |is closed.| Repairing it would cost 240,000 pounds.| It fell in 1987."
    )
    written, said = driven(Summariser(remote)(model, Summarise(1, TEXT, Length.SHORT)))
    assert isinstance(written, Written)
    assert written.server
    assert "1962" in written.text
    assert "1987" not in written.text
    assert written.notes == ("One sentence was left out: it named what the text does not have.",)
    assert any("is closed." in reply.text for reply in said if isinstance(reply, Writing))
    first = server.bodies[0]
    assert first["stream"] is True
    assert TEXT[:40] in first["messages"][0]["content"]
    for passage in written.passages:
        assert TEXT[passage.source_start : passage.source_end]


def test_a_rewriting_that_loses_a_number_is_asked_for_again_and_then_left(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    def answer(asking: Answering) -> str:
        return (
            "It was built |and has been closed since March."
            if "1962" in last_words(asking)
            else last_words(asking)
            .rsplit("\n", maxsplit=1)[-1]
            .replace("The committee met", "The committee came together")
        )

    server.answer = answer
    text = "The committee met on Monday. It was built in 1962 and has been closed since March."
    written, _ = driven(Rewriter(remote=remote)(model, Rewrite(1, text, "formal")))
    assert (
        written.text
        == "The committee came together on Monday. It was built in 1962 and has been closed since March."
    )
    assert written.server
    assert "1 of 2 sentences were left as they were" in written.notes[0]
    assert len(server.bodies) == 3  # once for the first sentence, twice for the second


def test_an_instruction_of_ones_own_needs_no_instruct_model_here(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    server.answer = lambda asking: last_words(asking).rsplit("\n", maxsplit=1)[-1].upper()
    text = "the road by the mill is open again."
    written, _ = driven(Rewriter(remote=remote)(model, Rewrite(1, text, "", "Write it in capitals.")))
    assert written.text == text.upper()
    assert "Write it in capitals." in last_words_of(server)


def last_words_of(server: ModelServer) -> str:
    return str(server.bodies[-1]["messages"][-1]["content"])


def test_a_translation_carries_addresses_through(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    answers = {"See": "Voir [1] pour |le plan.", "The": "La route est ouverte."}
    server.answer = lambda asking: answers[last_words(asking)[:3]]
    text = "See https://example.org/map for the map. The road is open."
    written, said = driven(Translator(remote)(model, Translate(1, text, "fr", "en")))
    assert written.text == "Voir https://example.org/map pour le plan. La route est ouverte."
    assert written.server
    assert any(isinstance(reply, Writing) for reply in said)
    assert server.bodies[1]["messages"][-2]["content"].startswith("Voir")  # what stands before, as an example


def test_what_is_personal_is_hidden_and_put_back(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    remote.use(Remote(server.address, "steady", mask=Settings()))
    text = "Please write to anna.berg@example.com before Friday, or call the office of the mill."
    server.answer = lambda asking: last_words(asking).rsplit("\n", maxsplit=1)[-1].replace("Please", "Kindly")
    written, _ = driven(Rewriter(remote=remote)(model, Rewrite(1, text, "formal")))
    assert "anna.berg" not in str(server.bodies)
    assert written.text == text.replace("Please", "Kindly")


def test_an_instruction_is_hidden_too_and_names_are_known_from_before(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    remote.use(Remote(server.address, "steady", mask=Settings()))
    text = "Dear Mrs. Brzozowska, thank you. I asked brzozowska to call."
    order = "Write it as Mr. Bernd Achterberg (b.acht@example.org) would."
    server.answer = lambda asking: last_words(asking).rsplit("\n", maxsplit=1)[-1]
    driven(Rewriter(remote=remote)(model, Rewrite(1, text, "", order)))
    assert "Write it as" in str(server.bodies)
    assert not [word for word in ("rzozowska", "Achterberg", "b.acht") if word in str(server.bodies)]


@pytest.mark.parametrize(
    "fault", [status(500), cut_off, status(401, "no"), status(429, "", Retry_After="60")]
)
def test_the_model_here_takes_over(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine, fault: Any
) -> None:
    server.fault, server.answer = fault, "Something| else."
    alone, _ = driven(Summariser()(model, Summarise(1, TEXT, Length.SHORT)))
    written, said = driven(Summariser(remote)(model, Summarise(1, TEXT, Length.SHORT)))
    assert written.text == alone.text
    assert not written.server
    assert written.notes[0].endswith("The model on this machine wrote this.")
    (news,) = (reply for reply in said if isinstance(reply, RemoteChanged))
    assert not news.server
    asked = len(server.asked)
    again, _ = driven(Rewriter(remote=remote)(model, Rewrite(1, "The road is open.", "formal")))
    assert len(server.asked) == asked, "it was asked again at once"
    assert not again.server


def test_what_a_server_stops_in_the_middle_of_is_gone_on_with_here(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    remote.use(Remote(server.address, "steady", patience=0.5))
    server.answer = lambda asking: last_words(asking).rsplit("\n", maxsplit=1)[-1].replace("met", "gathered")
    server.faults = [steady, slow_between]
    text = "The committee met on Monday. Until then everybody has to utilise the road."
    written, _ = driven(Rewriter(remote=remote)(model, Rewrite(1, text, "simpler")))
    assert written.text.startswith("The committee gathered on Monday.")
    assert written.notes[0].endswith("The model on this machine wrote this.")


def test_a_busy_server_is_tried_again(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    server.faults = [status(503, "", Retry_After="0.2"), status(429)]
    server.answer = "The bridge is closed."
    written, _ = driven(Summariser(remote)(model, Summarise(1, TEXT, Length.LINE)))
    assert written.server
    assert len(server.bodies) == 3


def test_closing_the_request_hangs_up(
    model: LanguageModel, server: ModelServer, remote: RemoteEngine
) -> None:
    def endless(asking: Answering) -> None:
        asking.begin()
        while True:
            asking.send_token("word ")
            time.sleep(0.005)

    server.fault = endless
    steps = Summariser(remote)(model, Summarise(1, TEXT, Length.SHORT))
    ends = time.monotonic() + GUARD
    while not server.bodies and time.monotonic() < ends:
        step = next(steps)
        if isinstance(step, Waiting):
            time.sleep(step.seconds)
    steps.close()
    while not server.hung_up and time.monotonic() < ends:
        time.sleep(0.01)
    assert server.hung_up
