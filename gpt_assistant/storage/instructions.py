"""The writer's own instructions for rewriting, by name: a JSON object, in the order they were saved.

Windows and command lines may change it side by side, so every change reads the file again first.
"""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage import vault
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)


class Instructions:
    """The file at `path`. A file that cannot be read holds none; writing may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> dict[str, str]:
        """Return the instructions by name, oldest first."""
        try:
            stored = vault.read_json(self.path)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("instructions not read, %s: %s", self.path, error)
            return {}
        if not isinstance(stored, dict):
            return {}
        return {name: text for name, text in stored.items() if isinstance(text, str) and name and text}

    def get(self, name: str) -> str:
        """Return the instruction `name`. Raises KeyError if there is none."""
        return self.all()[name]

    def add(self, name: str, text: str) -> None:
        """Save `text` as `name`, in the place of one that has this name already. Both must say something."""
        name, text = name.strip(), text.strip()
        if not name or not text:
            raise ValueError(told("an instruction needs a name and a text"))
        self._write(self.all() | {name: text})

    def rename(self, name: str, new: str) -> None:
        """Give `name` the name `new`. KeyError if there is none; ValueError if `new` is taken or empty."""
        stored, new = self.all(), new.strip()
        text = stored[name]
        if not new or (new != name and new in stored):
            raise ValueError(
                told('the name "{name}" is taken', name=new) if new else told("an instruction needs a name")
            )
        self._write({new if old == name else old: text for old, text in stored.items()} | {new: text})

    def remove(self, name: str) -> None:
        """Forget the instruction `name`. Raises KeyError if there is none."""
        stored = self.all()
        del stored[name]
        self._write(stored)

    def _write(self, stored: dict[str, str]) -> None:
        self._keep_damaged()
        vault.write(self.path, json.dumps(stored, ensure_ascii=False, indent=1).encode())

    def _keep_damaged(self) -> None:
        """Put a file aside that is none of ours any more: the writer may still make out what she wrote."""
        try:
            readable = isinstance(vault.read_json(self.path), dict)
        except FileNotFoundError:
            return
        except ValueError:
            readable = False
        if not readable and self.path.exists():
            self.path.replace(self.path.with_name(f"{self.path.name}.damaged-{time.time_ns()}"))


def own_instructions() -> Instructions:
    """Return the file of this person's instructions."""
    return Instructions(paths.data_folder() / "instructions.json")
