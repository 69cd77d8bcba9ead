"""Which feature answers which request. Imported on the model thread, for features import torch."""

from __future__ import annotations

from gpt_assistant.engine.messages import Complete
from gpt_assistant.engine.worker import Features
from gpt_assistant.features.completion import complete


def features() -> Features:
    """Return the features by the type of request that they answer."""
    return {Complete: complete}
