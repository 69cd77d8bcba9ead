"""All actions in one table: the menus, the shortcuts and their explanations come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from gpt_assistant.text.told import mark
from gpt_assistant.ui.asking import LENGTHS, STYLES, Ask, Kind, languages
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import with_keys

Standard = QKeySequence.StandardKey
_PORTABLE, _NATIVE = QKeySequence.SequenceFormat.PortableText, QKeySequence.SequenceFormat.NativeText
MENUS = (
    mark("&File"),
    mark("&Edit"),
    mark("&View"),
    mark("&Document"),
    mark("&Assistant"),
    mark("&Tools"),
    mark("&Help"),
)
SUMMARISE = "&Assistant/" + mark("Summarise &as")
REWRITE = "&Assistant/" + mark("&Rewrite")
SPELLING = "&Tools/" + mark("&Spelling")
EXPLAIN = "&Tools/" + mark("E&xplain")
TRANSLATE = "&Assistant/" + mark("&Translate into")


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. `name` is stable; `keys` are shortcuts, standard ones where the system has them.

    `menu` may name a menu within a menu, as in "&Assistant/&Rewrite".
    """

    name: str
    menu: str
    text: str
    tip: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    checkable: bool = False
    separated: bool = False  # a line above it in the menu
    ask: Ask | None = None  # what it asks for, where that is what it does


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the writer may give other keys: an action of the menus, or a button with keys of its own.

    `group` and `text` are in the interface's language; `default` are portable texts; `take` sets the keys.
    What is `local` has them only while the keyboard is at its list.
    """

    name: str
    group: str
    text: str
    tip: str
    default: tuple[str, ...]
    take: Callable[[list[QKeySequence]], object]
    local: bool = False


def ask_name(ask: Ask) -> str:
    """Return the name of the action that asks for this."""
    return f"{ask.kind}_{ask.option}"


def _asking_specs() -> tuple[Spec, ...]:
    """Return an action for each length, style and language."""
    menus = {Kind.SUMMARY: SUMMARISE, Kind.REWRITING: REWRITE, Kind.TRANSLATION: TRANSLATE}
    asks = (*LENGTHS, *STYLES, *languages())
    return tuple(Spec(ask_name(ask), menus[ask.kind], ask.label, ask.tip, ask=ask) for ask in asks)


SPECS = (
    Spec("new", "&File", "&New", "Start an empty document", (Standard.New, "Ctrl+T")),
    Spec("open", "&File", "&Open…", "Open a file", (Standard.Open,)),
    Spec("save", "&File", "&Save", "Write the document to its file", (Standard.Save,), separated=True),
    Spec("save_as", "&File", "Save &as…", "Write it to another file", ("Ctrl+Shift+S",)),
    Spec("save_all", "&File", "Save a&ll", "Write every changed document", ("Ctrl+Alt+S",)),
    Spec("reload", "&File", "Reload from &disk", "Read the file again"),
    Spec("history", "&File", "&History…", "Earlier versions of this document", ("Ctrl+Alt+H",)),
    Spec("export", "&File", "&Export…", "As PDF, Word, ODT or HTML", ("Ctrl+Shift+E",), separated=True),
    Spec("print", "&File", "&Print…", "Print the document", (Standard.Print,)),
    Spec("print_preview", "&File", "Print pre&view…", "See the pages before they are printed"),
    Spec("close", "&File", "&Close", "Close this document", ("Ctrl+W", Standard.Close), separated=True),
    Spec("quit", "&File", "&Quit", "Close the window", ("Ctrl+Q",)),
    Spec("undo", "&Edit", "&Undo", "Take the last change back", (Standard.Undo,)),
    Spec("redo", "&Edit", "&Redo", "Make it again", (Standard.Redo, "Ctrl+Y")),
    Spec("cut", "&Edit", "Cu&t", "Move the selection to the clipboard", (Standard.Cut,), separated=True),
    Spec("copy", "&Edit", "&Copy", "Copy the selection", (Standard.Copy,)),
    Spec("paste", "&Edit", "&Paste", "Insert the clipboard", (Standard.Paste,)),
    Spec("select_all", "&Edit", "Select &all", "Select the whole text", (Standard.SelectAll,)),
    Spec("find", "&Edit", "&Find…", "Search this document", (Standard.Find,), separated=True),
    Spec("replace", "&Edit", "R&eplace…", "Search and replace", ("Ctrl+H", "Ctrl+Alt+F")),
    Spec("find_next", "&Edit", "Find &next", "Go to the next match", ("F3", "Ctrl+G")),
    Spec("find_previous", "&Edit", "Find pre&vious", "Go to the one before", ("Shift+F3", "Ctrl+Shift+G")),
    Spec("models", "&Tools", "&Models…", "Which are here, which can be fetched, which is used"),
    Spec("measure", "&Tools", "Meas&ure on my documents…", "Which model saves most keys in your texts"),
    Spec("settings", "&Edit", "&Settings…", "Change how the program behaves", ("Ctrl+,",), separated=True),
    Spec("zoom_in", "&View", "Zoom &in", "Larger text", (Standard.ZoomIn, "Ctrl+=")),
    Spec("zoom_out", "&View", "Zoom &out", "Smaller text", (Standard.ZoomOut,)),
    Spec("zoom_reset", "&View", "&Normal size", "The size in the settings", ("Ctrl+0",)),
    Spec("wrap", "&View", "&Wrap long lines", "Break lines at the edge", ("Alt+Z",), True, True),
    Spec("theme_system", "&View", "&System theme", "Follow the desktop", (), True, True),
    Spec("theme_light", "&View", "&Light theme", "Dark text on a light page", (), True),
    Spec("theme_dark", "&View", "&Dark theme", "Light text on a dark page", (), True),
    Spec("theme_contrast-light", "&View", "&High contrast, light", "Black on white", (), True),
    Spec("theme_contrast-dark", "&View", "High &contrast, dark", "White on black", (), True),
    Spec("focus", "&View", "Focus &mode", "Dim all but what you are writing", ("F9",), True, True),
    Spec("typewriter", "&View", "&Typewriter scrolling", "Keep the caret's line at one height", (), True),
    Spec("predictability", "&View", "How predicta&ble is my text?", "By rank", ("Ctrl+Alt+P",), True, True),
    Spec("mood", "&View", "Mood of the par&agraph", "In the status bar", (), True, True),
    Spec("mood_panel", "&View", "Mood of the te&xt", "As a curve, with shares", ("Ctrl+Alt+M",), True),
    Spec("origins", "&View", "Who w&rote what", "Shade it by its origin", ("Ctrl+Shift+O",), True, True),
    Spec(
        "next_part", "&View", "Next &part of the window", "Text, notices, review, status bar", ("Shift+F6",)
    ),
    Spec("full_screen", "&View", "&Full screen", "Only the text", ("F11",), True, True),
    Spec("next_tab", "&Document", "&Next document", "The tab to the right", ("Ctrl+Tab", "Ctrl+PgDown")),
    Spec(
        "previous_tab",
        "&Document",
        "&Previous document",
        "The tab to the left",
        ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
    ),
    Spec("encoding", "&Document", "&Encoding…", "How letters are stored in the file", (), False, True),
    Spec("newline", "&Document", "&Line ends…", "How lines end in the file"),
    Spec("goal", "&Document", "Word &goal…", "For this session or this document", (), separated=True),
    Spec("statistics", "&Document", "&Statistics…", "Words, sentences, who wrote what", ("Ctrl+Shift+I",)),
    Spec("origins_report", "&Document", "&Report on who wrote what…", "As a web page or JSON"),
    Spec(
        "summarise",
        "&Assistant",
        "&Summarise",
        "Summarise the selection, or the whole text",
        ("Ctrl+Shift+M",),
    ),
    Spec("rewrite", "&Assistant", "Re&write as…", "Choose how to rewrite it", ("Ctrl+Shift+R",)),
    Spec("translate", "&Assistant", "Tra&nslate", "Translate it", ("Ctrl+Shift+L",)),
    *_asking_specs(),
    Spec("instruct", REWRITE, "&Own instruction…", "Say how to rewrite it", (), False, True),
    Spec("review", "&Assistant", "&Go to the review", "From the text and back", ("F6",), False, True),
    Spec("spelling", SPELLING, "&Check spelling as I type", "Underline what is misspelt", (), True),
    Spec("spell_suggest", SPELLING, "C&orrections", "For the word at the caret", ("Ctrl+.",), False, True),
    Spec("spell_next", SPELLING, "&Next issue", "Go to the next spelling issue", ("F7",)),
    Spec("spell_previous", SPELLING, "&Previous issue", "Go to the one before", ("Shift+F7",)),
    Spec("spell_all", SPELLING, "Correct &all spelling", "Look through all corrections", (), False, True),
    Spec("spell_panel", SPELLING, "&List of issues", "All spelling issues of the document", (), True),
    Spec("why", EXPLAIN, "&Why this suggestion?", "Or this word, or why none", ("Ctrl+Shift+?", "Ctrl+?")),
    Spec("why_nothing", EXPLAIN, "Why &no suggestion?", "What the model was not sure of", ("Alt+/",)),
    Spec("led_to", EXPLAIN, "What &led to it?", "Shade the earlier words by their weight"),
    Spec("why_mood", EXPLAIN, "Why this &mood?", "Colour the words by it", ("Ctrl+Alt+Y",), True, True),
    Spec("palette", "&Tools", "Comman&ds…", "Everything by a few letters", ("Ctrl+Shift+P",)),
    Spec("complete", "&Tools", "&Complete as I type", "Show grey suggestions", (), True),
    Spec("forget", "&Tools", "&Forget what was learnt…", "Delete the phrases kept from what you took"),
    Spec("origins_kept", "&Tools", "Who &wrote what: what is remembered…", "See it and delete it"),
    Spec("masking", "&Tools", "What would &be sent…", "The text without names, numbers and the like"),
    Spec("data", "&Tools", "D&ata on this machine…", "What is kept, where, and how much"),
    Spec("connections", "&Tools", "&Network connections…", "To where, and why", separated=True),
    Spec("reload_model", "&Tools", "&Load the model again", "After an error, or when its file changed"),
    Spec("keys", "&Help", "&Keys", "Every key, with a search", ("F1",)),
    Spec("first_steps", "&Help", "&First steps", "A document to try things out in"),
    Spec("diagnostics", "&Help", "&Diagnostics…", "What helps with a problem, without your text"),
    Spec("about", "&Help", "&About GPT Assistant", "Version and licences", (), False, True),
)


class ActionsTable(QObject):
    """The actions of one window, by name, in the menus named by their specs.

    `keys_changed` is for who names keys in a text.
    """

    keys_changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.specs: list[Spec] = []
        self._actions: dict[str, QAction] = {}
        self.keyed: dict[str, Keyed] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self.menus: dict[str, QMenu] = {title: window.menuBar().addMenu(tr(title)) for title in MENUS}

    def add(self, spec: Spec, run: Callable[..., object]) -> QAction:
        """Add one action: to its menu, and to the window so that its keys work in full screen too."""
        text, tip = spec_texts(spec)
        action = QAction(text, self._window, checkable=spec.checkable)
        action.setStatusTip("")
        if spec.name in ("about", "settings", "quit"):
            action.setMenuRole(_ROLES[spec.name])
        if spec.checkable:
            action.triggered.connect(run)
        else:
            action.triggered.connect(lambda _checked=False: run())
        menu = self.menu(spec.menu)
        if spec.separated:
            menu.addSeparator()
        menu.addAction(action)
        self._window.addAction(action)
        self.specs.append(spec)
        self._actions[spec.name] = action
        first, _, inner = spec.menu.partition("/")
        group, name = bare(self.menu(first).title()), bare(text).rstrip("…")
        if inner:
            name = tr("{menu}: {action}", menu=bare(menu.title()), action=name)
        default = tuple(each.toString(_PORTABLE) for each in _sequences(spec.keys))

        def take(keys: list[QKeySequence]) -> None:
            action.setShortcuts(keys)
            action.setToolTip(with_keys(tip, action.shortcut().toString(_NATIVE)))

        self.add_keyed(Keyed(spec.name, group, name, tip, default, take))
        return action

    # -- keys --------------------------------------------------------------------------------------

    def add_keyed(self, keyed: Keyed) -> None:
        """Let the writer give `keyed` other keys; it has its own until `apply_keys`."""
        self.keyed[keyed.name] = keyed
        self._give(keyed, keyed.default)

    def apply_keys(self, shortcuts: Mapping[str, tuple[str, ...]]) -> None:
        """Give every action the keys that the writer chose, or its own."""
        for name, keyed in self.keyed.items():
            keys = shortcuts.get(name, keyed.default)
            if keys != self._keys[name]:
                self._give(keyed, keys)
        self.keys_changed.emit()

    def menu_bar(self) -> QMenuBar:
        """Return the menu bar that the menus are in."""
        return self._window.menuBar()

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of an action now, as portable texts."""
        return self._keys[name]

    def key_name(self, name: str) -> str:
        """Return the first key of an action as this system writes it, "" if it has none."""
        return QKeySequence(next(iter(self._keys[name]), ""), _PORTABLE).toString(_NATIVE)

    def _give(self, keyed: Keyed, keys: tuple[str, ...]) -> None:
        self._keys[keyed.name] = keys
        more = () if keys == keyed.default else _shifted(keys)
        keyed.take([QKeySequence(key, _PORTABLE) for key in (*keys, *more)])

    def menu(self, path: str) -> QMenu:
        """Return the menu called `path`; one within another is made when it is first asked for."""
        if path not in self.menus:
            above, _, title = path.rpartition("/")
            self.menus[path] = self.menu(above).addMenu(tr(title))
        return self.menus[path]

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: object) -> bool:
        return name in self._actions


