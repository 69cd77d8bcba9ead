"""The same tokens in other engines, in turns with ours: ratios within one run, for machines are noisy.

Every engine gets as many threads as ours has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import torch

from gpt_assistant.commands.measure.engine import DECODE_TOKENS, PREFILL_TOKENS, OurEngine, Workload
from gpt_assistant.commands.measure.statistics import Figures, alternating
from gpt_assistant.engine.model import LanguageModel

PEERS = ("llama-cpp", "transformers")


class PeerMissing(Exception):  # noqa: N818 (named for what happened)
    """The peer cannot be run; the text is one line that says what to do."""


class Peer(Protocol):
    """An engine that runs the workload."""

    def prefill(self) -> None:
        """Read the prompt into an empty cache."""

    def decode(self) -> None:
        """Run the further tokens one at a time behind the prompt."""


class LlamaCpp:
    """llama-cpp-python on the GGUF file that the model was converted from."""

    def __init__(self, gguf: Path, work: Workload, threads: int) -> None:
        try:
            from llama_cpp import Llama  # noqa: PLC0415 (an optional package)
        except ImportError as error:
            raise PeerMissing("llama-cpp-python is not installed: pip install llama-cpp-python") from error
        self._work = work
        self._llama: Any = Llama(
            str(gguf), n_ctx=512, n_batch=PREFILL_TOKENS, n_threads=threads, n_threads_batch=threads,
            verbose=False,
        )  # fmt: skip

    def prefill(self) -> None:
        """Read the prompt."""
        self._llama.reset()
        self._llama.eval(self._work.prompt)

    def decode(self) -> None:
        """Run the further tokens behind the prompt."""
        self._llama.n_tokens = PREFILL_TOKENS
        for token in self._work.further:
            self._llama.eval([token])


class Transformers:
    """Plain generate() of transformers in float32, as its documentation has it."""

    def __init__(self, folder: Path, work: Workload) -> None:
        from transformers import AutoModelForCausalLM  # noqa: PLC0415 (seconds)

        self._work = work
        maker: Any = AutoModelForCausalLM
        self._model = maker.from_pretrained(folder, dtype=torch.float32).eval()
        self._prompt = torch.tensor([work.prompt])

    def prefill(self) -> None:
        """Read the prompt and make one token."""
        self._generate(1)

    def decode(self) -> None:
        """Read the prompt and make as many tokens as the workload has; prefill is taken off later."""
        self._generate(DECODE_TOKENS + 1)

    def _generate(self, count: int) -> None:
        with torch.inference_mode():
            self._model.generate(
                self._prompt, attention_mask=torch.ones_like(self._prompt), max_new_tokens=count,
                min_new_tokens=count, do_sample=False, pad_token_id=0,
            )  # fmt: skip


def compare(model: LanguageModel, peer: str, rounds: int) -> Figures:
    """Return both engines' medians and `decode_ratio` and `prefill_ratio`, ours divided by theirs.

    Raises PeerMissing with one line if the peer is not installed or has no file to read.
    """
    work = Workload(model.vocabulary.size)
    ours = OurEngine(model.network, work)
    theirs = _peer(peer, model, work)
    for engine in (ours, theirs):
        engine.prefill()
        engine.decode()
    taken = alternating(
        {"our_prefill": ours.prefill, "our_decode": ours.decode,
         "their_prefill": theirs.prefill, "their_decode": theirs.decode}, rounds
    )  # fmt: skip
    if isinstance(theirs, Transformers):
        taken["their_decode"] -= taken["their_prefill"]
    return {
        "threads": torch.get_num_threads(),
        "our_prefill_ms": round(taken["our_prefill"], 1),
        "their_prefill_ms": round(taken["their_prefill"], 1),
        "our_decode_ms": round(taken["our_decode"] / DECODE_TOKENS, 2),
        "their_decode_ms": round(taken["their_decode"] / DECODE_TOKENS, 2),
        "prefill_ratio": round(taken["our_prefill"] / taken["their_prefill"], 3),
        "decode_ratio": round(taken["our_decode"] / taken["their_decode"], 3),
    }


def _peer(name: str, model: LanguageModel, work: Workload) -> Peer:
    if name == "transformers":
        return Transformers(model.folder, work)
    found = sorted(model.folder.glob("*.gguf"))
    if not found:
        raise PeerMissing("This model was not made from a GGUF file, so llama.cpp has nothing to read.")
    return LlamaCpp(found[0], work, torch.get_num_threads())
