"""The small window beside a word that says how likely it was, what might stand there instead, and why.

It lies over the editor and is no window of its own, like the palette. With the mouse it leaves the keyboard
where it is, so that typing goes on; opened by a key it takes the keyboard: up and down choose, Enter takes,
left and right go to the next word of the suggestion, Esc closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.text.suggestion import Candidate
from gpt_assistant.ui.contrast import mixture
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.why_words import percent, row_text, whole
from gpt_assistant.ui.widgets import label, scaled

_WIDTH, _GAP, _ROWS = 300, 4, 6
_P = int(Qt.ItemDataRole.UserRole) + 1
_BAR = 0.2  # of the accent, mixed into the page
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window says. `mine` is the row of the word itself, -1 if it is not among the candidates."""

    title: str
    text: str
    candidates: tuple[Candidate, ...] = ()
    half: str = ""
    mine: int = -1
    note: str = ""
    can_weigh: bool = False
    several: bool = False
    keys: str = ""


class WhyPopup(QFrame):
    """Signals: `chosen(index)`, a candidate is to be taken; `weigh`, what led to it is asked for;
    `moved(step)`, another word of the suggestion; `closed`, by the person.
    """

    chosen = Signal(int)
    weigh = Signal()
    moved = Signal(int)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")  # it looks like it
        self.setAccessibleName(tr("Explanation"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", self, "laneTitle")
        self.text = label("", self, wrap=True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("What might stand here"))
        self.list.setItemDelegate(_Bars(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.note = label("", self, "muted", wrap=True)
        self.button = QPushButton(tr("What led to it"), self, autoDefault=False)
        self.button.clicked.connect(lambda _checked=False: self.weigh.emit())
        self.keys = label("", self, "muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(6)
        for widget in (self.title, self.text, self.list, self.note):
            rows.addWidget(widget)
        rows.addLayout(row)
        rows.addWidget(self.keys)
        self._beside = QRect()
        self.by_key = False
        self.hide()

    def show_beside(self, place: QRect, by_key: bool) -> None:
        """Show it below `place` (in the window), or above it; `by_key` takes the keyboard."""
        self._beside, self.by_key = place, by_key
        for part in (self.list, self.button):
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_key else Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_key else Qt.FocusPolicy.NoFocus)
        self.place()
        self.show()
        self.raise_()
        if by_key:
            (self.list if self.list.count() else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def fill(self, shown: Shown) -> None:
        """Say this."""
        self.title.setText(shown.title)
        self.text.setText(shown.text)
        self.text.setVisible(bool(shown.text))
        self._fill_list(shown.candidates, shown.half, shown.mine)
        self.note.setText(shown.note)
        self.note.setVisible(bool(shown.note))
        self.button.setVisible(shown.can_weigh)
        self.set_busy(False)
        said = [shown.keys] if shown.keys else []
        if shown.candidates:
            said.append(tr("Enter or a click takes one") if self.by_key else tr("a click takes one"))
        if shown.several and self.by_key:
            said.append(tr("left and right go to its other words"))
        if self.by_key:
            said.append(tr("Esc closes"))
        self.keys.setText(tr(", ").join(said))
        self.keys.setVisible(bool(said))
        self.setAccessibleDescription(tr("{suggestion}. {how}", suggestion=shown.title, how=shown.text))
        self.place()
        QTimer.singleShot(0, self, self.place)  # the style may still give the new texts another height
        if self.by_key and self.isVisible() and not self.button.hasFocus():
            (self.list if shown.candidates else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def set_busy(self, busy: bool) -> None:
        """Show that what led to it is being found."""
        self.button.setText(tr("Finding what led to it…") if busy else tr("What led to it"))

    def _fill_list(self, candidates: Sequence[Candidate], half: str, mine: int) -> None:
        self.list.clear()
        for number, each in enumerate(candidates):
            item = QListWidgetItem(whole(half, each.text))
            item.setData(_P, each.p)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row_text(each, half))
            font = item.font()
            font.setBold(number == mine)
            item.setFont(font)
            self.list.addItem(item)
        self.list.setVisible(bool(candidates))
        height = self.list.sizeHintForRow(0) if candidates else 0
        self.list.setFixedHeight(height * min(len(candidates), _ROWS) + 2 * self.list.frameWidth() + 6)
        if candidates:
            self.list.setCurrentRow(max(0, mine))

    def place(self) -> None:
        """Take the room that is needed, where the window has it."""
        window = self.parentWidget()
        assert window is not None
        width = min(scaled(self, _WIDTH), window.width() - 2 * _GAP)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()  # what wraps may be higher now
        layout.activate()
        height = layout.totalHeightForWidth(width)
        height = min(height, window.height() - 2 * _GAP)
        left = min(max(self._beside.left(), _GAP), window.width() - width - _GAP)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = min(max(self._beside.right() - width, _GAP), window.width() - width - _GAP)
        below = self._beside.bottom() + _GAP
        above = self._beside.top() - _GAP - height
        top = below if below + height <= window.height() - _GAP or above < _GAP else above
        self.setGeometry(left, min(top, window.height() - height - _GAP), width, height)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(scaled(self, _WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the current row, left and right go on, Esc closes; the list sees to up and down."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.hasFocus():
            self.button.click()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentRow() >= 0:
            self.chosen.emit(self.list.currentRow())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forwards = (key == Qt.Key.Key_Right) == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
            self.moved.emit(1 if forwards else -1)
        else:
            super().keyPressEvent(event)


class _Bars(QStyledItemDelegate):
    """Draws a word, its probability at the other end, and a bar as long as it is likely."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of one row."""
        return QSize(120, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        rect, direction, palette, font = option.rect, option.direction, option.palette, option.font
        text, option.text = option.text, ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        p = float(index.data(_P) or 0.0)
        painter.save()
        bar = rect.adjusted(3, 3, -3, -3)
        bar.setWidth(max(2, round(bar.width() * min(1.0, p))))
        whole = QApplication.palette()  # the list's own page is see-through
        base = whole.color(QPalette.ColorRole.Window)
        accent = whole.color(QPalette.ColorRole.Accent)
        if not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QStyle.visualRect(direction, rect, bar), mixture(base, accent, _BAR))
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        inner = rect.adjusted(10, 0, -10, 0)
        shown = percent(p)
        width = painter.fontMetrics().horizontalAdvance(shown)
        flags = Qt.AlignmentFlag.AlignVCenter
        end = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight | flags)
        painter.drawText(inner, int(end), shown)
        room = QRect(inner)
        room.setWidth(inner.width() - width - 8)
        room = QStyle.visualRect(direction, inner, room)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | flags)
        painter.drawText(room, int(start), elided)
        painter.restore()
