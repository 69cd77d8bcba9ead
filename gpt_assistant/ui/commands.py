"""What each action of the table does, and the menus that are made when they open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMessageBox

from gpt_assistant.storage.textfile import describe_encoding
from gpt_assistant.text.told import mark
from gpt_assistant.ui.actions import SPECS
from gpt_assistant.ui.data_dialog import open_data
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.history_dialog import open_history
from gpt_assistant.ui.masking_preview import open_preview
from gpt_assistant.ui.measuring import open_measuring
from gpt_assistant.ui.models_dialog import open_models
from gpt_assistant.ui.parts import next_part
from gpt_assistant.ui.settings_dialog import open_settings
from gpt_assistant.ui.theme import THEMES
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import bold

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

ENCODINGS = (
    ("utf-8", False),
    ("utf-8", True),
    ("utf-16-le", True),
    ("utf-16-be", True),
    ("cp1252", False),
    ("cp1250", False),
    ("cp1251", False),
    ("cp932", False),
    ("gb18030", False),
)
NEWLINES = (
    ("\n", mark("LF: Linux, macOS")),
    ("\r\n", mark("CRLF: Windows")),
    ("\r", mark("CR: old Macs")),
)


def connect_actions(window: MainWindow) -> None:
    """Fill the window's table of actions."""
    explaining = window.why.actions() | window.predictability.actions() | window.moods.actions()
    about_text = window.reviewing.actions() | window.spelling_commands.actions() | window.origins.actions()
    runs = {
        **_file_actions(window),
        **_edit_actions(window),
        **_view_actions(window),
        **about_text,
        **explaining,
    }
    for spec in SPECS:
        window.actions_table.add(spec, runs[spec.name])
    _group_themes(window)
    _add_recent_menu(window)
    window.reviewing.prepare()
    tick_settings(window)


def _with_document(window: MainWindow, run: Callable[[Document], object]) -> Callable[[], None]:
    def act() -> None:
        if (document := window.current_document()) is not None:
            run(document)

    return act


def _with_editor(window: MainWindow, run: Callable[[Editor], object]) -> Callable[[], None]:
    return _with_document(window, lambda document: run(document.editor))


def _file_actions(window: MainWindow) -> dict[str, Callable[..., object]]:
    files = window.files
    return {
        "new": window.new_document,
        "open": files.ask_open,
        "save": _with_document(window, files.save),
        "save_as": _with_document(window, files.save_as),
        "save_all": lambda: files.save_all(window.documents()),
        "reload": _with_document(window, files.reload),
        "history": lambda: open_history(window),
        "export": window.exporting.ask,
        "print": window.printing.ask,
        "print_preview": window.printing.preview,
        "close": _with_document(window, window.close_document),
        "quit": window.close,
        "next_tab": lambda: window.step_tab(1),
        "previous_tab": lambda: window.step_tab(-1),
        **window.help.actions(),
        "data": lambda: open_data(window),
        "connections": window.connections.show_list,
        "masking": lambda: open_preview(window),
        "models": lambda: open_models(window),
        "measure": lambda: open_measuring(window),
    }


def _edit_actions(window: MainWindow) -> dict[str, Callable[..., object]]:
    find = window.find_bar
    return {
        "undo": _with_editor(window, lambda editor: editor.undo()),
        "redo": _with_editor(window, lambda editor: editor.redo()),
        "cut": _with_editor(window, lambda editor: editor.cut()),
        "copy": _with_editor(window, lambda editor: editor.copy()),
        "paste": _with_editor(window, lambda editor: editor.paste()),
        "select_all": _with_editor(window, lambda editor: editor.selectAll()),
        "find": _with_editor(window, find.open_bar),
        "replace": _with_editor(window, lambda editor: find.open_bar(editor, replace=True)),
        "find_next": _with_editor(window, lambda editor: find.find_next()),
        "find_previous": _with_editor(window, lambda editor: find.find_previous()),
        "settings": lambda: open_settings(window.store, window),
    }


