"""`gpt-assistant remote`, and the commands that a server answers, on the real command line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, model_server, status

from gpt_assistant.cli import main
from gpt_assistant.commands import remote

BEFORE = "We were out of bread, so in the morning I went to the"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        running.answer = " the| store| and| then| home|."
        yield running


def run(server: ModelServer, *arguments: str) -> int:
    return main([*arguments, "--remote-address", server.address, "--remote-model", "steady"])


def test_models_and_a_test(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(server, "remote", "models") == 0
    assert capsys.readouterr().out == "other\nsteady\n"
    assert run(server, "remote", "test", "--json") == 0
    tested = json.loads(capsys.readouterr().out)
    assert tested["probabilities"] is True
    assert tested["text"] == " the store and then home."


def test_a_key_is_kept_used_and_deleted(
    server: ModelServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-key\n"))
    assert run(server, "remote", "key") == 0
    assert "a-key" not in capsys.readouterr().out
    run(server, "remote", "models")
    assert server.asked[-1][2]["authorization"] == "Bearer a-key"
    assert run(server, "remote", "forget-key") == 0
    run(server, "remote", "models")
    assert "authorization" not in server.asked[-1][2]


def test_a_failure_is_one_line(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.fault = status(401, "no")
    assert run(server, "remote", "test") == 2
    assert "refuses the key" in capsys.readouterr().err


def test_a_server_completes_for_one_run(
    server: ModelServer, default_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert default_model
    assert run(server, "complete", BEFORE + " ", "--remote-wait", "800", "--eagerness", "100") == 0
    assert capsys.readouterr().out
    assert server.bodies
    assert main(["complete", "Thank you very much for your he"]) == 0
    assert len(server.bodies) == 1, "it is not kept for the next run"


def test_what_a_terminal_would_obey_is_shown_as_its_number() -> None:
    """Names of models are the server's."""
    assert remote._lines({"model": "gpt\x1b[2J"}) == ["model: gptU+001B[2J"]
