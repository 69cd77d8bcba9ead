"""The controls of the settings dialog: one maker for each kind of setting.

A maker gets a `Place` and returns a `Control`: the widget, and what shows a value in it. It calls
`place.change(value)` when the writer has chosen; what it does while a value is being shown does not count
as a choice. A kind that is more than these goes into a module of its own, and into the table of
settings_registry.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from gpt_assistant.settings import SettingsStore
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_width, scaled

_SYSTEM_FONT = mark("System font")


@dataclass(frozen=True, slots=True)
class Place:
    """What a control is made for. `window` is the main window, or whatever the dialog was opened over.

    `change` takes a new value; `say` shows one line in the dialog, such as why a value is not taken.
    """

    field: dataclasses.Field[Any]
    change: Callable[[Any], None]
    say: Callable[[str], None]
    parent: QWidget
    store: SettingsStore
    window: QWidget | None


class Control(NamedTuple):
    """A widget for one setting, and what shows a value in it."""

    widget: QWidget
    show: Callable[[Any], None]


Maker = Callable[[Place], Control]


def choice_name(field: dataclasses.Field[Any], value: Any) -> str:
    """Return what a choice is called in the interface's language, or its value where it has no name."""
    name = field.metadata["names"].get(value)
    return tr(name) if name else str(value)


def by_type(place: Place) -> Control:
    """Return the control that fits the type of the setting and its choices."""
    default = place.field.default
    if place.field.metadata["choices"]:
        return choice(place)
    if isinstance(default, bool):
        return check(place)
    return number(place) if isinstance(default, int) else text(place)


def check(place: Place) -> Control:
    """Return a box to tick."""
    box = QCheckBox(place.parent)
    box.toggled.connect(place.change)
    return Control(box, box.setChecked)


def number(place: Place) -> Control:
    """Return a field for a whole number within its range."""
    meta = place.field.metadata
    minimum, maximum = int(meta["minimum"] or 0), int(meta["maximum"] or 1_000_000)
    box = QSpinBox(place.parent, minimum=minimum, maximum=maximum)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(6, 0, 6, 0)  # the style sheet's padding does not reach it
    box.setFixedWidth(scaled(box, 100))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, not the value
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.valueChanged.connect(place.change)
    return Control(box, box.setValue)


def choice(place: Place) -> Control:
    """Return a list to choose from."""
    box = QComboBox(place.parent)
    choices = place.field.metadata["choices"]
    box.addItems([choice_name(place.field, each) for each in choices])
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.currentIndexChanged.connect(lambda index: place.change(choices[index]))
    return Control(box, lambda value: box.setCurrentIndex(choices.index(value)))


def font(place: Place) -> Control:
    """Return a list of the fonts of this machine, each written in itself."""
    box = QComboBox(place.parent)
    box.addItem(tr(_SYSTEM_FONT))
    for place_in_list, family in enumerate(QFontDatabase.families(), 1):
        box.addItem(family)
        box.setItemData(place_in_list, QFont(family), Qt.ItemDataRole.FontRole)
    give_width(box, 230)
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.currentIndexChanged.connect(lambda index: place.change(box.itemText(index) if index else ""))

    def show(value: str) -> None:
        found = box.findText(value) if value else 0
        if found < 0:  # a font of another machine: keep it, and say which
            box.addItem(value)
            found = box.count() - 1
        box.setCurrentIndex(found)

    return Control(box, show)


def text(place: Place) -> Control:
    """Return a line of text; it counts when it is finished: half a model's name is not a model."""
    box = QLineEdit(place.parent)
    give_width(box, 230)
    box.editingFinished.connect(lambda: place.change(box.text().strip()))
    return Control(box, box.setText)
