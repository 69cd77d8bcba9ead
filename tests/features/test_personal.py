"""What the writer took is counted, kept and forgotten."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from keyring_memory import MemoryKeyring

from gpt_assistant.engine.messages import Forget, Remember, Unlock, Unlocked
from gpt_assistant.features.personal import Personal
from gpt_assistant.storage import vault
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


def test_encrypted_phrases_come_when_the_key_does(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    keys = vault.of(tmp_path)
    keys.turn_on()
    PhraseFile(tmp_path / "phrases.jsonl").add("Tomás Herrera")
    texts = keys.texts()
    vault._of.cache_clear()  # another process, which asks no keyring
    vault.set_patience(0.0)
    asked = memory_keyring.asked
    personal = Personal(PhraseFile(tmp_path / "phrases.jsonl"))
    assert personal.phrases.guess(["Tomás"], "He") is None
    model: Any = None
    last(personal.remember(model, Remember(1, "in the meantime")))
    assert last(personal.unlock(model, Unlock(2, str(tmp_path), texts))) == Unlocked(2)
    assert memory_keyring.asked == asked
    assert PhraseFile(tmp_path / "phrases.jsonl").phrases() == ["Tomás Herrera", "in the meantime"]
    assert personal.phrases.guess(["Tomás"], "He") is not None
    assert "meantime" not in repr(Unlock(2, str(tmp_path), ("meantime",)))
