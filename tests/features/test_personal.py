"""What the writer took is counted, kept and forgotten."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from gpt_assistant.engine.messages import Forget, Remember
from gpt_assistant.features.personal import Personal
from gpt_assistant.storage.phrasefile import PhraseFile


def last(steps: Generator[None, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def test_remembered_counted_kept_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "phrases.jsonl"
    personal = Personal(PhraseFile(path))
    model: Any = None  # neither asks the model
    assert last(personal.remember(model, Remember(7, "met Tomás Herrera"))).count == 1
    assert last(personal.remember(model, Remember(8, " "))).count == 1, "nothing to learn from"
    guess = Personal(PhraseFile(path)).phrases.guess(["Tomás"], "He")
    assert guess is not None
    assert guess.word == "Herrera"
    reply = last(personal.forget(model, Forget(9)))
    assert reply.id == 9
    assert not path.exists()
    assert personal.phrases.guess(["Tomás"], "He") is None
