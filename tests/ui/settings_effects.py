"""How to observe each setting's effect in the running program, for tests/ui/test_every_setting.py.

A new setting needs one entry in `EFFECTS`, or its test fails:

    "font_size": Effect(22, lambda scene: scene.editor.font().pointSize()),

- `value` is what the test chooses in the dialog, by real clicks and keys; it must not be the default.
- `seen` looks at the running program, as the writer would or at what the model is asked, and returns what it
  sees. It may type and press keys; it is called before the change, after it, and after a restart.
- `expected` is what `seen` returns with the new value, where that is not the value itself. Before the change
  it must return something else, or the test fails: then it does not observe the setting.
- `given` are other settings that must be so for this one to have an effect.
- `choose` is for a control that none of `set_by_hand` fits: it gets (scene, row, value).

`Scene.requests(Kind)` are the messages that the model was sent since `Scene.write`, which begins with a new
document; `Scene.answer(reply)` has the model answer. The model's place is taken by `Listener`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from editor_kit import suggest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gpt_assistant import connections, paths
from gpt_assistant.app import Application
from gpt_assistant.engine.messages import (
    Complete,
    Device,
    Devices,
    Feel,
    ListDevices,
    ListModels,
    Loaded,
    LoadModel,
    Mask,
    ModelInfo,
    Models,
    Remember,
    Remote,
    Reply,
    Request,
    Spell,
    Spelt,
    Suggested,
    Summarise,
    Translate,
    UseRemote,
)
from gpt_assistant.engine.worker import Message, Stop
from gpt_assistant.features import masking_choice
from gpt_assistant.link import Link
from gpt_assistant.power import Power
from gpt_assistant.settings import SettingsStore, Shortcuts
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.export_dialog import FORMATS, ExportDialog
from gpt_assistant.ui.export_work import look_of
from gpt_assistant.ui.file_control import FileControl
from gpt_assistant.ui.key_button import KeyButton
from gpt_assistant.ui.keys_dialog import KeysDialog
from gpt_assistant.ui.masking_preview import MaskingPreview
from gpt_assistant.ui.model_controls import ModelControl
from gpt_assistant.ui.motion import reduced_motion
from gpt_assistant.ui.review_parts import Choice
from gpt_assistant.ui.settings_dialog import SettingsDialog
from gpt_assistant.ui.settings_row import Row

R = TypeVar("R", bound=Request)
D = TypeVar("D", bound=QDialog)
GHOST = " one two three"
OTHER = " another"
OWN_KEYS = Shortcuts({"save_all": ("F8",)})


class Listener:
    """In the place of the model's process: it keeps what it is sent, loads at once, and finds no mistakes."""

    def __init__(self, reply: Callable[[Reply], None]) -> None:
        self.reply = reply
        self.messages: list[Message] = []
        self.running = True

    def submit(self, message: Message) -> None:
        self.messages.append(message)
        if isinstance(message, LoadModel):
            self.reply(Loaded(message.id, message.source, "", message.device, message.dtype))
        elif isinstance(message, ListModels):
            known = ModelInfo("org/name", "Another", installed=True)
            self.reply(Models(message.id, (ModelInfo("small", "Small", default=True), known)))
        elif isinstance(message, ListDevices):
            self.reply(Devices(message.id, (Device("cpu", "A processor", threads=2),)))
        elif isinstance(message, Spell):
            self.reply(Spelt(message.id))  # the next passage is asked about when this one is answered

    def stop(self, _seconds: float) -> bool:
        self.messages.append(Stop())
        self.running = False
        return True


