"""`gpt-assistant demo`: a text types itself into the real window, and takes and leaves what is suggested.

The person played here types at a human rate, looks up at the end of a word now and then, and takes what
she was about to write anyway: whole, or word by word, or the runner-up. Everything else she types past,
or hides. So the keystrokes saved are those this text would have saved its writer. The window runs on
folders of its own; only the models are the writer's.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gpt_assistant import paths
from gpt_assistant.commands.demo_dialogs import dialogs
from gpt_assistant.commands.demo_review import review
from gpt_assistant.settings import Settings
from gpt_assistant.text.words import accept_unit

if TYPE_CHECKING:
    from gpt_assistant.commands.driving import Driver

_KEY_MS = (60, 90)
_LOOK_SECONDS = 0.7  # how long she waits for a suggestion when she looks up
_LOOKS_UP = 0.25  # at so many keys
_READ_MS = (200, 350)
_LIMIT_SECONDS = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--out", default="demo-output", metavar="FOLDER", help="where the screenshots go")
    parser.add_argument("--text", default="", metavar="FILE", help="the text to type (default: a sample)")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="of the window")
    parser.add_argument(
        "--limit", type=float, default=_LIMIT_SECONDS, metavar="SECONDS", help="end after so long at most"
    )


def run(args: argparse.Namespace) -> int:
    """Drive the window; return 0 if suggestions came, 1 with one line that says why if not."""
    text = _text_of(args.text)
    out = Path(args.out).absolute()
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("[0-9][0-9]-*.png"), *out.glob("transcript.*")):
        old.unlink()
    try:
        from gpt_assistant.commands.driving import CannotDrive, Driver, own_home  # noqa: PLC0415 (Qt)
    except ImportError as error:  # a library of the system, usually
        return _fail(f"Qt cannot start: {error}. `make run` installs what it needs.")
    with own_home() as home:
        file = home / "A morning at the harbour.md" if not args.text else home / Path(args.text).name
        settings = dataclasses.replace(args.settings, theme=args.theme, completion=True)
        driver = Driver(settings, [file])
        record = Record(out)
        try:
            _drive(driver, settings, text, record, args.limit)
        except CannotDrive as error:
            record.note("ended", why=str(error))
            return _fail(str(error))
        finally:
            record.write()
            driver.close()
    print(record.summary())
    if not record.suggestions:
        return _fail("The model answered, but suggested nothing for this text.")
    return 0


def _text_of(name: str) -> str:
    source = Path(name) if name else paths.resource("sample.md")
    # Tab takes a suggestion, so a text cannot be typed with it.
    return source.read_text(encoding="utf-8").expandtabs(4).rstrip("\n")


def _fail(line: str) -> int:
    print(f"gpt-assistant: {line}", file=sys.stderr)
    return 1


def _drive(driver: Driver, settings: Settings, text: str, record: Record, limit: float) -> None:
    if not driver.has_fonts():
        print(
            "There are no fonts: text will show as boxes. Install one, fonts-dejavu-core say.",
            file=sys.stderr,
        )
    print("Loading the model…", file=sys.stderr)
    driver.pump(300)
    record.shoot(driver, "window")
    record.loaded(driver.wait_for_model())
    print(f"Typing {len(text)} characters…", file=sys.stderr)
    writer = Writer(driver, settings, record, time.perf_counter() + limit)
    writer.write(text)
    writer.ask_for_more()
    review(driver, record)
    dialogs(driver, record)
    writer.show_themes()


@dataclass
class Record:
    """What happened, as it is written to the folder `out`."""

    out: Path
    events: list[dict[str, Any]] = field(default_factory=list)
    suggestions: list[float] = field(default_factory=list)  # milliseconds from key to painted ghost
    model: str = ""
    typed: int = 0
    keys: int = 0
    taken: int = 0
    _started: float = field(default_factory=time.perf_counter)
    _pictures: int = 0
    _shot: dict[str, int] = field(default_factory=dict)

    def note(self, event: str, **values: Any) -> None:
        """Add an event to the transcript."""
        at = round(time.perf_counter() - self._started, 3)
        self.events.append({"at": at, "event": event, **values})

    def loaded(self, about: Any) -> None:
        """Note which model it is."""
        self.model = f"{about.name} on {about.device}, {about.dtype}"
        self.note("loaded", model=about.name, device=about.device, dtype=about.dtype, seconds=about.seconds)

    def shoot(self, driver: Driver, name: str, most: int = 1, picture: Any = None) -> None:
        """Save a picture of the window, or of another, unless there are `most` of this name already."""
        if self._shot.get(name, 0) >= most:
            return
        self._shot[name] = self._shot.get(name, 0) + 1
        self._pictures += 1
        file = f"{self._pictures:02}-{name}.png"
        (picture or driver.window).grab().save(str(self.out / file))
        self.note("picture", file=file)

    def write(self) -> None:
        """Write transcript.jsonl, every event, and transcript.md, for people."""
        lines = [json.dumps(event, ensure_ascii=False) for event in self.events]
        (self.out / "transcript.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
        (self.out / "transcript.md").write_text(self._readable(), encoding="utf-8")

    def _readable(self) -> str:
        rows = ["# What was typed, suggested and done", "", self.summary().replace("\n", "  \n"), ""]
        typed = ""
        for event in self.events:
            if event["event"] == "key" and len(event["key"]) == 1:
                typed += event["key"]
                continue
            line = _line(event)
            if line and typed:
                rows.append(f"- typed {_code(typed)}")
                typed = ""
            if line:
                rows.append(f"- {line}")
        return "\n".join([*rows, *([f"- typed {_code(typed)}"] if typed else []), ""])

    def summary(self) -> str:
        """Return what came of it, in a few lines."""
        lines = [f"Screenshots and transcript: {self.out}"]
        if self.suggestions:
            slow = statistics.quantiles(self.suggestions, n=10)[-1] if len(self.suggestions) > 1 else 0.0
            saved = 1 - self.keys / self.typed if self.typed else 0.0
            lines += [
                f"Model: {self.model}",
                f"Suggestions: {len(self.suggestions)} shown, {self.taken} taken",
                f"Keystrokes: {self.keys} for {self.typed} characters, {saved:.0%} saved",
                f"From key to suggestion on screen: median {statistics.median(self.suggestions):.0f} ms,"
                f" nine of ten within {slow:.0f} ms",
            ]
        return "\n".join(lines)


def _line(event: dict[str, Any]) -> str:
    """Return an event in words, "" for one that people need not read about."""
    kind = event["event"]
    if kind == "suggestion":
        return f"suggested {_code(event['text'])} after {event['ms']:.0f} ms"
    if kind == "longer":
        return f"longer: {_code(event['text'])} after {event['ms']:.0f} ms"
    if kind == "done":
        return f"**{event['what']}**"
    if kind == "picture":
        return f"![{event['file']}]({event['file']})"
    return f"ended: {event['why']}" if kind == "ended" else ""


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text.replace(chr(10), '⏎')}{fence}"


class Writer:
    """The person at the keyboard."""

    def __init__(self, driver: Driver, settings: Settings, record: Record, deadline: float) -> None:
        self._driver, self._keys, self._record, self._deadline = driver, settings, record, deadline
        self._random = random.Random(7)
        self._pressed_at = 0.0
        self._answered = self._painted = False
        self._left: list[Callable[[str], str]] = [
            self._take,
            self._type_through,
            self._take_words,
            self._undo,
        ]
        application = driver.application
        driver.editor.ghost_painted.connect(self._on_painted)
        application.assistant.reason.connect(self._on_nothing)

    def write(self, text: str) -> None:
        """Type `text`, with what help is offered."""
        rest = text
        while rest and not self._late():
            self._key(rest[0])
            rest = rest[1:]
            self._record.typed += 1
            if self._looks_up(rest):
                self._driver.wait_until(lambda: self._answered, _LOOK_SECONDS)
                rest = self._react(rest)
        self._record.shoot(self._driver, "written")

    def ask_for_more(self) -> None:
        """Let the model go on alone from the end of the text, a suggestion at a time."""
        for _ in range(3):
            if self._late() or not self._ask():
                return
            self._record.shoot(self._driver, "asked")
            self._press(self._keys.key_accept, "taken whole, as a start")
            self._record.taken += 1
            self._read()
        self._record.shoot(self._driver, "went-on")

    def show_themes(self) -> None:
        """End with pictures of the other theme and of a small window."""
        window, store = self._driver.window, self._driver.application.store
        self._ask()
        other = "dark" if self._keys.theme == "light" else "light"
        store.change(theme=other)
        self._driver.pump(300)
        self._record.shoot(self._driver, f"{other}-theme")
        store.change(theme=self._keys.theme)
        window.resize(440, 330)
        self._driver.pump(300)
        self._record.shoot(self._driver, "small-window")

    # What she does about a suggestion: each returns the text that is still to be typed

    def _react(self, rest: str) -> str:
        editor = self._driver.editor
        if not editor.has_ghost:
            return rest
        self._read()
        self._record.shoot(self._driver, "suggestion", 2)
        ghost = editor.ghost_text()
        if rest.startswith(ghost):
            action = self._left.pop(0) if self._left else self._take
            if action == self._take_words and accept_unit(ghost) == ghost:
                self._left.append(action)  # it wants a longer one
                action = self._take
            return action(rest)
        if any(rest.startswith(candidate.text) for candidate in editor.suggestion().candidates):
            return self._take_other(rest)
        if rest.startswith(accept_unit(ghost)):
            return self._take_words(rest)
        return self._leave(rest)

    def _take(self, rest: str) -> str:
        ghost = self._driver.editor.ghost_text()
        if not ghost or not rest.startswith(ghost):  # it has grown meanwhile, by what she does not want
            return self._take_words(rest)
        self._press(self._keys.key_accept, "taken whole")
        self._record.shoot(self._driver, "taken")
        return self._accepted(rest, ghost)

    def _take_words(self, rest: str) -> str:
        """Take word by word what she was going to write."""
        while (unit := accept_unit(self._driver.editor.ghost_text())) and rest.startswith(unit):
            self._press(self._keys.key_accept_word, f"took {_code(unit)}")
            rest = self._accepted(rest, unit)
            self._record.shoot(self._driver, "taken-by-word", 2)
            self._pause(120, 200)
        return rest

    def _take_other(self, rest: str) -> str:
        """Look through the others for the right one."""
        editor = self._driver.editor
        for _ in editor.suggestion().candidates:
            if rest.startswith(editor.ghost_text()):
                break
            self._press(self._keys.key_next, "looked at the next one")
            self._record.shoot(self._driver, "next-one", 2)
            self._read()
        return self._take(rest)

    def _type_through(self, rest: str) -> str:
        ghost = self._driver.editor.ghost_text()
        self._record.note("done", what="typed through it")
        for number, character in enumerate(ghost):
            self._key(character)
            if number == len(ghost) // 2:
                self._record.shoot(self._driver, "typed-through")
        self._record.typed += len(ghost)
        return rest[len(ghost) :]

    def _undo(self, rest: str) -> str:
        before = self._driver.editor.toPlainText()
        rest_after = self._take(rest)
        if rest_after == rest:
            return rest
        self._read()
        self._press("Undo", "undone in one step")
        if self._driver.editor.toPlainText() != before:
            self._record.note("done", what="BUG: undo did not take exactly the suggestion back")
        self._read()
        self._record.shoot(self._driver, "undone")
        self._press("Redo", "done again")
        self._read()
        return rest_after

    def _leave(self, rest: str) -> str:
        """Hide what she does not want, or write on regardless."""
        several = len(self._driver.editor.suggestion().candidates) > 1
        if several and self._random.random() < 0.3:
            self._press(self._keys.key_next, "looked at the next one")
            self._record.shoot(self._driver, "next-one")
            self._read()
        if self._random.random() < 0.4:
            self._press(self._keys.key_dismiss, "hidden")
            self._record.shoot(self._driver, "hidden")
        else:
            self._record.note("done", what="typed past it")
        return rest

    def _accepted(self, rest: str, unit: str) -> str:
        self._record.taken += 1
        self._record.typed += len(unit)
        return rest[len(unit) :]

    # Keys and eyes

    def _key(self, character: str) -> None:
        self._before_key(character)
        self._driver.type(character)
        self._record.keys += 1
        self._pause(*_KEY_MS)

    def _press(self, key: str, what: str) -> None:
        self._before_key(key)
        self._driver.press(key)
        self._record.keys += 1
        self._record.note("done", what=f"{what} ({key})")
        self._pause(*_KEY_MS)

    def _before_key(self, key: str) -> None:
        self._record.note("key", key=key)
        self._answered = self._painted = False
        self._pressed_at = time.perf_counter()

    def _ask(self) -> bool:
        """Ask for a suggestion where there is none; return whether one came."""
        if self._driver.editor.has_ghost:
            return True
        self._before_key(self._keys.key_trigger)
        self._driver.press(self._keys.key_trigger)
        return self._driver.wait_until(lambda: self._driver.editor.has_ghost, 3.0)

    def _looks_up(self, rest: str) -> bool:
        """Return whether she looks at what is suggested before she presses the next key."""
        if self._driver.editor.has_ghost:
            return True
        return bool(rest) and rest[0] != "\n" and self._random.random() < _LOOKS_UP

    def _on_painted(self) -> None:
        elapsed = round((time.perf_counter() - self._pressed_at) * 1000, 1)
        ghost = self._driver.editor.ghost_text()
        if self._painted:
            self._record.note("longer", text=ghost, ms=elapsed)
            return
        self._painted = self._answered = True
        self._record.suggestions.append(elapsed)
        self._record.note("suggestion", text=ghost, ms=elapsed)

    def _on_nothing(self, reason: str) -> None:
        self._answered = True
        self._record.note("nothing", why=str(reason))

    def _read(self) -> None:
        self._pause(*_READ_MS)

    def _pause(self, least: int, most: int) -> None:
        self._driver.pump(self._random.uniform(least, most))

    def _late(self) -> bool:
        late = time.perf_counter() > self._deadline
        if late:
            self._record.note("ended", why="the time was up")
        return late
