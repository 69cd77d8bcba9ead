"""Which settings the loaded model was loaded by, and the way back to them when another cannot be had.

The settings name what is wanted; while that is loaded, what was loaded before goes on answering. If it cannot
be loaded, the settings go back to what is there, so that they never name a model that does not run, and one
line says why, with a button to try again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gpt_assistant.engine.messages import Failed
from gpt_assistant.settings import Settings
from gpt_assistant.text.told import told
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

NAMES = ("model", "device", "dtype", "threads")
"""The settings that a model is loaded by."""


def values(settings: Settings) -> dict[str, object]:
    """Return those settings by their names."""
    return {name: getattr(settings, name) for name in NAMES}


class Switching:
    """The switching from one model to another, of one window. `load(anyway)` loads what the settings name."""

    def __init__(self, window: MainWindow, load: Callable[[bool], object]) -> None:
        self._window, self._load = window, load
        self._asked: dict[str, object] = {}
        self._served: dict[str, object] = {}  # empty while nothing is loaded
        self._quiet = False

    def begin(self) -> None:
        """Remember what is asked for now."""
        self._asked = values(self._window.store.current)

    def done(self) -> None:
        """What was asked for last is loaded."""
        self._served = self._asked

    def wanted(self, old: Settings, new: Settings) -> bool:
        """Return whether a change of the settings asks for another model."""
        return not self._quiet and values(old) != values(new)

    def failed(self, reply: Failed, name: str) -> None:
        """Say why the model could not be loaded; go back to what was loaded before; `name` is there still."""
        asked, text = self._asked, localised(reply.text)
        if self._served and self._served != asked:
            self._set(self._served)
            if name:
                text = tr("{why} {name} goes on.", why=text, name=name)
            else:  # it was asleep, or its process has ended
                self._load(False)
        anyway = (tr("Try anyway"), lambda: self._again(asked, anyway=True)) if reply.memory else None
        again = None if anyway else lambda: self._again(asked)
        self._window.status.show_problem(text, again, "model", anyway)

    def cancelled(self, name: str) -> None:
        """Go back to `name`, which is loaded, where there is one; else say that there is none."""
        if name and self._served and self._served != self._asked:
            self._set(self._served)
            self._window.status.show_hint(tr("{name} goes on.", name=name))
        else:
            self.failed(Failed(0, told("Loading the model was cancelled.")), name)

    def _again(self, asked: dict[str, object], *, anyway: bool = False) -> None:
        self._set(asked)
        self._load(anyway)

    def _set(self, wanted: dict[str, object]) -> None:
        """Change the settings without loading what they name."""
        self._quiet = True
        try:
            self._window.store.change(**wanted)
        except OSError as error:
            self._window.status.show_problem(localised(error), about="settings")
        finally:
            self._quiet = False
