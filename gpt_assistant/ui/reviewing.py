"""Asking about the text, for one window: its actions, the review lane, the palette, what they point to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QFileDialog, QMenu

from gpt_assistant.settings import Settings
from gpt_assistant.storage.errors import explain
from gpt_assistant.storage.instructions import own_instructions
from gpt_assistant.storage.session import RecentCommands
from gpt_assistant.storage.writing import write_atomically
from gpt_assistant.ui.actions import REWRITE, SUMMARISE, TRANSLATE, ask_name
from gpt_assistant.ui.anchor import selected
from gpt_assistant.ui.asking import (
    LENGTHS,
    STYLES,
    Ask,
    Kind,
    first_target,
    instructed,
    languages,
    translation,
)
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.instruction_dialog import InstructionDialog
from gpt_assistant.ui.lane_splitter import LaneSplitter
from gpt_assistant.ui.palette import Palette
from gpt_assistant.ui.palette_list import Command, command_of, menu_name
from gpt_assistant.ui.pointing import Pointing
from gpt_assistant.ui.review import ReviewLane
from gpt_assistant.ui.review_parts import Offer
from gpt_assistant.ui.tasks import Task, Tasks
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

# An answer that has been written at for longer than this is not thrown away without asking.
_WORTH_ASKING = 5.0


class Reviewing(QObject):
    """What a writer may ask about the text of a window, and the answer beside it.

    `tasks` is to be connected with the model; `accept_terms(id)` is told when those of an offer are.
    """

    def __init__(self, window: MainWindow, data: Path) -> None:
        super().__init__(window)
        self._window = window
        self.tasks = Tasks(lambda: window.store.current, self)
        self.accept_terms: Callable[[str], object] = lambda _id: None
        self.lane = ReviewLane(self.tasks, window)
        self.lane.own_asks = self.own_asks
        self.lane.say_ready = self._say_ready
        self.splitter = LaneSplitter(window.tabs, self.lane, window)
        self._recent = RecentCommands(data / "commands.json")
        self.palette = Palette(window, self.commands, self._recent.names, self._recent.add)
        self._pointing = Pointing(self)
        self._saved: list[QAction] = []
        self.lane.jump_wanted.connect(self._jump)
        self.lane.save_wanted.connect(self._save)
        self.lane.asked.connect(self._remember)
        self.lane.model_wanted.connect(self._use_model)
        self.lane.left.connect(self._left)
        self.tasks.started.connect(lambda _task: self._pointing.clear())
        window.editor_added.connect(lambda editor: editor.menu_made.connect(self._extend_menu))
        window.editor_removed.connect(self.lane.document_closed)

    @property
    def share(self) -> int:
        """The lane's part of the room in per cent, 0 for as it comes."""
        return self.splitter.share

    @share.setter
    def share(self, share: int) -> None:
        self.splitter.share = share if 0 < share < 100 else 0

    # -- actions -----------------------------------------------------------------------------------

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions about the text does, by its name."""
        asks = (*LENGTHS, *STYLES, *languages())
        return {
            **{ask_name(ask): partial(self.ask, ask) for ask in asks},
            "summarise": lambda: self.ask(self._usual_summary()),
            "rewrite": lambda: self.palette.open_palette(f"{menu_name(REWRITE)} ".lower()),
            "translate": lambda: self.ask(self._usual_translation()),
            "instruct": self.ask_for_instruction,
            "review": self.change_sides,
            "palette": self.palette.open_palette,
        }

    def prepare(self) -> None:
        """Finish the menus, once their actions exist."""
        self._window.actions_table.menu(REWRITE).aboutToShow.connect(self._list_saved)
        self.apply_settings(self._window.store.current)

    def apply_settings(self, settings: Settings) -> None:
        """Name the usual language in the menu, and use the font of texts."""
        self.lane.apply_settings(settings)
        action = self._window.actions_table["translate"]
        action.setText(tr("Tra&nslate into {language}", language=self._usual_translation().name))

    def _say_ready(self, answer: str) -> str:
        key = self._window.actions_table.key_name("review")
        return (
            tr("{answer} is ready. {key} goes to it.", answer=answer, key=key)
            if key
            else tr("{answer} is ready.", answer=answer)
        )

    def _usual_summary(self) -> Ask:
        return next(ask for ask in LENGTHS if ask.option == self._window.store.current.summary_length)

    def _usual_translation(self) -> Ask:
        return translation(self._window.store.current.translate_to or first_target())

    def own_asks(self) -> list[Ask]:
        """Return the rewritings by instructions that the writer has saved."""
        return [instructed(text, name) for name, text in own_instructions().all().items()]

    def _list_saved(self) -> None:
        """Show the saved instructions at the end of the menu."""
        menu = self._window.actions_table.menu(REWRITE)
        for action in self._saved:
            menu.removeAction(action)
            action.deleteLater()
        self._saved = []
        for ask in self.own_asks():
            action = QAction(ask.name.replace("&", "&&"), menu, toolTip=ask.tip)
            action.triggered.connect(lambda _checked=False, ask=ask: self.ask(ask))
            menu.addAction(action)
            self._saved.append(action)

    def _extend_menu(self, menu: QMenu) -> None:
        """Offer in an editor's context menu what one may ask."""
        table = self._window.actions_table
        self._list_saved()
        menu.addSeparator()
        for path in (SUMMARISE, REWRITE, TRANSLATE):
            menu.addMenu(table.menu(path))
        menu.addAction(table["translate"])

    def commands(self) -> list[Command]:
        """Return every action of the window for the palette, saved instructions included."""
        table = self._window.actions_table
        own = [
            Command(
                f"own:{ask.label}",
                tr("{menu}: {command}", menu=menu_name(REWRITE), command=ask.name),
                partial(self.ask, ask),
            )
            for ask in self.own_asks()
        ]
        rest = [spec for spec in table.specs if spec.name != "palette"]
        return [*(command_of(spec.name, spec.menu, table[spec.name]) for spec in rest), *own]

    # -- asking ------------------------------------------------------------------------------------

    def ask(self, ask: Ask) -> None:
        """Ask about the selection, or the whole text; an answer that is still being written is kept first."""
        document = self._window.current_document()
        if document is None:
            return
        self._remember(ask)
        anchor = selected(document.editor)
        if anchor is None:
            self._window.status.show_hint(tr("There is no text here yet to ask about."))
            return
        whole = not document.editor.textCursor().hasSelection()

        def start() -> Task:
            return self.tasks.ask(ask, anchor, document.title, whole)

        running = self.tasks.task
        if running is not None and running.running and running.seconds > _WORTH_ASKING:
            text = tr(
                "{answer}, “{title}”: it is still being written.",
                answer=running.ask.title,
                title=running.title,
            )
            self.lane.ask_first(
                text, {tr("Stop it and ask the new"): start, tr("Keep on writing"): lambda: None}
            )
        else:
            start()

    def ask_for_instruction(self) -> InstructionDialog:
        """Let the writer say how to rewrite it."""
        dialog = InstructionDialog(own_instructions(), self._window)
        dialog.asked.connect(self.ask)
        dialog.open()
        return dialog

    def _remember(self, ask: Ask) -> None:
        """Ask for the same the next time, where nothing else is said."""
        if ask.kind is Kind.SUMMARY:
            self._change(summary_length=str(ask.option))
        elif ask.kind is Kind.TRANSLATION:
            self._change(translate_to=ask.option)

    def _use_model(self, offer: Offer) -> None:
        if offer.terms:
            self.accept_terms(offer.id)
        self._change(translation_model=offer.id)

    def _change(self, **values: object) -> None:
        try:
            self._window.store.change(**values)
        except OSError as error:
            self._window.status.show_problem(localised(error))

    # -- the lane and the text ---------------------------------------------------------------------

    def change_sides(self) -> None:
        """Move the keyboard between the text and the review; show the review again if it was closed."""
        lane = self.lane
        if self.tasks.task is None:
            key = self._window.actions_table.key_name("palette")
            more = tr("Nothing has been asked yet. {key} lists what one may ask.", key=key)
            self._window.status.show_hint(more if key else tr("Nothing has been asked yet."))
        elif not lane.isHidden() and lane.has_keyboard():
            self._focus_text()
        else:
            lane.show()
            lane.focus_answer()

    def _left(self) -> None:
        self._pointing.clear()
        self._focus_text()

    def _focus_text(self) -> None:
        if (editor := self._window.current_editor()) is not None:
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _document_of(self, editor: Editor) -> Document | None:
        return next((each for each in self._window.documents() if each.editor is editor), None)

    def _jump(self, editor: Editor, start: int, end: int, caret: bool) -> None:
        """Show a passage and mark it; the keyboard stays where it is."""
        if (document := self._document_of(editor)) is None:
            return
        keyboard = self._window.focusWidget()
        self._window.show_document(document)
        self._pointing.point_to(editor, start, end, caret)
        if keyboard is not None:  # showing another document has moved it
            keyboard.setFocus()

    def set_colours(self, colours: Colours) -> None:
        """Use `colours`."""
        self._pointing.colour = QColor(colours.selection)
        self.lane.set_colours(colours)

    # -- saving ------------------------------------------------------------------------------------

    def _save(self, title: str, text: str) -> None:
        document = self._window.current_document()
        folder = document.path.parent if document is not None and document.path else Path.home()
        name = "".join("_" if character in '\\/:*?"<>|' else character for character in title)
        dialog = QFileDialog(self._window, tr("Save as"), str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.selectFile(f"{name}.md")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._write(Path(chosen), text))
        dialog.open()

    def _write(self, path: Path, text: str) -> None:
        try:
            write_atomically(path, (text.rstrip("\n") + "\n").encode())
        except OSError as error:
            self._window.status.show_problem(
                localised(explain(error, path, "save")), lambda: self._write(path, text)
            )
            return
        self._window.status.show_hint(tr("Saved as {name}.", name=path.name))