class Scene:
    """The running program: the real window with all its parts, its settings on disk."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.begin()

    def begin(self) -> None:
        """Start the program with the settings that are on disk."""
        listeners: list[Listener] = []

        def start(reply: Callable[[Reply], None]) -> Listener:
            listeners.append(Listener(reply))
            return listeners[0]

        link = Link(None, start)
        self.model = listeners[0]
        self.app = Application(SettingsStore(), link)
        self.window = self.app.window
        self.app.start()
        self.window.resize(1100, 700)
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.waitUntil(lambda: self.app.model.loaded is not None)
        self.forget()

    def end(self) -> None:
        self.window.end_keeping_work()
        shiboken6.delete(self.window)
        shiboken6.delete(self.app)

    # -- the model ---------------------------------------------------------------------------------

    def forget(self) -> None:
        """Forget what the model was sent so far, except how it was loaded."""
        self.model.messages = [each for each in self.model.messages if isinstance(each, LoadModel)]

    def requests(self, kind: type[R]) -> list[R]:
        """Return what the model was asked of this kind, oldest first."""
        return [each for each in self.model.messages if isinstance(each, kind)]

    def wait_for(self, kind: type[R]) -> R:
        """Return the newest request of this kind, once there is one."""
        self.qtbot.waitUntil(lambda: bool(self.requests(kind)))
        return self.requests(kind)[-1]

    def answer(self, reply: Reply) -> None:
        """Have the model answer."""
        self.model.reply(reply)
        QApplication.processEvents()

    def rest(self, ms: int = 400) -> None:
        """Let pass what the program waits before it asks."""
        QTest.qWait(ms)

    # -- the writer --------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor:
        editor = self.window.current_editor()
        assert editor is not None
        return editor

    def write(self, text: str) -> None:
        """Type `text` into a new, empty document."""
        self.window.new_document()
        QApplication.processEvents()
        self.forget()
        QTest.keyClicks(self.editor, text)

    def press(self, key: str) -> None:
        """Press a key in the editor; where a menu has it, that is what happens."""
        (combination,) = (QKeySequence(key)[0],)
        QTest.keyClick(self.editor, combination.key(), combination.keyboardModifiers())

    def suggested(self) -> None:
        """Type, and have a suggestion shown that has a second candidate."""
        self.write("Some words")
        self.answer(Suggested(self.wait_for(Complete).id, suggest(GHOST, OTHER)))
        self.qtbot.waitUntil(lambda: self.editor.has_ghost)

    def run(self, action: str) -> None:
        """Choose an action of the menus."""
        self.window.actions_table[action].trigger()

    def opened(self, kind: type[D]) -> D:
        """Return the dialog of this kind that is open."""
        self.qtbot.waitUntil(lambda: any(e.isVisible() for e in self.window.findChildren(kind)))
        shown = [each for each in self.window.findChildren(kind) if each.isVisible()]
        return shown[-1]

    def closed(self, dialog: QDialog) -> None:
        """Close `dialog` by Esc, and wait until it is gone."""
        kind = type(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        self.qtbot.waitUntil(lambda: not any(e.isVisible() for e in self.window.findChildren(kind)))
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def change(self, name: str, value: Any, choose: Callable[[Scene, Row, Any], None] | None) -> None:
        """Choose `value` for the setting `name` in the dialog, as a person would, and close it."""
        QTest.keyClick(self.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        dialog = self.opened(SettingsDialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        row = dialog.row(name)
        assert row.isVisible()
        (choose or set_by_hand)(self, row, value)
        assert dialog.message.text() == "", dialog.message.text()
        self.closed(dialog)


def set_by_hand(scene: Scene, row: Row, value: Any) -> None:
    """Use the control of `row` by mouse and keyboard."""
    control = row.control.field if isinstance(row.control, FileControl) else row.control
    if isinstance(control, QCheckBox):
        assert control.isChecked() != value
        click_box(control)
    elif isinstance(control, QComboBox):
        choose_item(scene, control, control_index(row, control, value))
    elif isinstance(control, ModelControl):
        scene.qtbot.waitUntil(lambda: value in control.box.values)
        choose_item(scene, control.box, control_index(row, control.box, value))
    elif isinstance(control, KeyButton):
        QTest.mouseClick(control, Qt.MouseButton.LeftButton)
        combination = QKeySequence(value)[0]
        QTest.keyClick(control, combination.key(), combination.keyboardModifiers())
    elif isinstance(control, QSpinBox | QLineEdit):
        line = control.lineEdit() if isinstance(control, QSpinBox) else control
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        QTest.keySequence(line, QKeySequence.StandardKey.SelectAll)
        QTest.keyClicks(control, str(value))
        QTest.keyClick(control, Qt.Key.Key_Return)
    else:
        raise AssertionError(f"say with `choose` how to use {type(control).__name__}")


def click_box(box: QCheckBox) -> None:
    option = QStyleOptionButton()
    box.initStyleOption(option)
    rect = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=rect.center())


def control_index(row: Row, box: QComboBox, value: Any) -> int:
    """Return the place of `value` among the choices of a setting, or of its text in the list."""
    choices = row.place.field.metadata["choices"]
    if isinstance(box, Choice):
        return box.values.index(value)
    return choices.index(value) if value in choices else box.findText(str(value))


def choose_item(scene: Scene, box: QComboBox, index: int) -> None:
    """Open the list and choose an item with the keys."""
    assert index >= 0
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 8, box.height() // 2))
    view: QAbstractItemView = box.view()
    scene.qtbot.waitUntil(view.isVisible)
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: not view.isVisible())
    assert box.currentIndex() == index


# -- what is seen ------------------------------------------------------------------------------------


def loaded_with(part: str) -> Callable[[Scene], Any]:
    """Return what the model was last loaded with."""
    return lambda scene: getattr(scene.requests(LoadModel)[-1], part)


def _reloaded(scene: Scene) -> LoadModel:
    """Return what the model is loaded with when the writer has it loaded again."""
    scene.run("reload_model")
    return scene.requests(LoadModel)[-1]


def served(scene: Scene) -> Remote | None:
    """Return the server that the model's process is told to use when it is begun with again, if any."""
    scene.run("reload_model")
    asked = scene.requests(UseRemote)
    return asked[-1].remote if asked else None


