"""The settings' controls for the model, the device and the number format, from what this machine has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from gpt_assistant.ui.machine import Machine
from gpt_assistant.ui.models_dialog import open_models
from gpt_assistant.ui.models_words import automatic_line, device_line
from gpt_assistant.ui.review_parts import Choice
from gpt_assistant.ui.settings_controls import Control, Place, choice_name
from gpt_assistant.ui.sizes import said_size
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_width

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

Rows = list[tuple[str, object]]

_WIDTH = 290


def _machine(place: Place) -> Machine | None:
    return cast("Machine | None", getattr(place.window, "machine", None))


class _Live(QObject):
    """Fills a list anew when the machine has looked again; ends with the list."""

    def __init__(self, box: Choice, rows: Callable[[str], Rows], changed: SignalInstance | None) -> None:
        super().__init__(box)
        self._box, self._rows, self._current = box, rows, ""
        if changed is not None:
            changed.connect(self._again)

    def show(self, value: str) -> None:
        """Show `value`, which need not be among what there is."""
        self._current = value
        rows = self._rows(value)
        if value not in [each for _, each in rows]:
            rows.append((value, value))
        self._box.fill(rows, value)

    def _again(self) -> None:
        if isValid(self._box):
            self.show(self._current)


def _choice(place: Place) -> Choice:
    box = Choice(tr(place.field.metadata["label"]), place.parent)
    give_width(box, _WIDTH)
    box.chosen.connect(place.change)
    return box


def device(place: Place) -> Control:
    """Return a list of the devices of this machine, by their names and with their memory."""
    machine = _machine(place)
    box = _choice(place)

    def rows(current: str) -> Rows:
        found = machine.devices if machine is not None else None
        if found is None:
            return [(tr("automatic"), "auto"), (tr("CPU"), "cpu")]
        listed: Rows = [(automatic_line(found), "auto")]
        listed += [(device_line(each), each.id) for each in found.devices]
        if current not in [value for _, value in listed]:
            listed.append((tr("{device}: not on this machine", device=current), current))
        return listed

    live = _Live(box, rows, machine.devices_changed if machine is not None else None)
    return Control(box, live.show)


def precision(place: Place) -> Control:
    """Return the number formats, each with the memory that the model will take in it."""
    machine = _machine(place)
    box = _choice(place)
    choices = place.field.metadata["choices"]

    def rows(_current: str) -> Rows:
        found = machine.info(place.store.current.model) if machine is not None else None
        sizes = dict(found.memory) if found is not None else {}
        named = [(choice_name(place.field, each), each) for each in choices]
        return [
            (
                tr("{format}: about {size}", format=name, size=said_size(sizes[each]))
                if each in sizes
                else name,
                each,
            )
            for name, each in named
        ]

    live = _Live(box, rows, machine.models_changed if machine is not None else None)
    return Control(box, live.show)


class ModelControl(QWidget):
    """The models of this machine to choose from, and a button to the window with all of them."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.parent)
        self.box = _choice(place)
        self.box.setParent(self)
        self.button = QPushButton(tr("Models…"), self, autoDefault=False)
        self.button.setToolTip(tr("Fetch, compare and delete models"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(self.button)
        give_width(self, _WIDTH)
        self.setMinimumWidth(0)  # that of its parts
        self.setFocusProxy(self.box)


def model(place: Place) -> Control:
    """Return the models that are on this machine, and the way to the others."""
    machine = _machine(place)
    control = ModelControl(place)
    optional = not place.field.default  # the one that translates: without one it is the one that writes
    kinds = ("completion", "chat", *(["translation"] if optional else []))

    def rows(current: str) -> Rows:
        found = machine.models.models if machine is not None and machine.models is not None else ()
        listed: Rows = [(tr("the loaded model"), "")] if optional else []
        listed += [
            (each.name, "default" if each.default else each.id)
            for each in found
            if each.kind in kinds and (each.installed or each.default)
        ]
        if current not in [value for _, value in listed]:
            named = machine.info(current) if machine is not None else None
            listed.append((named.name if named is not None else _short(current), current))
        return listed

    live = _Live(control.box, rows, machine.models_changed if machine is not None else None)
    if machine is not None:
        machine.refresh()
    control.button.setEnabled(machine is not None)
    control.button.clicked.connect(lambda _checked=False: open_models(cast("MainWindow", place.window)))
    return Control(control, live.show)


def _short(source: str) -> str:
    return tr("the default model") if source == "default" else source
