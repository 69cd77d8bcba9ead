"""Spares the battery, and a machine that is too hot: completion waits for a pause, or sleeps.

The state is read on a thread of its own: asking a battery's controller may take a tenth of a second.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gpt_assistant import power
from gpt_assistant.power import Power
from gpt_assistant.settings import Settings
from gpt_assistant.text.suggestion import Reason
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import tr

POLL_MS = 30_000
USUAL, WAIT, SLEEP = "usual", "wait", "sleep"
_REASONS = {
    (WAIT, False): Reason.BATTERY_WAITS,
    (WAIT, True): Reason.HEAT_WAITS,
    (SLEEP, False): Reason.BATTERY_SLEEPS,
    (SLEEP, True): Reason.HEAT_SLEEPS,
}
_HINTS = {
    Reason.BATTERY_WAITS: mark("On battery: suggestions wait for a pause in your typing."),
    Reason.BATTERY_SLEEPS: mark("On battery: no suggestions unless you ask for one."),
    Reason.HEAT_WAITS: mark("This machine is hot: suggestions wait for a pause in your typing."),
    Reason.HEAT_SLEEPS: mark("This machine is hot: no suggestions unless you ask for one."),
}


class Sparing(QObject):
    """Watches the machine's power. `changed(reason)` when suggestions are to be spared otherwise than before.

    The reason is Reason.NONE where they come as usual.
    """

    changed = Signal(object)
    _read = Signal(object)

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        read: Callable[[Power], Power] = power.read,
    ) -> None:
        super().__init__(parent)
        self._settings, self._reader = settings, read
        self._power, self.reason = Power(), Reason.NONE
        self._busy = False
        self._read.connect(self.take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and again from time to time."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Read the state on a thread, unless it is being read already; returns at once."""
        if not self._busy:
            self._busy = True
            threading.Thread(target=self._look, name="power", daemon=True).start()

    def apply_settings(self, settings: Settings) -> None:
        """Take what is to be done on battery from `settings`."""
        self._settings = settings
        self._judge()

    @property
    def hint(self) -> str:
        """Return in a line why suggestions do not come as usual; "" where they do."""
        return tr(_HINTS[self.reason]) if self.reason else ""

    def _look(self) -> None:
        try:
            found = self._reader(self._power)
        except OSError:
            found = Power()
        try:
            self._read.emit(found)
        except RuntimeError:
            return  # the window is gone

    def take(self, found: Power) -> None:
        """Take the state that was read."""
        self._busy = False
        self._power = found
        self._judge()

    def _judge(self) -> None:
        spared = self._power.on_battery or self._power.hot
        how = self._settings.on_battery if spared else USUAL
        reason = _REASONS.get((how, not self._power.on_battery), Reason.NONE)
        if reason is not self.reason:
            self.reason = reason
            self.changed.emit(reason)