def served_with(part: str) -> Callable[[Scene], Any]:
    """Return what the server in use is asked with."""
    return lambda scene: getattr(served(scene), part)


def type_name(scene: Scene, row: Row, value: str) -> None:
    """Type into the field of a list."""
    line = row.control.findChild(QLineEdit)
    assert line is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClicks(line, value)
    QTest.keyClick(line, Qt.Key.Key_Return)


def asked_with(part: str) -> Callable[[Scene], Any]:
    """Return what the last completion was asked for with."""

    def seen(scene: Scene) -> Any:
        scene.write("Some words")
        return getattr(scene.wait_for(Complete), part)

    return seen


def completes(scene: Scene) -> bool:
    scene.write("Some words")
    return bool(scene.requests(Complete))


def learns(scene: Scene) -> bool:
    scene.suggested()
    scene.press("Tab" if scene.window.store.current.key_accept == "Tab" else "F8")
    return bool(scene.requests(Remember))


def waits(scene: Scene) -> bool:
    """Whether a suggestion that has come is still not shown after a while."""
    scene.write("Some words")
    scene.answer(Suggested(scene.wait_for(Complete).id, suggest(GHOST)))
    scene.rest(250)
    return not scene.editor.has_ghost


def after_f8(scene: Scene) -> tuple[str, str]:
    """What F8 does to a suggestion: what is in the text then, and what is shown ahead of it."""
    scene.suggested()
    scene.press("F8")
    return scene.editor.toPlainText(), scene.editor.ghost_text()


def triggered(scene: Scene) -> bool:
    scene.write("Some words")
    scene.forget()
    scene.press("F8")
    return bool(scene.requests(Complete))


