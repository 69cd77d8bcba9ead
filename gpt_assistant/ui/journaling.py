"""Feeds every change of a document to its journal, and hands the journal over twice a second.

Taking an edit costs some microseconds; the text as a whole is taken only when a log has outgrown it.
"""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor, QTextDocument

from gpt_assistant.storage.journal import DocumentJournal, Journal
from gpt_assistant.storage.journal_format import Meta

FLUSH_MS = 400

# Characters that a Qt document cannot hold as they are: it takes them for paragraph ends.
UNKEEPABLE = ("\u2029", "\ufdd0", "\ufdd1")


def plain_text(document: QTextDocument) -> str:
    """Return the text with "\\n" line ends. `toPlainText` would turn no-break spaces into spaces."""
    return document.toRawText().replace("\u2029", "\n")


def text_between(document: QTextDocument, position: int, length: int) -> str:
    """Return the `length` units of text at `position`, both in UTF-16 units."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


class Journaling(QObject):
    """Keeps the journal of one Qt document; ask `flush` before ending, `discard` when it is not needed."""

    def __init__(
        self, document: QTextDocument, journal: Journal, meta: Meta, text: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._journal: DocumentJournal = journal.document(meta, text)
        self._length = _length(document)
        self._timer = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        document.contentsChange.connect(self._on_change)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        length = _length(self._document)
        surplus = max(0, position + added - length)  # Qt counts the end of the text in, at times
        removed, added = removed - surplus, added - surplus
        if removed < 0 or self._length - removed + added != length:
            self._journal.rebase(plain_text(self._document))
        else:
            self._journal.edit(position, removed, text_between(self._document, position, added), length)
        self._length = length
        if not self._timer.isActive():  # not restarted: who types on and on is written down too
            self._timer.start()

    def flush(self) -> Future[None] | None:
        """Hand over what is new."""
        self._timer.stop()
        if self._journal.wants_base:
            self._journal.rebase(plain_text(self._document))
        return self._journal.flush()

    def saved(self, text: str, meta: Meta) -> None:
        """The file now holds `text`: the journal starts again from it, with nothing on disk."""
        self._timer.stop()
        self._journal.rebase(text, meta, unsaved=False)
        self._length = _length(self._document)

    def begin_unsaved(self, meta: Meta) -> None:
        """Write the whole text down now: it came from elsewhere than the keyboard."""
        self._journal.rebase(plain_text(self._document), meta)
        self._length = _length(self._document)
        self.flush()

    def stop(self) -> None:
        """Hand over what is new and listen no longer; what was written stays."""
        self.flush()
        self._document.contentsChange.disconnect(self._on_change)

    def discard(self) -> None:
        """Listen no longer, and delete what was written."""
        self._timer.stop()
        self._document.contentsChange.disconnect(self._on_change)
        self._journal.discard()


def _length(document: QTextDocument) -> int:
    return document.characterCount() - 1
