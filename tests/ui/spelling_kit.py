"""What answers about spelling from a table, and a window that asks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from windows import editor_of, open_window, type_text

from gpt_assistant.engine.messages import (
    Correction,
    Failed,
    Issue,
    Mistake,
    Reply,
    Request,
    Spell,
    SpellRest,
    Spelt,
)
from gpt_assistant.ui.spelling_sheet import Sheet
from gpt_assistant.ui.window import MainWindow

# What is wrong, its kind, whether that is sure, and what may be meant, each with how much likelier (nats).
WRONG: dict[str, tuple[Mistake, bool, tuple[tuple[str, float], ...]]] = {
    "Teh": (Mistake.NONWORD, True, (("The", 4.25),)),
    "teh": (Mistake.NONWORD, True, (("the", 4.25), ("tech", 0.5), ("ten", 0.0))),
    "recieved": (Mistake.NONWORD, True, (("received", 9.0), ("receive", 0.8))),
    "Grzegorz": (Mistake.NONWORD, False, (("Gregory", 0.1),)),
    "definately": (Mistake.NONWORD, False, (("definitely", 8.0),)),
    "xqzt": (Mistake.NONWORD, False, ()),
    "their": (Mistake.REALWORD, False, (("there", 5.0),)),
    "the the": (Mistake.REPEATED, False, (("the", 0.0),)),
    "colour": (Mistake.VARIETY, False, (("color", 0.0),)),
}
_ANY = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, WRONG)) + r")(?!\w)")


def issues(text: str, thorough: bool = True) -> tuple[Issue, ...]:
    """Return what is wrong in `text` by the table; without `thorough` only what is no word."""
    found = []
    for match in _ANY.finditer(text):
        kind, sure, options = WRONG[match[0]]
        if thorough or kind is Mistake.NONWORD:
            suggestions = tuple(Correction(*each) for each in options)
            found.append(Issue(match.start(), match.end(), match[0], kind, suggestions, sure))
    return tuple(found)


class Speller:
    """What the window asks, and the answers: at once, or when the test says so, if they are `held`."""

    def __init__(self, window: MainWindow, loaded: bool = True) -> None:
        self.requests: list[Spell] = []
        self.cancelled: list[int] = []
        self.held = self.rest_held = False
        self.fails = False
        self._window = window
        window.spelling.connect_model(self._submit, self.cancelled.append, count(1).__next__)
        if loaded:
            window.spelling.set_loaded(True)

    def _submit(self, request: Request) -> None:
        assert isinstance(request, Spell)
        self.requests.append(request)
        if not self.held and not (self.rest_held and isinstance(request, SpellRest)):
            QTimer.singleShot(0, self._window, lambda: self.answer(request))

    def answer(self, request: Spell | None = None) -> None:
        """Answer a request, the last one if none is named."""
        asked = request or self.requests[-1]
        if asked.id in self.cancelled:
            return
        reply: Reply = Spelt(asked.id, issues(asked.text, asked.thorough), asked.language or "en")
        self.reply(Failed(asked.id, "It broke.") if self.fails else reply)

    def reply(self, reply: Reply) -> None:
        self._window.spelling.on_reply(reply)
        self._window.autocorrect.on_reply(reply)

    def texts(self, rest: bool = False) -> list[str]:
        """Return the texts that were asked about, of what is in sight or of the rest."""
        return [each.text for each in self.requests if isinstance(each, SpellRest) is rest]


def spelling_window(
    qtbot: QtBot, text: str = "", files: Sequence[Path] = (), **changes: object
) -> tuple[MainWindow, Speller]:
    window = open_window(qtbot, files, **changes)
    speller = Speller(window)
    if text:
        editor_of(window).setPlainText(text)
        editor_of(window).document().clearUndoRedoStacks()
        settle(qtbot, window)
    return window, speller


def write(window: MainWindow, text: str) -> None:
    """Type `text`, which may have several paragraphs."""
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(editor_of(window), Qt.Key.Key_Return)
        type_text(window, line)


def sheet_of(window: MainWindow) -> Sheet:
    sheet = window.spelling.sheet(editor_of(window))
    assert sheet is not None
    return sheet


def settle(qtbot: QtBot, window: MainWindow, timeout: int = 8000) -> None:
    """Wait until the whole document is checked, and nothing more is about to be asked."""

    def rests() -> bool:
        sheet, spelling = sheet_of(window), window.spelling
        visible = [sheet.entry(number) for number in range(min(5, editor_of(window).blockCount()))]
        return spelling.idle and not sheet.unchecked and all(each and each.level for each in visible)

    qtbot.waitUntil(rests, timeout=timeout)


def words(window: MainWindow) -> list[str]:
    """Return the words that are wrong, in order, as far as they are known."""
    sheet = sheet_of(window)
    return [issue.word for number, _ in sheet.flagged() for issue in sheet.shown(number)]


def lined(window: MainWindow) -> list[str]:
    """Return the words in sight that have a line."""
    return [issue.word for issue, _ in window.spelling.marks(editor_of(window)).marked()]


def menu(qtbot: QtBot) -> QMenu:
    """Return the menu that is open, once one is."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(found: QMenu, text: str) -> None:
    """Choose the entry whose text begins with `text`, and close the menu."""
    action = next(each for each in found.actions() if each.text().replace("&", "").startswith(text))
    found.close()
    action.trigger()
