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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gpt_assistant import paths
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.text.told import told

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
    names: Mapping[T, str] | None = None,
) -> T:
    """Declare one setting. `kind` overrides how the dialog shows it ("font", "key", "model", …).

    `names` says what choices are called where their values are no words.
    """
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
            "names": names or {},
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
        help="Where the model runs; automatic takes the GPU when there is one.",
        group="Model",
        choices=("auto", "cuda", "mps", "cpu"),
        names={"auto": "automatic", "cuda": "CUDA (NVIDIA GPU)", "mps": "MPS (Apple GPU)", "cpu": "CPU"},
    )
    dtype: str = option(
        "auto",
        label="Number format",
        help="Automatic takes bfloat16, with packed integer weights on the CPU.",
        group="Model",
        choices=("auto", "float32", "bfloat16", "float16"),
        names={"auto": "automatic"},
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

    spelling: bool = option(
        True,
        label="Check spelling as I type",
        help="Underline words that are misspelt, or not the ones that are meant.",
        group="Spelling",
    )
    spelling_variety: str = option(
        "mixed",
        label="English",
        help="Which spelling of English is right; both is for texts that mix them.",
        group="Spelling",
        choices=("mixed", "US", "GB"),
        names={"mixed": "Both", "US": "American", "GB": "British"},
    )
    autocorrect: bool = option(
        False,
        label="Correct by itself",
        help="Correct a word when a space ends it, where there is no doubt; Ctrl+Z takes it back.",
        group="Spelling",
    )
    spelling_panel: bool = option(
        False,
        label="List of issues",
        help="Show all spelling issues of the document beside the text.",
        group="Spelling",
    )

    summary_length: str = option(
        "short",
        label="Length of a summary",
        help="What “Summarise” asks for; the last choice is remembered.",
        group="Summaries and translations",
        choices=("line", "short", "long", "bullets"),
        names={"line": "In one line", "short": "Short", "long": "Long", "bullets": "Bullet points"},
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

    autosave: int = option(
        0,
        label="Save by itself",
        help="Seconds from a change until a document with a file is saved; 0 saves only when you do.",
        group="Saving",
        minimum=0,
        maximum=3600,
    )
    history_mb: int = option(
        200,
        label="Earlier versions (MB)",
        help="The room for earlier versions of all documents, on this machine alone; 0 keeps none.",
        group="Saving",
        minimum=0,
        maximum=100_000,
    )

    origins: bool = option(
        True,
        label="Remember who wrote what",
        help="What was typed, completed or pasted, on this machine alone. Off deletes what was remembered.",
        group="Saving",
    )
    origins_shown: bool = option(
        False,
        label="Show who wrote what",
        help="Shade the text by whether it was typed, completed, rewritten, pasted and so on.",
        group="Appearance",
    )

    mood: bool = option(
        True,
        label="Mood of the paragraph",
        help="Say in the status bar whether the paragraph at the caret sounds positive or negative.",
        group="Mood",
    )
    mood_panel: bool = option(
        False,
        label="Mood of the text",
        help="Show beside the text how its mood changes, and its strongest sentences.",
        group="Mood",
    )

    theme: str = option(
        "system",
        label="Theme",
        help="Like the system follows the desktop's light or dark, and its high contrast.",
        group="Appearance",
        choices=("system", "light", "dark", "contrast-light", "contrast-dark"),
        names={
            "system": "Like the system",
            "light": "Light",
            "dark": "Dark",
            "contrast-light": "High contrast, light",
            "contrast-dark": "High contrast, dark",
        },
    )
    language: str = option(
        "system",
        label="Language",
        help="Of menus and messages; a change counts from the next start on.",
        group="Appearance",
        choices=("system", "en", "zh_CN"),
        names={"system": "Like the system", "en": "English", "zh_CN": "简体中文"},
    )
    motion: str = option(
        "system",
        label="Motion",
        help="Less motion: nothing slides or blinks; what was scrolled is there at once.",
        group="Appearance",
        choices=("system", "less", "full"),
        names={"system": "Like the system", "less": "Less motion", "full": "As designed"},
    )
    announce: str = option(
        "system",
        label="Announce suggestions",
        help="Have a screen reader read a suggestion once typing rests; automatic does where one runs.",
        group="Appearance",
        choices=("system", "on", "off"),
        names={"system": "automatic", "on": "on", "off": "off"},
    )

    focus_on: str = option(
        "paragraph",
        label="Focus on",
        help="What stays clear in focus mode, at the caret; the rest is dimmed.",
        group="Focus",
        choices=("paragraph", "sentence"),
        names={"paragraph": "Paragraph", "sentence": "Sentence"},
    )
    focus_full_screen: bool = option(
        False,
        label="Focus on the whole screen",
        help="Focus mode takes the whole screen.",
        group="Focus",
    )
    typewriter: bool = option(
        False,
        label="Typewriter scrolling",
        help="The caret's line stays at one height, and the text moves.",
        group="Focus",
    )
    typewriter_height: int = option(
        50,
        label="Height of that line",
        help="In per cent of the view, from its top.",
        group="Focus",
        minimum=10,
        maximum=90,
    )

    export_format: str = option(
        "pdf",
        label="Export to",
        help="The format that export begins with; the last choice is remembered.",
        group="Export and print",
        choices=("pdf", "docx", "odt", "html"),
        names={"pdf": "PDF", "docx": "Word (DOCX)", "odt": "OpenDocument (ODT)", "html": "Web page (HTML)"},
    )
    paper: str = option(
        "system",
        label="Paper",
        help="The sheet for PDF, Word, OpenDocument and print.",
        group="Export and print",
        choices=("system", "A4", "A5", "Letter", "Legal"),
        names={"system": "Like the system", "A4": "A4", "A5": "A5", "Letter": "Letter", "Legal": "Legal"},
    )
    page_margin: int = option(
        25,
        label="Margins (mm)",
        help="On all sides of the sheet.",
        group="Export and print",
        minimum=5,
        maximum=60,
    )
    print_size: int = option(
        11,
        label="Font size on paper",
        help="In points, for PDF and print.",
        group="Export and print",
        minimum=6,
        maximum=36,
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
