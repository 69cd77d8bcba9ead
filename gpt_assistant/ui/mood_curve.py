"""The mood of a document, drawn: a curve from its beginning to its end, and a bar of shares.

Above the line in the middle is what sounds good, below it what sounds bad; how far, that is how sure the
model is. A passage is as wide as it is long. The curve is a slider to the keyboard and to screen readers:
arrows go from passage to passage, Return goes there in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from gpt_assistant.engine.messages import Mood
from gpt_assistant.ui.mood_looks import MOODS, MoodLooks, looks, name_of
from gpt_assistant.ui.theme import LIGHT
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import scaled

_HEIGHT, _WIDTH = 110, 160  # pixels
_MARGIN = 6
_SHOWN = 60  # characters of a passage that are told
_STEEP = 3.0  # pixels between two passages that a step of the curve takes


class Point(NamedTuple):
    """A passage: where it begins and ends, 0…1 of the document, and its balance, −1…1."""

    start: float
    end: float
    balance: float
    label: Mood
    text: str
    number: int  # of its first paragraph

    @property
    def said(self) -> str:
        """Return its mood, and how it begins."""
        shown = " ".join(self.text[: 4 * _SHOWN].split())
        if len(shown) > _SHOWN:
            shown = shown[:_SHOWN].rpartition(" ")[0] + "…"
        return tr("{mood}: “{text}”", mood=name_of(self.label), text=shown)


class MoodCurve(QAbstractSlider):
    """Draws `points`; `chosen` tells the number of a paragraph to go to."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.points: list[Point] = []
        self.caret = -1.0  # where the caret is, 0…1 of the document
        self._looks = looks(LIGHT)
        self.valueChanged.connect(lambda _value: self._name())
        self.setRange(0, 0)
        self._name()

    def sizeHint(self) -> QSize:
        """Return a low, wide size."""
        return QSize(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least that shows anything."""
        return QSize(scaled(self, 80), scaled(self, 64))

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        self._looks = made
        self.update()

    def show_points(self, points: Sequence[Point], caret: float) -> None:
        """Draw these."""
        if list(points) == self.points and caret == self.caret:
            return
        self.points, self.caret = list(points), caret
        self.setRange(0, max(0, len(points) - 1))
        self._name()
        self.update()

    def _name(self) -> None:
        """Let a screen reader say which passage it is, and its mood."""
        name = tr("Curve of the mood")
        if self.points:
            here = self.points[min(self.value(), len(self.points) - 1)]
            name = tr("{name}: {said}", name=name, said=here.said)
        self.setAccessibleName(name)

    # -- places ------------------------------------------------------------------------------------

    def _frame(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def x_of(self, place: float) -> float:
        """Return where a place of the document, 0…1, is drawn."""
        frame = self._frame()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return frame.left() + frame.width() * (1 - place if mirrored else place)

    def _y_of(self, balance: float) -> float:
        frame = self._frame()
        return frame.center().y() - balance * frame.height() / 2

    def point_at(self, x: float) -> int:
        """Return which of the points is drawn at `x`, -1 for none."""
        if not self.points:
            return -1
        frame = self._frame()
        place = (x - frame.left()) / max(1.0, frame.width())
        place = 1 - place if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else place
        return max(0, bisect_right([point.start for point in self.points], place) - 1)

    # -- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the areas, the line in the middle, the caret, and the passage chosen by the keyboard."""
        painter = QPainter(self)
        made, frame = self._looks, self._frame()
        painter.fillRect(self.rect(), made.page)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = self._outline()
        for mood, half in (
            (Mood.POSITIVE, QRectF(frame.left(), frame.top(), frame.width(), frame.height() / 2)),
            (Mood.NEGATIVE, QRectF(frame.left(), frame.center().y(), frame.width(), frame.height() / 2)),
        ):
            painter.save()
            painter.setClipRect(half.adjusted(-1, -1, 1, 1) if mood is Mood.POSITIVE else half)
            painter.setPen(QPen(made.fills[mood].color(), 1.4))
            painter.setBrush(made.fills[mood])
            painter.drawPolygon(shape)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(made.muted, 1))
        painter.drawLine(QPointF(frame.left(), self._y_of(0)), QPointF(frame.right(), self._y_of(0)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.points and self.caret >= 0:
            painter.setPen(QPen(made.text, 1, Qt.PenStyle.DashLine))
            x = self.x_of(self.caret)
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        if self.hasFocus():
            self._draw_focus(painter)
        painter.end()

    def _outline(self) -> QPolygonF:
        """Return the curve, closed along the line in the middle: level in each passage, steep between two."""
        zero = self._y_of(0)
        shape = QPolygonF()
        mirrored = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        for point in self.points:
            left, right, y = self.x_of(point.start), self.x_of(point.end), self._y_of(point.balance)
            steep = min(_STEEP, abs(right - left) / 4) * mirrored
            for x, height in ((left, zero), (left + steep, y), (right - steep, y), (right, zero)):
                shape.append(QPointF(x, height))
        return shape

    def _draw_focus(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._looks.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self.points:
            here = self.points[min(self.value(), len(self.points) - 1)]
            x, to = sorted((self.x_of(here.start), self.x_of(here.end)))
            frame = self._frame()
            painter.drawRect(QRectF(x, frame.top(), max(3.0, to - x), frame.height()))

    # -- pointing and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the passage that was clicked."""
        if (
            event.button() == Qt.MouseButton.LeftButton
            and (number := self.point_at(event.position().x())) >= 0
        ):
            self.setValue(number)
            self.chosen.emit(self.points[number].number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from passage to passage, and with Return or Space to that in the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.points:
            self.chosen.emit(self.points[min(self.value(), len(self.points) - 1)].number)
            return
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        steps = {Qt.Key.Key_Left: 1 if mirrored else -1, Qt.Key.Key_Right: -1 if mirrored else 1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self.setValue(self.value() + step)
        else:
            super().keyPressEvent(event)
        self._tell()
        self.update()

    def _tell(self) -> None:
        if self.points:
            here = self.points[min(self.value(), len(self.points) - 1)]
            middle = self.x_of((here.start + here.end) / 2)
            QToolTip.showText(self.mapToGlobal(QPointF(middle, self.height()).toPoint()), here.said, self)

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.point_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.points[number].said if number >= 0 else "", self)
            return True
        return super().event(event)


class ShareBar(QWidget):
    """How much of the text has each mood, as one bar; `shares` are parts of 1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(scaled(self, 16))
        self.shares: dict[Mood, float] = {}
        self._looks = looks(LIGHT)

    def set_looks(self, made: MoodLooks) -> None:
        """Use the looks of a theme."""
        self._looks = made
        self.update()

    def show_shares(self, shares: dict[Mood, float]) -> None:
        """Draw these."""
        if shares != self.shares:
            self.shares = shares
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a part for each mood, and a frame around all."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._looks.page)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 0.0
        for mood in MOODS:
            width = self.width() * self.shares.get(mood, 0.0)
            left = self.width() - x - width if mirrored else x
            part = QRectF(left, 0, width, self.height())
            painter.fillRect(part, self._looks.fills[mood])
            x += width
        painter.setPen(QPen(self._looks.muted, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
