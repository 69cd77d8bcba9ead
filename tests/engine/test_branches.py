"""Branches that grow side by side say what each of them would say alone."""

from __future__ import annotations

import pytest
import tiny_models
import torch
from tiny_models import Subject, drive

from gpt_assistant.engine import branches as module
from gpt_assistant.engine.branches import Branches, Twig
from gpt_assistant.engine.network import TransformersNetwork
from gpt_assistant.engine.session import Session

PREFIX = [(5 * i * i + 2 * i) % tiny_models.SIZE for i in range(20)]


@pytest.fixture(params=["lean", "gemma3"])
def subject(request: pytest.FixtureRequest) -> Subject:
    torch.set_num_threads(1)
    if request.param == "lean":
        network = tiny_models.cached_lean_network("llama", torch.float32)
        return Subject("lean", network, tiny_models.cached_rounded("llama", True), nats=0.005)
    model = tiny_models.cached_model("gemma3")
    return Subject("gemma3", TransformersNetwork(model), model, apart=1e-4)


def test_each_is_what_it_would_be_alone(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """With branches that end on the way, so that their keys are given back."""
    monkeypatch.setattr(module, "_SLACK", 5)
    session = Session(subject.network)
    drive(session.read(PREFIX))
    before = session.log_probabilities().clone()
    branches = Branches(session)
    twigs = [Twig()] * 4
    for step in range(9):
        alive = 4 - step // 3
        grown = [(twig, (31 * i + 17 * step) % tiny_models.SIZE) for i, twig in enumerate(twigs[:alive])]
        twigs, log_p = drive(branches.extend(grown))
        assert len(twigs) == len(log_p) == alive
        for twig, row in zip(twigs, log_p, strict=True):
            subject.check([*PREFIX, *twig.tokens], row)
    branches.close()
    drive(session.expand([(3, 4)]))
    subject.check([*PREFIX, 3, 4], session.log_probabilities((3, 4)))
    assert torch.equal(session.log_probabilities(), before)


def test_a_session_goes_on_after_branches_that_were_left(subject: Subject) -> None:
    session = Session(subject.network)
    drive(session.read(PREFIX))
    branches = Branches(session)
    drive(branches.extend([(Twig(), 7), (Twig(), 8)]))
    branches.close()
    drive(session.read([*PREFIX, 9, 10]))
    subject.check([*PREFIX, 9, 10], session.log_probabilities())


def test_room_is_what_the_model_has_left(subject: Subject) -> None:
    session = Session(subject.network)
    drive(session.read(PREFIX))
    assert Branches(session).room == subject.network.max_positions - len(PREFIX) - 1
