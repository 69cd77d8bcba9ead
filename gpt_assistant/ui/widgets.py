"""Small widgets in one line each, with the accessible name that each needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget


def label(text: str, parent: QWidget, name: str = "", wrap: bool = False) -> QLabel:
    """Return a label; `name` picks its look in the style sheet: "muted", "warning", "title", "group"."""
    made = QLabel(text, parent)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def tool_button(text: str, tip: str, run: Callable[[], object], parent: QWidget) -> QToolButton:
    """Return a flat button that the Tab key reaches, read out as its tip."""
    made = QToolButton(parent)
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _checked=False: run())
    return made
