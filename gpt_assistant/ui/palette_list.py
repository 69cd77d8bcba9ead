"""The commands of the palette: what is found by a few letters, and how a row of it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gpt_assistant.text.fuzzy import match
from gpt_assistant.ui.tr import tr

_SIDE = 10
_GAP = 24
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Command:
    """An entry: `name` is stable, `text` is what is searched; `positions` are the letters that matched."""

    name: str
    text: str
    run: Callable[[], object]
    keys: str = ""
    enabled: bool = True
    checked: bool | None = None
    positions: tuple[int, ...] = ()


def command_of(name: str, path: str, action: QAction) -> Command:
    """Return the command for an action of the menu `path`, such as "&Assistant/&Rewrite"."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = tr("{menu}: {command}", menu=menu_name(path), command=plain(action.text()))
    checked = action.isChecked() if action.isCheckable() else None
    return Command(name, text, action.trigger, keys, action.isEnabled(), checked)


def menu_name(path: str) -> str:
    """Return what the innermost menu of `path` is called, in the interface's language."""
    return plain(tr(path.rpartition("/")[2]))


def plain(text: str) -> str:
    """Return a menu's text without the mark of its access key; in Chinese that is a letter of its own."""
    text = re.sub(r"\(&\w\)", "", text)
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def found(commands: Iterable[Command], pattern: str, recent: Sequence[str]) -> list[Command]:
    """Return the commands that `pattern` fits, best first; of equals those used last, then as given."""
    used = {name: -place for place, name in enumerate(reversed(recent), 1)}
    hits = []
    for command in commands:
        if (hit := match(pattern, command.text)) is not None:
            rank = (not command.enabled, -hit.score, used.get(command.name, 0))
            hits.append((rank, replace(command, positions=hit.positions)))
    return [command for _, command in sorted(hits, key=lambda pair: pair[0])]


class CommandModel(QAbstractListModel):
    """The commands found, for the list and for screen readers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.commands: list[Command] = []

    def show_commands(self, commands: list[Command]) -> None:
        """Show these."""
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, or what is read out: the text, its keys and its state."""
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if command.checked is None else tr("on") if command.checked else tr("off")
            return tr(", ").join(part for part in (command.text, state, command.keys) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that one may choose it, if one may."""
        enabled = self.commands[index.row()].enabled
        return super().flags(index) if enabled else Qt.ItemFlag.NoItemFlags


class Row(NamedTuple):
    """Where a row is drawn. Places count from the left; a reversed window shows them from the right."""

    rect: QRect
    direction: Qt.LayoutDirection

    def seen(self, place: QRect) -> QRect:
        """Return `place` as it is seen."""
        return QStyle.visualRect(self.direction, self.rect, place)

    def aligned(self, side: Qt.AlignmentFlag) -> int:
        """Return the flags of a text at this side."""
        return int(QStyle.visualAlignment(self.direction, side | Qt.AlignmentFlag.AlignVCenter))


class CommandDelegate(QStyledItemDelegate):
    """Draws the text with its matching letters, and the keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of one row."""
        return QSize(200, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        rect, state, palette = option.rect, option.state, option.palette
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        model = index.model()
        assert isinstance(model, CommandModel)
        command = model.commands[index.row()]
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        painter.save()
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        row = Row(QRect(inner), option.direction)
        inner.setRight(self._draw_keys(painter, row, command, palette))
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        marked = palette.color(group, QPalette.ColorRole.Link) if enabled else None
        _draw_text(painter, row, inner.right(), command, marked)
        painter.restore()

    @staticmethod
    def _draw_keys(painter: QPainter, row: Row, command: Command, palette: QPalette) -> int:
        """Draw the shortcut and a tick; return where the room for the text ends."""
        shown = "  ".join(part for part in ("✓" if command.checked else "", command.keys) if part)
        if not shown:
            return row.rect.right()
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(row.rect, row.aligned(Qt.AlignmentFlag.AlignRight), shown)
        return row.rect.right() - painter.fontMetrics().horizontalAdvance(shown) - _GAP


def _draw_text(painter: QPainter, row: Row, end: int, command: Command, marked: QColor | None) -> None:
    """Draw the text piece by piece, the letters that matched in bold and in the colour `marked`."""
    normal, bold, pen = painter.font(), QFont(painter.font()), painter.pen()
    bold.setBold(True)
    left = row.rect.left()
    for text, hit in pieces(command.text, command.positions):
        painter.setFont(bold if hit else normal)
        if hit and marked is not None:
            painter.setPen(marked)
        else:
            painter.setPen(pen)
        room = end - left
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text)
        shown = text if width <= room else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        place = QRect(left, row.rect.top(), room + 1, row.rect.height())
        painter.drawText(row.seen(place), row.aligned(Qt.AlignmentFlag.AlignLeft), shown)
        left += width
        if shown != text:
            break
    painter.setFont(normal)


def pieces(text: str, positions: Sequence[int]) -> list[tuple[str, bool]]:
    """Return the text cut into pieces, each with whether its letters are at `positions`."""
    marked = set(positions)
    result: list[tuple[str, bool]] = []
    for index, character in enumerate(text):
        hit = index in marked
        if result and result[-1][1] == hit:
            result[-1] = (result[-1][0] + character, hit)
        else:
            result.append((character, hit))
    return result
