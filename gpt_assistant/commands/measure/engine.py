"""Prefill, decoding, memory and bandwidth of a network."""

from __future__ import annotations

import torch

from gpt_assistant.commands.measure.statistics import Figures, alternating, milliseconds
from gpt_assistant.engine.network import Network

PREFILL_TOKENS = 128
DECODE_TOKENS = 24
_BANDWIDTH_BYTES = 128 * 1024 * 1024


class Workload:
    """The same tokens for every engine: 128 to read, then 24 one at a time behind them."""

    def __init__(self, vocabulary: int) -> None:
        generator = torch.Generator().manual_seed(7)
        total = PREFILL_TOKENS + DECODE_TOKENS
        ids: list[int] = torch.randint(10, vocabulary - 10, (total,), generator=generator).tolist()
        self.prompt, self.further = ids[:PREFILL_TOKENS], ids[PREFILL_TOKENS:]


class OurEngine:
    """The workload in a network of ours."""

    def __init__(self, network: Network, work: Workload) -> None:
        self._network, self._work = network, work
        self._cache = network.empty_cache()

    def prefill(self) -> None:
        """Read the prompt into an empty cache."""
        self._cache.keep(0)
        self._network.forward(self._work.prompt, self._cache)

    def decode(self) -> None:
        """Run the further tokens one at a time behind the prompt."""
        self._cache.keep(PREFILL_TOKENS)
        for token in self._work.further:
            self._network.forward([token], self._cache)


def measure_network(network: Network, vocabulary: int, rounds: int) -> Figures:
    """Return prefill and decode figures, memory in MB and the share of the memory bandwidth reached."""
    ours = OurEngine(network, Workload(vocabulary))
    ours.prefill()
    ours.decode()
    taken = alternating({"prefill": ours.prefill, "decode": ours.decode}, rounds)
    token = taken["decode"] / DECODE_TOKENS
    bandwidth = memory_bandwidth()
    return {
        "prefill_128_ms": round(taken["prefill"], 1),
        "prefill_tokens_per_second": round(PREFILL_TOKENS / taken["prefill"] * 1000, 1),
        "decode_ms_per_token": round(token, 2),
        "decode_tokens_per_second": round(1000 / token, 1),
        "weights_mb": round(network.memory() / 1e6, 1),
        "bandwidth_gb_per_second": round(bandwidth / 1e9, 1),
        "bandwidth_share": round(network.memory() / (token / 1000) / bandwidth, 3),
    }


def memory_bandwidth() -> float:
    """Return the bytes a second that this process reads from memory (CPU), summing a large array."""
    data = torch.ones(_BANDWIDTH_BYTES // 4)
    best = min(milliseconds(data.sum) for _ in range(5))
    return _BANDWIDTH_BYTES / (best / 1000)
