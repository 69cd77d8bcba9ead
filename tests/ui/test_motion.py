"""Less motion: by the setting, or by the wish of the desktop, asked of a real portal on a real bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QProgressBar, QStyle
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window

from gpt_assistant.ui.motion import reduced_motion, show_fraction
from gpt_assistant.ui.window import MainWindow

PORTAL = Path(__file__).with_name("portal.py")
# Ends as soon as the portal has answered, or after two seconds.
ASK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gpt_assistant.ui.motion import Motion, reduced_motion
application = QApplication([])
motion = Motion(application.quit, application)
motion.apply("system")
QTimer.singleShot(2000, application.quit)
application.exec()
print(reduced_motion())
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
@pytest.mark.parametrize(("animations", "expected"), [("disabled", "True"), ("enabled", "False")])
def test_the_portal_is_heard(animations: str, expected: str, tmp_path: Path) -> None:
    script = tmp_path / "ask.sh"
    script.write_text(
        f'"{sys.executable}" "{PORTAL}" {animations} > "{tmp_path}/portal" &\n'
        f'portal=$!\nuntil [ -s "{tmp_path}/portal" ]; do sleep 0.05; done\n'
        f'"{sys.executable}" "{tmp_path}/ask.py"\nkill $portal\n'
    )
    (tmp_path / "ask.py").write_text(ASK)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PORTAL.parents[2])}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == expected, done.stderr


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = open_window(qtbot)
    yield window
    window.store.change(motion="full")


def test_less_motion(window: MainWindow) -> None:
    blink = QApplication.cursorFlashTime()
    window.status.show_progress("Working", -1.0)
    assert (window.status.bar.maximum(), blink > 0) == (0, True), "it runs to and fro"
    window.store.change(motion="less")
    window.status.show_progress("Working", -1.0)
    assert window.status.bar.maximum() > 0
    assert QApplication.cursorFlashTime() == 0
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    for widget in (editor_of(window), window.tabs.tabBar(), window.status.bar):
        assert widget.style().styleHint(hint, None, widget) == 0, type(widget)
    window.store.change(motion="full")
    assert QApplication.cursorFlashTime() == blink
    assert editor_of(window).style().styleHint(hint, None, editor_of(window)) > 0


def test_the_system_asks_for_less_motion(window: MainWindow) -> None:
    assert not reduced_motion()
    window.motion.wish()
    assert reduced_motion()
    window.store.change(motion="full")
    assert not reduced_motion(), "the setting is stronger"
    bar = QProgressBar()
    show_fraction(bar, 0.25)
    assert bar.value() * 4 == bar.maximum()