def _view_actions(window: MainWindow) -> dict[str, Callable[..., object]]:
    def change(**values: object) -> None:
        try:
            window.store.change(**values)
        except OSError as error:
            window.status.show_problem(localised(error))

    return {
        "zoom_in": _with_editor(window, lambda editor: editor.zoom_in()),
        "zoom_out": _with_editor(window, lambda editor: editor.zoom_out()),
        "zoom_reset": _with_editor(window, lambda editor: editor.zoom_reset()),
        "wrap": lambda on: change(line_wrap=on),
        "theme_system": lambda _on: change(theme="system"),
        "theme_light": lambda _on: change(theme="light"),
        "theme_dark": lambda _on: change(theme="dark"),
        "theme_contrast-light": lambda _on: change(theme="contrast-light"),
        "theme_contrast-dark": lambda _on: change(theme="contrast-dark"),
        "next_part": lambda: next_part(window),
        "encoding": lambda: show_format_menu(window, "encoding"),
        "newline": lambda: show_format_menu(window, "newline"),
        "focus": window.focus.set_on,
        "typewriter": lambda on: change(typewriter=on),
        "full_screen": window.focus.set_full_screen,
        "goal": window.goal.ask,
        "complete": lambda on: change(completion=on),
        "forget": lambda: ask_to_forget(window),
        "reload_model": window.retry_model.emit,
    }


def ask_to_forget(window: MainWindow) -> None:
    """Delete what was learnt from the writer, if she means it."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Forget what was learnt"))
    box.setText(bold(tr("Forget what was learnt?")))
    box.setInformativeText(
        tr("The phrases kept from the suggestions you took are deleted. Your documents stay as they are.")
    )
    forget = box.addButton(tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
    forget.clicked.connect(window.forget_learnt.emit)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _group_themes(window: MainWindow) -> None:
    group = QActionGroup(window)
    for name in THEMES:
        group.addAction(window.actions_table[f"theme_{name}"])


def tick_settings(window: MainWindow) -> None:
    """Tick the actions that are on in the settings."""
    table, settings = window.actions_table, window.store.current
    table["wrap"].setChecked(settings.line_wrap)
    table["complete"].setChecked(settings.completion)
    table["spelling"].setChecked(settings.spelling)
    table["spell_panel"].setChecked(settings.spelling_panel)
    table["typewriter"].setChecked(settings.typewriter)
    table["origins"].setChecked(settings.origins_shown and settings.origins)
    table["mood"].setChecked(settings.mood)
    table["mood_panel"].setChecked(settings.mood_panel)
    table[f"theme_{settings.theme}"].setChecked(True)


def _add_recent_menu(window: MainWindow) -> None:
    menu = QMenu(tr("Open &recent"), window)
    window.actions_table.menus["&File"].insertMenu(window.actions_table["save"], menu)
    menu.aboutToShow.connect(lambda: _fill_recent(window, menu))


def _fill_recent(window: MainWindow, menu: QMenu) -> None:
    menu.clear()
    recent = window.recent.paths()
    names = [path.name for path in recent]
    for path in recent:
        name = path.name if names.count(path.name) == 1 else f"{path.name} ({path.parent.name})"
        action = menu.addAction(name.replace("&", "&&"))
        action.setToolTip(str(path))
        action.triggered.connect(lambda _checked=False, path=path: window.open_path(path))
    if not recent:
        menu.addAction(tr("None yet")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(tr("&Clear")).triggered.connect(lambda _checked=False: window.recent.clear())


def show_format_menu(window: MainWindow, which: str) -> QMenu | None:
    """Open the menu of encodings or of line ends; the choice counts from the next save on."""
    document = window.current_document()
    if document is None:
        return None
    menu = QMenu(window)
    if which == "newline":
        for newline, text in NEWLINES:
            change = partial(document.set_format, newline=newline)
            _add_choice(menu, tr(text), document.file.newline == newline, change)
    else:
        for encoding, bom in ENCODINGS:
            chosen = (document.file.encoding, document.file.bom) == (encoding, bom)
            text = tr("Save as {encoding}", encoding=describe_encoding(encoding, bom))
            _add_choice(menu, text, chosen, partial(document.set_format, encoding=encoding, bom=bom))
    menu.setAccessibleName(tr("Line ends") if which == "newline" else tr("Encoding"))
    button = window.status.encoding if which == "encoding" else window.status.newline
    above = button.mapToGlobal(QPoint(0, -menu.sizeHint().height()))
    menu.popup(above if button.isVisible() else window.mapToGlobal(window.rect().center()))
    return menu


def _add_choice(menu: QMenu, text: str, chosen: bool, change: Callable[[], None]) -> None:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(lambda _checked=False: change())
