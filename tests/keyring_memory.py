"""Keyrings for tests: one in memory, one in a file that several processes share.

Both may be locked, lost or hang on purpose. The one in a file is named to child processes by
PYTHON_KEYRING_BACKEND and GPT_ASSISTANT_TEST_KEYRING; `tests` must be on their PYTHONPATH.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

BACKEND = "keyring_memory.FileKeyring"
FILE = "GPT_ASSISTANT_TEST_KEYRING"


class MemoryKeyring(KeyringBackend):
    """A keyring in this process. `locked` refuses, `seconds` is how long each call takes."""

    priority = 20  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.seconds = 0.0
        self.asked = 0

    def _wait(self) -> None:
        self.asked += 1
        time.sleep(self.seconds)
        if self.locked:
            raise KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._wait()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._wait()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class FileKeyring(KeyringBackend):
    """A keyring that processes share: JSON {"service/name": secret}; "locked" in it refuses."""

    priority = 20  # type: ignore[assignment]

    def _stored(self) -> dict[str, Any]:
        try:
            stored: dict[str, Any] = json.loads(Path(os.environ[FILE]).read_bytes())
        except FileNotFoundError:
            return {}
        if stored.get("locked"):
            raise KeyringLocked("locked")
        return stored

    def _store(self, stored: dict[str, Any]) -> None:
        Path(os.environ[FILE]).write_text(json.dumps(stored), encoding="utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        return self._stored().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._store(self._stored() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        stored = self._stored()
        if stored.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("none")
        self._store(stored)
