"""The mouse over an editor whose ghost vanishes, and whose text moves, as soon as it is touched."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from gpt_assistant.ui.ghost import GhostText


class Pointer:
    """Sends the mouse where the writer saw it going, though the ghost vanishes at the first press.

    Until the mouse has clearly moved, the rest of the click (its trembling, its release, a second and a
    third press) goes to the same place in the text.
    """

    def __init__(self, view: QPlainTextEdit, ghost: GhostText, hide: Callable[[], None]) -> None:
        self._view = view
        self._ghost = ghost
        self._hide = hide
        self._pressed: QPointF | None = None
        self._target = 0
        self._clock = QElapsedTimer()

    def press(self, event: QMouseEvent) -> QMouseEvent:
        """Return `event`, aimed at what was seen under it; hides the ghost."""
        if event.button() not in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            return event
        if self._ghost.laid_out:
            self._target = self._ghost.position_at(event.position())
            self._pressed = event.position()
            self._hide()
        elif not self._goes_on(event.position()):
            self._pressed = None
        self._clock.start()
        return self._aimed(event)

    def move(self, event: QMouseEvent) -> QMouseEvent | None:
        """Return `event`, or None while a button is held and the mouse only trembles."""
        if self._pressed is None or event.buttons() == Qt.MouseButton.NoButton:
            return event
        if self._near(event.position()):
            return None
        self._pressed = None
        return event

    def release(self, event: QMouseEvent) -> QMouseEvent:
        """Return `event`, aimed like its press unless the mouse has moved since."""
        return self._aimed(event)

    def help(self, event: QHelpEvent) -> QHelpEvent:
        """Return `event`, aimed at what was seen under it as if there were no ghost."""
        target = self._ghost.position_at(QPointF(event.pos()))
        return QHelpEvent(event.type(), self._point_of(target).toPoint(), event.globalPos())

    def _near(self, point: QPointF) -> bool:
        distance = QApplication.startDragDistance()
        return self._pressed is not None and (point - self._pressed).manhattanLength() < distance

    def _goes_on(self, point: QPointF) -> bool:
        return self._near(point) and self._clock.elapsed() < QApplication.doubleClickInterval()

    def _aimed(self, event: QMouseEvent) -> QMouseEvent:
        if self._pressed is None:
            return event
        place = self._point_of(self._target)
        spot = QPointF(self._view.viewport().mapToGlobal(place))
        return QMouseEvent(
            event.type(),
            place,
            spot,
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )

    def _point_of(self, position: int) -> QPointF:
        cursor = self._view.textCursor()
        cursor.setPosition(min(position, self._view.document().characterCount() - 1))
        return QRectF(self._view.cursorRect(cursor)).center()
