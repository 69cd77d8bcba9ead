"""Feeds every change of a document to its journal, and hands the journal over twice a second.

Taking an edit costs some microseconds; the text as a whole is taken only when a log has outgrown it.
"""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextDocument

from gpt_assistant.storage.journal import DocumentJournal, Text
from gpt_assistant.storage.journal_format import Meta
from gpt_assistant.ui.snapshot import LARGE, Snapshot, plain_text, text_between

FLUSH_MS = 400


class Journaling(QObject):
    """Keeps the journal of one Qt document; ask `flush` before ending, `discard` when it is not needed."""

    def __init__(self, document: QTextDocument, log: DocumentJournal, parent: QObject) -> None:
        """Go on with `log`, which has the text that `document` now has."""
        super().__init__(parent)
        self._document = document
        self._journal = log
        self._snapshot: Snapshot | None = None
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
            if self._length < LARGE:
                self._journal.rebase(plain_text(self._document))
            elif self._snapshot is None:
                self._snapshot = Snapshot(self._document, self)
                self._snapshot.finished.connect(self._start_again)
        return self._journal.flush()

    def _start_again(self, parts: list[str]) -> None:
        self._end_snapshot()
        self._journal.rebase(parts, length=_length(self._document))
        self._journal.flush()

    def _end_snapshot(self) -> None:
        if self._snapshot is not None:
            self._snapshot.stop()
            self._snapshot.deleteLater()
            self._snapshot = None

    def saved(self, text: Text, meta: Meta) -> None:
        """The file now holds `text`: the journal starts again from it, with nothing on disk."""
        self._timer.stop()
        self._end_snapshot()
        self._journal.rebase(text, meta, unsaved=False)
        self._length = _length(self._document)

    def saved_before(self, meta: Meta) -> None:
        """The file now holds what was the text a moment ago; what was typed since is still unsaved."""
        self._journal.describe(meta)

    def begin_unsaved(self, meta: Meta) -> None:
        """Write the whole text down now: it came from elsewhere than the keyboard."""
        self._journal.rebase(plain_text(self._document), meta)
        self._length = _length(self._document)
        self.flush()

    def stop(self) -> None:
        """Hand over what is new and listen no longer; what was written stays."""
        self.flush()
        self._end_snapshot()
        self._document.contentsChange.disconnect(self._on_change)

    def discard(self) -> None:
        """Listen no longer, and delete what was written."""
        self._timer.stop()
        self._end_snapshot()
        self._document.contentsChange.disconnect(self._on_change)
        self._journal.discard()


def _length(document: QTextDocument) -> int:
    return document.characterCount() - 1
