"""What test_worker.py runs in a process of its own: the loop, without importing what the tests do."""

from __future__ import annotations

from multiprocessing.queues import Queue
from typing import Any

from gpt_assistant.engine.worker import Features, Loop


def _features() -> Features:
    from gpt_assistant.features.registry import features  # noqa: PLC0415 (imports torch)

    return features()


def serve(inbox: Queue[Any], outbox: Queue[Any]) -> None:
    Loop(outbox.put, _features).serve(inbox)