def shortcut_of_save_all(scene: Scene) -> str:
    """The key of an action, if pressing it does what it is for."""
    action, ran = scene.window.actions_table["save_all"], []
    connection = action.triggered.connect(lambda _checked=False: ran.append(True))
    scene.press("F8")
    action.triggered.disconnect(connection)
    return action.shortcut().toString() if ran else ""


def press_in_the_list(scene: Scene, row: Row, value: Shortcuts) -> None:
    """Give “Save all” another key in the list of keys that the setting's button opens."""
    QTest.mouseClick(row.control, Qt.MouseButton.LeftButton)
    scene.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), KeysDialog))
    keys = QApplication.activeModalWidget()
    assert isinstance(keys, KeysDialog)
    scene.qtbot.waitUntil(keys.search.hasFocus)
    QTest.keyClicks(keys.search, "save all")
    QTest.keyClick(keys.tree, Qt.Key.Key_Return)
    QTest.keyClick(keys.change.buttons[0], QKeySequence(value["save_all"][0])[0].key())
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    scene.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))


def pick_colour(scene: Scene, row: Row, value: str) -> None:
    """Type the colour into the dialog that the setting's button opens."""
    QTest.mouseClick(row.control, Qt.MouseButton.LeftButton)
    dialog = row.control.findChild(QColorDialog)
    scene.qtbot.waitUntil(dialog.isVisible)
    field = next(each for each in dialog.findChildren(QLineEdit) if each.text().startswith("#"))
    field.selectAll()
    QTest.keyClicks(field, value)
    QTest.keyClick(field, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: not row.control.findChildren(QColorDialog))


def ghost_is(scene: Scene) -> str:
    """The colour of a suggestion in the text."""
    scene.suggested()
    formats = scene.editor.textCursor().block().layout().formats()
    return formats[-1].format.foreground().color().name()


def line_is(which: str) -> Callable[[Scene], str]:
    """Return the colour of the line under a word of this kind."""
    return lambda scene: getattr(scene.window.spelling._marks[scene.editor], which).name()


def menu_size(scene: Scene) -> int:
    """The size of the menus' letters, in per cent of the system's."""
    QApplication.processEvents()
    usual = QApplication.instance().property("systemFont").pointSizeF()
    return round(100 * scene.window.menuBar().font().pointSizeF() / usual)


def checks_spelling(scene: Scene) -> bool:
    scene.write("Some wrods here. ")
    scene.rest()
    return bool(scene.requests(Spell))


def corrects(scene: Scene) -> bool:
    """Whether the end of a word asks about it at once, as only correction by itself does."""
    scene.write("teh")
    scene.forget()
    QTest.keyClicks(scene.editor, " ")
    return any(not each.thorough for each in scene.requests(Spell))


def variety(scene: Scene) -> str:
    scene.write(f"Some {scene.window.tabs.count()} wrods here. ")  # what is known is not asked again
    return scene.wait_for(Spell).variety


def feels(scene: Scene) -> bool:
    scene.write("I am so happy about it. ")
    scene.rest(800)
    return bool(scene.requests(Feel))


def asked_by(action: str, kind: type[R], part: str) -> Callable[[Scene], Any]:
    """Return what choosing `action` asks the model for."""

    def seen(scene: Scene) -> Any:
        scene.write("Some words about nothing at all. ")
        scene.run(action)
        return getattr(scene.wait_for(kind), part)

    return seen


def heading_is_bold(scene: Scene) -> bool:
    scene.write("# Heading")
    QApplication.processEvents()
    formats = scene.editor.document().firstBlock().layout().formats()
    return any(each.format.fontWeight() > 400 for each in formats)


def is_narrow(scene: Scene) -> bool:
    scene.write("a")
    QApplication.processEvents()
    return scene.editor.viewport().width() < scene.editor.width() / 2


def focus_dims(scene: Scene) -> str:
    scene.run("focus")
    unit = scene.window.focus.dimming(scene.editor)._unit
    scene.run("focus")
    return unit


