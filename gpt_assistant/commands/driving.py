"""The real application on folders of its own, driven by key events: what `demo` and the window's bench share.

Keys go in where the platform hands them over, so shortcuts, focus and input are those of a person at the
keyboard. The only difference is who presses them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QKeyCombination, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest

from gpt_assistant import paths
from gpt_assistant.app import Application, make_qt_application
from gpt_assistant.engine.messages import Failed, Loaded, Progress, Reply
from gpt_assistant.settings import Settings, SettingsStore
from gpt_assistant.ui.editor import Editor

# Loading may include a download; it fails when there is no sign of life for this long.
_STALLED_SECONDS = 180.0
_POLL_MS = 5


class CannotDrive(Exception):  # noqa: N818 (named for what happened)
    """The application did not get where it should; one line says why."""


def report(program: str, measure: Callable[[], dict[str, Any]], as_json: bool) -> int:
    """Print what `measure` returns, a figure a line or as one object, or why not; return the exit status."""
    try:
        found = measure()
    except CannotDrive as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(found))
    else:
        print(*(f"{name}: {value}" for name, value in found.items()), sep="\n")
    return 0


@contextmanager
def own_home() -> Iterator[Path]:
    """Keep everything but the models in a temporary folder meanwhile."""
    names = ("GPT_ASSISTANT_HOME", "GPT_ASSISTANT_MODELS")
    before = {name: os.environ.get(name) for name in names}
    models = paths.models_folder()
    with tempfile.TemporaryDirectory(prefix="gpt-assistant-") as home:
        os.environ["GPT_ASSISTANT_MODELS"] = str(models)
        os.environ["GPT_ASSISTANT_HOME"] = home
        try:
            yield Path(home)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def choose_platform() -> None:
    """Let Qt draw into memory where there is no display."""
    told = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not told:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


class Driver:
    """Starts the application in `own_home()` with `settings`, and presses keys in its window."""

    def __init__(self, settings: Settings, files: Sequence[Path] = ()) -> None:
        choose_platform()
        self._interrupted = False
        self._replies: list[Reply] = []
        self._sign_of_life = time.perf_counter()
        self.qt = make_qt_application()
        self.qt.setCursorFlashTime(0)  # the caret is in every picture
        store = SettingsStore()
        store.override(**dataclasses.asdict(settings))
        self.application = Application(store)
        self.application.link.replied.connect(self._on_reply)
        self.window = self.application.window
        self.window.resize(980, 720)
        self.application.start(files)
        self.window.activateWindow()  # its keys are only its own then, and nobody clicks on it
        self._handle_interrupt()

    @property
    def editor(self) -> Editor:
        """Return the editor in front."""
        editor = self.window.current_editor()
        assert editor is not None
        return editor

    def has_fonts(self) -> bool:
        """Return whether the system has any font; without one, text is drawn as boxes."""
        return bool(QFontDatabase.families())

    # Waiting

    def pump(self, milliseconds: float) -> None:
        """Let the application work for a while. Raises KeyboardInterrupt; CannotDrive if it was closed."""
        loop = QEventLoop()
        timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(max(0, round(milliseconds)))
        loop.exec()
        if self._interrupted:
            raise KeyboardInterrupt
        if not self.window.isVisible():
            raise CannotDrive("The window was closed.")

    def wait_until(self, true: Callable[[], object], seconds: float) -> bool:
        """Let the application work until `true()`; False if that takes longer than `seconds`."""
        end = time.perf_counter() + seconds
        while not true():
            if time.perf_counter() > end:
                return False
            self.pump(_POLL_MS)
        return True

    def wait_for_model(self) -> Loaded:
        """Return what was loaded. Raises CannotDrive with the line that the window shows if it cannot be."""

        def done() -> Loaded | Failed | None:
            return next((reply for reply in self._replies if isinstance(reply, Loaded | Failed)), None)

        while (reply := done()) is None:
            if time.perf_counter() - self._sign_of_life > _STALLED_SECONDS:
                raise CannotDrive("The model is taking too long to load.")
            self.pump(20)
        if isinstance(reply, Failed):
            raise CannotDrive(reply.text)
        return reply

    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, Progress):
            self._sign_of_life = time.perf_counter()
        elif reply.id == self.application.model.loading:
            self._replies.append(reply)

    def _handle_interrupt(self) -> None:
        # An exception raised in a slot does not leave Qt's loop: note the signal, raise in `pump`.
        def note(_number: int, _frame: object) -> None:
            self._interrupted = True

        signal.signal(signal.SIGINT, note)

    # Keys

    def type(self, character: str) -> None:
        """Press the key of one character."""
        if character == "\n":
            QTest.keyClick(self._handle(), Qt.Key.Key_Return)
        elif character.isascii() and character.isprintable():
            QTest.keyClick(self._handle(), ord(character))
        else:  # QTest knows only the keys of ASCII
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QGuiApplication.sendEvent(self._handle(), event)

    def press(self, key: str) -> None:
        """Press a key given as in the settings, "Ctrl+Right" say, or its standard name, such as "Undo"."""
        sequence = QKeySequence(getattr(QKeySequence.StandardKey, key, key))
        combination: QKeyCombination = sequence[0]  # type: ignore[index] # unknown to the stubs
        QTest.keyClick(self._handle(), combination.key(), combination.keyboardModifiers())

    def _handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def close(self) -> None:
        """End the application; its folders go with `own_home`."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.window.end_keeping_work()
        self.qt.processEvents()
