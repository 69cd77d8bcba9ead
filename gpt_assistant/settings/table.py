"""The whole table of settings, put together from its groups, and what values fit it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gpt_assistant.settings.appearance import AppearanceSettings
from gpt_assistant.settings.assistance import AssistanceSettings
from gpt_assistant.settings.editor import EditorSettings
from gpt_assistant.settings.keys import KeySettings
from gpt_assistant.settings.model import ModelSettings
from gpt_assistant.settings.privacy import PrivacySettings
from gpt_assistant.settings.remote import RemoteSettings
from gpt_assistant.settings.shortcuts import Shortcuts
from gpt_assistant.text.told import mark, told

# The groups in the order in which the dialog, the file and the documentation have them.
GROUPS = (
    mark("Model and device"),
    mark("Server"),
    mark("Completion"),
    mark("Keys"),
    mark("Spelling"),
    mark("Mood"),
    mark("Summaries"),
    mark("Languages"),
    mark("Privacy"),
    mark("Editor"),
    mark("Saving"),
    mark("Focus"),
    mark("Export and print"),
    mark("Appearance and accessibility"),
)
_DEVICE = re.compile(r"auto|cpu|mps|(cuda|xpu)(:\d{1,3})?")
_TYPES = re.compile(r"(Shift\+)?(Space|.)", re.IGNORECASE)  # keys that write, with or without shift


# What kinds of text settings there are: whether a text is one, and what is said if it is none.
_FORMS: dict[str, tuple[Callable[[str], object], str]] = {
    "key": (
        lambda text: not _TYPES.fullmatch(text),
        mark("{name} must be a key that types nothing, such as Tab or Ctrl+Right, not {value!r}"),
    ),
    "device": (
        _DEVICE.fullmatch,
        mark("{name} must be auto, cpu, mps, cuda or xpu, or a numbered one such as cuda:1, not {value!r}"),
    ),
    "colour": (
        re.compile(r"(#[0-9a-fA-F]{6})?").fullmatch,
        mark("{name} must be a colour such as #2b66c9, or empty, not {value!r}"),
    ),
}


@dataclass(frozen=True)
class Settings(
    KeySettings,
    AppearanceSettings,
    EditorSettings,
    PrivacySettings,
    AssistanceSettings,
    RemoteSettings,
    ModelSettings,
):
    """The writer's choices. The bases stand in reverse: the last one's fields come first."""

    def changed(self, **values: Any) -> Settings:
        """Return a copy with `values`; raises TypeError for an unknown name, ValueError for a bad value."""
        new = dataclasses.replace(self, **values)
        for name, value in values.items():
            if problem := invalid(name, value):
                raise ValueError(problem)
        return new


@lru_cache(maxsize=1)
def fields() -> tuple[dataclasses.Field[Any], ...]:
    """Return the table, in the order in which it is shown: by group, a new group behind the others."""
    order = {group: place for place, group in enumerate(GROUPS)}
    return tuple(
        sorted(dataclasses.fields(Settings), key=lambda field: order.get(field.metadata["group"], len(order)))
    )


def invalid(name: str, value: Any) -> str:
    """Return in one line why `value` does not fit the setting `name`, or "" if it does."""
    (found,) = (f for f in fields() if f.name == name)
    if type(value) is not type(found.default):
        wanted, got = type(found.default).__name__, type(value).__name__
        return told("{name} must be {wanted}, not {got}", name=name, wanted=wanted, got=got)
    if isinstance(value, Shortcuts):
        writes = next((key for keys in value.values() for key in keys if _TYPES.fullmatch(key)), "")
        return told("{key} types text; choose a key that types nothing.", key=writes) if writes else ""
    kind = found.metadata["kind"]
    if kind in _FORMS and not _FORMS[kind][0](str(value)):
        return told(_FORMS[kind][1], name=name, value=value)
    return _out_of_range(found, value)


def _out_of_range(found: dataclasses.Field[Any], value: Any) -> str:
    meta = found.metadata
    if meta["choices"] and value not in meta["choices"]:
        choices = ", ".join(map(str, meta["choices"]))
        return told(
            "{name} must be one of {choices}, not {value!r}", name=found.name, choices=choices, value=value
        )
    if meta["minimum"] is not None and not meta["minimum"] <= value <= meta["maximum"]:
        return told(
            "{name} must be between {least:g} and {most:g}, not {value!r}",
            name=found.name,
            least=meta["minimum"],
            most=meta["maximum"],
            value=value,
        )
    return ""
