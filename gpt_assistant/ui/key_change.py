"""The line that changes the keys of what is chosen in the list of keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gpt_assistant.settings import Settings, SettingsStore
from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.bindings import Bound, Clash, bound, clash, same_key
from gpt_assistant.ui.key_button import KeyButton
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import label

_MOST_KEYS = 3


class KeyChange(QWidget):
    """A button for each key, one to add another, and what stands in the way of the key that was pressed."""

    def __init__(self, table: ActionsTable, store: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._table, self._store = table, store
        self._bound: Bound | None = None
        self._wanted: tuple[int, str, Clash] | None = (
            None  # which of its keys, the new one, what is in the way
        )
        self.name = label("", self)
        self.message = label("", self, "warning", wrap=True)
        self.buttons = [self._key_button(place) for place in range(_MOST_KEYS)]
        self.reset = self._push_button(tr("Reset"), self._reset)
        self.take = self._push_button("", self._take)
        self.leave = self._push_button(tr("Leave it as it is"), self._leave)
        self._lay_out()
        self.show_bound(None)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.addWidget(self.name, 1)
        for button in (*self.buttons, self.reset):
            keys.addWidget(button)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(self.take)
        answers.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(keys)
        column.addWidget(self.message)
        column.addLayout(answers)

    def _key_button(self, place: int) -> KeyButton:
        button = KeyButton(self)
        button.empty = tr("Another key…") if place else button.empty
        button.recorded.connect(partial(self._recorded, place))
        button.refused.connect(self._refused)
        return button

    def _push_button(self, text: str, run: object) -> QPushButton:
        button = QPushButton(text, self, autoDefault=False)
        button.clicked.connect(lambda _checked=False: run())  # type: ignore[operator]
        return button

    # -- what is shown -----------------------------------------------------------------------------

    def show_bound(self, chosen: Bound | None, fixed: bool = False) -> None:
        """Offer to change the keys of `chosen`; for None say what to do, or that a `fixed` key stays."""
        same = self._bound is not None and chosen is not None and chosen.name == self._bound.name
        self._bound = chosen
        if not same:
            self._say_clash(None)
        if chosen is None:
            how = tr("These keys are the same everywhere; they stay as they are.")
            self.name.setText(how if fixed else tr("Choose a line to change its keys."))
        else:
            self.name.setText(chosen.text)
        self._show_keys(chosen)
        self.reset.setVisible(chosen is not None and chosen.keys != chosen.default)

    def _show_keys(self, chosen: Bound | None) -> None:
        keys = chosen.shown if chosen else ()
        most = 0 if chosen is None else 1 if chosen.of_suggestions else _MOST_KEYS
        for place, button in enumerate(self.buttons):
            button.setVisible(place < min(most, len(keys) + 1))
            button.show_key(keys[place] if place < len(keys) else "")
            what = chosen.text if chosen else ""
            name = (
                tr("Key of {what}", what=what)
                if place < len(keys)
                else tr("Another key for {what}", what=what)
            )
            button.setAccessibleName(name)
            button.setAccessibleDescription(button.text())

    def listen(self) -> None:
        """Take the next key for what is chosen."""
        if self._bound is not None:
            self.buttons[0].listen()

    def say(self, text: str) -> None:
        """Show one line; "" takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _say_clash(self, found: Clash | None) -> None:
        self.say(found.line if found else "")
        may = found is not None and (found.allowed or found.other is not None)
        self.take.setVisible(may)
        self.leave.setVisible(may)
        if found is not None and may:
            self.take.setText(tr("Use it all the same") if found.allowed else tr("Take it from there"))
            self.take.setAccessibleDescription(found.line)  # read with it, for it has the keyboard now
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is done ------------------------------------------------------------------------------

    def _recorded(self, place: int, key: str) -> None:
        if (chosen := self._bound) is None:
            return
        found = clash(chosen.name, key, self._table, self._store.current) if key else None
        self._wanted = (place, key, found) if found else None
        self._say_clash(found)
        if found is None:
            self._give(place, key)

    def _refused(self, key: str) -> None:
        self._say_clash(Clash(tr("{key} types text. Choose a key that types nothing.", key=key)))

    def _take(self) -> None:
        if self._wanted is None:
            return
        place, key, found = self._wanted
        self._leave()
        self._give(place, key, found.other)

    def _leave(self) -> None:
        self._wanted = None
        self._say_clash(None)
        self.buttons[0].setFocus()

    def _reset(self) -> None:
        """Give it its first keys again, unless something else has one of them by now."""
        if (chosen := self._bound) is None:
            return
        for key in chosen.default:
            found = clash(chosen.name, key, self._table, self._store.current)
            if found is not None and found.other is not None:
                self._say_clash(Clash(found.line))
                return
        settings = self._store.current
        self._change(settings.changed(**_changes(settings, chosen, chosen.default)))

    def _give(self, place: int, key: str, other: Bound | None = None) -> None:
        chosen = self._bound
        assert chosen is not None
        keys = [*chosen.shown]
        keys[place : place + 1] = [key] if key else []
        settings = self._store.current
        if other is not None:
            left = tuple(each for each in other.keys if not same_key(key, (each,)))
            settings = settings.changed(**_changes(settings, other, left))
        self._change(settings.changed(**_changes(settings, chosen, chosen.with_shown(tuple(keys)))))
        self.buttons[min(place, len(self.buttons) - 1)].setFocus()

    def _change(self, new: Settings) -> None:
        names = [each.name for each in bound(self._table, new) if each.of_suggestions]
        try:
            self._store.change(**{name: getattr(new, name) for name in [*names, "shortcuts"]})
        except (OSError, ValueError) as error:
            self.say(localised(error))


def _changes(settings: Settings, chosen: Bound, keys: tuple[str, ...]) -> dict[str, object]:
    """Return the settings that give `keys` to `chosen`."""
    if chosen.of_suggestions:
        return {chosen.name: next(iter(keys), "")}
    shortcuts = settings.shortcuts
    if keys == chosen.default:
        return {"shortcuts": shortcuts.without(chosen.name)}
    return {"shortcuts": shortcuts.with_keys(chosen.name, keys)}
