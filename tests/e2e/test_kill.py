"""Types into the real window, kills it with SIGKILL, starts again and looks at what is offered back."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import kills
import pytest

WORD = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789\n"
GAP = 0.012  # between keys: 80 a second, faster than anyone types

TYPIST = f"""
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.window import MainWindow

app = QApplication([])
window = MainWindow(SettingsStore())
window.start([Path(name) for name in sys.argv[1:]])
window.show()
while window.current_document().loading:  # a large file comes in bit by bit
    app.processEvents()
editor, word, typed = window.current_editor(), {WORD!r}, 0
editor.moveCursor(editor.textCursor().MoveOperation.End)

def key():
    global typed
    letter = word[typed % len(word)]
    QTest.keyClick(editor, Qt.Key.Key_Return if letter == "\\n" else letter)
    typed += 1
    print(typed, time.monotonic(), flush=True)

timer = QTimer()
timer.timeout.connect(key)
timer.start({int(GAP * 1000)})
app.exec()
"""

RESTART = """
import json
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.window import MainWindow

app = QApplication([])
window = MainWindow(SettingsStore())
window.start()
window.show()
QTest.qWait(50)
if window.restoring.dialog is not None:
    window.restoring.dialog.buttons.buttons()[0].click()
while any(each.loading for each in window.documents()):
    app.processEvents()
back = [(str(each.path or ""), each.text()) for each in window.documents() if each.modified]
print(json.dumps(back))
for each in window.documents():
    each.editor.document().setModified(False)
assert window.close()
"""

SAVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gpt_assistant.settings import SettingsStore
from gpt_assistant.ui.window import MainWindow

app = QApplication([])
window = MainWindow(SettingsStore())
window.start([Path(sys.argv[1])])
window.show()
editor, size, number = window.current_editor(), int(sys.argv[2]), 0

def save():
    global number
    number += 1
    editor.selectAll()
    editor.textCursor().insertText(("%09d\\n" % number) * size)
    window.actions_table["save"].trigger()
    print(number, flush=True)

timer = QTimer()
timer.timeout.connect(save)
timer.start(0)
app.exec()
"""


def typed_text(count: int) -> str:
    return (WORD * (count // len(WORD) + 1))[:count]


def kill_after(seconds: float, script: str, *arguments: str) -> tuple[float, list[str]]:
    """Run `script`, kill it `seconds` after its first line; returns when, and all its lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    killed = time.monotonic()
    process.kill()
    rest = process.stdout.readlines()
    process.stdout.close()
    process.wait()
    lines = [line for line in [first, *rest] if line.endswith("\n")]
    assert lines, "the typist did not start"
    return killed, lines


def recovered() -> list[tuple[str, str]]:
    """Start again, take what is offered; returns path and text of each document that came back."""
    done = subprocess.run([sys.executable, "-c", RESTART], capture_output=True, text=True, check=True)
    return [(path, text) for path, text in json.loads(done.stdout)]


def check(text: str, base: str, killed: float, lines: list[str]) -> float:
    """Assert that `text` misses at most two seconds of typing; returns how many it misses."""
    assert text.startswith(base)
    kept = len(text) - len(base)
    assert text == base + typed_text(kept), "what was kept is exactly what was typed"
    events = [(int(number), float(when)) for number, when in (line.split() for line in lines)]
    lost = [when for number, when in events if number > kept]
    missing = killed - lost[0] if lost else 0.0
    assert missing <= 2.0, f"{len(lost)} letters, {missing:.2f} s of typing are lost"
    return missing


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("round_", range(4))
def test_killed_while_typing(tmp_path: Path, round_: int) -> None:
    pause = random.Random(round_).uniform(0.05, 2.2)
    titled = round_ % 2 == 0
    path, base = tmp_path / "titled.txt", "Already saved. 😀\n"
    path.write_text(base, "utf-8")
    killed, lines = kill_after(pause, TYPIST, *([str(path)] if titled else []))
    found = recovered()
    if not found:
        assert killed - float(lines[0].split()[1]) <= 2.0, "nothing at all was kept"
        return
    ((where, text),) = found
    assert where == (str(path) if titled else "")
    check(text, base if titled else "", killed, lines)
    assert path.read_text("utf-8") == base, "the file is the writer's to save"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_again_and_again_with_a_long_document(tmp_path: Path) -> None:
    path = tmp_path / "novel.txt"
    base = "It was a dark and stormy night.\n" * 125_000  # 4 MB
    path.write_text(base)
    worst = 0.0
    for pause in (0.9, 2.1):
        killed, lines = kill_after(pause, TYPIST, str(path))
        ((_, text),) = recovered()
        worst = max(worst, check(text, base, killed, lines))
    assert worst <= 2.0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("encrypted", [False, True])
def test_killed_at_any_moment_of_typing_saving_and_switching(tmp_path: Path, encrypted: bool) -> None:
    """GPT_ASSISTANT_KILLS=200 does it as often as the promise says; `python tests/e2e/kills.py` too."""
    report = kills.run_chains(int(os.environ.get("GPT_ASSISTANT_KILLS", "6")), tmp_path, encrypted=encrypted)
    assert report.faults == []
    assert report.keys > 20 * report.kills
    assert report.restored > 0
    assert report.worst <= kills.ALLOWED_SECONDS


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_while_saving(tmp_path: Path) -> None:
    path, size = tmp_path / "text.txt", 30_000
    path.write_text(f"{0:09d}\n" * size)
    for pause in (0.02, 0.11, 0.23, 0.31, 0.4):
        _, lines = kill_after(pause, SAVER, str(path), str(size))
        content = path.read_text().splitlines()
        assert len(content) == size
        assert len(set(content)) == 1, "half of one version and half of another"
        assert int(content[0]) >= int(lines[-1]), "a save that was reported is on disk"
        for where, text in recovered():
            assert where == str(path)
            assert len(set(text.splitlines())) == 1
