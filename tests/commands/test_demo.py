"""`gpt-assistant demo`: the real window driven by itself, and what it leaves in its folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from gpt_assistant.settings import Settings

SLOW = 180.0  # seconds after which something hangs
DIALOGS = {"settings-model", "settings-server", "settings-privacy", "models", "masking"}
TEXT = "Thank you very much\nfor your help.\n"


@dataclass
class Demo:
    """What a run of the command left."""

    out: Path
    done: subprocess.CompletedProcess[str]
    home_before: dict[str, bytes] = field(default_factory=dict)

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        lines = (self.out / "transcript.jsonl").read_text(encoding="utf-8").splitlines()
        return [event for event in map(json.loads, lines) if kind in ("", event["event"])]

    def pictures(self) -> list[Path]:
        return sorted(self.out.glob("*.png"))

    def picture(self, name: str) -> QImage:
        (path,) = self.out.glob(f"??-{name}.png")
        return QImage(str(path))

    def transcript(self) -> str:
        return (self.out / "transcript.md").read_text(encoding="utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the contents of every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_demo(folder: Path, text: str, *arguments: str, **environment: str) -> Demo:
    """Run the command in `folder`, with a home there that has settings, and keep what came of it."""
    home, out, file = folder / "home", folder / "out", folder / "note.txt"
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text("font_size = 15\nrecent_limit = 7\n")
    (home / "data").mkdir()
    (home / "data" / "words.txt").write_text("my own words")
    file.write_text(text, encoding="utf-8")
    before = files_in(home)
    command = [sys.executable, "-m", "gpt_assistant", "demo", "--out", str(out), "--text", str(file)]
    done = subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=SLOW,
        env=os.environ | {"GPT_ASSISTANT_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | environment,
    )
    assert file.read_text(encoding="utf-8") == text
    return Demo(out, done, before)


def colours(image: QImage) -> set[int]:
    """Return the colours of every other line and column."""
    return {
        image.pixel(x, y) & 0xFFFFFF for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def lightness(image: QImage) -> float:
    """Return how light the whole is, in 0…255."""
    return float(image.scaled(1, 1).pixelColor(0, 0).lightness())


@pytest.fixture(scope="module")
def demo(default_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "out").mkdir()
    for old in ("07-old.png", "transcript.md", "keep.png", "notes.txt"):
        (folder / "out" / old).write_bytes(b"of an earlier run")
    return run_demo(folder, TEXT, "--limit", "60")


def test_it_ends_well_and_says_what_came_of_it(demo: Demo):
    assert demo.done.returncode == 0, demo.done.stderr
    assert "Traceback" not in demo.done.stderr
    assert demo.done.stdout.startswith(f"Screenshots and transcript: {demo.out}\n")


def test_the_screenshots_are_numbered_in_the_order_they_were_taken(demo: Demo):
    names = [path.name for path in demo.pictures() if path.name != "keep.png"]
    assert names == [event["file"] for event in demo.events("picture")]
    assert [int(name[:2]) for name in names] == list(range(1, len(names) + 1))
    kinds = {re.sub(r"\d+-|\.png", "", name) for name in names}
    assert kinds >= {"window", "written", "summary", "palette", "rewriting", "dark-theme", "small-window"}
    assert kinds >= DIALOGS


def test_an_earlier_run_makes_way_and_nothing_else(demo: Demo):
    assert not (demo.out / "07-old.png").exists()
    assert "earlier run" not in demo.transcript()
    assert (demo.out / "keep.png").exists()
    assert (demo.out / "notes.txt").exists()


def test_the_screenshots_show_the_window(demo: Demo):
    for event in demo.events("picture"):
        image = QImage(str(demo.out / event["file"]))
        if event["file"][3:-4] not in DIALOGS:
            small = event["file"].endswith("small-window.png")
            assert (image.width(), image.height()) == ((440, 330) if small else (980, 720)), event
        assert len(colours(image)) > 8, event  # letters and their edges
    assert demo.picture("window") != demo.picture("written")
    assert lightness(demo.picture("written")) > 200
    assert lightness(demo.picture("dark-theme")) < 80


def test_the_transcript_agrees_with_the_summary(demo: Demo):
    summary = demo.done.stdout
    found = re.search(r"Suggestions: (\d+) shown, (\d+) taken\nKeystrokes: (\d+) for (\d+) char", summary)
    assert found, summary
    shown, taken, keys, typed = map(int, found.groups())
    suggestions = demo.events("suggestion")
    assert len(suggestions) == shown > 0
    assert all(event["text"] and event["ms"] > 0 for event in suggestions)
    done = [event["what"] for event in demo.events("done")]
    assert sum(what.startswith(("taken", "took")) for what in done) == taken > 0
    assert typed == len(TEXT.rstrip())
    asking = Settings().key_trigger  # she asks only where the text is at its end
    assert sum(event["key"] != asking for event in demo.events("key")) == keys
    assert not [what for what in done if "BUG" in what]
    times = [event["at"] for event in demo.events()]
    assert times == sorted(times)


def test_the_keys_and_what_was_taken_make_the_text(demo: Demo):
    pattern = "".join(what_was_written(demo.events()))
    assert re.fullmatch(pattern, TEXT.rstrip(), re.DOTALL), pattern


def what_was_written(events: list[dict[str, Any]]) -> list[str]:
    """Return patterns of what each key put into the text, until it was written.

    A runner-up that was looked at or that took over is not in the transcript: it may be anything.
    """
    parts: list[str] = []
    ghost = undone = ""
    for event in events:
        what = event.get("what", "")
        if event["event"] in {"suggestion", "longer"}:
            ghost = event["text"]
        elif event["event"] == "key" and len(event["key"]) == 1:
            parts.append(re.escape(event["key"]))
            ghost = ghost[1:] if ghost.startswith(event["key"]) else ""
        elif what.startswith("looked at"):
            ghost = ""
        elif what.startswith("taken whole"):
            parts.append(re.escape(ghost) or ".+?")
        elif unit := re.match(r"took (`+)(.*?)\1 ", what):
            parts.append(re.escape(unit[2].replace("⏎", "\n")))
            ghost = ghost.removeprefix(unit[2])
        elif what.startswith("undone"):
            undone = parts.pop()
        elif what.startswith("done again"):
            parts.append(undone)
        elif event.get("file", "").endswith("-written.png"):
            return parts
    raise AssertionError("it was not written")


def test_the_transcript_for_people_has_it_all(demo: Demo):
    text = demo.transcript()
    for line in demo.done.stdout.splitlines():
        assert line in text
    for event in demo.events("picture"):
        assert f"![{event['file']}]({event['file']})" in text
    for event in demo.events("done"):
        assert f"- **{event['what']}**\n" in text
    for event in demo.events("suggestion"):
        assert f"suggested `{event['text']}` after" in text


def test_the_writers_own_files_are_left_alone(demo: Demo):
    assert files_in(demo.out.parent / "home") == demo.home_before
    (loaded,) = demo.events("loaded")
    assert loaded["model"]


def test_it_ends_when_the_time_is_up(default_model: Path, tmp_path: Path):
    demo = run_demo(tmp_path, TEXT * 50, "--limit", "1", "--theme", "dark")
    assert {"at": pytest.approx(0, abs=SLOW), "event": "ended", "why": "the time was up"} in demo.events()
    assert 0 < len(demo.events("key")) < 100
    assert lightness(demo.picture("window")) < 80, "the theme that was asked for"
    assert demo.done.returncode == (0 if demo.events("suggestion") else 1)


def test_without_a_model_one_line_says_why(tmp_path: Path):
    demo = run_demo(tmp_path, TEXT, "--offline", GPT_ASSISTANT_MODELS=str(tmp_path / "none"))
    assert demo.done.returncode == 1
    assert demo.done.stdout == ""
    *before, last = demo.done.stderr.splitlines()
    assert last.startswith("gpt-assistant: ")
    assert "Stay offline" in last
    assert not any(line.startswith("gpt-assistant: ") for line in before)
    assert [event["why"] for event in demo.events("ended")] == [last.removeprefix("gpt-assistant: ")]
    assert [path.name for path in demo.pictures()] == ["01-window.png"]


def test_a_text_that_is_not_there_is_one_line(tmp_path: Path):
    command = [sys.executable, "-m", "gpt_assistant", "demo", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--text", str(tmp_path / "missing.txt")],
        capture_output=True,
        text=True,
        check=False,
        timeout=SLOW,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("gpt-assistant: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
