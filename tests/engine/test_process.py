"""The model's process, for real: loading, answering, ending, being killed, being left alone."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_models

from gpt_assistant import paths
from gpt_assistant.engine.messages import (
    Cancelled,
    Complete,
    Ended,
    Failed,
    Hidden,
    Loaded,
    LoadModel,
    Mask,
    Reply,
    Suggested,
    Summarise,
    Unlock,
)
from gpt_assistant.engine.process import ModelProcess, _environment
from gpt_assistant.engine.worker import Cancel
from gpt_assistant.storage import vault
from gpt_assistant.storage.masked_words import ALWAYS, masked_words
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Reason, Suggestion

SECONDS = 60.0
FEATURES = "gpt_assistant.features.registry:features"
unix = pytest.mark.skipif(os.name != "posix", reason="kills as Unix does")


class Talk:
    """A process, and what it says."""

    def __init__(self, features: str = FEATURES) -> None:
        self.said: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.process = ModelProcess(self.said.put, features)

    def final(self, identity: int) -> Reply:
        while True:
            reply = self.said.get(timeout=SECONDS)
            if reply.id == identity and (reply.final or isinstance(reply, Ended)):
                return reply

    def load(self, identity: int, folder: Path) -> Reply:
        self.process.submit(LoadModel(identity, str(folder), "cpu", threads=1, offline=True))
        return self.final(identity)


@pytest.fixture
def talk() -> Iterator[Talk]:
    made = Talk()
    yield made
    made.process.stop(0.1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.saved("llama", tmp_path_factory.mktemp("process") / "tiny")


def test_answers_before_and_after_a_model_is_loaded(talk: Talk, folder: Path) -> None:
    talk.process.submit(Complete(1, Context("Thank you")))
    assert talk.final(1) == Suggested(1, Suggestion("", Reason.NO_MODEL))
    loaded = talk.load(2, folder)
    assert isinstance(loaded, Loaded)
    assert loaded.name == "tiny"
    talk.process.submit(Complete(3, Context("Thank you very mu"), eagerness=100))
    found = talk.final(3)
    assert isinstance(found, Suggested)
    assert found.ms_total > 0
    assert talk.process.running
    assert talk.process.stop(SECONDS)
    assert not talk.process.running
    assert talk.process.stop(), "again does no harm"


@unix
def test_a_kill_fails_what_is_open_and_the_next_request_starts_another(talk: Talk, folder: Path) -> None:
    assert isinstance(talk.load(1, folder), Loaded)
    first = talk.process.pid
    os.kill(first, signal.SIGSTOP)  # so that the request is open for certain
    talk.process.submit(Complete(2, Context("Thank you")))
    os.kill(first, signal.SIGKILL)
    failed = talk.final(2)
    assert isinstance(failed, Failed)
    assert "SIGKILL" in failed.text
    ended = talk.final(0)
    assert isinstance(ended, Ended)
    assert "SIGKILL" in ended.text
    assert not talk.process.running
    talk.process.submit(Cancel(2))
    assert not talk.process.running, "nothing to cancel"
    assert isinstance(talk.load(3, folder), Loaded)
    assert talk.process.pid not in (0, first)


@unix
def test_a_native_crash_is_named_and_where_it_was_goes_to_standard_error() -> None:
    script = (
        "import os, queue, signal\n"
        "from gpt_assistant.engine.messages import Complete\n"
        "from gpt_assistant.engine.process import ModelProcess\n"
        "said = queue.SimpleQueue()\n"
        f"process = ModelProcess(said.put, {FEATURES!r})\n"
        "process.submit(Complete(1))\n"
        "said.get()\n"
        "os.kill(process.pid, signal.SIGSEGV)\n"
        "print(said.get().text)\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert "SIGSEGV" in done.stdout
    assert "Fatal Python error: Segmentation fault" in done.stderr


def test_a_step_that_takes_too_long_is_ended_by_force(folder: Path) -> None:
    talk = Talk("engine.stuck:features")
    assert isinstance(talk.load(1, folder), Loaded)
    talk.process.submit(Complete(2, Context("Thank you")))
    assert talk.said.get(timeout=SECONDS).id == 2
    time.sleep(0.5)  # by now it is inside the step that does not end
    began = time.monotonic()
    assert not talk.process.stop(0.2)
    assert time.monotonic() - began < SECONDS / 2
    assert not talk.process.running


def test_features_that_cannot_be_imported_are_one_line(folder: Path) -> None:
    talk = Talk("engine.no_such_module:features")
    failed = talk.load(1, folder)
    assert isinstance(failed, Failed)
    assert "no_such_module" in failed.text
    assert talk.process.stop(SECONDS)


def test_megabytes_cross_and_the_request_returns_at_once(talk: Talk) -> None:
    text = "word " * 4_000_000
    began = time.monotonic()
    talk.process.submit(Summarise(1, text))
    assert time.monotonic() - began < 1.0, "twenty megabytes do not hold the caller up"
    assert isinstance(talk.final(1), Failed), "there is no model yet"
    talk.process.submit(Cancel(1))
    talk.process.submit(Complete(2))
    assert isinstance(talk.final(2), Suggested)


def test_stopping_cancels_what_is_open(talk: Talk, tmp_path: Path) -> None:
    fifo = tmp_path / "model.gguf"
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes")
    os.mkfifo(fifo)  # opening it waits for ever
    talk.process.submit(LoadModel(1, str(fifo), "cpu", offline=True))
    talk.said.get(timeout=SECONDS)  # it has begun
    assert talk.process.stop(SECONDS)
    replies = [talk.said.get() for _ in range(talk.said.qsize())]
    assert all(isinstance(reply, Cancelled | Failed) for reply in replies if reply.final), replies


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there")
@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (None, "glibc.malloc.hugetlb=1"),
        ("glibc.malloc.perturb=0", "glibc.malloc.perturb=0:glibc.malloc.hugetlb=1"),
        ("glibc.malloc.hugetlb=0", "glibc.malloc.hugetlb=0"),
    ],
)
def test_large_pages_are_asked_for_unless_somebody_has_chosen(
    given: str | None, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if given is not None:
        monkeypatch.setenv("GLIBC_TUNABLES", given)
    assert _environment()["GLIBC_TUNABLES"] == wanted


def test_each_process_gets_the_keys_of_what_is_encrypted(talk: Talk) -> None:
    """One that was started by whatever came first after a rest could not read the writer's words."""
    keys = vault.of(paths.data_folder())
    keys.turn_on()
    masked_words().put("Zwickelmayer", ALWAYS)
    talk.process.submit(Unlock(1, str(keys.folder), keys.texts()))
    for identity in (2, 3):
        talk.process.submit(Mask(identity, "From Zwickelmayer."))
        hidden = talk.final(identity)
        assert isinstance(hidden, Hidden)
        assert hidden.masked.text == "From [WORD_1]."
        talk.process.rest()
        assert not talk.process.running


@unix
def test_the_process_ends_with_the_one_that_started_it() -> None:
    script = (
        "import sys, time\n"
        "from gpt_assistant.engine.process import ModelProcess\n"
        f"process = ModelProcess(print, {FEATURES!r})\n"
        "print(process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    window = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert window.stdout is not None
    pid = int(window.stdout.readline())
    assert _alive(pid)
    window.kill()
    window.wait()
    window.stdout.close()
    end = time.monotonic() + SECONDS
    while _alive(pid):
        assert time.monotonic() < end, "it outlived its window"
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" not in status.read_text()
