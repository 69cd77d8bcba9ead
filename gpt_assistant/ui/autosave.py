"""Saves documents that have a file by itself, some seconds after a change; off unless the writer wants it.

It asks nothing and overwrites nothing of others: a file that was changed, removed or locked by another
program, that is read-only or damaged, or whose encoding lacks a character, is left to the writer, who is
told why in the status bar. The work is in the journal meanwhile, as always.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gpt_assistant.settings import Settings
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_TICK_MS = 500


class Autosave(QObject):
    """The autosave of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._seconds = 0
        self._since: dict[Document, float] = {}  # when a document was first seen modified
        self._refused: dict[Document, str] = {}  # and what was said about it
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        self.apply_settings(window.store.current)

    def apply_settings(self, settings: Settings) -> None:
        """Start, stop or change the pace."""
        self._seconds = settings.autosave
        self._timer.setInterval(min(_TICK_MS, 200 * self._seconds or _TICK_MS))
        if self._seconds:
            self._timer.start()
        else:
            self._timer.stop()
            self._since, self._refused = {}, {}

    def look(self) -> None:
        """Save what is due."""
        now = time.monotonic()
        waiting = {
            each
            for each in self._window.documents()
            if each.path is not None and each.modified and not each.saving
        }
        self._since = {each: self._since.get(each, now) for each in waiting}
        self._refused = {each: why for each, why in self._refused.items() if each in waiting}
        for document, since in list(self._since.items()):
            if now - since >= self._seconds:
                self._since[document] = now  # what is refused is tried again after as long a while
                self._save(document)

    def _save(self, document: Document) -> None:
        if document.saving:
            return
        if why := _obstacle(document):
            self._tell(document, why)
        else:
            self._window.files.save_quietly(document, lambda why: self._tell(document, why))

    def _tell(self, document: Document, why: str) -> None:
        if not why:
            self._window.status.show_hint(tr("{title} was saved.", title=document.title))
        elif self._refused.get(document) != why:
            self._refused[document] = why
            self._window.status.show_hint(tr("Not saved by itself: {why}", why=why))


def _obstacle(document: Document) -> str:
    """Return why `document` must not be saved unasked, "" if it may be."""
    assert document.path is not None
    if document.editor.isReadOnly():
        return tr("{title} can only be saved under another name.", title=document.title)
    if document.changed_on_disk():
        return tr("{title} was changed or removed by another program.", title=document.title)
    if document.path.exists() and not os.access(document.path, os.W_OK):
        return tr("{title} is read-only.", title=document.title)
    return ""
