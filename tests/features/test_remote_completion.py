"""Completion by a server: what it is asked, what of its answer is shown, and what happens when it fails.

The local model is the default one. Nothing is timed but against the waits that the product promises.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driven import drive
from model_server import FAULTS, Answering, Handler, ModelServer, certificate, model_server, status

from gpt_assistant.engine.messages import Complete, Remote, RemoteChanged, Suggested
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.resolving import Waiting
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.remote_completion import RemoteCompleter
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context

BEFORE = "We were out of bread, so in the morning I went to the"
SURE = "Thank you for your letter. I am looking forward to hearing from "
GUARD = 20.0  # seconds that a loaded machine may take for anything


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    loaded = LanguageModel.load(default_model, device="cpu")
    loaded.warm_up()
    return loaded


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


class Completing:
    """A completer with a server, driven to the end of each request."""

    def __init__(self, model: LanguageModel, address: str, **more: Any) -> None:
        self.model, self.remote = model, RemoteEngine()
        self.said: list[object] = []
        self.use(address, **more)
        self._complete = RemoteCompleter(Completer(), self.remote)

    def use(self, address: str, **more: Any) -> None:
        self.remote.use(Remote(address, **({"model": "steady", "wait": 0.5} | more)))
        if (
            self.remote.remote is not None and not self.remote.remote.offline
        ):  # the first key's time is not the test's
            self.remote._thread.run(self.remote._connection.prepare()).result(GUARD)

    def __call__(self, before: str, after: str = "", **more: Any) -> Suggested:
        steps = self._complete(self.model, Complete(1, Context(before, after), **more))
        self.said = []
        ends = time.monotonic() + GUARD
        while time.monotonic() < ends:
            try:
                step = next(steps)
            except StopIteration as stop:
                reply: Suggested = stop.value
                return reply
            if isinstance(step, Waiting):
                time.sleep(step.seconds)
            elif step is not None:
                self.said.append(step)
        raise AssertionError("it did not end")

    @property
    def news(self) -> list[RemoteChanged]:
        return [said for said in self.said if isinstance(said, RemoteChanged)]


Making = Callable[..., Completing]


@pytest.fixture
def making(model: LanguageModel) -> Iterator[Making]:
    made: list[Completing] = []

    def make(address: str, **more: Any) -> Completing:
        made.append(Completing(model, address, **more))
        return made[-1]

    yield make
    for completing in made:
        completing.remote.close()


@pytest.fixture
def completing(making: Making, server: ModelServer) -> Completing:
    return making(server.address)


# What the server is asked


def test_the_server_goes_on_from_the_beginning_of_the_word(
    completing: Completing, server: ModelServer
) -> None:
    server.answer = " the| store| and| then| home|."
    reply = completing(BEFORE)
    assert reply.server == f"steady · {server.address[7:-3]}"
    assert reply.suggestion.text.startswith(" store and then home")
    (body,) = server.bodies
    assert body["prompt"] == BEFORE.removesuffix(" the")
    assert body["model"] == "steady"
    assert body["stream"] is True
    assert body["logprobs"] == 5


def test_a_half_typed_word_goes_on_as_it_is_typed(completing: Completing, server: ModelServer) -> None:
    server.answer = " bak|ery| and| bought| bread|."
    reply = completing(BEFORE + " bake")
    assert reply.suggestion.text.startswith("ry")
    assert server.bodies[0]["prompt"] == BEFORE


def test_another_beginning_that_fits_is_followed(completing: Completing, server: ModelServer) -> None:
    def answer(asking: Answering) -> str:
        return "ket| and| bought| bread|." if asking.body["prompt"].endswith(" mar") else " store| and|."

    server.answer = answer
    server.tops = {" store": {" mar": -2.0, " shop": -3.0, " st": -6.0}}
    server.log_p = -0.2
    reply = completing(BEFORE + " ma")
    assert reply.server
    assert reply.suggestion.text.startswith("rket")
    assert [body["prompt"][-4:] for body in server.bodies] == [" the", " mar"]


def test_what_does_not_begin_as_typed_is_not_shown(completing: Completing, server: ModelServer) -> None:
    server.answer = " zoo| and| back|."
    reply = completing(BEFORE + " gro")
    assert not reply.server
    assert not reply.suggestion.text.startswith("zoo")


def test_an_unlikely_word_is_left_to_the_model_here(completing: Completing, server: ModelServer) -> None:
    server.log_p = -4.0
    assert not completing(BEFORE).server


def test_without_probabilities_less_is_shown(completing: Completing, server: ModelServer) -> None:
    server.answer, server.probabilities = " the| store| and| then| home|.", False
    reply = completing(BEFORE)
    assert reply.server
    assert len(reply.suggestion.text.split()) <= 2
    assert not completing(BEFORE, " and came home late.").server


def test_a_server_that_refuses_probabilities_is_asked_without(
    completing: Completing, server: ModelServer
) -> None:
    server.answer = " the| store| and| then| home|."
    server.faults = [status(400, "logprobs is not supported for models created with logits_all=False")]
    assert completing(BEFORE).server
    assert completing(BEFORE + " sto").suggestion is not None
    assert ["logprobs" in body for body in server.bodies] == [True, False, False]


def test_a_server_that_only_talks_is_asked_in_a_talk(completing: Completing, server: ModelServer) -> None:
    server.answer = "the| store| and"
    server.faults = [status(404)]
    assert not completing(BEFORE).server
    completing.use(server.address)
    completing.remote._ways.completions = False
    reply = completing(BEFORE)
    assert reply.server
    assert reply.suggestion.text == " store"
    assert BEFORE.removesuffix(" the") in server.bodies[-1]["messages"][-1]["content"]


def test_what_follows_is_not_said_again(completing: Completing, server: ModelServer) -> None:
    server.answer = " the| store| and| then| home|."
    reply = completing(BEFORE, " store")
    assert not (reply.server and reply.suggestion.text.startswith(" store"))


def test_nothing_is_asked_inside_a_word_or_offline(completing: Completing, server: ModelServer) -> None:
    completing(BEFORE, "sis of it")
    completing.use(server.address, offline=True)
    assert not completing(BEFORE).server
    completing.use(server.address, completion=False)
    assert not completing(BEFORE).server
    assert not server.asked


# What must stay here


MASKED = Settings(remote_mask=True)


@pytest.mark.parametrize(
    "before",
    ["Please pay it to DE89 3704 ", "My card is 4012 8888 8", "Write to mia.holl", "Write to mia.holl@exam"],
)
def test_half_a_number_or_address_is_not_sent(making: Making, server: ModelServer, before: str) -> None:
    assert not making(server.address, mask=MASKED)(before).server
    sent = json.dumps(server.bodies)
    assert not any(word in sent for word in ("3704", "4012", "holl", "exam"))


def test_half_a_name_is_not_sent(making: Making, server: ModelServer) -> None:
    server.answer = "Kowalska"
    server.tops = {"Kowalska": {" Kow": -0.1}}
    completing = making(server.address, mask=MASKED)
    for talks in (False, True):
        completing.remote._ways.completions = not talks
        completing("Thank you all for coming. Dear Mrs. Kowalcz")
        completing("My name is Agnieszka Kowalcz")
    assert server.bodies
    assert "Kowalcz" not in json.dumps(server.bodies)
    assert " Kow" not in json.dumps(server.bodies)


def test_half_a_common_word_is(making: Making, server: ModelServer) -> None:
    completing = making(server.address, mask=MASKED)
    completing.remote._ways.completions = False
    completing(BEFORE + " sto")
    assert '"sto"' in server.bodies[-1]["messages"][-1]["content"]


# When it fails


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_fault_ends_in_a_suggestion_of_the_model_here(
    completing: Completing, server: ModelServer, fault: Handler
) -> None:
    server.fault = fault
    server.answer = " the| store| and| then| home|."
    for _ in range(3):  # one answer that is late is nothing; three are
        if not completing.remote.breaker.open:
            reply = completing(SURE)
            assert not reply.server
            assert reply.suggestion.text == "you"
    if fault is FAULTS["no UTF-8"]:  # an answer, though one of no use
        return
    assert completing.remote.breaker.open
    asked = len(server.asked)
    assert completing(SURE).suggestion.text == "you"
    assert len(server.asked) == asked, "it was asked again at once"


def test_it_is_said_once_and_taken_back(completing: Completing, server: ModelServer) -> None:
    server.answer = " the| store| and| then| home|."
    server.faults = [status(500, "CUDA error")]
    completing(BEFORE)
    (news,) = completing.news
    assert not news.server
    assert "has a problem of its own (500)" in news.text
    assert "The model on this machine answers meanwhile." in news.text
    completing(BEFORE)
    assert not completing.news
    completing.remote.breaker._until = 0.0  # the pause is over
    reply = completing(BEFORE)
    assert reply.server
    (news,) = completing.news
    assert news.server == reply.server
    assert not news.text


def test_a_server_that_asks_for_time_gets_it(completing: Completing, server: ModelServer) -> None:
    server.faults = [status(429, "slow down", Retry_After="1000")]
    completing(BEFORE)
    breaker = completing.remote.breaker
    assert breaker._until - breaker.clock() > 900


def test_nobody_listens(making: Making) -> None:
    with model_server() as gone:
        address = gone.address
    completing = making(address)
    reply = completing(SURE)
    assert not reply.server
    assert reply.suggestion.text
    assert "does not answer. Is it running?" in completing.news[0].text


def test_a_name_that_is_not_found(making: Making) -> None:
    completing = making("https://no-such-host.invalid/v1")
    assert not completing(SURE).server
    assert completing.remote.breaker.failing or completing.remote._used


@pytest.mark.parametrize(
    ("host", "days", "trusted", "line"),
    [
        ("127.0.0.1", (-1, 30), False, "is not trusted"),
        ("127.0.0.1", (-30, -1), True, "is out of date"),
        ("elsewhere.example", (-1, 30), True, "is for another name"),
    ],
)
def test_a_certificate_that_is_not_right(
    making: Making, tmp_path: Path, host: str, days: tuple[int, int], trusted: bool, line: str
) -> None:
    pytest.importorskip("cryptography")
    context, path = certificate(tmp_path, host=host, days=days)
    with model_server(context) as server:
        completing = making(server.address, authority=str(path) if trusted else "", wait=0.8)
        reply = completing(SURE)
        assert not reply.server
        assert reply.suggestion.text
        assert not server.asked
        assert line in completing.news[0].text


def test_an_authority_of_ones_own_is_trusted(making: Making, tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    context, path = certificate(tmp_path)
    with model_server(context) as server:
        server.answer = " the| store| and| then| home|."
        completing = making(server.address, authority=str(path), wait=5.0)
        assert completing(SURE).server


def test_a_request_that_is_given_up_hangs_up(completing: Completing, server: ModelServer) -> None:
    server.fault = endless_tokens
    steps = completing._complete(completing.model, Complete(1, Context("")))
    steps.close()
    completing(BEFORE, max_words=1)
    ends = time.monotonic() + GUARD
    while not server.hung_up and time.monotonic() < ends:
        time.sleep(0.01)
    assert server.hung_up


def endless_tokens(asking: Answering) -> None:
    asking.begin()
    while True:
        asking.send_token(" the")
        time.sleep(0.005)


# When it is exchanged for another


@pytest.mark.parametrize("again", [True, False])
def test_a_server_taken_meanwhile_is_not_blamed_and_gets_nothing(
    completing: Completing, server: ModelServer, again: bool
) -> None:
    """A key of its own or other settings close the connection that is being answered by."""
    server.fault = FAULTS["a stop between tokens"]
    steps = completing._complete(completing.model, Complete(1, Context(SURE)))
    while not server.asked:
        if isinstance(step := next(steps), Waiting):
            time.sleep(step.seconds)
    with model_server() as other:
        if again:
            completing.use(other.address)
        else:
            completing.remote.use(None)
        said, reply = drive(steps)
        assert not any(isinstance(each, RemoteChanged) for each in said)
        assert not reply.server
        assert reply.suggestion.text == "you"
        assert not completing.remote.breaker.failing
        assert not completing.remote.problem
        assert not other.asked
