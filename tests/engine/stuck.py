"""Features of which one never comes back: what test_process.py has its child run."""

from __future__ import annotations

import time
from collections.abc import Generator

from gpt_assistant.engine.messages import Complete, Reply, Suggested, Suggesting
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.worker import Features


def features() -> Features:
    return {Complete: _complete}


def _complete(_model: LanguageModel, request: Complete) -> Generator[Reply, None, Suggested]:
    yield Suggesting(request.id)
    time.sleep(600)
    return Suggested(request.id)
