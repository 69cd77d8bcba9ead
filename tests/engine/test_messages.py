from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from gpt_assistant.engine import messages, worker
from gpt_assistant.engine.messages import Complete, Failed, LoadModel, Reply, Request, Suggested, Suggesting
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion

SUGGESTION = Suggestion(" there", Reason.NONE, (Candidate(" there", 0.5), Candidate(" here", 0.25)))
FILLED = (
    Complete(1, Context("Hello", " and goodbye", 7), 3, 9, 80),
    LoadModel(2, "org/name", "cuda", "float32", 4, True),
    Suggesting(3, SUGGESTION),
    Suggested(4, SUGGESTION, 1.5, 2.5),
    Suggested(5, Suggestion("", Reason.NO_MODEL)),
    Failed(6, "It is broken. Mend it."),
    worker.Cancel(7),
    worker.Stop(),
)


def plain() -> Iterator[Any]:
    """Yield one of every kind of request and reply, as far as possible with its defaults."""
    for kind in vars(messages).values():
        if isinstance(kind, type) and issubclass(kind, Request | Reply):
            yield kind(1)


EVERY = (*plain(), *FILLED)


def test_the_kinds_are_found() -> None:
    assert {Request, Reply, LoadModel, Complete, Suggested, Failed} <= {type(each) for each in EVERY}


@pytest.mark.parametrize("message", EVERY, ids=repr)
def test_crosses_a_process_unchanged(message: Any) -> None:
    again = pickle.loads(pickle.dumps(message))
    assert type(again) is type(message)
    assert again == message
    assert hash(again) == hash(message)


@pytest.mark.parametrize("message", EVERY, ids=repr)
def test_cannot_be_changed(message: Any) -> None:
    assert dataclasses.is_dataclass(message)
    for field in dataclasses.fields(message):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(message, field.name, None)
    assert not hasattr(message, "__dict__"), "a misspelt attribute is an error"


def test_control_goes_before_typing_and_typing_before_all_else() -> None:
    assert LoadModel.priority < Complete.priority
    others = {kind.priority for kind in Request.__subclasses__()} - {LoadModel.priority, Complete.priority}
    assert all(Complete.priority < each for each in {Request.priority, *others})
