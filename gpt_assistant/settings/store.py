"""The settings file, and who is told of changes."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gpt_assistant import paths
from gpt_assistant.settings.table import Settings, fields, invalid
from gpt_assistant.storage.writing import write_atomically

log = logging.getLogger(__name__)


class SettingsStore:
    """The settings file and those who want to know when it changes."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.config_folder() / "settings.json"
        self._unknown: dict[str, Any] = {}
        self._listeners: list[Callable[[Settings], None]] = []
        # What the file says of settings that are overridden for this run.
        self._kept: dict[str, Any] = {}
        self.current = self._read()

    def override(self, **values: Any) -> None:
        """Apply `values` for this run without saving them. Raises ValueError for a bad one."""
        new = self.current.changed(**values)
        self._kept |= {name: getattr(self.current, name) for name in values if name not in self._kept}
        self.current = new

    def subscribe(self, listener: Callable[[Settings], None]) -> Callable[[], None]:
        """Call `listener` with the new settings after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def change(self, **values: Any) -> None:
        """Apply and save `values`. Raises ValueError for a bad one; OSError if it cannot be saved."""
        new = self.current.changed(**values)
        if new == self.current:
            return
        self.current = new
        for listener in tuple(self._listeners):
            listener(new)
        self._kept = {name: value for name, value in self._kept.items() if name not in values}
        saved = self._unknown | dataclasses.asdict(new) | self._kept
        text = json.dumps(saved, indent=2, ensure_ascii=False)
        write_atomically(self.path, text.encode())

    def _read(self) -> Settings:
        try:
            stored = json.loads(self.path.read_bytes())
            if not isinstance(stored, dict):
                raise ValueError("not a JSON object")
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError) as error:
            log.warning("settings ignored, %s: %s", self.path, error)
            return Settings()
        known = {f.name for f in fields()}
        self._unknown = {name: value for name, value in stored.items() if name not in known}
        good: dict[str, Any] = {}
        for name in known & stored.keys():
            if problem := invalid(name, stored[name]):
                log.warning("setting ignored, %s: %s", self.path, problem)
            else:
                good[name] = stored[name]
        return Settings(**good)
