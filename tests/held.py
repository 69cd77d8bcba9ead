"""A model that another process seems to be preparing: loading it waits until the test lets it go on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage.locks import FileLock

WAITING = "Waiting for another process to prepare the model"


class Held:
    """The GGUF file `path`, which cannot be loaded before `release`.

    GPT_ASSISTANT_MODELS must be a folder of the test's own by then.
    """

    def __init__(self, path: Path, content: bytes = b"") -> None:
        if content:
            path.write_bytes(content)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.source = str(path)
        self._lock = FileLock(paths.models_folder() / f".gguf-{digest[:16]}.lock")
        assert self._lock.acquire()

    def release(self) -> None:
        self._lock.release()
