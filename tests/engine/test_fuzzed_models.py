"""Broken and malicious model files: each is refused with one line, and nothing of it is run."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import fuzzed_cases
import pytest
import tiny_gguf
import tiny_models
import tiny_seq2seq
from fuzzed_cases import EITHER, REFUSED, Case
from threaded import Worker

from gpt_assistant.engine import sources
from gpt_assistant.engine.messages import Complete, Failed, Loaded, LoadModel, Reply, Suggested
from gpt_assistant.features.registry import features
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Reason

HANG = 500.0
"""Seconds after which the process that loads them all is taken to hang; it takes 20."""
SECONDS = 60.0
"""What a loaded machine may take for what takes a few milliseconds."""
MOST_RESIDENT = 1.5e9
"""Bytes: torch and transformers have half of it, and the tiny models nearly nothing."""

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="pipes, devices and limits of memory are Linux's here"
)


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    for name in ("llama", "llama-untied", "gpt2"):
        tiny_models.saved(name, folder / name)
    tiny_gguf.write(tiny_gguf.build("llama"), "llama", folder / "llama.gguf", quantized=True)
    default = sources.cached("default")
    if default is not None and default.gguf is not None:
        (folder / fuzzed_cases.DEFAULT).symlink_to(default.gguf)
    with pytest.warns(UserWarning, match="sacremoses"):
        tiny_seq2seq.marian(folder / "marian")
    return folder


def environment(bases: Path) -> dict[str, str]:
    tests = Path(__file__).parents[1]
    path = (tests.parent, tests, tests / "engine")
    return os.environ | {
        "FUZZ_MARKER": str(bases / "executed"),
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "GPT_ASSISTANT_HOME": str(bases / "home"),
        "GPT_ASSISTANT_MODELS": str(bases / "models"),
    }


@pytest.fixture(scope="module")
def outcomes(bases: Path) -> list[dict[str, Any]]:
    """Load all of them in one process, as the model's process would, in little memory."""
    command = [
        sys.executable,
        "-X",
        "faulthandler",
        str(Path(__file__).with_name("fuzzed.py")),
        str(bases),
        "0",
        "1",
    ]
    done = subprocess.run(
        command, env=environment(bases), capture_output=True, text=True, timeout=HANG, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_there_are_enough_of_them() -> None:
    all_cases = list(fuzzed_cases.cases())
    assert len(all_cases) >= 200
    assert max(Counter(case.name for case in all_cases).values()) == 1
    assert sum(case.expected == REFUSED for case in all_cases) >= 200


def test_each_is_refused_with_one_line(outcomes: list[dict[str, Any]]) -> None:
    wrong = [row for row in outcomes if row.get("expected") == REFUSED and row["outcome"] != REFUSED]
    assert not wrong
    for row in outcomes:
        if row.get("outcome") == REFUSED:
            assert 20 < len(row["line"]) < 500, row
            assert "\n" not in row["line"], row
            assert any(word in row["line"] for word in ("fetch", "Choose", "choose")), row


def test_what_may_be_harmless_ends_well_too(outcomes: list[dict[str, Any]]) -> None:
    """A change at random may leave a model that works; its use may fail later, but never end the process."""
    rows = [row for row in outcomes if row.get("expected") == EITHER]
    assert {row["outcome"] for row in rows} <= {REFUSED, "loaded", "failed"}
    # Where a pattern without end meets the text it was made for, the library gives up by itself.
    assert [row["name"] for row in rows if row["outcome"] == "failed"] == [
        "llama: a template of a regular expression that never ends"
    ]


def test_nothing_is_run_and_no_memory_taken(outcomes: list[dict[str, Any]], bases: Path) -> None:
    assert not (bases / "executed").exists()
    assert outcomes[-1]["peak"] < MOST_RESIDENT


def test_no_refused_file_is_kept(outcomes: list[dict[str, Any]], bases: Path) -> None:
    assert outcomes
    assert (bases / "models").is_dir()
    assert not [path for path in (bases / "models").iterdir() if path.name.endswith(".partial")]


def chosen() -> list[Case]:
    wanted = (
        "pickle as safetensors",
        "a NaN in q_proj",
        "hidden_size huge",
        "tokenizer pickled",
        "a matrix cut",
    )
    found = [case for case in fuzzed_cases.cases() if case.name.removeprefix("llama: ") in wanted]
    assert len(found) == len(wanted)
    return [*found, *(case for case in fuzzed_cases.cases() if case.name == "gpt2: positions of gigabytes")]


def test_the_model_before_goes_on_answering(
    bases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the window: a model serves, a broken one is chosen, and the first goes on."""
    monkeypatch.setenv("FUZZ_MARKER", str(tmp_path / "executed"))
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    worker = Worker(replies.put, features)

    def ask(request: LoadModel | Complete) -> Reply:
        worker.submit(request)
        while True:
            reply = replies.get(timeout=SECONDS)
            if reply.id == request.id and reply.final:
                return reply

    try:
        good = tiny_models.saved("llama", tmp_path / "good")
        assert isinstance(ask(LoadModel(1, str(good), "cpu")), Loaded)
        for number, case in enumerate(chosen(), start=1):
            bad = tmp_path / f"bad{number}"
            tiny_models.saved(case.base, bad)
            case.change(bad)
            failed = ask(LoadModel(10 * number, str(bad), "cpu"))
            assert isinstance(failed, Failed), case.name
            assert failed.text
            assert "\n" not in failed.text
            answer = ask(Complete(10 * number + 1, Context("Thank you very much for your ")))
            assert isinstance(answer, Suggested), case.name
            assert answer.suggestion.reason is not Reason.NO_MODEL
    finally:
        assert worker.stop(SECONDS)
    assert not (tmp_path / "executed").exists()
