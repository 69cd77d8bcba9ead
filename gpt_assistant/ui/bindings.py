"""Which keys do what, and what stands in the way of giving a key to something else.

Three sorts have keys: actions of the menus and buttons (`shortcuts` in the settings), the suggestion's
(`key_…`), and the text itself, whose keys are Qt's. A suggestion's keys work while one is shown, before all
others, and are the others' again without one: so Tab and Ctrl+Right may have two meanings. All else must be
one thing: Qt does nothing at all for a key that two actions have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from gpt_assistant.settings import Settings, fields
from gpt_assistant.text.told import mark
from gpt_assistant.ui.actions import ActionsTable
from gpt_assistant.ui.key_button import native
from gpt_assistant.ui.tr import tr

ALWAYS = "key_trigger"  # the one key about suggestions that works without one
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_FIRST_OWN, _LAST_OWN = Qt.Key.Key_Back.value, Qt.Key.Key_unknown.value
Standard = QKeySequence.StandardKey
# What the text does by keys of its own, where the menus have no action for it.
_IN_TEXT = (
    (mark("Go a word to the left"), Standard.MoveToPreviousWord),
    (mark("Go a word to the right"), Standard.MoveToNextWord),
    (mark("Select a word to the left"), Standard.SelectPreviousWord),
    (mark("Select a word to the right"), Standard.SelectNextWord),
    (mark("Go to the beginning of the text"), Standard.MoveToStartOfDocument),
    (mark("Go to the end of the text"), Standard.MoveToEndOfDocument),
    (mark("Select to the beginning of the text"), Standard.SelectStartOfDocument),
    (mark("Select to the end of the text"), Standard.SelectEndOfDocument),
    (mark("Delete the word before"), Standard.DeleteStartOfWord),
    (mark("Delete the word behind"), Standard.DeleteEndOfWord),
    (mark("Delete to the end of the line"), Standard.DeleteEndOfLine),
    (mark("Begin a new line in the paragraph"), Standard.InsertLineSeparator),
)
# Without Ctrl, Alt or Meta these write and move; no text could be written if an action had one.
_WRITING = {
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
}
_CUT = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Delete)


@dataclass(frozen=True, slots=True)
class Bound:
    """One thing that has keys, or might: `name` is that of an action or a setting, "" for the text's own."""

    name: str
    group: str
    text: str
    keys: tuple[str, ...]
    default: tuple[str, ...]
    tip: str = ""
    local: bool = False

    @property
    def of_suggestions(self) -> bool:
        """Return whether it is about suggestions: a setting of its own."""
        return self.name.startswith("key_")

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the keys without those that are called after what they do, such as “Undo”."""
        return tuple(key for key in self.keys if not _has_own_key(key))

    @property
    def shown_keys(self) -> str:
        """Return the same as this system writes them."""
        return ", ".join(map(native, self.shown))

    def with_shown(self, shown: tuple[str, ...]) -> tuple[str, ...]:
        """Return all keys with these as those that are shown."""
        own = (key for key in self.keys if _has_own_key(key))
        return tuple(dict.fromkeys((*shown, *own)))


@dataclass(frozen=True, slots=True)
class Clash:
    """What is in the way: in words, and `other`, what the key may be taken from. Some may be `allowed`."""

    line: str
    other: Bound | None = None
    allowed: bool = False


def bound(table: ActionsTable, settings: Settings) -> list[Bound]:
    """Return all that can be given keys: suggestions first, then as in the menus."""
    return [*_of_settings(settings), *_of_actions(table)]


def in_text() -> list[Bound]:
    """Return what the text does by keys that cannot be changed."""
    group = tr("In the text")
    rows = [(text, tuple(each.toString(_PORTABLE) for each in _standard(key))) for text, key in _IN_TEXT]
    return [Bound("", group, tr(text), keys, keys) for text, keys in rows if keys]


def clash(name: str, key: str, table: ActionsTable, settings: Settings) -> Clash | None:
    """Return what stands in the way of giving `key` to what is called `name`, None if nothing does."""
    return _clash(name, key, table, bound(table, settings))


def _clash(name: str, key: str, table: ActionsTable, everything: list[Bound]) -> Clash | None:
    suggestion = name.startswith("key_")
    shown = native(key)
    local = name in table.keyed and table.keyed[name].local
    if not local and _is_writing(key) and (not suggestion or name == ALWAYS):
        return Clash(tr("{key} is needed for writing. Choose another key.", key=shown))
    others = [each for each in everything if each.name != name and same_key(key, each.keys)]
    for other in others:
        if suggestion and other.of_suggestions:
            return Clash(_taken(shown, other), other)
    for other in others:
        if not (suggestion or other.of_suggestions) or ALWAYS in (name, other.name):
            return Clash(_taken(shown, other), other)
    if others:
        line = _before(shown, others[0]) if suggestion else _behind(shown, others[0])
        return Clash(line, allowed=True)
    return None if local or (suggestion and name != ALWAYS) else _clash_with_text(key, table)


def same_key(key: str, keys: tuple[str, ...]) -> bool:
    """Return whether `key` is one of `keys`; for a symbol, shift makes no difference."""
    return bool(keys) and _plain(key) in map(_plain, keys)


def double(table: ActionsTable, settings: Settings) -> dict[str, str]:
    """Return what is wrong with the keys as they are, in words, by the name of what has them."""
    found, everything = {}, bound(table, settings)
    for each in everything:
        for key in each.keys:
            other = _clash(each.name, key, table, everything)
            if other is not None and not other.allowed:
                found[each.name] = other.line
    return found


def _of_settings(settings: Settings) -> Iterator[Bound]:
    for each in fields():
        if each.metadata["kind"] == "key":
            group, text, tip = (tr(each.metadata[part]) for part in ("group", "label", "help"))
            group = tr("Suggestions") if group == tr("Keys") else group
            key = getattr(settings, each.name)
            yield Bound(each.name, group, text, (key,) if key else (), (str(each.default),), tip)


def _of_actions(table: ActionsTable) -> Iterator[Bound]:
    for name, keyed in table.keyed.items():
        yield Bound(name, keyed.group, keyed.text, table.keys(name), keyed.default, keyed.tip, keyed.local)


def _clash_with_text(key: str, table: ActionsTable) -> Clash | None:
    if (menu := _menu_opened_by(key, table)) is not None:
        return Clash(tr("{key} opens the menu “{menu}”. Choose another key.", key=native(key), menu=menu))
    for other in in_text():
        if same_key(key, other.keys):
            line = tr(
                "{key} in the text: “{what}”. It would do so no longer.", key=native(key), what=other.text
            )
            return Clash(line, allowed=True)
    return None


def _menu_opened_by(key: str, table: ActionsTable) -> str | None:
    for action in table.menu_bar().actions():
        if key == QKeySequence.mnemonic(action.text()).toString(_PORTABLE):
            return action.text().replace("&", "")
    return None


def _taken(key: str, other: Bound) -> str:
    return tr("{key} is the key of “{what}” ({group}).", key=key, what=other.text, group=other.group)


def _before(key: str, other: Bound) -> str:
    return tr("While a suggestion is shown, {key} will not be “{what}”.", key=key, what=other.text)


def _behind(key: str, other: Bound) -> str:
    return tr("While a suggestion is shown, {key} is “{what}” and not this.", key=key, what=other.text)


def _is_writing(key: str) -> bool:
    sequence = QKeySequence(key, _PORTABLE)
    if not sequence.count():
        return False
    # The stubs do not know that a sequence can be indexed.
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]
    plain = not pressed.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return plain and pressed.key() in _WRITING and pressed != _CUT


def _standard(key: QKeySequence.StandardKey) -> list[QKeySequence]:
    return QKeySequence.keyBindings(key)


def _plain(key: str) -> str:
    """Return `key` without the shift that a symbol needs on some keyboards."""
    _, _, last = key.rpartition("+")
    symbol = key.endswith("+") or (len(last) == 1 and not last.isalnum())
    return key.replace("Shift+", "") if symbol else key


def _has_own_key(key: str) -> bool:
    """Return whether it is one of the keys that are called after what they do, such as “Undo”."""
    sequence = QKeySequence(key, _PORTABLE)
    if not sequence.count():
        return False
    # The stubs do not know that a sequence can be indexed.
    number: int = sequence[0].key().value  # type: ignore[index]
    return _FIRST_OWN <= number < _LAST_OWN
