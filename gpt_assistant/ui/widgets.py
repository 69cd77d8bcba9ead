"""Small widgets in one line each, with the accessible name that each needs."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QSplitter, QToolButton, QTreeWidget, QWidget

from gpt_assistant.ui.tr import tr

_USUAL_HEIGHT = 15  # of a line, in pixels
_LEAST_FIELD = 110


def label(text: str, parent: QWidget, name: str = "", wrap: bool = False) -> QLabel:
    """Return a label; `name` picks its look in the style sheet: "muted", "warning", "title", "group"."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)  # what a server or a file is called is no HTML
    made.setText(text)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    made.setIndent(0)  # a style sheet's padding would bring one of half a letter
    return made


def table(name: str, parent: QWidget) -> QTreeWidget:
    """Return an empty table called `name`: rows of one height, columns as wide as what they hold."""
    made = QTreeWidget(parent)
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return made


def scaled(widget: QWidget, pixels: int) -> int:
    """Return `pixels`, which were chosen for the usual font, for a larger one."""
    return round(pixels * max(1.0, widget.fontMetrics().height() / _USUAL_HEIGHT))


def give_width(widget: QWidget, pixels: int) -> None:
    """Make a field up to `pixels` of the usual font wide, and narrower where there is not so much room."""
    widget.setMaximumWidth(scaled(widget, pixels))
    widget.setMinimumWidth(scaled(widget, min(pixels, _LEAST_FIELD)))


def give_size(window: QWidget, width: int, height: int) -> None:
    """Make a window so large at first, more with a larger font, but no larger than the screen."""
    room = window.screen().availableGeometry().size() * 0.94
    window.resize(QSize(scaled(window, width), scaled(window, height)).boundedTo(room))


def turn_splitter(splitter: QSplitter, width: int, narrow: int) -> None:
    """Put the parts of a splitter one below the other where a window's `width` is less than `narrow`."""
    less = width < scaled(splitter, narrow)
    wanted = Qt.Orientation.Vertical if less else Qt.Orientation.Horizontal
    if wanted != splitter.orientation():
        splitter.setOrientation(wanted)
        splitter.setSizes([width // 2, width // 2])


def bold(text: str) -> str:
    """Return `text` in bold, for the first line of a question; what could be taken for HTML is not."""
    return f"<b>{html.escape(text, quote=False)}</b>"


def plain(text: str) -> str:
    """Return `text` for a tool tip; what could be taken for HTML is not."""
    return f"<span>{html.escape(text, quote=False)}</span>" if "<" in text else text


def with_keys(tip: str, keys: str) -> str:
    """Return a tip with the keys that do the same, where there are any."""
    return tr("{tip} ({keys})", tip=tip, keys=keys) if keys else tip


def tool_button(text: str, tip: str, run: Callable[[], object], parent: QWidget) -> QToolButton:
    """Return a flat button that the Tab key reaches, read out as its tip."""
    made = QToolButton(parent)
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _checked=False: run())
    return made