def focus_takes_screen(scene: Scene) -> bool:
    scene.run("focus")
    whole = scene.window.isFullScreen()
    scene.run("focus")
    return whole


def caret_height(scene: Scene) -> int:
    """In per cent of the view, of the line at the caret in the middle of a long text, rounded to tens."""
    scene.window.new_document()
    scene.editor.setPlainText("line\n" * 300)
    cursor = scene.editor.textCursor()
    cursor.setPosition(150 * 5)
    scene.editor.setTextCursor(cursor)
    QTest.keyClicks(scene.editor, "a")
    scene.rest()
    return round(scene.editor.cursorRect().center().y() / scene.editor.viewport().height() * 10) * 10


def export_begins_with(scene: Scene) -> str:
    scene.write("a")
    scene.run("export")
    dialog = scene.opened(ExportDialog)
    chosen = list(FORMATS)[dialog.format.currentIndex()]
    scene.closed(dialog)
    return chosen


def look(part: Callable[[Any], Any]) -> Callable[[Scene], Any]:
    """Return how a printed page would look."""
    return lambda scene: part(look_of(scene.window.store.current))


def spoken(scene: Scene) -> bool:
    said: list[str] = []
    scene.write("Some words")
    scene.editor.announcer.announced.connect(said.append)
    scene.answer(Suggested(scene.wait_for(Complete).id, suggest(GHOST)))
    scene.rest(1500)
    return bool(said)


def reopens(scene: Scene) -> bool:
    """Whether a file that is open at the end is open again after the next start."""
    path = scene.window._data / "open.txt"
    path.write_text("a", encoding="utf-8")
    scene.window.open_path(path)
    scene.end()
    scene.begin()
    return any(document.path == path for document in scene.window.documents())


def keeps_versions(scene: Scene) -> bool:
    scene.rest(100)  # a thread of its own keeps them
    return scene.window.keeping.history.limit > 0


def is_encrypted(scene: Scene) -> bool:
    """Return whether an own word is no longer to be read in its file."""
    scene.window.spelling.words.add("xqzmarker")
    while scene.window.encryption.busy:
        scene.rest(20)
    return b"xqzmarker" not in (paths.data_folder() / "words.txt").read_bytes()


def other_font() -> str:
    """Return a font that is not the editor's at first."""
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next(family for family in QFontDatabase.families() if family != usual)


def recent(scene: Scene) -> int:
    for number in range(4):
        scene.window.recent.add(scene.window._data / f"{number}.txt")
    return len(scene.window.recent.paths())


def saves_itself(scene: Scene) -> bool:
    path = scene.window._data / "mine.txt"
    path.write_text("a", encoding="utf-8")
    scene.window.open_path(path)
    QTest.keyClicks(scene.editor, "b")
    scene.rest(2500)
    saved = "b" in path.read_text(encoding="utf-8")
    document = scene.window.current_document()
    assert document is not None
    scene.window.files.save(document)
    scene.window.close_document(document)
    return saved


def panel(name: str) -> Callable[[Scene], bool]:
    """Whether a panel beside the text is to be seen."""

    def seen(scene: Scene) -> bool:
        owner: Any = scene.window
        for part in name.split("."):
            owner = getattr(owner, part)
        widget: QWidget = owner
        return widget.isVisible()

    return seen


@dataclass(frozen=True)
class Effect:
    """See the top of this file."""

    value: Any  # or what returns it, once there is an application
    seen: Callable[[Scene], Any]
    expected: Any = ...
    given: Mapping[str, Any] = field(default_factory=dict)
    choose: Callable[[Scene, Row, Any], None] | None = None

    @property
    def chosen(self) -> Any:
        return self.value() if callable(self.value) else self.value

    @property
    def wanted(self) -> Any:
        return self.chosen if self.expected is ... else self.expected


def replies(steps: Generator[Reply, None, Reply]) -> Iterator[Reply]:
    """Yield every reply of a feature, the last one too."""
    yield (yield from steps)


