"""Python's garbage collector, on the window's thread alone.

A collection runs on whichever thread happens to allocate, and on one that talks to the model it would
destroy widgets that lie in a cycle, which Qt forbids outside their own thread. So it is switched off and
done here, between events, as much of it as its own thresholds ask for (the way of Anki's `aqt`).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1000


class GarbageCollection(QObject):
    """Collects on the thread that it lives on, from its making until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int:
        """Collect the oldest generation that is due, if any; return how many objects were unreachable."""
        due = [
            generation
            for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if most and count > most
        ]
        return gc.collect(due[-1]) if due else 0

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
