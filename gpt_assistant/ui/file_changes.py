"""What to do when another program changes the file of a document: says so, and leaves the choice.

Programs write in several steps: the file is looked at once it has rested. Nothing here touches the text
unasked, and nothing overwrites what someone else wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gpt_assistant.ui.tr import localised, tr

if TYPE_CHECKING:
    from gpt_assistant.ui.document import Document

_REST_MS = 150  # without a change, until a file counts as written
_MOST_LOOKS = 40  # at a file that never rests, a log perhaps: then it is told all the same


class FileChanges(QObject):
    """Watches over the file of one document; `check_soon` when it may have changed."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._stamp: tuple[int, ...] = ()
        self._looks = 0
        self._timer = QTimer(self, singleShot=True, interval=_REST_MS)
        self._timer.timeout.connect(self._look)

    def check_soon(self) -> None:
        """Look at the file once it rests."""
        if not self._timer.isActive():
            self._stamp, self._looks = self._document.stamp_on_disk(), 0
        self._timer.start()

    def _look(self) -> None:
        stamp = self._document.stamp_on_disk()
        self._looks += 1
        if stamp != self._stamp and self._looks < _MOST_LOOKS:
            self._stamp = stamp
            self._timer.start()
            return
        self.check()

    def check(self) -> None:
        """Offer what can be done, if the file is not what it was; the text here stays as it is."""
        document = self._document
        if document.path is None or not document.changed_on_disk():
            return
        if not document.on_disk():
            document.editor.document().setModified(True)
            document.notice.show_notice(
                tr("{title} was deleted or moved. Saving writes it again.", title=document.title)
            )
            return
        if document.modified:
            text = tr(
                "{title} was changed by another program; your changes here are not in it.",
                title=document.title,
            )
        else:
            text = tr(
                "{title} was changed by another program; the text here is the old one.", title=document.title
            )
        choices: dict[str, Callable[[], object]] = {
            tr("Show changes…"): document.compare_with_file.emit,
            tr("Reload"): self._reload,
            tr("Keep mine"): document.keep_mine,
        }
        document.notice.show_notice(text, choices)

    def _reload(self) -> None:
        try:
            self._document.reload()
        except OSError as error:
            self.check()  # the notice stays for who tries again
            self._document.problem.emit(localised(error))
