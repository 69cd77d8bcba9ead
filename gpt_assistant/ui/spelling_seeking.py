"""The next or the previous issue of a document: through what is known, checking what is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextCursor

from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.spelling_known import QUICK
from gpt_assistant.ui.spelling_sheet import LONGEST, Place, Sheet
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.spelling import Spelling

_BATCH = 2_000  # characters checked at a time
_SLICE = 0.01  # seconds


class Seeking(QObject):
    """One search at a time; an edit or a moved caret ends it. `hint` shows a line, `found` a place."""

    def __init__(
        self, spelling: Spelling, hint: Callable[[str], object], found: Callable[[Sheet, Place], object]
    ) -> None:
        super().__init__(spelling)
        self._spelling = spelling
        self._hint = hint
        self._found = found
        self._sheet: Sheet | None = None
        self._step = 1
        self._from = self._number = self._visited = 0
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._go_on)
        spelling.seeking = self._wanted

    @property
    def active(self) -> bool:
        """Return whether a search is under way."""
        return self._sheet is not None

    def start(self, sheet: Sheet, step: int) -> None:
        """Look for the issue behind the caret or the selection, or with `step` -1 for the one before."""
        self.stop()
        cursor = sheet.editor.textCursor()
        self._sheet, self._step, self._visited = sheet, step, 0
        self._from = cursor.selectionEnd() if step > 0 else cursor.selectionStart()
        self._number = sheet.editor.document().findBlock(self._from).blockNumber()
        if not cursor.hasSelection() and (here := sheet.at(self._from)) is not None:
            # The caret at or in a word: that word is passed over backwards, and taken forwards.
            self._from = here.start
        sheet.editor.edited.connect(self.stop)
        sheet.editor.caret_moved.connect(self.stop)
        self._go_on()

    def stop(self) -> None:
        """End the search."""
        sheet, self._sheet = self._sheet, None
        self._again.stop()
        if sheet is not None:
            sheet.editor.edited.disconnect(self.stop)
            sheet.editor.caret_moved.disconnect(self.stop)

    def _go_on(self) -> None:
        if self._wanted():
            if self._spelling.can_ask:
                self._spelling.go_on()
            else:
                self.stop()
                self._hint(tr("The rest is checked once the model is loaded."))

    def _wanted(self) -> list[str]:
        """Go on through what is known; return texts that must be checked first, none when it is over."""
        sheet, end = self._sheet, time.perf_counter() + _SLICE
        if sheet is None:
            return []
        document = sheet.editor.document()
        while self._visited <= document.blockCount():
            if time.perf_counter() > end:
                self._again.start()
                return []
            block = document.findBlockByNumber(self._number)
            if sheet.resolve(block, QUICK):
                share = round(100 * self._visited / document.blockCount())
                self._hint(tr("Checking the spelling… {share} %. Move the caret to stop it.", share=share))
                return _texts(sheet, block, self._step)
            if (place := self._here(sheet, block)) is not None:
                self.stop()
                self._hint("")
                self._found(sheet, place)
                return []
            self._visited += 1
            self._number = (self._number + self._step) % document.blockCount()
        self.stop()
        self._hint(tr("No spelling issue was found."))
        return []

    def _here(self, sheet: Sheet, block: QTextBlock) -> Place | None:
        """Return the first place in a paragraph, in the direction of the search."""
        if sheet.left_out(block):
            return None
        places = sheet.places(block.blockNumber())
        if self._visited == 0:
            ahead = [each for each in places if self._is_ahead(each)]
            return (ahead[0] if self._step > 0 else ahead[-1]) if ahead else None
        return (places[0] if self._step > 0 else places[-1]) if places else None

    def _is_ahead(self, place: Place) -> bool:
        return place.start >= self._from if self._step > 0 else place.end <= self._from


def _texts(sheet: Sheet, block: QTextBlock, step: int) -> list[str]:
    """Return the text of `block`, and of its neighbours in that direction as far as they are unchecked."""
    found: list[str] = []
    length = 0
    while block.isValid() and length < _BATCH and block.length() <= LONGEST:
        if text := sheet.resolve(block, QUICK):
            found.append(text)
            length += len(text)
        elif found:
            break
        block = block.next() if step > 0 else block.previous()
    return found


def select(editor: Editor, start: int, end: int) -> None:
    """Select what stands between two positions (UTF-16), and bring it into sight."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