def first_key(name: str, shortcuts: Mapping[str, tuple[str, ...]]) -> str:
    """Return the first key of an action of the menus as this system writes it, "" if it has none."""
    if name in shortcuts:
        return QKeySequence(next(iter(shortcuts[name]), ""), _PORTABLE).toString(_NATIVE)
    (spec,) = (each for each in SPECS if each.name == name)
    return next((each.toString(_NATIVE) for each in _sequences(spec.keys)), "")


def _shifted(keys: tuple[str, ...]) -> list[str]:
    """Return the same symbols with shift, which some keyboards need for them."""
    symbols = [key for key in keys if not key[-1:].isalnum() and "Shift+" not in key]
    shifted = [f"{key[:-1]}Shift+{key[-1]}" for key in symbols]
    return [key for key in shifted if key not in keys]


_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}


def bare(text: str) -> str:
    """Return a menu's text without the mark of its access key, "(&F)" behind Chinese included."""
    before, sign, after = text.partition("(&")
    if sign and after[1:2] == ")":
        text = before + after[2:]
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def spec_texts(spec: Spec) -> tuple[str, str]:
    """Return the text and the tip of an action in the interface's language."""
    if spec.ask is not None:
        return spec.ask.name, spec.ask.explanation
    return tr(spec.text), tr(spec.tip)


def _sequences(keys: tuple[str | QKeySequence.StandardKey, ...]) -> list[QKeySequence]:
    """Return the shortcuts, each once: a standard key may stand for one that is also named."""
    found: list[QKeySequence] = []
    for key in keys:
        group = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
        found += [sequence for sequence in group if sequence not in found]
    return found
