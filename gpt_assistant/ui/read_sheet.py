"""A list of what a model has read of a document's paragraphs, spliced with every edit: what sheets share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock

from gpt_assistant.ui.editor import Editor

LONGEST = 10_000  # characters; a longer paragraph is left as it is
SWEPT = 400_000  # UTF-16 units, about 70,000 words: of a longer document only what is in sight is read

E = TypeVar("E")


class ReadSheet(QObject, Generic[E]):
    """The paragraphs of one editor. `left_out` tells which of them are no prose.

    Signals: `edited`, the text has changed; `changed`, what is known has.
    """

    edited = Signal()
    changed = Signal()

    def __init__(self, editor: Editor, left_out: Callable[[QTextBlock], bool]) -> None:
        super().__init__(editor)
        self.editor = editor
        self._left_out = left_out
        self._document = editor.document()
        self._entries: list[E | None] = [None] * self._document.blockCount()
        self._next = 0  # every paragraph before it is known
        self._document.contentsChange.connect(self._on_change)

    @property
    def too_long(self) -> bool:
        """Return whether only what is in sight is read."""
        return self._document.characterCount() > SWEPT

    @property
    def share(self) -> float:
        """Return how much of the document is known, 0…1, as far as it was looked for."""
        return min(1.0, self._next / max(1, len(self._entries)))

    def entry(self, number: int) -> E | None:
        """Return what is known of a paragraph."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def forget(self) -> None:
        """Read everything again: another model has come, or this one has learnt."""
        self._entries = [None] * self._document.blockCount()
        self._next = 0
        self.changed.emit()

    def _on_change(self, position: int, removed: int, added: int) -> None:
        """Splice the list as the text was."""
        raise NotImplementedError
