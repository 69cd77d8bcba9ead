"""Loads the broken models of fuzzed_cases.py, and says what each comes to.

`python fuzzed.py FOLDER` runs all of them in a process that may take only so much memory, and writes a line
of JSON for each: a crash of the interpreter, a panic or a hang would end that process and not the tests'.
`FOLDER` holds the tiny models, by name.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import torch
import transformers  # noqa: F401 (its own memory comes before the limit)
from fuzzed_cases import NATIVE, PLAIN, REFUSED, Case, cases

from gpt_assistant.commands.measure.memory import peak_memory_mb
from gpt_assistant.engine import chat
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.native import library
from gpt_assistant.engine.seq2seq import Seq2Seq
from gpt_assistant.engine.sources import resolve

MEMORY = 10 << 30
"""Bytes of address space for the process: torch alone maps some five, what is loaded a hundred thousand."""


def run(case: Case, bases: Path, work: Path) -> dict[str, Any]:
    """Return what came of a case: "loaded", or the line that refused it; "raised" for anything else."""

    place = work / "model" / case.base
    shutil.rmtree(work / "model", ignore_errors=True)
    place.parent.mkdir(parents=True)
    base = bases / case.base
    shutil.copytree(base, place) if base.is_dir() else shutil.copy(base, place)
    case.change(place)
    began = time.perf_counter()
    outcome, line = "loaded", ""
    try:
        model = load(case.base, place, case.path)
        outcome = "failed"  # what is raised while it is used, the loop catches: see worker.py
        use(model)
        outcome = "loaded"
    except ModelUnavailable as error:
        outcome, line = REFUSED, str(error)
    except BaseException as error:
        outcome = "failed" if outcome == "failed" else "raised"
        line = f"{type(error).__name__}: {error}"
    seconds = round(time.perf_counter() - began, 2)
    return {
        "name": case.name,
        "expected": case.expected,
        "outcome": outcome,
        "line": line,
        "seconds": seconds,
    }


def load(base: str, place: Path, path: str) -> Any:
    """Return a model loaded as the model's process does it."""

    def found() -> Path:
        model = resolve(str(place), offline=True, progress=lambda *_: None, cancelled=lambda: False)
        return model.path

    if base == "marian":
        return Seq2Seq.load(found(), device="cpu")
    kernel = library.kernel
    try:
        library.kernel = kernel if path == NATIVE else lambda: None
        return LanguageModel.load(found(), device="cpu", dtype="float32" if path == PLAIN else "auto")
    finally:
        library.kernel = kernel


def use(model: Any) -> None:

    if not hasattr(model, "warm_up"):
        return
    model.warm_up()
    ids = model.vocabulary.encode("Thank you very much; aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n")
    model.network.forward(ids, model.network.empty_cache())
    chat.prompt(model, [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}])


def main(bases: Path, first: int, step: int) -> None:
    """Write a line for each case whose number is `first`, `first` + `step`…"""

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    torch.set_num_threads(1)
    work = bases / f"work{first}"
    here = [case for case in cases() if (bases / case.base).exists()]
    for case in here[first::step]:
        print(json.dumps({"name": case.name}), file=sys.stderr, flush=True)  # what it was at, if it crashes
        print(json.dumps(run(case, bases, work)), flush=True)
    print(json.dumps({"peak": peak_memory_mb() * 1e6}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
