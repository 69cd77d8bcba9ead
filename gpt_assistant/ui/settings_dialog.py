"""The settings, made from the table in settings.py: a new field there appears here by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings, SettingsStore, fields, invalid
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import give_size, label, scaled, tool_button

_SYSTEM_FONT = mark("System font")


class SettingsDialog(QDialog):
    """Every change applies at once; “Reset all” and the arrow beside a setting take it back."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAccessibleName(tr("Settings"))
        self._store = store
        self.rows: dict[str, Row] = {}
        self._groups: dict[str, QLabel] = {}
        self.search = QLineEdit(self, placeholderText=tr("Search settings"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search settings"))
        self.search.textChanged.connect(self._filter)
        self.message = label("", self, "warning", wrap=True)
        self.message.hide()
        self._lay_out()
        self._show(store.current)
        self.finished.connect(_once(store.subscribe(self._show)))
        give_size(self, 620, 600)
        self.search.setFocus()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 14)
        outer.setSpacing(10)
        outer.addWidget(self.search)
        area = QScrollArea(self, widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._table())
        outer.addWidget(area, 1)
        self.nothing = label(tr("No setting has these words."), self, "muted")
        self.nothing.hide()
        outer.addWidget(self.nothing)
        outer.addWidget(self.message)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        # Return in the search field must not close the dialog.
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setDefault(False)
        reset = buttons.addButton(tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.setAutoDefault(False)
        reset.clicked.connect(self.reset_all)
        buttons.rejected.connect(self.reject)
        outer.addWidget(buttons)

    def _table(self) -> QWidget:
        table = QWidget(self)
        column = QVBoxLayout(table)
        column.setContentsMargins(2, 0, 10, 0)
        column.setSpacing(9)
        for field in fields():
            group = field.metadata["group"]
            if group not in self._groups:
                self._groups[group] = label(tr(group), table, "group")
                column.addWidget(self._groups[group])
            row = Row(field, self._change, table)
            self.rows[field.name] = row
            column.addWidget(row)
        column.addStretch(1)
        return table

    def _show(self, settings: Settings) -> None:
        for name, row in self.rows.items():
            row.show_value(getattr(settings, name))

    def _change(self, name: str, value: Any) -> None:
        problem = invalid(name, value)
        if not problem:
            try:
                self._store.change(**{name: value})
            except (OSError, ValueError) as error:
                problem = localised(error)
        self.message.setText(localised(problem))
        self.message.setVisible(bool(problem))

    def reset_all(self) -> None:
        """Put every setting back to its default."""
        for field in fields():
            self._change(field.name, field.default)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        shown = set()
        for row in self.rows.values():
            fits = all(word in row.searchable for word in words)
            row.setVisible(fits)
            if fits:
                shown.add(row.group)
        for name, heading in self._groups.items():
            heading.setVisible(name in shown)
        self.nothing.setVisible(not shown)


class Row(QWidget):
    """One setting: label, control, a button to reset it, and its help below."""

    def __init__(
        self, field: dataclasses.Field[Any], change: Callable[[str, Any], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        meta = field.metadata
        self.group: str = meta["group"]
        self._default = field.default
        title, explanation = tr(meta["label"]), tr(meta["help"])
        self.searchable = f"{title} {explanation} {tr(self.group)} {field.name}".casefold()
        self.control, self._set = _control(field, lambda value: change(field.name, value), self)
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(explanation)
        back = tr("Back to {value}", value=_described(field))
        self.reset = tool_button("↺", back, lambda: change(field.name, self._default), self)
        self.reset.setAccessibleName(tr("Reset {setting}", setting=title))
        self.reset.setSizePolicy(_keep_room(self.reset))
        self._lay_out(title, explanation)

    def _lay_out(self, title: str, explanation: str) -> None:
        name = label(title, self)
        name.setBuddy(self.control)
        text = label(explanation, self, "muted", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.addWidget(name, 0, 0)
        grid.addWidget(text, 1, 0)
        right = QHBoxLayout()
        right.addStretch(1)
        right.addWidget(self.control)
        right.addWidget(self.reset)
        grid.addLayout(right, 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)

    def show_value(self, value: Any) -> None:
        """Show `value`, without it counting as a change."""
        blocked = self.control.blockSignals(True)
        self._set(value)
        self.control.blockSignals(blocked)
        self.reset.setVisible(value != self._default)


def _keep_room(widget: QWidget) -> Any:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    return policy


def _described(field: dataclasses.Field[Any]) -> str:
    value = field.default
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    return choice_name(field, value) or tr("the system's")


def choice_name(field: dataclasses.Field[Any], value: Any) -> str:
    """Return what a choice is called in the interface's language, or its value where it has no name."""
    name = field.metadata["names"].get(value)
    return tr(name) if name else str(value)


Control = tuple[QWidget, Callable[[Any], None]]


def _control(field: dataclasses.Field[Any], changed: Callable[[Any], None], parent: QWidget) -> Control:
    """Return the widget for a setting, and what shows a value in it."""
    meta, default = field.metadata, field.default
    if meta["kind"] == "font":
        return _font(changed, parent)
    if meta["kind"] == "key":
        return _key(changed, parent)
    if meta["choices"]:
        return _choice(field, changed, parent)
    if isinstance(default, bool):
        return _check(changed, parent)
    if isinstance(default, int):
        return _number(int(meta["minimum"] or 0), int(meta["maximum"] or 1_000_000), changed, parent)
    return _text(changed, parent)


def _check(changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QCheckBox(parent)
    box.toggled.connect(changed)
    return box, box.setChecked


def _number(minimum: int, maximum: int, changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QSpinBox(parent, minimum=minimum, maximum=maximum)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(6, 0, 6, 0)  # the style sheet's padding does not reach it
    box.setFixedWidth(scaled(box, 100))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, not the value
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.valueChanged.connect(changed)
    return box, box.setValue


def _choice(field: dataclasses.Field[Any], changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QComboBox(parent)
    choices = field.metadata["choices"]
    box.addItems([choice_name(field, choice) for choice in choices])
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.currentIndexChanged.connect(lambda index: changed(choices[index]))
    return box, lambda value: box.setCurrentIndex(choices.index(value))


def _font(changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QComboBox(parent)
    box.addItem(tr(_SYSTEM_FONT))
    for number, family in enumerate(QFontDatabase.families(), 1):
        box.addItem(family)
        box.setItemData(number, QFont(family), Qt.ItemDataRole.FontRole)
    box.setFixedWidth(scaled(box, 230))
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    box.currentIndexChanged.connect(lambda index: changed(box.itemText(index) if index else ""))

    def show(value: str) -> None:
        found = box.findText(value) if value else 0
        if found < 0:  # a font of another machine: keep it, and say which
            box.addItem(value)
            found = box.count() - 1
        box.setCurrentIndex(found)

    return box, show


def _key(changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QKeySequenceEdit(parent, clearButtonEnabled=True)
    box.setMaximumSequenceLength(1)
    box.setFixedWidth(scaled(box, 150))
    portable = QKeySequence.SequenceFormat.PortableText
    box.editingFinished.connect(lambda: changed(box.keySequence().toString(portable)))
    return box, lambda value: box.setKeySequence(QKeySequence(value, portable))


def _text(changed: Callable[[Any], None], parent: QWidget) -> Control:
    box = QLineEdit(parent)
    box.setFixedWidth(scaled(box, 230))
    # Not at each letter: half a model's name is not a model.
    box.editingFinished.connect(lambda: changed(box.text().strip()))
    return box, box.setText


def _once(end: Callable[[], None]) -> Callable[[int], None]:
    """Return a slot that calls `end` the first time only."""
    waiting = [end]
    return lambda _result: waiting.pop()() if waiting else None


def open_settings(store: SettingsStore, parent: QWidget) -> SettingsDialog:
    """Show the dialog, without waiting for it."""
    dialog = SettingsDialog(store, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    QTimer.singleShot(0, dialog.search.setFocus)
    return dialog
