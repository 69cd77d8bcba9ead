"""The keys of the find bar: its options have keys of their own, its arrows name those of the menus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolButton

from gpt_assistant.ui.actions import ActionsTable, Keyed
from gpt_assistant.ui.find import FindBar
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import with_keys


def register_find_keys(bar: FindBar, table: ActionsTable) -> None:
    """Have the keys of the options changed in `table` with all others."""
    options = (
        ("find_case", bar.match_case, "Alt+C"),
        ("find_words", bar.whole_word, "Alt+W"),
        ("find_regex", bar.regex, "Alt+R"),
    )
    for name, button, key in options:
        tip = button.accessibleName()
        table.add_keyed(Keyed(name, tr("Find and replace"), tip, tip, (key,), _giver(button, tip)))

    def name_keys() -> None:
        bar.backwards.setToolTip(with_keys(tr("Previous match"), table.key_name("find_previous")))
        bar.forwards.setToolTip(with_keys(tr("Next match"), table.key_name("find_next")))

    table.keys_changed.connect(name_keys)


def _giver(button: QToolButton, tip: str) -> Callable[[list[QKeySequence]], None]:
    def give(keys: list[QKeySequence]) -> None:
        key = keys[0] if keys else QKeySequence()
        button.setShortcut(key)
        button.setToolTip(with_keys(tip, key.toString(QKeySequence.SequenceFormat.NativeText)))

    return give
