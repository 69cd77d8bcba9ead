"""One line of the settings dialog, and the page of one group."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gpt_assistant.settings import Settings
from gpt_assistant.ui.settings_controls import Place, by_type, choice_name
from gpt_assistant.ui.settings_registry import CONTROLS, PAGES, PagePlace
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import label, tool_button

_NO_MAXIMUM = 0xFFFFFF  # Qt's QWIDGETSIZE_MAX, which PySide does not have
_SPACING = 6
_FIRST = 100  # a field grows to its full width before there is room beside it


class Row(QWidget):
    """One setting: label, control, a button to reset it, and its help below."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.parent)
        field, meta = place.field, place.field.metadata
        self.place = place
        self.group: str = meta["group"]
        self._default = field.default
        self._change = place.change
        self._showing = False
        title, explanation = tr(meta["label"]), tr(meta["help"])
        if meta["restart"]:
            explanation = tr("{help} Takes effect at the next start.", help=explanation)
        choices = " ".join(choice_name(field, each) for each in meta["choices"])
        self.searchable = f"{title} {explanation} {tr(self.group)} {field.name} {choices}".casefold()
        make = CONTROLS.get(meta["kind"], by_type)
        self.control, self._show = make(replace(place, parent=self, change=self._chosen))
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(explanation)
        self._explanation = explanation
        back = tr("Back to {value}", value=_described(field))
        self.reset = tool_button("↺", back, lambda: place.change(self._default), self)
        self.reset.setAccessibleName(tr("Reset {setting}", setting=title))
        self.reset.setSizePolicy(_keep_room(self.reset))
        self._lay_out(title, explanation)
        self.show_value(getattr(place.store.current, field.name))

    def _lay_out(self, title: str, explanation: str) -> None:
        self._name = label(title, self)
        self._name.setBuddy(self.control)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._natural = self.control.maximumWidth() == _NO_MAXIMUM
        self._right = QWidget(self)
        right = QHBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(_SPACING)
        right.addWidget(self.control, 0 if self._natural else _FIRST)
        right.addWidget(self.reset)
        right.addStretch(1)
        self._grid.addWidget(self._name, 0, 0)
        self._grid.addWidget(label(explanation, self, "muted", wrap=True), 2, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._place_control(below=False)

    def _place_control(self, below: bool) -> None:
        """Put the control beside the name, or below it where there is no room for both."""
        self._below = below
        self._name.setWordWrap(below)
        self._grid.addWidget(self._right, 1 if below else 0, 0 if below else 1, 1, 2 if below else 1)
        self._grid.setColumnMinimumWidth(1, 0 if below else self._wanted())

    def _wanted(self) -> int:
        """Return how wide the control is with its button, where there is room."""
        if self._natural:
            return self._right.sizeHint().width()
        return self.control.maximumWidth() + _SPACING + self.reset.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Return what it needs with the control below its name."""
        return QSize(self._right.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        name = self._name.fontMetrics().horizontalAdvance(self._name.text())  # on one line
        wanted = name + self._wanted() + 12
        if (wanted > self.width()) != self._below:
            self._place_control(below=wanted > self.width())

    def _chosen(self, value: Any) -> None:
        if not self._showing:
            self._change(value)

    def show_value(self, value: Any) -> None:
        """Show `value`, without it counting as a change."""
        self._showing = True
        try:
            self._show(value)
        finally:
            self._showing = False
        if isinstance(self.control, QPushButton):  # whose text, its value, a screen reader would not read
            self.control.setAccessibleDescription(f"{self._explanation} {self.control.text()}")
        self.reset.setVisible(value != self._default)


class GroupPage(QWidget):
    """The settings of one group with its heading, and what else the registry has for it."""

    def __init__(self, name: str, places: Iterable[Place], page: PagePlace) -> None:
        super().__init__(page.parent)
        self.name = name
        self.rows: dict[str, Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(label(tr(name), self, "group"))
        for place in places:
            row = Row(replace(place, parent=self))
            self.rows[place.field.name] = row
            column.addWidget(row)
        self.extras = [make(replace(page, parent=self)) for make in PAGES.get(name, ())]
        for extra in self.extras:
            column.addWidget(extra)

    def show_values(self, settings: Settings) -> None:
        """Show what is set now."""
        for name, row in self.rows.items():
            row.show_value(getattr(settings, name))

    def filter(self, words: list[str]) -> bool:
        """Show only what has all of `words`, in lower case; return whether there is any."""
        found = False
        for widget, searchable in [
            *((row, row.searchable) for row in self.rows.values()),
            *((extra, self._searchable(extra)) for extra in self.extras),
        ]:
            fits = all(word in searchable for word in words)
            widget.setVisible(fits)
            found = found or fits
        return found

    def _searchable(self, extra: QWidget) -> str:
        named = f"{extra.accessibleName()} {extra.property('searchable') or ''} {tr(self.name)}"
        return named.casefold()


def _keep_room(widget: QWidget) -> Any:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    return policy


def _described(field: dataclasses.Field[Any]) -> str:
    value = field.default
    if isinstance(value, Mapping):
        return tr("what it was at first")
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    return choice_name(field, value) or tr("the system's")
