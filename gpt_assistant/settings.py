"""Every setting, in one table: the dialog, the command-line options and the documentation come from it.

A field carries its label, help, group and, where it has one, its range or choices. `Settings` is
frozen; a change makes a new one. The file is JSON; what it does not know is kept, and a value out of
range falls back to the default with a warning, so that a broken file never keeps the window shut.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gpt_assistant import paths
from gpt_assistant.storage.textfile import write_atomically

log = logging.getLogger(__name__)


T = TypeVar("T")

_TYPES = re.compile(r"(Shift\+)?(Space|.)", re.IGNORECASE)  # keys that write, with or without shift


def option(
    default: T,
    *,
    label: str,
    help: str,
    group: str,
    choices: tuple[T, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    kind: str = "",
) -> T:
    """Declare one setting. `kind` overrides how the dialog shows it ("font", "key", "model", …)."""
    declared: T = field(
        default=default,
        metadata={
            "label": label,
            "help": help,
            "group": group,
            "choices": choices,
            "minimum": minimum,
            "maximum": maximum,
            "kind": kind,
        },
    )
    return declared


@dataclass(frozen=True)
class Settings:
    """The writer's choices."""

    model: str = option(
        "default",
        label="Model",
        help="The bundled model, a folder, a GGUF file or a hub id such as org/name.",
        group="Model",
        kind="model",
    )
    device: str = option(
        "auto",
        label="Device",
        help="Where the model runs; auto takes the GPU when there is one.",
        group="Model",
        choices=("auto", "cuda", "mps", "cpu"),
    )
    dtype: str = option(
        "auto",
        label="Number format",
        help="auto takes bfloat16, with packed integer weights on the CPU.",
        group="Model",
        choices=("auto", "float32", "bfloat16", "float16"),
    )
    threads: int = option(
        0,
        label="CPU threads",
        help="Threads the model computes with; 0 chooses for this machine.",
        group="Model",
        minimum=0,
        maximum=64,
    )
    offline: bool = option(
        False,
        label="Stay offline",
        help="Never open a network connection, not even to fetch a model.",
        group="Model",
    )

    completion: bool = option(
        True,
        label="Complete as I type",
        help="Show a grey suggestion ahead of the caret.",
        group="Completion",
    )
    eagerness: int = option(
        50,
        label="How often",
        help="0 shows rarely and is nearly always right, 100 shows often.",
        group="Completion",
        minimum=0,
        maximum=100,
    )
    max_words: int = option(
        6,
        label="Longest suggestion",
        help="The most words one suggestion may have.",
        group="Completion",
        minimum=1,
        maximum=20,
    )
    learn: bool = option(
        True,
        label="Learn from what I take",
        help="Keep the suggestions taken, on this machine alone, and make their words likelier.",
        group="Completion",
    )
    show_delay: int = option(
        0,
        label="Extra delay (ms)",
        help="Wait this long before showing a suggestion.",
        group="Completion",
        minimum=0,
        maximum=2000,
    )

    summary_length: str = option(
        "short",
        label="Length of a summary",
        help="What “Summarise” asks for; the last choice is remembered.",
        group="Summaries and translations",
        choices=("line", "short", "long", "bullets"),
    )
    translate_to: str = option(
        "",
        label="Translate into",
        help="The code of a language, such as fr; the last choice is remembered.",
        group="Summaries and translations",
    )
    translation_model: str = option(
        "",
        label="Model that translates",
        help="As for the model; empty takes the one that is loaded.",
        group="Summaries and translations",
        kind="model",
    )

    font_family: str = option(
        "", label="Font", help="The editor's font; empty takes the system's.", group="Editor", kind="font"
    )
    font_size: int = option(13, label="Font size", help="In points.", group="Editor", minimum=6, maximum=72)
    line_wrap: bool = option(
        True, label="Wrap long lines", help="Break lines at the window's edge.", group="Editor"
    )
    column_width: int = option(
        84,
        label="Widest column",
        help="Characters in a wrapped line, at most; 0 uses the whole window.",
        group="Editor",
        minimum=0,
        maximum=400,
    )
    markdown: bool = option(
        True,
        label="Highlight Markdown",
        help="Show headings and emphasis in .md and untitled documents.",
        group="Editor",
    )
    theme: str = option(
        "system",
        label="Theme",
        help="system follows the desktop's light or dark.",
        group="Editor",
        choices=("system", "light", "dark"),
    )
    tab_width: int = option(
        4, label="Tab width", help="In characters.", group="Editor", minimum=1, maximum=16
    )
    restore_session: bool = option(
        True,
        label="Reopen documents at start",
        help="Open what was open when the program ended.",
        group="Editor",
    )
    recent_limit: int = option(
        15,
        label="Recent files",
        help="How many files the menu remembers.",
        group="Editor",
        minimum=0,
        maximum=50,
    )

    key_accept: str = option(
        "Tab", label="Take the suggestion", help="Inserts all of it.", group="Keys", kind="key"
    )
    key_accept_word: str = option(
        "Ctrl+Right", label="Take the next word", help="Inserts one word of it.", group="Keys", kind="key"
    )
    key_dismiss: str = option(
        "Esc", label="Hide the suggestion", help="Until the next change.", group="Keys", kind="key"
    )
    key_next: str = option("Alt+]", label="Next suggestion", help="Cycle forwards.", group="Keys", kind="key")
    key_previous: str = option(
        "Alt+[", label="Previous suggestion", help="Cycle backwards.", group="Keys", kind="key"
    )
    key_trigger: str = option(
        "Alt+\\",
        label="Suggest now",
        help="Ask for a suggestion here, even when it is less likely.",
        group="Keys",
        kind="key",
    )

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
        return f"{name} must be {type(found.default).__name__}, not {type(value).__name__}"
    if meta["kind"] == "key" and _TYPES.fullmatch(str(value)):
        return f"{name} must be a key that types nothing, such as Tab or Ctrl+Right, not {value!r}"
    if meta["choices"] and value not in meta["choices"]:
        return f"{name} must be one of {', '.join(map(str, meta['choices']))}, not {value!r}"
    if meta["minimum"] is not None and not meta["minimum"] <= value <= meta["maximum"]:
        return f"{name} must be between {meta['minimum']:g} and {meta['maximum']:g}, not {value!r}"
    return ""


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
