"""Kills the window at random moments of typing, saving and switching, and looks what is left.

    python tests/e2e/kills.py 200 --jobs 2

Each process of a chain is the restart after the last one's kill: it takes what is offered back, says what
it got, and goes on typing until it is killed too. It says what a document is about to hold before each
key, so that what comes back can be held against what was typed, to the letter, and with its time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ALLOWED_SECONDS = 2.0
# A kill, mostly; what a native crash in Qt or a driver looks like; an assertion that fails in one.
SIGNALS = (9, 9, 9, 9, 9, 9, 9, 9, 11, 6)

# One process: `folder`, `seed`. What it says: [time, kind, document, text] a line. No model: it types.
TYPIST = """
import json, random, resource, sys, time
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.window import MainWindow

def say(kind, document="", text=""):
    print(json.dumps([time.monotonic(), kind, document, text]), flush=True)

def named(document):
    return str(document.path or document.title)

resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
app = QApplication([])
folder, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
store = SettingsStore()
window = MainWindow(store)
window.start(sorted(folder.glob("*.txt")))
window.show()
app.processEvents()
if len(sys.argv) > 3 and not store.current.encrypt:
    store.change(encrypt=True)
while window.encryption.busy:
    app.processEvents()
if window.restoring.dialog is not None:
    window.restoring.dialog.buttons.buttons()[0].click()
for document in window.documents():
    say("modified" if document.modified else "open", named(document), document.text())
say("ready")
sys.stdin.readline()  # what the last kill left is looked at before anything is typed
LETTERS = "abcdefghijklmnopqrstuvwxyz     \\nABCDEFG0123456789.,"

def type_key(document):
    editor = document.editor
    cursor, text = editor.textCursor(), document.text()
    if chance.random() < 0.02:
        cursor.setPosition(chance.randint(0, len(text)))  # all of it is ASCII
        editor.setTextCursor(cursor)
    at, letter = editor.textCursor().position(), chance.choice(LETTERS)
    say("text", named(document), text[:at] + letter + text[at:])
    QTest.keyClick(editor, Qt.Key.Key_Return if letter == "\\n" else letter)

def save(document):
    name, text = named(document), document.text()
    if document.path is None:
        path = folder / f"named-{time.time_ns()}.txt"
        say("naming", name, str(path))
        document.save(path)
        window.document_saved(document)
        say("named", name, str(path))
    else:
        window.actions_table["save"].trigger()
        if document.modified:
            say("asked", name, document.notice.text + window.status.message.whole)
            for box in window.findChildren(QMessageBox):
                box.reject()
            document.keep_mine()
        else:
            say("saved", name, text)

def act():
    documents, dice = window.documents(), chance.random()
    document = window.current_document()
    if dice < 0.01 and len(documents) < 5:
        window.new_document()
        say("open", named(window.current_document()), "")
    elif dice < 0.05:
        window.step_tab(1)
    elif dice < 0.10 and (document.path or chance.random() < 0.15) and document.unsaved:
        save(document)
    else:
        type_key(document)

