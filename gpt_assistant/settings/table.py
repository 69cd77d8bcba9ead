"""The whole table of settings, put together from its groups, and what values fit it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from gpt_assistant.settings.appearance import AppearanceSettings
from gpt_assistant.settings.assistance import AssistanceSettings
from gpt_assistant.settings.editor import EditorSettings
from gpt_assistant.settings.keys import KeySettings
from gpt_assistant.settings.model import ModelSettings
from gpt_assistant.text.told import told

_TYPES = re.compile(r"(Shift\+)?(Space|.)", re.IGNORECASE)  # keys that write, with or without shift


@dataclass(frozen=True)
class Settings(KeySettings, AppearanceSettings, EditorSettings, AssistanceSettings, ModelSettings):
    """The writer's choices. The bases stand in reverse: the last one's fields come first."""

    def changed(self, **values: Any) -> Settings:
        """Return a copy with `values`; raises TypeError for an unknown name, ValueError for a bad value."""
        new = dataclasses.replace(self, **values)
        for name, value in values.items():
            if problem := invalid(name, value):
                raise ValueError(problem)
        return new


def fields() -> tuple[dataclasses.Field[Any], ...]:
    """Return the table, in the order in which it is shown."""
    return dataclasses.fields(Settings)


def invalid(name: str, value: Any) -> str:
    """Return in one line why `value` does not fit the setting `name`, or "" if it does."""
    (found,) = (f for f in fields() if f.name == name)
    meta = found.metadata
    if type(value) is not type(found.default):
        wanted, got = type(found.default).__name__, type(value).__name__
        return told("{name} must be {wanted}, not {got}", name=name, wanted=wanted, got=got)
    if meta["kind"] == "key" and _TYPES.fullmatch(str(value)):
        return told(
            "{name} must be a key that types nothing, such as Tab or Ctrl+Right, not {value!r}",
            name=name,
            value=value,
        )
    if meta["choices"] and value not in meta["choices"]:
        choices = ", ".join(map(str, meta["choices"]))
        return told("{name} must be one of {choices}, not {value!r}", name=name, choices=choices, value=value)
    if meta["minimum"] is not None and not meta["minimum"] <= value <= meta["maximum"]:
        return told(
            "{name} must be between {least:g} and {most:g}, not {value!r}",
            name=name,
            least=meta["minimum"],
            most=meta["maximum"],
            value=value,
        )
    return ""