def hides(text: str, word: str) -> Callable[[Scene], bool]:
    """See whether `word` would be hidden, were `text` sent."""

    def seen(scene: Scene) -> bool:
        scene.write(text)
        scene.run("masking")
        preview = scene.opened(MaskingPreview)
        for reply in replies(masking_choice.answer(None, scene.wait_for(Mask))):
            scene.answer(reply)
        scene.qtbot.waitUntil(lambda: preview.shown is not None, timeout=30_000)
        hidden = word not in preview.text.toPlainText()
        scene.closed(preview)
        return hidden

    return seen


def rests_after(scene: Scene) -> int:
    """Return after how many minutes without a key the model gives its memory back."""
    QTest.keyClicks(scene.editor, "x")
    assert scene.app.model.idle.timer.isActive()
    return scene.app.model.idle.timer.interval() // 60_000


def on_battery(scene: Scene) -> str:
    """Return what suggestions do on battery."""
    scene.app.sparing.take(Power(on_battery=True))
    scene.write("Some words")
    if scene.requests(Complete):
        return "usual"
    scene.rest(1500)
    return "wait" if scene.requests(Complete) else "sleep"


EFFECTS: dict[str, Effect] = {
    # Model and device
    "model": Effect("org/name", loaded_with("source")),
    "device": Effect("cpu", loaded_with("device")),
    "check_memory": Effect(False, lambda scene: _reloaded(scene).anyway, expected=True),
    "dtype": Effect("float32", loaded_with("dtype")),
    "threads": Effect(3, loaded_with("threads")),
    "unload_after": Effect(3, rests_after),
    "on_battery": Effect("sleep", on_battery),
    # Server
    "remote": Effect(True, lambda scene: served(scene) is not None),
    "remote_address": Effect("https://server.example/v1", served_with("address"), given={"remote": True}),
    "remote_model": Effect("steady", served_with("model"), given={"remote": True}, choose=type_name),
    "remote_for": Effect("tasks", served_with("completion"), False, given={"remote": True}),
    "remote_mask": Effect(False, served_with("mask"), None, given={"remote": True}),
    "remote_wait": Effect(300, served_with("wait"), 0.3, given={"remote": True}),
    "remote_timeout": Effect(9, served_with("patience"), 9.0, given={"remote": True}),
    "remote_authority": Effect("/own.pem", served_with("authority"), given={"remote": True}),
    "remote_unencrypted": Effect(True, served_with("unencrypted"), given={"remote": True}),
    # Completion
    "completion": Effect(False, completes),
    "eagerness": Effect(80, asked_with("eagerness")),
    "max_words": Effect(9, asked_with("max_words")),
    "show_delay": Effect(700, waits, True),
    "ghost_light": Effect("#803080", ghost_is, given={"theme": "light"}, choose=pick_colour),
    "ghost_dark": Effect("#ffc0ff", ghost_is, given={"theme": "dark"}, choose=pick_colour),
    # Keys
    "key_accept": Effect("F8", after_f8, ("Some words" + GHOST, "")),
    "key_accept_word": Effect("F8", after_f8, ("Some words one", " two three")),
    "key_dismiss": Effect("F8", after_f8, ("Some words", "")),
    "key_next": Effect("F8", after_f8, ("Some words", OTHER)),
    "key_previous": Effect("F8", after_f8, ("Some words", OTHER)),
    "key_trigger": Effect("F8", triggered, True),
    "shortcuts": Effect(
        Shortcuts({"save_all": ("F8",)}), shortcut_of_save_all, "F8", choose=press_in_the_list
    ),
    # Spelling
    "spelling": Effect(False, checks_spelling),
    "spelling_variety": Effect("GB", variety),
    "autocorrect": Effect(True, corrects),
    "misspelt_light": Effect("#803080", line_is("misspelt"), given={"theme": "light"}, choose=pick_colour),
    "misspelt_dark": Effect("#ffc0ff", line_is("misspelt"), given={"theme": "dark"}, choose=pick_colour),
    "misused_light": Effect("#803080", line_is("misused"), given={"theme": "light"}, choose=pick_colour),
    "misused_dark": Effect("#ffc0ff", line_is("misused"), given={"theme": "dark"}, choose=pick_colour),
    "spelling_panel": Effect(True, panel("spelling_commands.panel")),
    # Mood
    "mood": Effect(False, feels),
    "mood_panel": Effect(True, panel("moods.panel")),
    # Summaries, languages
    "summary_length": Effect("bullets", asked_by("summarise", Summarise, "length")),
    "translate_to": Effect("es", asked_by("translate", Translate, "target")),
    "translation_model": Effect("org/name", asked_by("translate", Translate, "model")),
    "language": Effect("zh_CN", lambda scene: scene.window.actions_table["undo"].text(), "撤销(&U)"),
    # Privacy
    "learn": Effect(False, learns),
    "offline": Effect(True, lambda scene: connections.is_offline()),
    "encrypt": Effect(True, is_encrypted),
    "origins": Effect(False, lambda scene: scene.editor.origins.on),
    "mask_names": Effect(False, hides("My name is Ingrid Halvorsen.", "Halvorsen")),
    "mask_organizations": Effect(False, hides("I work for Acme Widgets Ltd. as a clerk.", "Widgets")),
    "mask_places": Effect(False, hides("I live in Stockholm, Sweden.", "Stockholm")),
    "mask_addresses": Effect(False, hides("I live at 17 Pemberton Road.", "Pemberton")),
    "mask_contacts": Effect(False, hides("Write to mia@example.org, please.", "mia")),
    "mask_numbers": Effect(False, hides("Card 4111 1111 1111 1111 is mine.", "4111")),
    "mask_dates": Effect(False, hides("It was on 4 March 2021.", "March")),
    "mask_titles": Effect(True, hides("Dear Dr. Halvorsen, I am ill.", "Dr")),
    # Editor
    "font_family": Effect(other_font, lambda scene: scene.editor.font().family()),
    "column_width": Effect(30, is_narrow, True),
    "restore_session": Effect(False, reopens),
    "font_size": Effect(22, lambda scene: scene.editor.font().pointSize()),
    "line_wrap": Effect(False, lambda scene: scene.editor.lineWrapMode().value > 0),
    "markdown": Effect(False, heading_is_bold),
    "tab_width": Effect(
        8,
        lambda scene: round(
            scene.editor.tabStopDistance() / QFontMetricsF(scene.editor.font()).horizontalAdvance(" ")
        ),
    ),
    "recent_limit": Effect(2, recent),
    # Saving
    "autosave": Effect(1, saves_itself, True),
    "history_mb": Effect(0, keeps_versions, False),
    # Focus
    "focus_on": Effect("sentence", focus_dims),
    "focus_full_screen": Effect(True, focus_takes_screen),
    "typewriter": Effect(True, caret_height, 50),
    "typewriter_height": Effect(20, caret_height, given={"typewriter": True}),
    # Export and print
    "export_format": Effect("odt", export_begins_with),
    "paper": Effect("A5", look(lambda each: round(each.paper.width * 10)), 148),
    "page_margin": Effect(30, look(lambda each: round(each.paper.margin * 10))),
    "print_size": Effect(14, look(lambda each: each.font.pointSize())),
    # Appearance and accessibility
    "origins_shown": Effect(True, lambda scene: scene.window.origins.legend.isVisible()),
    "theme": Effect("dark", lambda scene: "dark" if scene.window.theme.dark else "light"),
    "interface_size": Effect(150, menu_size),
    "motion": Effect("less", lambda scene: reduced_motion(), True),
    "announce": Effect("on", spoken, True),
}
