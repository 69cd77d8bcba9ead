"""The parts of the window, and how the keyboard gets from one to the next.

Tab writes a tab in the text, so it cannot lead out of it. Shift+F6 goes round: text, notice, legend, find
bar, review, status bar; whatever of it is there. F6 alone goes between the text and the review.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow


def next_part(window: MainWindow) -> None:
    """Give the keyboard to the next part of the window that can take it."""
    parts = [part for part in _parts(window) if part.isVisible() and _first(part) is not None]
    if not parts:
        return
    holder = window.focusWidget()
    place = next((i for i, part in enumerate(parts) if holder is part or _holds(part, holder)), -1)
    wanted = _first(parts[(place + 1) % len(parts)])
    if wanted is not None:
        wanted.setFocus(Qt.FocusReason.TabFocusReason)


def _parts(window: MainWindow) -> Iterator[QWidget]:
    document = window.current_document()
    if document is not None:
        yield document.editor
        yield document.notice
    yield window.origins.legend
    yield window.moods.words.legend
    yield window.find_bar
    yield window.reviewing.lane
    yield window.spelling_commands.panel
    yield window.predictability.panel
    yield window.moods.panel
    yield window.status


def _holds(part: QWidget, holder: QWidget | None) -> bool:
    return holder is not None and part.isAncestorOf(holder)


def _first(part: QWidget) -> QWidget | None:
    """Return what takes the keyboard in a part: itself, or the first inside it that the Tab key reaches."""
    if _takes(part):
        return part
    step = part.nextInFocusChain()
    while step is not None and step is not part:
        if part.isAncestorOf(step) and _takes(step):
            return step
        step = step.nextInFocusChain()
    return None


def _takes(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