timer = QTimer()
timer.timeout.connect(act)
timer.start(10)
app.exec()
"""


@dataclass
class Known:
    """What a document held at which time, in order; `saved` is the place of what was last reported saved."""

    states: list[tuple[float, str]] = field(default_factory=list)
    saved: int = -1

    def last(self, text: str) -> int:
        """Return the place of the last state that was `text`. Raises LookupError if there was none."""
        found = [place for place, (_, held) in enumerate(self.states) if held == text]
        if not found:
            raise LookupError
        return found[-1]


@dataclass
class Report:
    """What many kills have shown."""

    kills: int = 0
    documents: int = 0  # that were looked at after a kill
    restored: int = 0  # of them, that came back as unsaved work
    keys: int = 0
    saves: int = 0
    asked: int = 0  # times that a save asked first, for the file was not what was last read or written
    worst: float = 0.0  # seconds of typing that were missing, at most
    faults: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take another chain's report into this one."""
        for name in ("kills", "documents", "restored", "keys", "saves", "asked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst = max(self.worst, other.worst)
        self.faults += other.faults


class Chain:
    """A home and a folder of files in which one process after the other types and is killed."""

    def __init__(self, home: Path, seed: int, encrypted: bool = False) -> None:
        self.home, self.seed, self.encrypted = home, seed, encrypted
        self.folder = home / "texts"
        self.folder.mkdir(parents=True)
        for name in ("one", "two"):
            (self.folder / f"{name}.txt").write_text(f"This is {name}.\n")
        self.report = Report()
        self._documents: dict[str, Known] = {}
        self._naming: dict[str, str] = {}  # untitled documents that were being saved, and where
        self._killed = 0.0

    def kill(self, number: int) -> None:
        """Start a process, look at what it got back, let it type, and kill it."""
        chance = random.Random(self.seed * 10_000 + number)
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", TYPIST, str(self.folder), str(chance.randrange(1 << 30))),
                *(["encrypted"] if self.encrypted else []),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment(),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        found: dict[str, tuple[str, str]] = {}
        for _, kind, name, text in self._lines(process):
            if kind == "ready":
                break
            found[name] = (kind, text)
        else:
            self.report.faults.append(f"kill {number}: it did not start: {process.stderr.read()[-2000:]}")
            process.stdin.close()
            process.stdout.close()
            process.stderr.close()
            process.wait()
            return
        self._check(found)
        process.stdin.write("go\n")
        process.stdin.close()
        with ThreadPoolExecutor(1) as reader:
            rest = reader.submit(lambda: list(self._lines(process)))
            time.sleep(chance.uniform(0.02, 2.5))
            self._killed = time.monotonic()
            process.send_signal(chance.choice(SIGNALS))
            lines = rest.result()
        errors = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
        if process.wait() not in {-number for number in SIGNALS}:
            self.report.faults.append(f"kill {number}: the process ended by itself: {errors[-2000:]}")
        self.report.kills += 1
        self._note(found, lines)

    def _environment(self) -> dict[str, str]:
        """Return that of a process: its own home, and a keyring that outlives it where one is needed."""
        found = os.environ | {"GPT_ASSISTANT_HOME": str(self.home / "home"), "QT_QPA_PLATFORM": "offscreen"}
        if self.encrypted:
            tests = str(Path(__file__).parent.parent)
            found["PYTHONPATH"] = os.pathsep.join(filter(None, (tests, os.environ.get("PYTHONPATH"))))
            found["PYTHON_KEYRING_BACKEND"] = "keyring_memory.FileKeyring"
            found["GPT_ASSISTANT_TEST_KEYRING"] = str(self.home / "keyring.json")
        return found

    @staticmethod
    def _lines(process: subprocess.Popen[str]) -> Iterator[list[Any]]:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                yield json.loads(line)

    def _note(self, found: dict[str, tuple[str, str]], lines: list[list[Any]]) -> None:
        """Remember what each document held, from what the process said."""
        known: dict[str, Known] = defaultdict(Known)
        for name, (_, text) in found.items():
            if (before := self._documents.get(name)) is not None:  # the file may be as old as that
                known[name] = Known([(0.0, held) for _, held in before.states], before.saved)
            known[name].states.append((0.0, text))
        self._naming = {}
        for when, kind, name, text in lines:
            if kind == "text":
                known[name].states.append((when, text))
                self.report.keys += 1
            elif kind == "open":
                known[name].states.append((when, text))
            elif kind == "saved":
                known[name].saved = known[name].last(text)
                self.report.saves += 1
            elif kind == "naming":
                self._naming[name] = text
                known[text].states += known[name].states
            elif kind == "named":
                del self._naming[name]
                known.pop(name)
                known[text].saved = len(known[text].states) - 1
                self.report.saves += 1
            elif kind == "asked":
                self.report.asked += 1
        self._documents = dict(known)

    def _check(self, found: dict[str, tuple[str, str]]) -> None:
        """Hold what the restart has against what was typed before the kill."""
        for name, known in self._documents.items():
            if name not in found and Path(self._naming.get(name, "")).is_file():
                continue  # it was saved, and killed before it could say so: its file is looked at
            self.report.documents += 1
            kind, text = found.get(name, ("", ""))
            self.report.restored += kind == "modified"
            path = Path(name)
            on_disk = path.read_text() if name.startswith("/") and path.exists() else None
            places = []
            for what, content in (("the file", on_disk), ("what came back", text if kind else None)):
                if content is not None:
                    try:
                        places.append(known.last(content))
                    except LookupError:
                        newest = known.states[-1][1]
                        self.report.faults.append(
                            f"{what} of {name} is nothing that was typed: {content!r}; last was {newest!r}"
                        )
            self._check_age(name, known, max(places, default=-1), on_disk)
        self._check_history()

    def _check_age(self, name: str, known: Known, place: int, on_disk: str | None) -> None:
        missing = [when for when, text in known.states[place + 1 :] if text]
        if missing:
            seconds = self._killed - missing[0]
            self.report.worst = max(self.report.worst, seconds)
            if seconds > ALLOWED_SECONDS:
                self.report.faults.append(f"{seconds:.2f} s of typing are missing in {name}")
        if known.saved >= 0 and on_disk is None:
            self.report.faults.append(f"{name} was saved and is not there")
        elif known.saved >= 0 and on_disk not in [text for _, text in known.states[known.saved :]]:
            self.report.faults.append(f"{name}: a save that was reported is not in the file")

    def _check_history(self) -> None:
        path = self.home / "home" / "data" / "history.db"
        if path.exists():
            with closing(sqlite3.connect(path, timeout=10)) as base:
                result = base.execute("PRAGMA integrity_check").fetchone()
            if result != ("ok",):
                self.report.faults.append(f"the history is damaged: {result}")

    def _check_encrypted(self) -> None:
        """Look that no file has in plain sight what was typed; a home is full of words of these letters."""
        for path in (self.home / "home" / "data").rglob("*"):
            if path.suffix in (".journal", ".db") and b"This is " in path.read_bytes():
                self.report.faults.append(f"{path} is not encrypted")

    def finish(self) -> Report:
        """Start once more, to look at what the last kill left."""
        if self.encrypted:
            self._check_encrypted()
        kills = self.report.kills
        self.kill(-1)
        self.report.kills = kills
        return self.report


def run(kills: int, home: Path, seed: int = 1, encrypted: bool = False) -> Report:
    """Kill `kills` processes, one after the other, in `home`."""
    chain = Chain(home, seed, encrypted)
    for number in range(kills):
        chain.kill(number)
    return chain.finish()


def run_chains(kills: int, home: Path, seed: int = 1, jobs: int = 2, encrypted: bool = False) -> Report:
    """Share `kills` among `jobs` chains that run at once, each in chains of 25 kills."""
    sizes = [min(25, kills - done) for done in range(0, kills, 25)]
    whole = Report()
    with ThreadPoolExecutor(jobs) as pool:
        chains = [
            pool.submit(run, size, home / f"chain{n}", seed + n, encrypted) for n, size in enumerate(sizes)
        ]
        for chain in chains:
            whole.add(chain.result())
    return whole


def main() -> None:
    """Run from the command line; the exit code is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--encrypted", action="store_true", help="with the encryption of what is kept")
    args = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        report = run_chains(args.kills, Path(home), args.seed, args.jobs, args.encrypted)
    print(
        f"{report.kills} kills, {report.documents} documents looked at ({report.restored} came back as "
        f"unsaved work), {report.keys} keys, {report.saves} saves ({report.asked} asked), "
        f"{time.monotonic() - started:.0f} s\n"
        f"most typing missing: {report.worst:.2f} s; faults: {len(report.faults)}"
    )
    print("\n".join(report.faults))
    sys.exit(bool(report.faults))


if __name__ == "__main__":
    main()
