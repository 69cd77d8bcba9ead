"""What the writer does about spelling: the actions, the entries of the context menu, F7 and Ctrl+."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QAction, QColor, QTextCursor
from PySide6.QtWidgets import QMenu

from gpt_assistant.storage.wordfile import folded
from gpt_assistant.text.origins import Origin
from gpt_assistant.text.told import said
from gpt_assistant.ui.anchor import replace_apart
from gpt_assistant.ui.asking import CORRECT_ALL
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.pointing import Pointing
from gpt_assistant.ui.spelling import Spelling
from gpt_assistant.ui.spelling_known import THOROUGH
from gpt_assistant.ui.spelling_menu import Deeds, entries, put_first, reason
from gpt_assistant.ui.spelling_panel import SpellingPanel
from gpt_assistant.ui.spelling_seeking import Seeking, select
from gpt_assistant.ui.spelling_sheet import Place, Sheet
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_PATIENCE_MS = 3000


class SpellingCommands(QObject):
    """The commands of one window about what `spelling` has found, and the panel that lists it."""

    def __init__(self, window: MainWindow, spelling: Spelling) -> None:
        super().__init__(window)
        self._window = window
        self._spelling = spelling
        self._pointing = Pointing(self)
        self._seeking = Seeking(spelling, window.status.show_hint, self._show)
        self._waiting: tuple[Sheet, int, int] | None = None  # Ctrl+. before the paragraph was checked
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._open_waiting)
        self.panel = SpellingPanel(spelling, self, window)
        spelling.answered.connect(self._answered)
        window.editor_added.connect(self._follow)

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions does, by its name."""
        return {
            "spelling": lambda on: self._change(spelling=on),
            "spell_next": partial(self.seek, 1),
            "spell_previous": partial(self.seek, -1),
            "spell_suggest": self.suggest,
            "spell_all": self.correct_all,
            "spell_panel": lambda on: self._change(spelling_panel=on),
        }

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self._spelling.set_colours(colours)
        self._pointing.colour = QColor(colours.selection)
        self.panel.set_colours(colours)

    # -- going from one to the next ----------------------------------------------------------------

    def seek(self, step: int) -> None:
        """Select the next issue, or the one before."""
        if (sheet := self._sheet()) is not None:
            self._seeking.start(sheet, step)

    def _sheet(self) -> Sheet | None:
        """Return what is known of the text in front; says why where there is nothing."""
        sheet = self._spelling.current()
        if sheet is None:
            self._window.status.show_hint(
                tr("The spelling of this document is not checked.")
                if self._spelling.on
                else tr("Spelling is not checked: it is switched off.")
            )
        return sheet

    def _show(self, sheet: Sheet, place: Place) -> None:
        select(sheet.editor, place.start, place.end)
        self._announce(sheet.editor, place)

    def show_place(self, sheet: Sheet, place: Place) -> None:
        """Select the word at `place`, and go there."""
        self._show(sheet, place)
        sheet.editor.setFocus()

    # -- one issue ---------------------------------------------------------------------------------

    def suggest(self) -> None:
        """Open the menu of corrections at the caret, or for the next issue of the paragraph."""
        sheet = self._sheet()
        if sheet is None:
            return
        block = sheet.editor.textCursor().block()
        if sheet.resolve(block, THOROUGH) and self._spelling.can_ask and not sheet.left_out(block):
            self._waiting = (sheet, sheet.editor.document().revision(), sheet.editor.textCursor().position())
            self._patience.start()
            self._spelling.go_on()
        else:
            self._open(sheet)

    def _answered(self) -> None:
        if self._waiting is None:
            return
        sheet, revision, caret = self._waiting
        cursor = sheet.editor.textCursor()
        if (revision, caret) != (sheet.editor.document().revision(), cursor.position()):
            self._waiting = None
        elif not sheet.resolve(cursor.block(), THOROUGH):
            self._open_waiting()

    def _open_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        self._patience.stop()
        if waiting is not None:
            self._open(waiting[0])

    def _open(self, sheet: Sheet) -> None:
        place = self._nearest(sheet)
        if place is None:
            self._window.status.show_hint(tr("No spelling issue in this paragraph."))
            return
        editor = sheet.editor
        self._pointing.point_to(editor, place.start, place.end, caret=False)
        menu = QMenu(editor)
        menu.setObjectName("spellingMenu")
        menu.setAccessibleName(tr("Corrections for “{word}”", word=place.issue.word))
        made = entries(menu, place.issue, self.deeds(sheet, place))
        menu.addActions([*made, *self._general(menu)])
        menu.aboutToHide.connect(self._pointing.clear)
        menu.aboutToHide.connect(menu.deleteLater)
        there = QTextCursor(editor.document())
        there.setPosition(place.start)
        menu.popup(editor.viewport().mapToGlobal(editor.cursorRect(there).bottomLeft()))
        menu.setActiveAction(made[0])

    def _nearest(self, sheet: Sheet) -> Place | None:
        cursor = sheet.editor.textCursor()
        block = cursor.block()
        if sheet.left_out(block):
            return None
        for position in (cursor.position(), cursor.selectionStart()):
            if (here := sheet.at(position)) is not None:
                return here
        places = sheet.places(block.blockNumber())
        return next(
            (each for each in places if each.start >= cursor.position()), places[0] if places else None
        )

    def deeds(self, sheet: Sheet, place: Place) -> Deeds:
        """Return what one may do about the issue at `place`."""
        word = folded(place.issue.word)
        return Deeds(
            lambda text: self.take(sheet, place, text),
            lambda: sheet.ignore_here(place.start, place.end),
            lambda: self._spelling.ignore_in_document(sheet, word),
            lambda: self.add_word(place.issue.word),
        )

    def take(self, sheet: Sheet, place: Place, text: str) -> None:
        """Put `text` in the place of the word, as one step of undo, if it still stands there."""
        editor = sheet.editor
        if editor.isReadOnly() or text_between(editor.document(), place.start, place.end) != place.issue.word:
            self._window.status.show_hint(tr("The text has changed there meanwhile."))
            return
        replace_apart(editor, place.start, place.end, text, Origin.CORRECTED)

    def add_word(self, word: str) -> None:
        """Take `word` for right from now on, in all documents."""
        try:
            self._spelling.add_word(word.removesuffix("'s").removesuffix("’s"))
        except OSError as error:
            self._window.status.show_problem(localised(said(error)), lambda: self.add_word(word), "words")

    def remove_word(self, word: str) -> None:
        """Take `word` out of the writer's words."""
        try:
            self._spelling.remove_word(word)
        except OSError as error:
            self._window.status.show_problem(localised(said(error)), lambda: self.remove_word(word), "words")

    def correct_all(self) -> None:
        """Have the selection, or the whole text, corrected in the review lane."""
        self._window.reviewing.ask(CORRECT_ALL)

    # -- the context menu --------------------------------------------------------------------------

    def _follow(self, editor: Editor) -> None:
        editor.menu_made.connect(lambda menu: self._extend(editor, menu))
        editor.caret_moved.connect(lambda: self._tell(editor))

    def _extend(self, editor: Editor, menu: QMenu) -> None:
        sheet = self._spelling.sheet(editor)
        if sheet is None or not self._spelling.on or editor.ghost.covers(QPointF(editor.menu_place)):
            return
        cursor = editor.cursorForPosition(editor.menu_place)
        place = None if sheet.left_out(cursor.block()) else sheet.at(cursor.position())
        if place is not None:
            made = entries(menu, place.issue, self.deeds(sheet, place))
            put_first(menu, [*made, *self._general(menu)])
        elif made := self._take_back(sheet, cursor, menu):
            put_first(menu, made)

    def _general(self, menu: QMenu) -> list[QAction]:
        line = QAction(menu)
        line.setSeparator(True)
        table = self._window.actions_table
        return [line, table["spell_all"], table["spelling"]]

    def _take_back(self, sheet: Sheet, cursor: QTextCursor, menu: QMenu) -> list[QAction]:
        """Return how to take back that the word at `cursor` is let stand, where it is."""
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        word = cursor.selectedText()
        made = []
        if folded(word) in sheet.own:
            made.append(QAction(tr("&Remove “{word}” from my words", word=word), menu))
            made[-1].triggered.connect(lambda _checked=False: self.remove_word(word))
        if folded(word) in sheet.ignored:
            made.append(QAction(tr("&No longer ignore “{word}” in this document", word=word), menu))
            made[-1].triggered.connect(
                lambda _checked=False: self._spelling.heed_in_document(sheet, folded(word))
            )
        return made

    # -- screen readers ----------------------------------------------------------------------------

    def _tell(self, editor: Editor) -> None:
        """Announce the issue that the caret has come to."""
        sheet = self._spelling.sheet(editor)
        if sheet is None or not self._spelling.on:
            return
        if (place := sheet.at(editor.textCursor().position())) is not None:
            self._announce(editor, place)

    def _announce(self, editor: Editor, place: Place) -> None:
        best = place.issue.suggestions[0].text if place.issue.suggestions else tr("no suggestion")
        editor.announcer.announce(
            tr("{word}: {problem}. {best}", word=place.issue.word, problem=reason(place.issue), best=best)
        )

    def _change(self, **values: object) -> None:
        try:
            self._window.store.change(**values)
        except OSError as error:
            self._window.status.show_problem(localised(error))
