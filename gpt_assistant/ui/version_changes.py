"""What would turn an open document into another version of it, change by change.

The pane of a rewriting, with two differences: only what is near a change is shown, for a document may be
long, and only lines that differ are compared.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gpt_assistant.text.diff import Hunk
from gpt_assistant.text.excerpt import excerpt
from gpt_assistant.text.longlines import broken
from gpt_assistant.text.merge import changes
from gpt_assistant.text.origins import Origin
from gpt_assistant.ui.anchor import Anchor
from gpt_assistant.ui.comparison import Comparison
from gpt_assistant.ui.document import Document
from gpt_assistant.ui.review_rewriting import ChangesPane
from gpt_assistant.ui.tr import tr

_MOST = 2000  # changes that are shown one by one: 150 ms for 700
_PREVIEW = 100_000  # characters of a text that is shown as it is


class VersionChanges(ChangesPane):
    """Compares the document of an anchor with a text; each change can be taken into the document."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparison.done.disconnect(self._compared)
        self._comparison = Comparison(self, changes)
        self._comparison.done.connect(self._compared)
        self._excerpt: tuple[str, list[Hunk]] = ("", [])
        self.too_many = False
        self.copy.setToolTip(tr("Copy the whole text"))
        self.copy.setAccessibleName(tr("Copy the whole text"))

    def compare(self, document: Document, text: str) -> None:
        """Show what would make the document's text into `text`."""
        self._forget()
        self.too_many = False
        self._text = text
        self.view.show_text("")
        last = document.editor.document().characterCount() - 1
        self._anchor = Anchor(document.editor, 0, last, Origin.EARLIER)
        self._comparison.start(self._anchor.text, broken(text).replace("\u2028", "\n"))
        self._update()

    def show_whole(self, text: str) -> None:
        """Show a text that is compared with nothing."""
        self._forget()
        self.too_many = False
        self._text = text
        self.view.show_text(text[:_PREVIEW])
        self._update()

    def forget(self) -> None:
        """Let go of the document."""
        self._forget()

    def _compared(self, hunks: list[Hunk]) -> None:
        if len(hunks) > _MOST:
            self.show_whole(self._text)
            self.too_many = True
            self._update()
            return
        if self._anchor is not None:
            self._excerpt = excerpt(self._anchor.text, hunks)
        super()._compared(hunks)
        if self._anchor is not None and not hunks:
            self.view.show_text(self._text[:_PREVIEW])

    def _show_states(self) -> None:
        assert self._changes is not None
        self._states = self._changes.states()
        text, hunks = self._excerpt
        self.view.show_changes(text, hunks, self._states)

    def _update(self) -> None:
        super()._update()
        for button in (self.accept, self.reject, self.accept_all, self.reject_all, self.previous, self.next):
            button.setVisible(self._changes is not None)
        if self.too_many:
            self.place.setText(tr("So much has changed that it is shown whole."))
