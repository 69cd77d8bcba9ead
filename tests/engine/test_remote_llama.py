"""A server that we did not write: llama-cpp-python's, with the default model's own file.

GPT_ASSISTANT_LLAMA_PYTHON names a Python that has llama-cpp-python[server]; packaging/server/README.md says
how to make one. Without it this is skipped: the package needs a C++ compiler, and minutes.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import MODEL

from gpt_assistant import connections, paths
from gpt_assistant.commands.writing import finish
from gpt_assistant.engine.messages import Complete, Length, Remote, Rewrite, Summarise
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_asking import result_of
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.remote_completion import RemoteCompleter
from gpt_assistant.features.rewrite import Rewriter
from gpt_assistant.features.summary import Summariser
from gpt_assistant.text.context import Context

PYTHON = os.environ.get("GPT_ASSISTANT_LLAMA_PYTHON", "")
SECONDS = 120.0
pytestmark = pytest.mark.skipif(not PYTHON, reason="GPT_ASSISTANT_LLAMA_PYTHON is not set")


@pytest.fixture(scope="module")
def address(default_model: Path) -> Iterator[str]:
    assert default_model
    (file, *_) = sorted(paths.models_folder().rglob("SmolLM2-135M-Instruct.Q4_1.gguf"))
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", str(file), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--n_ctx", "1024", "--logits_all", "True", "--model_alias", MODEL]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


def _wait(port: int) -> None:
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        try:
            with connections.permit("a test"), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def model(default_model: Path) -> LanguageModel:
    return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture
def remote(address: str) -> Iterator[RemoteEngine]:
    engine = RemoteEngine()
    engine.use(Remote(address, MODEL, wait=60.0, patience=60.0))  # what counts here is what it says
    yield engine
    engine.close()


def test_its_models_are_listed(remote: RemoteEngine) -> None:
    assert finish(result_of(remote.models(Remote(remote._used.address)))) == [MODEL]


def test_it_completes_as_the_model_here_does(model: LanguageModel, remote: RemoteEngine) -> None:
    complete = RemoteCompleter(Completer(), remote)
    for before, words in (("The capital of France is ", "Paris"), ("Thank you very much for your ", "help")):
        reply = finish(complete(model, Complete(1, Context(before), eagerness=100)))
        assert reply.server
        assert reply.suggestion.text.startswith(words)
        assert 0 < reply.suggestion.candidates[0].p < 1


def test_it_writes_texts(model: LanguageModel, remote: RemoteEngine) -> None:
    text = "The bridge was built in 1962. It has been closed since March. Repairing it is dear."
    summary = finish(Summariser(remote)(model, Summarise(1, text, Length.SHORT)))
    assert summary.text
    rewriting = finish(Rewriter(remote=remote)(model, Rewrite(2, text, "formal")))
    assert rewriting.text
    assert not remote.breaker.failing
